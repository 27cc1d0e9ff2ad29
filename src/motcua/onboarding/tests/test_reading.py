"""What people upload is read for what it is; hostile files end only their own reader."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.errors import MotcuaError
from motcua.onboarding.rules.refusals import (
    SheetBroken,
    SheetEmpty,
    SheetEncrypted,
    SheetTooBig,
    SheetTooLarge,
    SheetTooManyRows,
    SheetTypeForbidden,
)
from motcua.onboarding.rules.values import plain, read_day, read_moment, read_money
from motcua.onboarding.sheets import Sheet, read_sheet
from motcua.onboarding.tests.sheets import xlsx


def cells(sheet: Sheet) -> list[tuple[str, ...]]:
    return [line.cells for line in sheet.lines]


@pytest.mark.parametrize(
    ("encoding", "mark", "told"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8-sig", b"", "UTF-8"),
        ("utf-16", b"", "UTF-16"),
        ("utf-16-le", b"", "UTF-16"),
        ("utf-16-be", b"", "UTF-16"),
        ("cp1258", b"", "Windows-1258"),
    ],
)
def test_the_encoding_of_a_csv_is_found_and_told(encoding: str, mark: bytes, told: str) -> None:
    import unicodedata

    text = "Mã,Tên\r\nH99,Nguyễn Văn Thử\r\n"
    if encoding == "cp1258":  # that encoding writes tones behind their vowels
        text = "".join(c if c in "ễửăâêôơư" else c for c in text)
        text = "".join(_with_tone_behind(c) for c in unicodedata.normalize("NFC", text))
    sheet = read_sheet("a.csv", mark + text.encode(encoding))
    assert (sheet.format, sheet.encoding) == ("CSV", told)
    assert cells(sheet)[1] == ("H99", "Nguyễn Văn Thử")


def _with_tone_behind(letter: str) -> str:
    import unicodedata

    try:
        letter.encode("cp1258")
        return letter
    except UnicodeEncodeError:
        *base, tone = unicodedata.normalize("NFD", letter)
        return unicodedata.normalize("NFC", "".join(base)) + tone


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = "\n".join(delimiter.join(line) for line in (("a", "b", "c"), ("1", "2", "3")))
    assert cells(read_sheet("a.csv", text.encode())) == [("a", "b", "c"), ("1", "2", "3")]


def test_numbers_days_and_truth_become_plain_words() -> None:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["a", "b", "c", "d", "e"])
        page.write_number(1, 0, 1090000001)
        page.write_datetime(1, 1, datetime(2026, 3, 5))  # noqa: DTZ001 - a sheet knows no zones
        page.write_datetime(1, 2, datetime(2026, 3, 5, 9, 30))  # noqa: DTZ001
        page.write_boolean(1, 3, True)
        page.write_number(1, 4, 1.5)
    assert cells(read_sheet("a.xlsx", target.getvalue()))[1] == (
        "1090000001", "05/03/2026", "05/03/2026 09:30", "Có", "1.5",
    )  # fmt: skip


def test_lines_keep_their_numbers_empty_ones_are_left_out_and_merged_cells_repeat_downwards() -> None:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.merge_range(0, 0, 0, 2, "DANH SÁCH")
        page.write_row(2, 0, ["Mã", "Tên", "Đơn vị"])
        page.write_row(4, 0, ["1", "Một"])
        page.write_row(5, 0, ["2", "Hai"])
        page.merge_range(4, 2, 5, 2, "Sở Mẫu")
    sheet = read_sheet("a.xlsx", target.getvalue())
    assert [(line.number, line.cells) for line in sheet.lines] == [
        (1, ("DANH SÁCH",)), (3, ("Mã", "Tên", "Đơn vị")), (5, ("1", "Một", "Sở Mẫu")), (6, ("2", "Hai", "Sở Mẫu")),
    ]  # fmt: skip


def test_only_the_first_filled_sheet_is_read_and_the_others_are_named() -> None:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.add_worksheet("Trống")
        book.add_worksheet("Có").write_row(0, 0, ["a", "b"])
        book.add_worksheet("Khác").write_row(0, 0, ["x"])
    sheet = read_sheet("a.xlsx", target.getvalue())
    assert (sheet.sheet, sheet.others) == ("Có", ("Trống", "Khác"))


def test_formulas_in_text_stay_text_and_nothing_invisible_stays() -> None:
    sheet = read_sheet("a.xlsx", xlsx(["Tên"], ["=cmd|' /C calc'!A0"], ["<script>"], ["A\u202eB\u200b\x07C"]))
    assert [c[0] for c in cells(sheet)] == ["Tên", "=cmd|' /C calc'!A0", "<script>", "ABC"]


def test_a_short_line_and_a_long_cell_are_noted() -> None:
    sheet = read_sheet("a.csv", f"a,b,c\n1,2,3\n4,5\n6,{'x' * 5_000},7\n".encode())
    assert [line.flaws for line in sheet.lines] == [(), (), ("short",), ("long:1",)]
    assert len(sheet.lines[3].cells[1]) == 2_000


def _archive(**files: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def _sparse() -> bytes:
    """Two cells at opposite corners: 17 billion cells for a reader that keeps them all."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write(0, 0, "a")
        page.write(1_048_575, 16_383, "b")
    return target.getvalue()


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("a.xlsx", b"", SheetEmpty),
        ("a.csv", b" \r\n \r\n", SheetEmpty),
        ("a.xlsx", xlsx([]), SheetEmpty),
        ("a.xlsx", b"%PDF-1.7\n\x00\x01\x02", SheetTypeForbidden),
        ("a.csv", b"\x89PNG\r\n\x1a\n\x99\x01\x02", SheetTypeForbidden),
        ("a.xlsx", _archive(word__document={}.__class__.__name__.encode()), SheetTypeForbidden),
        ("a.xlsx", _OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), SheetEncrypted),
        ("a.xls", _OLE + b"x" * 600, SheetBroken),
        ("a.xlsx", xlsx(["a"])[:-200], SheetBroken),
        ("a.xlsx", _archive(xl__workbook_xml=b"x", **{"xl__workbook.xml": b"<broken"}), SheetBroken),
        ("a.csv", b'a;b\n1;"half a line\n', SheetBroken),
        ("a.xlsx", _archive(**{"xl__workbook.xml": b"0" * 400_000_000}), SheetTooBig),
        ("a.xlsx", _sparse(), SheetTooBig),
    ],
    ids=[
        "empty", "blank", "no-cells", "pdf", "png", "word", "encrypted", "ole", "cut", "no-xml", "half-line", "bomb", "sparse",
    ],
)  # fmt: skip
def test_what_is_no_usable_sheet_is_refused_by_its_reason(
    name: str, content: bytes, refusal: type[MotcuaError]
) -> None:
    with pytest.raises(refusal):
        read_sheet(name, content)


