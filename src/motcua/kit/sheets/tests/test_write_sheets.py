"""One table, three files, the same figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from motcua.base.time import VN
from motcua.kit.sheets import Column, HeadLine, Row, Sheet, Signature, to_docx, to_pdf, to_xlsx
from motcua.kit.sheets.model import header_cells, header_depth, shown

COLUMNS = (
    Column(labels=("TT",), width=0.5, align="center"),
    Column(labels=("Lĩnh vực, công việc",), width=3),
    Column(labels=("Tiếp nhận", "Tổng số"), align="right"),
    Column(labels=("Tiếp nhận", "Trong kỳ", "Trực tuyến"), align="right"),
    Column(labels=("Tiếp nhận", "Trong kỳ", "Trực tiếp"), align="right"),
    Column(labels=("Đã giải quyết", "Tổng số"), align="right"),
)
INJECTIONS = ("=1+1", "+cmd", "-2+3", "@SUM(A1)", "{=1}", "https://example.vn", "0123", "#import <b>$x$")
SHEET = Sheet(
    title="Tình hình, kết quả giải quyết thủ tục hành chính",
    columns=COLUMNS,
    rows=(
        Row(cells=("I", "Cấp tỉnh", 10, 6, 4, 9), bold=True),
        Row(cells=("1", "Hộ tịch", 314849, 6, 4, 9), indent=1),
    ),
    totals=Row(cells=("", "Tổng số", 314859, 12, 8, 18)),
    created_at=datetime(2024, 7, 1, 8, tzinfo=VN),
    head_left=(HeadLine(text="Biểu số II.06a/VPCP/KSTT", bold=True),),
    head_right=(
        HeadLine(text="Đơn vị báo cáo: UBND tỉnh Ví Dụ"),
        HeadLine(text="Đơn vị nhận báo cáo: Cơ quan nhận"),
    ),
    period=("Kỳ báo cáo: 6 tháng đầu năm 2024", "(Từ ngày 15/12/2023 đến ngày 30/6/2024)"),
    unit="Đơn vị tính: Số hồ sơ",
    notes=("Ghi chú: hồ sơ chờ bổ sung tính vào trong hạn.",),
    place_date="Ví Dụ, ngày 01 tháng 7 năm 2024",
    signatures=(
        Signature(title="Người lập biểu", name="Phạm Thị Cán Bộ"),
        Signature(title="Thủ trưởng đơn vị"),
    ),
)
WRITERS = {"pdf": to_pdf, "xlsx": to_xlsx, "docx": to_docx}


def written(kind: str, sheet: Sheet) -> BytesIO:
    out = BytesIO()
    WRITERS[kind](sheet, out)
    out.seek(0)
    return out


def text_of(kind: str, sheet: Sheet) -> str:
    """Everything written, without blanks and break marks."""
    return "".join("".join(_texts(kind, written(kind, sheet))).split()).replace("\u200b", "")


def _texts(kind: str, file: BytesIO) -> list[str]:
    if kind == "pdf":
        return [page.extract_text() for page in PdfReader(file).pages]
    if kind == "docx":
        return [node.text or "" for node in Document(file).element.body.iter(qn("w:t"))]
    return [
        str(cell)
        for row in CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
        for cell in row
    ]


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize(
    "wanted",
    [
        "TÌNH HÌNH, KẾT QUẢ",
        "Biểu số II.06a/VPCP/KSTT",
        "Đơn vị nhận báo cáo",
        "Kỳ báo cáo: 6 tháng",
        "Từ ngày 15/12/2023",
        "Đơn vị tính",
        "Trực tuyến",
        "(6)",
        "Hộ tịch",
        "Ghi chú: hồ sơ",
        "ngày 01 tháng 7 năm 2024",
        "Phạm Thị Cán Bộ",
    ],
)
def test_every_part_of_the_sheet_is_written(kind: str, wanted: str) -> None:
    assert "".join(wanted.split()) in text_of(kind, SHEET)


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("text", INJECTIONS)
def test_text_stays_text(kind: str, text: str) -> None:
    sheet = replace(SHEET, rows=(Row(cells=("1", text, 1, 2, 3, 4)),), title=text)
    assert "".join(text.split()) in text_of(kind, sheet)


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_text_becomes_a_formula_or_link_of_excel(text: str) -> None:
    sheet = replace(SHEET, rows=(Row(cells=(text, text, 1, 2, 3, 4)),), title=text, notes=(text,))
    markup = ZipFile(written("xlsx", sheet)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in markup
    assert "hyperlink" not in markup


def test_numbers_are_numbers_in_excel() -> None:
    rows = CalamineWorkbook.from_filelike(written("xlsx", SHEET)).get_sheet_by_index(0).to_python()
    assert ["1", "Hộ tịch", 314849, 6, 4, 9] in rows


@pytest.mark.parametrize("kind", WRITERS)
def test_the_same_sheet_gives_the_same_figures_again(kind: str) -> None:
    assert text_of(kind, SHEET) == text_of(kind, SHEET)


def test_a_long_table_repeats_its_header_in_pdf() -> None:
    sheet = replace(SHEET, rows=SHEET.rows * 60)
    pages = PdfReader(written("pdf", sheet)).pages
    assert len(pages) > 3
    assert all("Lĩnh vực" in page.extract_text() for page in pages[:-1])


def test_a_long_table_repeats_its_header_in_word() -> None:
    rows = Document(written("docx", SHEET)).tables[1].rows
    marked = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows]
    assert marked == [True] * 4 + [False] * 3


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pdf"])
def test_controls_and_endless_text_do_not_break_a_file(kind: str) -> None:
    sheet = replace(SHEET, rows=(Row(cells=("1", "a\x00b\x1b\u202e" + "chữ " * 10_000, None, 2, 3, 4)),))
    assert "abchữchữ" in text_of(kind, sheet)


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells"):
        replace(SHEET, rows=(Row(cells=("1", "thiếu")),))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (314849, "314.849"),
        (-1000, "-1.000"),
        (0, "0"),
        (Decimal("1234.50"), "1.234,50"),
        (None, ""),
        (date(2024, 6, 30), "30/06/2024"),
    ],
)
def test_figures_are_shown_as_vietnamese_readers_write_them(cell: object, text: str) -> None:
    assert shown(cell) == text


LABELS = st.lists(st.lists(st.sampled_from(["A", "B", "C"]), min_size=1, max_size=3), min_size=1, max_size=8)


@given(LABELS)
def test_header_cells_tile_the_header(paths: list[list[str]]) -> None:
    columns = tuple(Column(labels=tuple(path)) for path in paths)
    covered = [
        (row, column)
        for cell in header_cells(columns)
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    ]
    everywhere = [(row, column) for row in range(header_depth(columns)) for column in range(len(columns))]
    assert sorted(covered) == everywhere
