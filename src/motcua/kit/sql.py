"""Help for the few places that speak SQL."""

from __future__ import annotations

from typing import Any

from django.db import connection


def rows(sql: str, params: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """All rows of a query as dictionaries by column name."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
