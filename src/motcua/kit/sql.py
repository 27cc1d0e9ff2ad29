"""Help for the few places that speak SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections


def rows(sql: str, params: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """All rows of a query as dictionaries by column name."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def prepared(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of a statement that the server parses and plans once a connection; for the busiest statements only.

    Values are bound by the server, so each needs a type it can infer or a cast. Errors are Django's, as elsewhere.
    """
    own = connections[DEFAULT_DB_ALIAS]
    own.close_if_health_check_failed()
    own.ensure_connection()
    with own.wrap_database_errors, psycopg.Cursor(own.connection) as cursor:
        return cursor.execute(sql, params, prepare=True).fetchall()
