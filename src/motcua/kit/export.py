"""Tables as files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from motcua.base.time import local
from motcua.kit.columns import Table, shown

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]|[\ud800-\udfff]")
_LONGEST = 32_767
"""Characters a cell of a sheet holds."""
_OPTIONS = {
    "constant_memory": True,
    "default_date_format": "dd/mm/yyyy",
    "strings_to_formulas": False,
    "strings_to_urls": False,
}


def csv_lines(table: Table) -> Iterator[str]:
    """The table as CSV lines with a byte order mark, so that spreadsheets read Vietnamese; to be streamed."""
    return lines_to_csv(table.export_head(), table.export_rows())


def lines_to_csv(head: list[str], lines: Iterable[list[Any]]) -> Iterator[str]:
    """Lines of plain values as CSV, with a byte order mark and nothing a spreadsheet would run."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield "\ufeff"
    for row in chain([head], lines):
        writer.writerow([_harmless(shown(value)) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def write_xlsx(table: Table, target: BinaryIO) -> None:
    """The table as one sheet; numbers and dates stay numbers and dates."""
    lines_to_xlsx(table.export_head(), table.export_rows(), target)


def lines_to_xlsx(head: list[str], lines: Iterable[list[Any]], target: BinaryIO) -> None:
    """Lines of plain values as one sheet, written line by line: memory does not grow with their number."""
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(chain([head], lines)):
            for place, value in enumerate(row):
                _write_cell(sheet, number, place, value)


def _write_cell(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    """Texts are written as texts, whatever they look like; a sheet knows no zones."""
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, local(value).replace(tzinfo=None))
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, _printable(str(shown(value)))[:_LONGEST])


def _printable(text: str) -> str:
    """Without characters that no file of text may hold; what people read stays."""
    return _CONTROL.sub("", text)


def _harmless(value: Any) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    text = _printable(str(value))
    risky = isinstance(value, str) and text.lstrip(" \n").startswith(_FORMULA_STARTS) and not _is_number(text)
    return f"'{text}" if risky else text


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "").replace(",", "").isdecimal()
