"""Sheets to take away: templates, lines to correct, first passwords. Every cell is text: nothing here becomes a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter

from motcua.onboarding.models import Import
from motcua.onboarding.passwords import FirstPassword
from motcua.onboarding.rules.choices import LABELS
from motcua.onboarding.rules.fields import FIELDS, KIND_NAMES, Kind
from motcua.onboarding.rules.states import ENDED_BADLY

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDTH = 24


def template(kind: Kind) -> bytes:
    """An empty sheet with the right heads, and a second one that explains them."""
    fields = FIELDS[kind]
    explained = [
        [
            field.label,
            "Bắt buộc" if field.required else "Không bắt buộc",
            _note(field.key, field.note),
            field.example,
        ]
        for field in fields
    ]
    heads = [field.label for field in fields]
    return _book(
        (KIND_NAMES[kind][:31], [heads]),
        ("Giải thích", [["Cột", "Yêu cầu", "Cách ghi", "Ví dụ"], *explained]),
    )


def to_correct(found: Import) -> bytes:
    """The lines that could not come in, as they were, with their reasons in a last column; to be corrected and uploaded."""
    rows = list(found.rows.filter(state__in=ENDED_BADLY, line__gt=found.header_line).order_by("line"))
    width = max([len(found.header), *(len(row.cells) for row in rows)])
    heads = [*_padded(found.header, width), "Lý do không nhập được"]
    lines = [
        [*_padded(row.cells, width), " ".join(problem["text"] for problem in row.problems)] for row in rows
    ]
    return _book(("Dòng cần sửa", [heads, *lines]))


def first_passwords(given: Iterable[FirstPassword]) -> bytes:
    """What each new officer signs in with the first time."""
    heads = ["Họ và tên", "Tên đăng nhập", "Đơn vị", "Mật khẩu lần đầu", "Lưu ý"]
    note = "Phải đổi mật khẩu ở lần đăng nhập đầu tiên."
    return _book(
        ("Mật khẩu lần đầu", [heads, *([p.name, p.username, p.unit, p.password, note] for p in given)])
    )


def _note(key: str, note: str) -> str:
    return note or ("; ".join(LABELS[key].values()) if key in LABELS else "")


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def _book(*pages: tuple[str, Sequence[Sequence[str]]]) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        bold, text = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "@"})
        for name, rows in pages:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, max(map(len, rows)) - 1, _WIDTH, text)
            for line, cells in enumerate(rows):
                for place, cell in enumerate(cells):
                    sheet.write_string(line, place, cell, None if line else bold)
    return target.getvalue()
