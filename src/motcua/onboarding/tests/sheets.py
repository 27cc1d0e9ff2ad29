"""What the tests of imports share: the miniature province, sheets made on the spot, a worker that does what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from io import BytesIO
from typing import Any

import xlsxwriter

from motcua.base.actor import Actor
from motcua.base.time import at
from motcua.demo.cast import LICENCE, ON
from motcua.jobs.running import run_next
from motcua.onboarding import services
from motcua.onboarding.models import Import
from motcua.onboarding.rules.fields import Kind
from motcua.onboarding.rules.mapping import Plan
from motcua.people.queries import actor_of_officer

NOW = at(ON, time(8))
UNIT_HEADS = [
    "Mã định danh",
    "Tên đơn vị",
    "Loại đơn vị",
    "Cấp",
    "Mã đơn vị cấp trên",
    "Mã nơi tiếp nhận",
    "Hoạt động từ ngày",
    "Căn cứ",
]
OFFICER_HEADS = ["Tên đăng nhập", "Họ và tên", "Mã đơn vị", "Vai trò", "Giữ vị trí từ ngày", "Số quyết định"]
DOSSIER_HEADS = [
    "Mã hồ sơ", "Mã TTHC", "Mã đơn vị giải quyết", "Ngày tiếp nhận", "Ngày hẹn trả", "Trạng thái", "Cán bộ thụ lý",
    "Số CCCD", "Chủ hồ sơ", "Lệ phí", "Ghi chú",
]  # fmt: skip


def xlsx(*rows: Sequence[Any]) -> bytes:
    """A workbook of text cells (numbers stay numbers)."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Dữ liệu")
        for line, cells in enumerate(rows):
            sheet.write_row(line, 0, cells)
    return target.getvalue()


def today(actor: Actor) -> Actor:
    """The actor with today's reach, as every request reads it: units opened meanwhile belong to it."""
    return actor_of_officer(actor.id, on=ON)  # type: ignore[arg-type]


def unit(number: int, *, parent: str = "H99", counter: str = "H99.01", **changes: str) -> list[str]:
    told = {
        "code": f"H99.{number}", "name": f"Sở Ví Dụ {number}", "kind": "Sở", "level": "Cấp tỉnh", "parent": parent,
        "counter": counter, "since": "01/01/2026", "citation": "Quyết định 01/QĐ-MẪU",
    }  # fmt: skip
    return list((told | changes).values())


def officer(number: int, **changes: str) -> list[str]:
    told = {
        "username": f"canbo{number}", "full_name": f"Nguyễn Văn Thử {number}", "unit": "H99.02", "role": "Chuyên viên",
        "since": "01/01/2026", "decision": "12/QĐ-MẪU",
    }  # fmt: skip
    return list((told | changes).values())


def dossier(number: int, **changes: str) -> list[str]:
    told = {
        "old_code": f"CU-{number}", "procedure": LICENCE, "unit": "H99.02", "accepted": "23/02/2026 09:30",
        "promised": "12/03/2026", "stage": "Thẩm định", "holder": "bob.h99.02", "owner_number": f"0010900{number:05d}",
        "owner_name": f"Trần Thị Ví Dụ {number}", "fee": "50.000", "note": "",
    }  # fmt: skip
    return list((told | changes).values())


def heads(kind: Kind) -> list[str]:
    return {Kind.UNITS: UNIT_HEADS, Kind.OFFICERS: OFFICER_HEADS, Kind.DOSSIERS: DOSSIER_HEADS}[kind]


def uploaded(
    actor: Actor, kind: Kind, *rows: Sequence[Any], content: bytes | None = None, name: str = "tep.xlsx"
) -> Import:
    """An import read but not yet mapped."""
    number = services.upload(kind, name, content or xlsx(heads(kind), *rows), actor=actor, now=NOW)
    return Import.objects.get(pk=number)


def checked(
    actor: Actor, kind: Kind, *rows: Sequence[Any], constants: dict[str, str] | None = None
) -> Import:
    """An import with the guessed columns and its preview made."""
    actor, found = today(actor), uploaded(actor, kind, *rows)
    system = {"system": "Một cửa cũ"} if kind is Kind.DOSSIERS else {}
    plan = Plan(Plan.of(found.plan).columns, system | (constants or {}))
    services.check(found.pk, plan, actor=actor, now=NOW)
    found.refresh_from_db()
    return found


def brought_in(actor: Actor, kind: Kind, *rows: Sequence[Any], whole: bool = False) -> Import:
    """An import confirmed and done by the worker."""
    found = checked(actor, kind, *rows)
    services.confirm(found.pk, whole=whole, actor=today(actor), now=NOW)
    return worked(found)


def undone(actor: Actor, found: Import) -> Import:
    """The import asked to be taken back, and the worker through with it."""
    services.undo(found.pk, actor=actor, now=NOW)
    return worked(found)


def worked(found: Import) -> Import:
    while run_next():
        pass
    found.refresh_from_db()
    return found


def states(found: Import) -> dict[int, str]:
    """Line → state, below the header."""
    return dict(found.rows.filter(line__gt=found.header_line).order_by("line").values_list("line", "state"))


def told(found: Import) -> dict[int, str]:
    """Line → what is wrong with it, for the lines with something wrong."""
    rows = found.rows.exclude(problems=[]).order_by("line")
    return {row.line: " ".join(problem["text"] for problem in row.problems) for row in rows}
