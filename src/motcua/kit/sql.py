"""Help for the few places that speak SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper


def rows(sql: str, params: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """All rows of a query as dictionaries by column name."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def prepared(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of a statement that the server parses and plans once a connection; for the busiest statements only.

    Values are bound by the server, so each needs a type it can infer or a cast. Errors are Django's, as elsewhere.
    The first one of a request also finds out whether a kept connection is still alive, and renews it if not.
    """
    own = connections[DEFAULT_DB_ALIAS]
    first = own.connection is not None and not own.health_check_done and not own.in_atomic_block
    own.health_check_done = True
    try:
        return _execute(own, sql, params)
    except OperationalError:
        if not first:
            raise
    own.close()
    return _execute(own, sql, params)


def _execute(own: BaseDatabaseWrapper, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    own.ensure_connection()
    with own.wrap_database_errors, psycopg.Cursor(own.connection) as cursor:
        return cursor.execute(sql, params, prepare=True).fetchall()
