"""The settlement table as files: xlsx, pdf and docx by the printed form, json for machines."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import BinaryIO

from motcua.base.time import local
from motcua.kit.sheets import Column, HeadLine, Row, Sheet, Signature, to_docx, to_pdf, to_xlsx
from motcua.reports.definitions import FormDefinition
from motcua.reports.periods import name_of, words
from motcua.reports.rules import LEVEL_NAMES
from motcua.reports.tables import LevelPart, SettlementTable

WRITERS: dict[str, Callable[[Sheet, BinaryIO], None]] = {"xlsx": to_xlsx, "pdf": to_pdf, "docx": to_docx}
TYPES = {
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_NUMERALS = ("I", "II", "III", "IV")


def write(
    kind: str,
    table: SettlementTable,
    form: FormDefinition,
    *,
    reporting: str,
    created_at: datetime,
    out: BinaryIO,
) -> None:
    """Writes the table in one of TYPES. `reporting` is the name of the reporting unit; binary files are dated."""
    if kind == "json":
        out.write(as_json(table).encode())
        return
    WRITERS[kind](sheet_of(table, form, reporting=reporting, created_at=created_at), out)


def as_json(table: SettlementTable) -> str:
    """The machine's form as text."""
    return json.dumps(table.as_json(), ensure_ascii=False, indent=2) + "\n"


def file_name(form: FormDefinition, table: SettlementTable, kind: str) -> str:
    """A name that sorts by period."""
    return f"{form.code}-{table.from_:%Y%m%d}-{table.to:%Y%m%d}.{kind}"


def sheet_of(table: SettlementTable, form: FormDefinition, *, reporting: str, created_at: datetime) -> Sheet:
    """The printed form: levels with their fields, the total, notes, signatures."""
    first = (
        Column(labels=("TT",), width=0.6, align="center", number="(1)"),
        Column(labels=("Lĩnh vực, công việc giải quyết theo cấp",), width=3.2, number="(2)"),
    )
    counted = tuple(Column(labels=c.labels, align="right", number=c.number) for c in form.columns)
    return Sheet(
        title=form.title,
        columns=first + counted,
        rows=_rows(table, form),
        totals=Row(cells=("", "Tổng cộng", *_cells(table.total, form)), bold=True),
        created_at=created_at,
        head_left=(HeadLine(text=form.printed_code, bold=True), HeadLine(text=f"Ban hành theo {form.basis}")),
        head_right=(HeadLine(text=f"Đơn vị báo cáo: {reporting}"), HeadLine(text="Đơn vị nhận báo cáo: ")),
        period=_period(table),
        unit=f"Đơn vị tính: {form.unit_words}",
        notes=form.notes + _notes(table),
        signatures=(Signature(title="Người lập biểu"), Signature(title="Thủ trưởng đơn vị")),
    )


def _rows(table: SettlementTable, form: FormDefinition) -> tuple[Row, ...]:
    shown = [part for part in table.levels if part.figures["c3"]]
    return tuple(
        row for number, part in enumerate(shown) for row in _level_rows(_NUMERALS[number], part, form)
    )


def _level_rows(numeral: str, part: LevelPart, form: FormDefinition) -> list[Row]:
    head = Row(cells=(numeral, LEVEL_NAMES[part.level], *_cells(part.figures, form)), bold=True)
    lines = [
        Row(cells=(str(number), line.name, *_cells(line.figures, form)), indent=1)
        for number, line in enumerate(part.fields, 1)
    ]
    return [head, *lines]


def _cells(figures: Mapping[str, int], form: FormDefinition) -> tuple[int, ...]:
    return tuple(figures[column.key] for column in form.columns)


def _period(table: SettlementTable) -> tuple[str, ...]:
    name = name_of(table.from_, table.to)
    return (*((f"Kỳ báo cáo: {name}",) if name else ()), f"({words(table.from_, table.to)})")


def _notes(table: SettlementTable) -> tuple[str, ...]:
    notes = [f"Số hồ sơ dừng giải quyết, trả lại, rút trong cột 9: {table.total['returned']}."]
    if table.known_at:
        notes.append(f"Số liệu đã chốt lúc {local(table.known_at):%H:%M ngày %d/%m/%Y}.")
    if table.structure == "now":
        notes.append("Số liệu xếp theo đơn vị đang phụ trách công việc tại thời điểm lập biểu.")
    return tuple(notes)
