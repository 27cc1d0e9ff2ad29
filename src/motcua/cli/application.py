"""Makes Django ready for a command: server running, settings loaded, tables as this version needs them."""

from __future__ import annotations

import os

from motcua.base.errors import MotcuaError
from motcua.cli.bootstrap import database
from motcua.cli.bootstrap.places import say


class DatabaseOutdated(MotcuaError):
    """The database belongs to an older version; only `migrate` changes the tables of a real installation."""

    code = "database_outdated"
    sentence = "Cơ sở dữ liệu còn {count} bước cập nhật chưa chạy. Hãy sao lưu rồi chạy ./motcua migrate."


def prepare(*, migrate: bool | None = None) -> None:
    """Server, Django, tables. migrate: True always updates the tables, False leaves them; by default an empty
    database and the private one are updated, any other must already be up to date.

    Raises DatabaseOutdated, or SetupError when no server can be had.
    """
    database.ensure()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
    import django

    django.setup()
    if migrate is not False:
        _update_tables(allowed=database.is_private() or bool(migrate))


def _update_tables(*, allowed: bool) -> None:
    from motcua.site import health

    pending = health.pending_migrations()
    if not pending:
        return
    if not (allowed or _is_empty()):
        raise DatabaseOutdated(count=pending)
    say(f"Đang cập nhật cấu trúc cơ sở dữ liệu ({pending} bước) …")
    run_migrations()


def run_migrations() -> None:
    """Applies all migrations; only one command at a time, also across machines."""
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(7660018)")
        try:
            call_command("migrate", interactive=False, verbosity=0)
        finally:
            cursor.execute("select pg_advisory_unlock(7660018)")


def _is_empty() -> bool:
    from django.db import connection

    return not connection.introspection.table_names()
