"""A sheet as an Excel workbook. Text is always written as text: no citizen's name becomes a formula."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from motcua.base.time import local
from motcua.kit.sheets.model import Cell, HeadLine, Row, Sheet, header_cells, header_depth, without_controls

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LONGEST = 32_767  # characters an Excel cell holds
_A4 = 9
_FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter", "text_wrap": True}


def to_xlsx(sheet: Sheet, out: BinaryIO) -> None:
    """Writes `sheet` to `out` as XLSX, A4 landscape, fitted to the width, header rows repeated."""
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties({"title": sheet.title, "created": local(sheet.created_at).replace(tzinfo=None)})
    _Drawing(book, sheet).draw()
    book.close()


class _Drawing:
    """Places the parts of one sheet from top to bottom; `line` is the next free row."""

    def __init__(self, book: Workbook, sheet: Sheet) -> None:
        self.book, self.sheet = book, sheet
        self.page: Worksheet = book.add_worksheet("Bieu")
        self.last = len(sheet.columns) - 1
        self.line = 0
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def draw(self) -> None:
        self._set_page()
        self._draw_head()
        self._draw_header()
        for row in self.sheet.rows:
            self._draw_row(row, bold=row.bold)
        if self.sheet.totals is not None:
            self._draw_row(self.sheet.totals, bold=True)
        self._draw_feet()

    def style(self, **wanted: object) -> Format:
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(_FONT | wanted)
        return self._formats[key]

    def _set_page(self) -> None:
        self.page.set_landscape()
        self.page.set_paper(_A4)
        self.page.fit_to_pages(1, 0)
        self.page.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.6)
        self.page.set_footer("&C&P")
        for place, column in enumerate(self.sheet.columns):
            self.page.set_column(place, place, 11 * column.width)

    def _draw_head(self) -> None:
        third = max(self.last // 3, 0)
        for place in range(max(len(self.sheet.head_left), len(self.sheet.head_right))):
            self._head_line(self.sheet.head_left, place, 0, third)
            self._head_line(self.sheet.head_right, place, self.last - third, self.last)
            self.line += 1
        self._across(self.sheet.title.upper(), bold=True, font_size=13, align="center")
        for text in self.sheet.period:
            self._across(text, italic=True, align="center")
        if self.sheet.unit:
            self._across(self.sheet.unit, italic=True, align="right")

    def _head_line(self, lines: tuple[HeadLine, ...], place: int, first: int, last: int) -> None:
        if place < len(lines):
            style = self.style(bold=lines[place].bold, align="center")
            self._spread(self.line, first, self.line, last, lines[place].text, style)

    def _across(self, text: str, **style: object) -> None:
        self._spread(self.line, 0, self.line, self.last, text, self.style(**style))
        self.line += 1

    def _draw_header(self) -> None:
        style = self.style(bold=True, border=1, align="center")
        top = self.line
        for cell in header_cells(self.sheet.columns):
            bottom, right = top + cell.row + cell.rowspan - 1, cell.column + cell.colspan - 1
            self._spread(top + cell.row, cell.column, bottom, right, cell.text, style)
        self.line += header_depth(self.sheet.columns)
        for place, number in enumerate(self.sheet.numbers()):
            self._text(self.line, place, number, self.style(italic=True, border=1, align="center"))
        self.page.repeat_rows(top, self.line)
        self.line += 1
        self.page.freeze_panes(self.line, min(2, self.last))

    def _draw_row(self, row: Row, *, bold: bool) -> None:
        for place, cell in enumerate(row.cells):
            align = self.sheet.columns[place].align
            indent = row.indent if place <= 1 and align == "left" else 0
            self._cell(place, cell, bold=bold, border=1, align=align, indent=indent)
        self.line += 1

    def _cell(self, place: int, cell: Cell, **style: object) -> None:
        match cell:
            case None:
                self.page.write_blank(self.line, place, None, self.style(**style))
            case datetime() | date():
                self.page.write_datetime(self.line, place, cell, self.style(num_format="dd/mm/yyyy", **style))
            case int():
                self.page.write_number(self.line, place, cell, self.style(num_format="#,##0", **style))
            case Decimal():
                self.page.write_number(
                    self.line, place, float(cell), self.style(num_format="#,##0.00", **style)
                )
            case str():
                self._text(self.line, place, cell, self.style(**style))

    def _draw_feet(self) -> None:
        for note in self.sheet.notes:
            self._across(note, italic=True)
        if not self.sheet.signatures:
            return
        self.line += 1
        width = len(self.sheet.columns) / len(self.sheet.signatures)
        for place, signature in enumerate(self.sheet.signatures):
            first, last = round(place * width), round((place + 1) * width) - 1
            is_last = place == len(self.sheet.signatures) - 1
            texts = [
                self.sheet.place_date if is_last else "",
                signature.title,
                signature.note,
                "",
                "",
                "",
                signature.name,
            ]
            for step, text in enumerate(texts):
                style = self.style(align="center", bold=step in (1, 6), italic=step in (0, 2))
                self._spread(self.line + step, first, self.line + step, last, text, style)

    def _spread(self, top: int, left: int, bottom: int, right: int, text: str, style: Format) -> None:
        if (top, left) != (bottom, right):
            self.page.merge_range(top, left, bottom, right, "", style)
        self._text(top, left, text, style)

    def _text(self, line: int, place: int, text: str, style: Format) -> None:
        clean = without_controls(text)
        shortened = clean if len(clean) <= _LONGEST else clean[: _LONGEST - 1] + "…"
        self.page.write_string(line, place, shortened, style)
