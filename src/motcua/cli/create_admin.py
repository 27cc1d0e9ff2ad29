"""`motcua create-admin`: the first administrator, and the province's own unit if there is none yet."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.base.actor import Actor
from motcua.base.time import local_date
from motcua.cli import passwords
from motcua.cli.bootstrap.places import say
from motcua.kit import clock

if TYPE_CHECKING:
    from datetime import date

CONSOLE = Actor(kind="system", label="Quản trị máy chủ (dòng lệnh)")
_GROUNDS = "Khai báo khi cài đặt hệ thống"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--username", required=True, help="tên đăng nhập")
    parser.add_argument("--full-name", required=True, help="họ và tên")
    parser.add_argument("--email", default="", help="thư điện tử")
    parser.add_argument(
        "--unit", metavar="CODE", help="mã định danh đơn vị (mặc định: UBND tỉnh theo MOTCUA_PROVINCE)"
    )
    passwords.add_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    from django.db import transaction

    now = clock.now()
    password = passwords.obtain(arguments)
    with transaction.atomic():
        _create(arguments, password=password, now=now)
    say(f"Đã tạo tài khoản quản trị “{arguments.username}”.")
    return 0


def _create(arguments: argparse.Namespace, *, password: str, now: datetime) -> None:
    from motcua.people import services
    from motcua.people.rules import Role

    today = local_date(now)
    unit_id = _unit(arguments.unit, today=today, now=now)
    officer_id = services.create_officer(
        username=arguments.username, full_name=arguments.full_name, email=arguments.email, password=password,
        must_change=arguments.generate, actor=CONSOLE, now=now,
    )  # fmt: skip
    services.assign(
        officer_id=officer_id,
        unit_id=unit_id,
        role=Role.ADMIN,
        since=today,
        decision=_GROUNDS,
        actor=CONSOLE,
        now=now,
    )


def _unit(code: str | None, *, today: date, now: datetime) -> int:
    """The unit with `code`; the province's own unit is opened when it is not there yet."""
    from django.conf import settings

    from motcua.organisation import queries
    from motcua.organisation.rules import UnitUnknown

    try:
        return queries.by_code(code or settings.PROVINCE_CODE)
    except UnitUnknown:
        if code:
            raise
    return _open_province(settings.PROVINCE_CODE, settings.PROVINCE_NAME, today=today, now=now)


def _open_province(code: str, name: str, *, today: date, now: datetime) -> int:
    from motcua.organisation import services
    from motcua.organisation.rules import Level, UnitKind

    committee = f"Ủy ban nhân dân {name[:1].lower()}{name[1:]}"
    data = services.UnitData(name=committee, short_name=name, kind=UnitKind.COMMITTEE)
    return services.open_unit(
        code=code, level=Level.PROVINCE, data=data, since=today, citation=_GROUNDS, actor=CONSOLE, now=now
    )
