"""Told histories as COPY text, table by table, and their way into the database in one transaction.

It writes the rows that `store`, `people.services.remember` and `journal.services.append_all` would write; a test compares
them. Several processes may tell and format; one connection writes.
"""

from __future__ import annotations

import json
import multiprocessing
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.db import connection, transaction

from motcua.base.time import local_date
from motcua.dossiers import models
from motcua.dossiers.bulk import History, Told, World, tell
from motcua.dossiers.store import COLUMNS, RECORDS, applicant_values, fee_values

_CHUNK = 250
_EVENT = (
    "stream", "stream_id", "name", "version", "at", "actor_kind", "actor_id", "actor_label", "actor_unit", "data",
)  # fmt: skip
_PERSON = ("kind", "number", "name", "folded_name", "born", "sex", "phone", "email", "address", "updated_at")
_APPLICANT = tuple(f.attname for f in models.Applicant._meta.concrete_fields)
_COMPONENT = tuple(f.attname for f in models.Component._meta.concrete_fields if not f.primary_key)
"""In the order of `store.component_values`, the dossier first."""
_FEE = tuple(f.attname for f in models.FeeLine._meta.concrete_fields if not f.primary_key)
_RECORD = {
    name: tuple(f for f in record.__dataclass_fields__ if f != "id") for name, (record, _) in RECORDS.items()
}
_ROW = attrgetter(*COLUMNS)
_RECORD_ROW = {name: attrgetter(*columns) for name, columns in _RECORD.items()}

COPIED: dict[str, tuple[str, tuple[str, ...]]] = {
    "dossier": (models.Dossier._meta.db_table, ("id", *COLUMNS)),
    "applicant": (models.Applicant._meta.db_table, _APPLICANT),
    "component": (models.Component._meta.db_table, _COMPONENT),
    "fee": (models.FeeLine._meta.db_table, _FEE),
    **{n: (table._meta.db_table, ("dossier_id", *_RECORD[n])) for n, (_, table) in RECORDS.items()},
    "event": ("journal_event", _EVENT),
    "person": ("told_person", ("dossier_id", *_PERSON)),
}

Lines = dict[str, list[str]]
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Batch:
    """Histories to be written: `build(i)` makes the i-th, `accepted[i]` says at which counter and when it is accepted."""

    accepted: Sequence[tuple[int, datetime] | None]
    build: Callable[[int], History]

    @classmethod
    def of(cls, histories: Sequence[History]) -> Batch:
        return cls([history.accepted for history in histories], histories.__getitem__)


def write(batch: Batch, *, world: World, progress: Progress = lambda done: None, processes: int = 1) -> int:
    """Tells and writes all histories in one transaction, in their order; gives the number of the first dossier.

    Codes follow the order of acceptance by counter and day, without gaps, after what was given out before. `progress` is
    told how many more are written. With several `processes` the telling is divided; nothing else changes.
    """
    if not batch.accepted:
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        first = _reserve(cursor, len(batch.accepted))
        sequences = _sequences(cursor, batch.accepted)
        cursor.execute(_MAKE_PERSONS)
        for count, texts in _blocks(batch, world, first, sequences, processes):
            for name, text in texts.items():
                _copy(cursor, name, text)
            progress(count)
        cursor.execute(_MERGE_PERSONS)
    return first


def _reserve(cursor: Any, count: int) -> int:
    """A run of `count` dossier numbers nobody else gets."""
    table = models.Dossier._meta.db_table
    cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [table])
    cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
    first = cursor.fetchone()[0]
    cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, first + count - 1])
    return first


def _sequences(cursor: Any, accepted: Sequence[tuple[int, datetime] | None]) -> list[int | None]:
    days: dict[tuple[int, date], list[int]] = defaultdict(list)
    for index in sorted((i for i, a in enumerate(accepted) if a), key=lambda i: accepted[i][1]):  # type: ignore[index]
        unit, moment = accepted[index]  # type: ignore[misc]
        days[unit, local_date(moment)].append(index)
    sequences: list[int | None] = [None] * len(accepted)
    for (unit, day), indexes in sorted(days.items()):
        cursor.execute(_TAKE_NUMBERS, [unit, day, len(indexes)])
        last = cursor.fetchone()[0]
        for number, index in enumerate(indexes, last - len(indexes) + 1):
            sequences[index] = number
    return sequences


