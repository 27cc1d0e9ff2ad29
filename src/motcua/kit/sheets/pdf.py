"""A sheet as PDF/A."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, BinaryIO

from motcua.kit.pdf import PACKAGE, layout
from motcua.kit.sheets.model import Row, Sheet, header_cells, header_depth, shown


def to_pdf(sheet: Sheet, out: BinaryIO) -> None:
    """Writes `sheet` to `out` as PDF/A-2b; header rows repeat on every page."""
    out.write(
        layout(PACKAGE / "kit" / "layout" / "sheet.typ").fill(_data(sheet), created_at=sheet.created_at)
    )


def _data(sheet: Sheet) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "head_left": [asdict(line) for line in sheet.head_left],
        "head_right": [asdict(line) for line in sheet.head_right],
        "period": sheet.period,
        "unit": sheet.unit,
        "columns": [{"width": column.width, "align": column.align} for column in sheet.columns],
        "header": [asdict(cell) for cell in header_cells(sheet.columns)],
        "depth": header_depth(sheet.columns),
        "numbers": sheet.numbers(),
        "rows": [_line(row) for row in sheet.rows],
        "totals": None if sheet.totals is None else _line(sheet.totals),
        "notes": sheet.notes,
        "place_date": sheet.place_date,
        "signatures": [asdict(signature) for signature in sheet.signatures],
    }


def _line(row: Row) -> dict[str, Any]:
    return {"cells": [shown(cell) for cell in row.cells], "bold": row.bold, "indent": row.indent}