def test_an_encrypted_open_document_is_refused() -> None:
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = b"<manifest:encryption-data/>"
    content = _archive(**{"mimetype": kind, "content.xml": b"x", "META-INF__manifest.xml": manifest})
    with pytest.raises(SheetEncrypted):
        read_sheet("a.ods", content)


def test_a_cell_of_fifty_megabytes_is_cut_or_refused_and_never_kept() -> None:
    huge = _archive(
        **{
            "xl__workbook.xml": b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            b'<sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl___rels__workbook.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
            b'Target="worksheets/sheet1.xml"/></Relationships>',
            "xl__worksheets__sheet1.xml": b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            b'<row r="1"><c r="A1" t="inlineStr"><is><t>'
            + b"x" * 50_000_000
            + b"</t></is></c></row></sheetData></worksheet>",
        }
    ).replace(b"xl/_rels", b"xl/_rels")
    try:
        sheet = read_sheet("a.xlsx", huge)
    except (SheetTooBig, SheetBroken):
        return
    assert [len(cell) for line in sheet.lines for cell in line.cells] == [2_000]


def test_size_and_lines_are_limited_by_settings(settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES, settings.IMPORT_MAX_ROWS = 1_000, 3
    with pytest.raises(SheetTooLarge):
        read_sheet("a.csv", b"a,b\n" * 400)
    with pytest.raises(SheetTooManyRows):
        read_sheet("a.csv", b"a,b\n" * 5)
    assert len(read_sheet("a.csv", b"a,b\n" * 4).lines) == 4


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["/", "-", ".", " / "]), st.booleans())
def test_every_day_is_read_in_every_usual_hand(day: date, between: str, padded: bool) -> None:
    d, m = (f"{day.day:02d}", f"{day.month:02d}") if padded else (str(day.day), str(day.month))
    assert read_day(f"{d}{between}{m}{between}{day.year}") == day
    assert read_day(day.isoformat()) == day
    assert read_day(f"ngày {d} tháng {m} năm {day.year}") == day
    serial = (day - date(1899, 12, 30)).days
    if 10_000 <= serial < 100_000:
        assert read_day(str(serial)) == day


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001
def test_every_minute_survives_writing_and_serial_numbers(moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    written = moment.time() if moment.time() != time.min else None
    assert read_moment(f"{moment:%d/%m/%Y %H:%M}") == (moment.date(), moment.time())
    serial = (moment - datetime(1899, 12, 30)).total_seconds() / 86_400  # noqa: DTZ001
    assert read_moment(f"{serial!r}".removesuffix(".0")) == (moment.date(), written)


@given(st.text(max_size=40))
def test_no_words_make_reading_fail(text: str) -> None:
    read_moment(text)
    read_money(text)
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2026",
        "5/3/26",
        "2026",
        "03/2026",
        "abc",
        "32/01/2026",
        "29/02/2025",
        "1/13/2026",
        "05/03/2026 25:00",
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_day(text) is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [("50.000", 50_000), ("50,000 đ", 50_000), ("50000", 50_000), ("1.234.567 đồng", 1_234_567), ("0", 0), ("50.5", None),
     ("-5", None), ("1e9", None), ("miễn phí", None)],
)  # fmt: skip
def test_money_is_whole_dong(text: str, amount: int | None) -> None:
    assert read_money(text) == amount
