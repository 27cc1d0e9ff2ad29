"""Tables as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

import xlsxwriter

from motcua.base.time import local
from motcua.kit.columns import Table, shown

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(table: Table) -> Iterator[str]:
    """The table as CSV lines with a byte order mark, so that spreadsheets read Vietnamese; to be streamed."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield "\ufeff"
    for row in _all_rows(table):
        writer.writerow([_harmless(shown(value)) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def write_xlsx(table: Table, target: BinaryIO) -> None:
    """The table as one sheet; numbers and dates stay numbers and dates."""
    options = {
        "constant_memory": True,
        "default_date_format": "dd/mm/yyyy",
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(_all_rows(table)):
            sheet.write_row(number, 0, [_for_sheet(value) for value in row])


def _all_rows(table: Table) -> Iterator[list[Any]]:
    yield table.export_head()
    yield from table.export_rows()


def _harmless(value: Any) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    text = str(value)
    return (
        f"'{text}"
        if isinstance(value, str) and text.startswith(_FORMULA_STARTS) and not _is_number(text)
        else text
    )


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "").replace(",", "").isdecimal()


def _for_sheet(value: Any) -> Any:
    if isinstance(value, datetime):
        return local(value).replace(tzinfo=None)  # a sheet knows no zones
    return "" if value is None else value
