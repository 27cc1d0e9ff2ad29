"""`motcua restore FILE`: puts a backup in place of what is there, after the whole archive has been checked."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from motcua.base.errors import MotcuaError
from motcua.cli import application, archive, transfer
from motcua.cli.bootstrap.places import say
from motcua.kit import clock


class DatabaseNotEmpty(MotcuaError):
    """Restoring would throw away what is in the database."""

    code = "database_not_empty"
    sentence = (
        "Cơ sở dữ liệu đã có {count} hồ sơ hoặc tài khoản. Thêm --yes để thay toàn bộ bằng bản sao lưu."
    )


class BackupNewer(MotcuaError):
    """A database cannot be restored into an older server."""

    code = "backup_newer"
    sentence = "Bản sao lưu lấy từ PostgreSQL {backup}, mới hơn máy chủ hiện tại ({present}). Hãy nâng cấp máy chủ trước."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="tệp sao lưu")
    parser.add_argument("--yes", action="store_true", help="thay thế cả khi cơ sở dữ liệu đã có dữ liệu")


def run(arguments: argparse.Namespace) -> int:
    """Database in one transaction, files by renaming; what was there before of the files is kept beside."""
    if not arguments.file.is_file():
        say(f"Không có tệp {arguments.file}.")
        return 1
    application.prepare(migrate=False)
    from django.conf import settings

    files = Path(settings.MEDIA_ROOT)
    files.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".motcua-restore-", dir=files.parent) as folder:
        say("Đang kiểm tra tệp sao lưu …")
        manifest = archive.unpack(arguments.file, into=Path(folder))
        _check_target(manifest["server_version"], replace=arguments.yes)
        say("Đang phục hồi cơ sở dữ liệu …")
        transfer.replace(Path(folder) / archive.DUMP)
        _swap_files(Path(folder) / archive.FILES, files)
    application.prepare(migrate=True)
    say(f"Đã phục hồi bản sao lưu lập lúc {manifest['created_at']}.")
    return 0


def _check_target(version: int, *, replace: bool) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        present = connection.connection.info.server_version
        if version // 10000 > present // 10000:
            raise BackupNewer(backup=version // 10000, present=present // 10000)
        tables = set(connection.introspection.table_names(cursor))
        kept = [table for table in ("people_officer", "dossiers_dossier") if table in tables]
        rows = sum(_count(cursor, table) for table in kept)
    connection.close()
    if rows and not replace:
        raise DatabaseNotEmpty(count=rows)


def _count(cursor, table: str) -> int:
    cursor.execute(f'select count(*) from "{table}"')
    return cursor.fetchone()[0]


def _swap_files(new: Path, files: Path) -> None:
    new.mkdir(exist_ok=True)
    if files.exists():
        aside = files.with_name(f"{files.name}.before-{clock.now():%Y%m%d-%H%M%S}")
        files.rename(aside)
        say(f"Các tệp trước khi phục hồi được giữ tại {aside}.")
    new.rename(files)
