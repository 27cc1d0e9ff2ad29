"""A sheet as an editable Word draft."""

from __future__ import annotations

from typing import BinaryIO

from docx import Document
from docx.document import Document as Draft
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from motcua.base.time import local
from motcua.kit.sheets.model import HeadLine, Sheet, header_cells, header_depth, shown, without_controls

_WIDTH = 267  # mm between the margins of A4 landscape
_SIDES = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def to_docx(sheet: Sheet, out: BinaryIO) -> None:
    """Writes `sheet` to `out` as DOCX, A4 landscape, header rows repeated, pages numbered from 2."""
    draft = Document()
    _set_page(draft, sheet)
    _draw_head(draft, sheet)
    _draw_table(draft, sheet)
    _draw_feet(draft, sheet)
    draft.save(out)


def _set_page(draft: Draft, sheet: Sheet) -> None:
    section = draft.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.bottom_margin = Mm(15)
    section.top_margin = Mm(20)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    normal = draft.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(11)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    normal.paragraph_format.space_after = Pt(0)
    draft.core_properties.title = without_controls(sheet.title)[:255]
    draft.core_properties.author = ""
    draft.core_properties.created = draft.core_properties.modified = local(sheet.created_at).replace(
        tzinfo=None
    )


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _draw_head(draft: Draft, sheet: Sheet) -> None:
    table = _bare_table(draft, (72, 123, 72))
    left, middle, right = table.rows[0].cells
    _head_lines(left, sheet.head_left)
    _write(middle.paragraphs[0], sheet.title.upper(), side="center", bold=True, size=13)
    for text in sheet.period:
        _write(middle.add_paragraph(), text, side="center", italic=True)
    _head_lines(right, sheet.head_right)
    _write(draft.add_paragraph(), sheet.unit, side="right", italic=True)


def _head_lines(cell: _Cell, lines: tuple[HeadLine, ...]) -> None:
    for place, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        _write(paragraph, line.text, side="center", bold=line.bold)


def _draw_table(draft: Draft, sheet: Sheet) -> None:
    depth = header_depth(sheet.columns)
    total = sum(column.width for column in sheet.columns)
    lines = list(sheet.lines())
    table = draft.add_table(rows=depth + 1 + len(lines), cols=len(sheet.columns), style="Table Grid")
    _set_widths(table, [_WIDTH * column.width / total for column in sheet.columns])
    grid = [list(row.cells) for row in table.rows]
    _draw_header(grid, sheet)
    for row in list(table.rows)[: depth + 1]:
        _mark(row, "w:tblHeader")
    for row, texts in zip(grid[depth + 1 :], lines, strict=True):
        is_bold = texts.bold or texts is sheet.totals
        for cell, text, column in zip(row, texts.cells, sheet.columns, strict=True):
            _write(cell.paragraphs[0], shown(text), side=column.align, bold=is_bold, size=9.5)


def _draw_header(grid: list[list[_Cell]], sheet: Sheet) -> None:
    for head in header_cells(sheet.columns):
        first = grid[head.row][head.column]
        last = grid[head.row + head.rowspan - 1][head.column + head.colspan - 1]
        _write(first.merge(last).paragraphs[0], head.text, side="center", bold=True, size=9.5)
    for cell, number in zip(grid[header_depth(sheet.columns)], sheet.numbers(), strict=True):
        _write(cell.paragraphs[0], number, side="center", italic=True, size=9.5)


def _draw_feet(draft: Draft, sheet: Sheet) -> None:
    for note in sheet.notes:
        _write(draft.add_paragraph(), note, side="left", italic=True)
    if not sheet.signatures:
        return
    draft.add_paragraph()
    count = len(sheet.signatures)
    table = _bare_table(draft, (_WIDTH / count,) * count)
    for place, (cell, signature) in enumerate(zip(table.rows[0].cells, sheet.signatures, strict=True)):
        date_line = sheet.place_date if place == count - 1 else ""
        _write(cell.paragraphs[0], date_line, side="center", italic=True)
        _write(cell.add_paragraph(), signature.title.upper(), side="center", bold=True)
        _write(cell.add_paragraph(), signature.note + "\n" * 4, side="center", italic=True)
        _write(cell.add_paragraph(), signature.name, side="center", bold=True)
    _mark(table.rows[0], "w:cantSplit")


def _bare_table(draft: Draft, widths: tuple[float, ...]) -> Table:
    table = draft.add_table(rows=1, cols=len(widths))
    _set_widths(table, list(widths))
    return table


def _set_widths(table: Table, widths: list[float]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def _mark(row: _Row, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _write(
    paragraph: Paragraph, text: str, *, side: str, bold: bool = False, italic: bool = False, size: float = 11
) -> None:
    paragraph.alignment = _SIDES[side]
    run = paragraph.add_run(without_controls(text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
