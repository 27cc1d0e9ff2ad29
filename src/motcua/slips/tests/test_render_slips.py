"""Every purpose in every form set becomes an archivable paper that says what the law wants said."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy
import pytest
import zxingcpp
from pypdf import PdfReader

from motcua.slips.rules import Purpose, UnknownForm, WrongContent, from_json, to_json
from motcua.slips.services import render
from motcua.slips.tests.samples import COMPONENTS, OWNER, RECEIPT, REGISTER, REGISTER_LINE, SAMPLES

POPPLER = shutil.which("pdftotext") and shutil.which("pdftoppm")
FORM_SETS = ("TT01-2018", "TT03-2025")
EVERY = [(purpose, form_set) for purpose in Purpose for form_set in FORM_SETS]
HOSTILE = '#import "x" $x^2$ *b* <script> `r` \\ @ref [a] {b} // c'


def read(paper: bytes) -> PdfReader:
    return PdfReader(BytesIO(paper))


def text_of(paper: bytes) -> str:
    """The text with single blanks and without the invisible break marks."""
    pages = "\n".join(page.extract_text() for page in read(paper).pages)
    return re.sub(r"\s+", " ", pages.replace("\u200b", ""))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def refill(value: Any, text: str) -> Any:
    """`value` with every text replaced; the QR has its own limit of capacity."""
    if is_dataclass(value):
        names = [field.name for field in fields(value) if field.name != "qr_payload"]
        return replace(value, **{name: refill(getattr(value, name), text) for name in names})
    if isinstance(value, tuple):
        return tuple(refill(item, text) for item in value)
    return text if isinstance(value, str) else value


@pytest.mark.parametrize(("purpose", "form_set"), EVERY)
def test_every_paper_is_pdf_a_2b(purpose: Purpose, form_set: str) -> None:
    metadata = read(render(purpose, form_set, SAMPLES[purpose])).xmp_metadata
    assert (metadata.pdfaid_part, metadata.pdfaid_conformance) == ("2", "B")


@pytest.mark.parametrize(("purpose", "form_set"), EVERY)
def test_every_paper_has_the_national_head_and_its_office(purpose: Purpose, form_set: str) -> None:
    text = text_of(render(purpose, form_set, SAMPLES[purpose]))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "UBND TỈNH VÍ DỤ" in text
    assert squeezed("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG") in squeezed(text)
    assert "Ví Dụ, ngày 03 tháng 02 năm 2026" in text


@pytest.mark.parametrize("purpose", sorted(set(Purpose) - {Purpose.REGISTER, Purpose.HANDOVER}))
def test_dossier_code_number_and_procedure_are_printed(purpose: Purpose) -> None:
    content = SAMPLES[purpose]
    text = squeezed(text_of(render(purpose, "TT03-2025", content)))
    for wanted in filter(None, (content.code, content.number, content.procedure_name, content.lookup_url)):
        assert squeezed(wanted) in text


@pytest.mark.parametrize(
    ("purpose", "mandatory"),
    [
        (
            Purpose.ACKNOWLEDGEMENT,
            ["T-260203-9K4M", "20 giờ 15 phút", "chưa phải là Giấy tiếp nhận", "482915"],
        ),
        (
            Purpose.SUPPLEMENT,
            ["Giấy chứng sinh bản chính", "Bản đã nộp bị mờ số", "Lý do", "ngày 05 tháng 3 năm 2026"],
        ),
        (
            Purpose.REFUSAL,
            ["không thuộc thẩm quyền", "Điều 17 Nghị định số 61/2018/NĐ-CP", "Bộ phận Tư pháp"],
        ),
        (
            Purpose.APOLOGY,
            [
                "ngày 20 tháng 01",
                "17 giờ 00 phút, ngày 02 tháng 02",
                "ngày 11 tháng 02",
                "xin lỗi",
                "KT. GIÁM ĐỐC",
            ],
        ),
        (
            Purpose.STOP,
            ["kể từ 16 giờ 05 phút", "Quá thời hạn", "118/2025/NĐ-CP", "Trả lại toàn bộ", "Không có phí"],
        ),
        (
            Purpose.CONTROL,
            ["Quyển số: 01", "Số thứ tự: 0007", "Công an tỉnh; Sở Y tế", "1. Giao", "2. Nhận", "Đúng hạn"],
        ),
        (
            Purpose.REGISTER,
            ["Từ ngày 01 tháng 01 năm 2026 đến ngày 30 tháng 6 năm 2026", "(13)", "10/02/2026", "2 hồ sơ"],
        ),
        (Purpose.HANDOVER, ["Bên giao: Sở Tư pháp", "Giấy khai sinh", "14 giờ 30 phút", "NGƯỜI NHẬN"]),
        (
            Purpose.WITHDRAWAL,
            ["09 giờ 00 phút, ngày 05", "nơi cư trú mới", "Giấy chứng sinh", "NGƯỜI RÚT HỒ SƠ"],
        ),
        (
            Purpose.RETURN,
            ["Số: 15/2026", "Người được ủy quyền", "15 giờ 00 phút", "Giấy khai sinh của Trần Văn Ví Dụ"],
        ),
    ],
)
def test_the_fields_of_the_form_are_printed(purpose: Purpose, mandatory: list[str]) -> None:
    text = squeezed(text_of(render(purpose, "TT03-2025", SAMPLES[purpose])))
    assert [words for words in mandatory if squeezed(words) not in text] == []


def test_the_receipt_reads_as_the_form_has_it() -> None:
    body = text_of(render(Purpose.RECEIPT, "TT01-2018", RECEIPT))
    golden = (
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ Bộ phận tiếp nhận: Trung tâm Phục vụ hành chính công "
        "Tiếp nhận hồ sơ của: Nguyễn Văn Thử Số căn cước/hộ chiếu/mã số doanh nghiệp: 001090000001 "
        "Địa chỉ: Thôn Một, xã Thử Nghiệm, tỉnh Ví Dụ Số điện thoại: 0900 000 000 "
        "Email: nguyenvanthu@example.vn "
        "Hình thức nộp: Trực tiếp Nội dung yêu cầu giải quyết: Đăng ký khai sinh (mã TTHC: 1.001193) "
        "Chủ hồ sơ: Trần Thị Ví Dụ (số 001192000002) Địa chỉ chủ hồ sơ: Thôn Hai, xã Thử Nghiệm, tỉnh Ví Dụ "
        "1. Thành phần hồ sơ nộp gồm: TT Tên giấy tờ Bản chính Bản chứng thực Bản photo "
        "1 Tờ khai đăng ký khai sinh theo mẫu 1 – – 2 Giấy chứng sinh 1 – – "
        "3 Giấy chứng nhận kết hôn của cha mẹ – 1 2 2. Số lượng hồ sơ: 01 (bộ) "
        "3. Thời gian giải quyết hồ sơ theo quy định: 05 ngày làm việc "
        "4. Thời gian nhận hồ sơ: 16 giờ 05 phút, ngày 03 tháng 02 năm 2026 "
        "Thời điểm bắt đầu tính thời hạn: 07 giờ 00 phút, ngày 04 tháng 02 năm 2026 "
        "5. Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 11 tháng 02 năm 2026 "
        "6. Đăng ký nhận kết quả tại: Trung tâm Phục vụ hành chính công tỉnh Ví Dụ 7. Phí, lệ phí: "
        "TT Khoản thu Số tiền (đồng) Người nộp Đã nộp 1 Lệ phí đăng ký khai sinh quá hạn 8.000 "
        "Nguyễn Văn Thử Đã nộp "
        "2 Cấp bản sao trích lục 1.250.000 Nguyễn Văn Thử Chưa nộp Tổng số 1.258.000"
    )
    assert squeezed(golden) in squeezed(body)


def test_an_ordinary_receipt_is_one_a5_page() -> None:
    pages = read(render(Purpose.RECEIPT, "TT01-2018", RECEIPT)).pages
    assert len(pages) == 1
    assert (round(pages[0].mediabox.width / 72 * 25.4), round(pages[0].mediabox.height / 72 * 25.4)) == (
        148,
        210,
    )


def test_one_clock_instant_is_printed_once() -> None:
    same = replace(RECEIPT, clock_start_at=RECEIPT.received_at)
    assert "bắt đầu tính thời hạn" not in text_of(render(Purpose.RECEIPT, "TT01-2018", same))


def test_a_receipt_without_due_date_promises_none() -> None:
    text = text_of(render(Purpose.RECEIPT, "TT01-2018", replace(RECEIPT, due_at=None)))
    assert "trả kết quả giải quyết hồ sơ: theo quy định của thủ tục" in text


@pytest.mark.parametrize(
    ("form_set", "number", "circular"),
    [("TT01-2018", "Mẫu số 05", "01/2018/TT-VPCP"), ("TT03-2025", "Mẫu số 06", "03/2025/TT-VPCP")],
)
def test_the_control_slip_carries_the_number_of_its_circular(
    form_set: str, number: str, circular: str
) -> None:
    text = text_of(render(Purpose.CONTROL, form_set, SAMPLES[Purpose.CONTROL]))
    assert number in text
    assert circular in text


def test_only_the_form_of_2025_asks_for_more_time() -> None:
    old, new = (text_of(render(Purpose.APOLOGY, code, SAMPLES[Purpose.APOLOGY])) for code in FORM_SETS)
    assert "HẸN LẠI NGÀY TRẢ KẾT QUẢ" in old
    assert "đề nghị gia hạn" not in old
    assert "đề nghị gia hạn thời gian giải quyết thêm 07 ngày làm việc" in new


@pytest.mark.parametrize("purpose", Purpose)
def test_the_same_content_gives_the_same_bytes(purpose: Purpose) -> None:
    stored = from_json(purpose, to_json(SAMPLES[purpose]))
    assert render(purpose, "TT03-2025", SAMPLES[purpose]) == render(purpose, "TT03-2025", stored)


def test_the_file_is_dated_by_its_content() -> None:
    created = read(render(Purpose.RECEIPT, "TT01-2018", RECEIPT)).metadata.creation_date
    assert created == RECEIPT.issued_at


@pytest.mark.parametrize("purpose", Purpose)
def test_markup_in_names_is_printed_as_typed(purpose: Purpose) -> None:
    text = squeezed(text_of(render(purpose, "TT03-2025", refill(SAMPLES[purpose], HOSTILE))))
    assert squeezed(HOSTILE) in text


@pytest.mark.skipif(not POPPLER, reason="needs poppler to measure words")
@pytest.mark.parametrize("letter", ["W", "m", "-"])
@pytest.mark.parametrize("purpose", Purpose)
def test_endless_words_stay_inside_the_page(purpose: Purpose, letter: str, tmp_path: Path) -> None:
    slip = tmp_path / "slip.pdf"
    slip.write_bytes(render(purpose, "TT03-2025", refill(SAMPLES[purpose], letter * 150)))
    boxes = subprocess.run(
        ["pdftotext", "-bbox", slip, "-"], check=True, capture_output=True, text=True
    ).stdout
    width = float(re.search(r'page width="([\d.]+)"', boxes)[1])
    words = re.findall(r'xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)"', boxes)
    assert words
    assert [box for box in words if float(box[0]) < 25 or float(box[1]) > width - 20] == []


def test_ten_thousand_characters_are_all_printed() -> None:
    long = replace(RECEIPT, note="ghi chú rất dài " * 625, procedure_name="x" * 10_000)
    text = squeezed(text_of(render(Purpose.RECEIPT, "TT01-2018", long)))
    assert text.count("chú") == 625 + len(["Ghi chú:"])
    assert text.count("x") >= 10_000


def test_signs_without_a_glyph_become_boxes_and_reversing_controls_vanish() -> None:
    text = text_of(
        render(Purpose.RECEIPT, "TT01-2018", replace(RECEIPT, note="a\u202eb \u3042 \U0001f600\ufe0f"))
    )
    assert "ab □ □" in text


def test_long_tables_repeat_their_head_and_number_their_pages() -> None:
    codes = [f"H99.04.12-260203-{number}" for number in range(10_000, 10_120)]
    lines = tuple(replace(REGISTER_LINE, code=code) for code in codes)
    pages = read(render(Purpose.REGISTER, "TT03-2025", replace(REGISTER, lines=lines))).pages
    assert len(pages) > 3
    texts = [page.extract_text() for page in pages[:-1]]
    assert all("Cơquanchủtrì" in squeezed(text) for text in texts)
    assert all(text.lstrip().startswith(str(place)) for place, text in enumerate(texts[1:], start=2))
    everything = squeezed("".join(texts + [pages[-1].extract_text()]).replace("\u200b", ""))
    assert all(code in everything for code in codes)


def test_many_components_run_over_several_pages() -> None:
    many = replace(RECEIPT, components=COMPONENTS * 30)
    pages = read(render(Purpose.RECEIPT, "TT01-2018", many)).pages
    assert len(pages) > 2
    assert "Tên giấy tờ" in pages[1].extract_text()


@pytest.mark.skipif(not POPPLER, reason="needs poppler to draw the page")
def test_the_qr_holds_the_payload(tmp_path: Path) -> None:
    (tmp_path / "slip.pdf").write_bytes(render(Purpose.RECEIPT, "TT01-2018", RECEIPT))
    command = ["pdftoppm", "-r", "150", "-gray", "-singlefile", "slip.pdf", "slip"]
    subprocess.run(command, cwd=tmp_path, check=True)
    _, width_height, _, dots = (tmp_path / "slip.pgm").read_bytes().split(b"\n", 3)
    width, height = map(int, width_height.split())
    picture = numpy.frombuffer(dots, dtype=numpy.uint8).reshape(height, width)
    found = zxingcpp.read_barcodes(picture)
    assert [code.text for code in found] == [RECEIPT.qr_payload]


def test_dossier_codes_can_be_copied_whole_from_every_table() -> None:
    for purpose in Purpose:
        pages = read(render(purpose, "TT03-2025", SAMPLES[purpose])).pages
        if purpose is not Purpose.ACKNOWLEDGEMENT:
            assert "H99.04.12-260203-0007" in "".join(page.extract_text() for page in pages), purpose


def test_a_missing_owner_block_means_the_submitter_owns() -> None:
    text = text_of(render(Purpose.RECEIPT, "TT01-2018", replace(RECEIPT, owner=RECEIPT.submitted_by)))
    assert "Chủ hồ sơ" not in text
    assert OWNER.name not in text


def test_content_of_another_purpose_is_refused() -> None:
    with pytest.raises(WrongContent):
        render(Purpose.STOP, "TT01-2018", RECEIPT)


def test_an_unknown_form_set_is_refused() -> None:
    with pytest.raises(UnknownForm, match="TT99-2099"):
        render(Purpose.RECEIPT, "TT99-2099", RECEIPT)


def test_times_are_printed_on_a_vietnamese_clock() -> None:
    utc = replace(RECEIPT, received_at=datetime(2026, 2, 3, 9, 5, tzinfo=UTC))
    assert "16 giờ 05 phút, ngày 03 tháng 02 năm 2026" in text_of(render(Purpose.RECEIPT, "TT01-2018", utc))
