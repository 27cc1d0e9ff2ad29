"""Empties the tables of dossiers and lays their indexes and references aside while many rows come in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from motcua.dossiers import models
from motcua.dossiers.bulk_copy import COPIED

Progress = Callable[[str, int, int], None]
_TRAIL = "dossiers_dossierevent"
_TABLES = tuple(dict.fromkeys(table for table, _ in COPIED.values() if table != "told_person"))

_INDEXES = """
    SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i
    JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisprimary
      AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.conrelid = i.indrelid)
"""
_CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u') ORDER BY contype DESC
"""


@dataclass(frozen=True)
class Aside:
    """What was laid aside: the statements that bring it back, in order."""

    statements: tuple[str, ...]


@contextmanager
def replaced(*, progress: Progress = lambda what, done, total: None) -> Iterator[None]:
    """All dossiers with their events, deliveries and applicants are gone; what the caller writes takes their place.

    One transaction: readers see the old dossiers until the new ones are complete, a failure leaves the old ones.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        _empty(cursor)
        aside = _lay_aside(cursor)
        yield
        for done, statement in enumerate(aside.statements, 1):
            cursor.execute(statement)
            progress("chỉ mục", done, len(aside.statements))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE " + ", ".join((*_TABLES, _TRAIL, "people_person")))


def _empty(cursor: Any) -> None:
    """The journal keeps what other streams tell; only the dossiers' own events go with them."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("CREATE TEMP TABLE kept_event ON COMMIT DROP AS SELECT * FROM journal_event WHERE stream <> 'dossier'")
    cursor.execute(
        "CREATE TEMP TABLE kept_delivery ON COMMIT DROP AS SELECT * FROM journal_delivery WHERE stream <> 'dossier'"
    )
    dossiers, sequence = models.Dossier._meta.db_table, models.DailySequence._meta.db_table
    cursor.execute(f"TRUNCATE {dossiers}, {_TRAIL}, {sequence}, people_person, journal_event CASCADE")
    cursor.execute("INSERT INTO journal_event SELECT * FROM kept_event")
    cursor.execute("INSERT INTO journal_delivery SELECT * FROM kept_delivery")


def _lay_aside(cursor: Any) -> Aside:
    cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
    tables = [*_TABLES, _TRAIL]
    cursor.execute(_CONSTRAINTS, [tables])
    constraints = [row for row in cursor.fetchall() if row[0] != "people_person"]
    cursor.execute(_INDEXES, [tables])
    indexes = cursor.fetchall()
    for table, name, _ in constraints:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}" CASCADE')
    for name, _ in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    back = [definition for _, definition in indexes]
    back += [f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}' for table, name, definition in constraints]
    return Aside(tuple(back))
