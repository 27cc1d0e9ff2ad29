"""Names and numbers of the forms are exactly those of the two circulars."""

from __future__ import annotations

from datetime import date

import pytest

from motcua.slips.form_sets import ROOM, form, form_set_on
from motcua.slips.rules import Purpose, UnknownForm

STATUTORY = [
    # TT 01/2018/TT-VPCP: Mẫu 01-05 A5, Mẫu 06 A4.
    ("TT01-2018", Purpose.RECEIPT, "Mẫu số 01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "a5"),
    ("TT01-2018", Purpose.SUPPLEMENT, "Mẫu số 02", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "a5"),
    ("TT01-2018", Purpose.REFUSAL, "Mẫu số 03", "Phiếu từ chối tiếp nhận giải quyết hồ sơ", "a5"),
    ("TT01-2018", Purpose.APOLOGY, "Mẫu số 04", "Phiếu xin lỗi và hẹn lại ngày trả kết quả", "a5"),
    ("TT01-2018", Purpose.CONTROL, "Mẫu số 05", "Phiếu kiểm soát quá trình giải quyết hồ sơ", "a5"),
    ("TT01-2018", Purpose.REGISTER, "Mẫu số 06", "Sổ theo dõi hồ sơ", "a4"),
    # TT 03/2025/TT-VPCP: a new Mẫu 05 moves the two last ones; sizes are our own choice.
    ("TT03-2025", Purpose.RECEIPT, "Mẫu số 01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "a5"),
    ("TT03-2025", Purpose.SUPPLEMENT, "Mẫu số 02", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "a5"),
    ("TT03-2025", Purpose.REFUSAL, "Mẫu số 03", "Phiếu từ chối tiếp nhận giải quyết hồ sơ", "a5"),
    (
        "TT03-2025",
        Purpose.APOLOGY,
        "Mẫu số 04",
        "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
        "a4",
    ),
    ("TT03-2025", Purpose.STOP, "Mẫu số 05", "Thông báo dừng giải quyết hồ sơ", "a4"),
    ("TT03-2025", Purpose.CONTROL, "Mẫu số 06", "Phiếu kiểm soát quá trình giải quyết hồ sơ", "a5"),
    ("TT03-2025", Purpose.REGISTER, "Mẫu số 07", "Sổ theo dõi hồ sơ", "a4"),
]


@pytest.mark.parametrize(("form_set", "purpose", "number", "title", "paper"), STATUTORY)
def test_a_statutory_form_has_its_number_title_and_size(
    form_set: str, purpose: Purpose, number: str, title: str, paper: str
) -> None:
    found = form(purpose, form_set)
    assert (found.number, found.title, found.paper) == (number, title, paper)
    assert found.citation.startswith("Ban hành kèm theo Thông tư số")


@pytest.mark.parametrize("form_set", ["TT01-2018", "TT03-2025"])
def test_every_other_paper_claims_no_circular(form_set: str) -> None:
    statutory = {purpose for code, purpose, *_ in STATUTORY if code == form_set}
    for purpose in set(Purpose) - statutory:
        assert (form(purpose, form_set).number, form(purpose, form_set).citation) == ("", "")


@pytest.mark.parametrize("form_set", ["TT01-2018", "TT03-2025"])
@pytest.mark.parametrize("purpose", Purpose)
def test_every_form_names_a_layout_that_exists(purpose: Purpose, form_set: str) -> None:
    assert (ROOM / "layout" / form(purpose, form_set).layout).is_file()


@pytest.mark.parametrize(
    ("day", "form_set"),
    [
        (date(2018, 11, 23), "TT01-2018"),
        (date(2025, 9, 14), "TT01-2018"),
        (date(2025, 9, 15), "TT03-2025"),
        (date(2026, 11, 21), "TT03-2025"),
    ],
)
def test_the_form_set_follows_the_day(day: date, form_set: str) -> None:
    assert form_set_on(day) == form_set


def test_there_is_no_form_set_before_the_first_circular() -> None:
    with pytest.raises(UnknownForm):
        form_set_on(date(2018, 11, 22))