_TAKE_NUMBERS = """
    INSERT INTO dossiers_dailysequence (unit_id, day, kind, last) VALUES (%s, %s, 'dossier', %s)
    ON CONFLICT ON CONSTRAINT sequence_of_the_day
    DO UPDATE SET last = dossiers_dailysequence.last + excluded.last RETURNING last
"""
_MAKE_PERSONS = f"""
    DROP TABLE IF EXISTS told_person;
    CREATE TEMP TABLE told_person ON COMMIT DROP AS
    SELECT 0::bigint AS dossier_id, {", ".join(_PERSON)} FROM people_person WITH NO DATA
"""
_MERGE_PERSONS = f"""
    INSERT INTO people_person ({", ".join(_PERSON)})
    SELECT DISTINCT ON (kind, number) {", ".join(_PERSON)} FROM told_person
    ORDER BY kind, number, dossier_id DESC
    ON CONFLICT ON CONSTRAINT person_once DO UPDATE SET
        {", ".join(f"{column} = excluded.{column}" for column in _PERSON[2:])}
    WHERE people_person.updated_at <= excluded.updated_at
"""


def _blocks(
    batch: Batch, world: World, first: int, sequences: Sequence[int | None], processes: int
) -> Iterator[tuple[int, dict[str, bytes]]]:
    global _task
    ranges = [range(i, min(i + _CHUNK, len(sequences))) for i in range(0, len(sequences), _CHUNK)]
    _task = (batch, world, first, sequences)
    if processes == 1:
        yield from map(_format_range, ranges)
        return
    # Forked on purpose: the children inherit what was read and never touch the connection.
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        yield from pool.imap(_format_range, ranges)


_task: tuple[Batch, World, int, Sequence[int | None]]


def _format_range(indexes: range) -> tuple[int, dict[str, bytes]]:
    batch, world, first, sequences = _task
    lines: Lines = {name: [] for name in COPIED}
    for index in indexes:
        told = tell(batch.build(index), world=world, sequence=sequences[index])
        told.dossier.id = first + index
        _add(lines, told)
    return len(indexes), {name: "".join(rows).encode() for name, rows in lines.items() if rows}


def _add(lines: Lines, told: Told) -> None:
    dossier, number = told.dossier, told.dossier.id
    lines["dossier"].append(line((number, *_ROW(dossier))))
    applicant = applicant_values(dossier, told.owner, told.intake)
    applicant["places"] = "{" + ",".join(map(str, applicant["places"])) + "}"
    lines["applicant"].append(line(_in_order(_APPLICANT, applicant)))
    lines["component"].extend(f"{number}\t{_paper(tuple(paper.values())[1:])}" for paper in told.papers)
    for fee in fee_values(number, told.intake):
        lines["fee"].append(line(_in_order(_FEE, fee)))
    for name, row in _RECORD_ROW.items():
        lines[name].extend(line((number, *row(record))) for record in getattr(dossier, name))
    stream = str(number)
    lines["event"].extend(
        line(("dossier", stream, h.name, 1, h.at, h.actor.kind, h.actor.id, h.actor.label, h.actor.unit, h.data))
        for h in dossier.happenings
    )
    _add_person(lines["person"], told, applicant["folded_name"])


@lru_cache(maxsize=50_000)
def _paper(values: tuple[Any, ...]) -> str:
    """The same papers come in again and again."""
    return line(values)


def _add_person(lines: list[str], told: Told, folded_name: str) -> None:
    owner = told.owner
    if owner.number:
        values = (
            owner.kind, owner.number, owner.name, folded_name, owner.born, owner.sex, owner.phone, owner.email,
            owner.address, told.dossier.submitted_at,
        )  # fmt: skip
        lines.append(line((told.dossier.id, *values)))


def _in_order(columns: Iterable[str], values: dict[str, Any]) -> list[Any]:
    return [values[column] for column in columns]


_SPECIAL = re.compile(r"[\\\t\n\r]").search
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _words(text: str) -> str:
    return text.translate(_ESCAPES) if _SPECIAL(text) else text


def _json(value: Any) -> str:
    return _words(_encode(value))


_encode = json.JSONEncoder(ensure_ascii=False).encode
_TEXT: dict[type, Callable[[Any], str]] = {
    type(None): lambda value: "\\N", bool: lambda value: "t" if value else "f", int: str, str: _words,
    datetime: datetime.isoformat, date: date.isoformat, dict: _json, list: _json,
}  # fmt: skip


def line(values: Iterable[Any]) -> str:
    """One row in the text format of COPY."""
    return "\t".join([_TEXT.get(type(value), str)(value) for value in values]) + "\n"


def _copy(cursor: Any, name: str, text: bytes) -> None:
    table, columns = COPIED[name]
    names = ", ".join(f'"{column}"' for column in columns)
    with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        copy.write(text)
