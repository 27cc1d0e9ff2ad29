"""`motcua backup FILE`: the database and the stored files in one checked archive, while people go on working."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from motcua.cli import archive, transfer
from motcua.cli.bootstrap.places import say
from motcua.kit import clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="tệp sao lưu sẽ được tạo")
    parser.add_argument("--force", action="store_true", help="ghi đè tệp đã có")


def run(arguments: argparse.Namespace) -> int:
    """The database first: whatever file it knows was stored before its row, so the archive has it."""
    from django.conf import settings

    target = arguments.file.absolute()
    if target.exists() and not arguments.force:
        say(f"Tệp {target} đã có. Hãy chọn tên khác hoặc thêm --force.")
        return 1
    if not target.parent.is_dir():
        say(f"Không có thư mục {target.parent}.")
        return 1
    with tempfile.TemporaryDirectory(prefix=".motcua-backup-", dir=target.parent) as folder:
        dump = Path(folder) / archive.DUMP
        say("Đang sao lưu cơ sở dữ liệu …")
        transfer.dump(dump)
        say("Đang sao lưu tệp …")
        facts = {"created_at": clock.now().isoformat(), "server_version": _server_version()}
        manifest = archive.write(target, dump=dump, files=Path(settings.MEDIA_ROOT), facts=facts)
    say(f"Đã sao lưu cơ sở dữ liệu và {len(manifest['members']) - 1} tệp vào {target}.")
    return 0


def _server_version() -> int:
    from django.db import connection

    connection.ensure_connection()
    return connection.connection.info.server_version
