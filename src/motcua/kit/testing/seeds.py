"""What migrations put into the tables (calendars, rule sets, the default process …), put back after tests that commit.

A test that needs real commits ends with empty tables. Whoever comes next, in whatever order files run, finds the seeds.
"""

from __future__ import annotations

from django.db import connection

_seeds: dict[str, str] = {}
_database: list[str] = []
_ALL = """
    SELECT format('%I', tablename) FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> 'django_migrations' ORDER BY tablename
"""


def remember() -> None:
    """Keeps the rows of every table as they are after the migrations."""
    _database[:] = [connection.settings_dict["NAME"]]
    with connection.cursor() as cursor:
        cursor.execute(_ALL)
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT json_agg(t)::text FROM {table} t")
            rows = cursor.fetchone()[0]
            _seeds[table] = rows or ""


def put_back() -> None:
    """Empties every table and writes the kept rows again; triggers and foreign keys are not asked.

    Only ever in the database whose rows were kept.
    """
    if _database != [connection.settings_dict["NAME"]]:
        raise RuntimeError("not the test database")
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(_seeds)} CASCADE")
        cursor.execute("SET session_replication_role = replica")
        for table, rows in _seeds.items():
            if rows:
                cursor.execute(_insert(cursor, table), [rows])
        cursor.execute("SET session_replication_role = DEFAULT")


def _insert(cursor, table: str) -> str:  # noqa: ANN001 - Django's cursor wrapper has no public type
    """Generated columns are left to the database."""
    cursor.execute(
        "SELECT string_agg(format('%%I', attname), ', ') FROM pg_attribute "
        "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
        [table],
    )
    columns = cursor.fetchone()[0]
    return f"INSERT INTO {table} ({columns}) SELECT {columns} FROM json_populate_recordset(null::{table}, %s::json)"
