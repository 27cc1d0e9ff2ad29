"""`motcua self-check`: what stands between this installation and work; one JSON line a check."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(arguments: argparse.Namespace) -> int:
    """0 when every check passes, 1 otherwise."""
    passed = True
    for name, check in CHECKS.items():
        finding = check()
        passed = passed and not finding
        print(json.dumps({"check": name, "ok": not finding, "finding": finding}, ensure_ascii=False))
    return 0 if passed else 1


def _debug() -> str:
    from django.conf import settings

    return "Chế độ gỡ lỗi đang bật; hãy bỏ MOTCUA_DEBUG." if settings.DEBUG else ""


def _https() -> str:
    from django.conf import settings

    local = settings.PUBLIC_URL.startswith(("https://", "http://127.0.0.1", "http://localhost"))
    return "" if local else "Địa chỉ công khai không dùng HTTPS; hãy sửa MOTCUA_PUBLIC_URL."


def _files() -> str:
    from django.conf import settings

    folder = Path(settings.MEDIA_ROOT)
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    return "" if os.access(existing, os.W_OK) else f"Không ghi được vào thư mục tệp {folder}."


def _migrations() -> str:
    from motcua.site import health

    pending = health.pending_migrations()
    return f"Còn {pending} bước cập nhật cơ sở dữ liệu; hãy chạy ./motcua migrate." if pending else ""


def _outbox() -> str:
    from motcua.site import health

    state = health.outbox()
    if state["oldest_seconds"] <= health.OUTBOX_WARNING_SECONDS:
        return ""
    return f"{state['pending']} việc gửi đang chờ quá lâu; tiến trình nền hoặc nơi nhận có thể đã dừng."


def _administrator() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from people_assignment where role = 'admin' and valid @> current_date)"
        )
        found = cursor.fetchone()[0]
    return "" if found else "Chưa có tài khoản quản trị; hãy chạy ./motcua create-admin."


def _processes() -> str:
    """Every procedure in force has an electronic process, its own or the default (TT 01/2018 Đ4)."""
    from motcua.base.time import local_date
    from motcua.kit import clock
    from motcua.processes import queries

    today = local_date(clock.now())
    _own, default = queries.uses(today)
    if not default or "" in queries.versions_on(today):
        return ""
    codes = ", ".join(code for code, _name in default[:20])
    return f"{len(default)} thủ tục chưa có quy trình điện tử: {codes}. Hãy ban hành quy trình mặc định hoặc quy trình riêng."


CHECKS: dict[str, Callable[[], str]] = {
    "debug": _debug,
    "https": _https,
    "files": _files,
    "migrations": _migrations,
    "outbox": _outbox,
    "administrator": _administrator,
    "processes": _processes,
}
