from __future__ import annotations

import pytest

from motcua.catalogue.parsing import parse_record
from motcua.catalogue.rules import Channel, FindingKind
from motcua.catalogue.tests.conftest import CHANNELS, record
from motcua.deadlines.rules import TermUnit

DAY, WORKING_DAY, HOUR = TermUnit.DAY, TermUnit.WORKING_DAY, TermUnit.HOUR
K = FindingKind


def parse(cell: str, **changes: str):
    return parse_record(record(cach_thuc_thuc_hien=CHANNELS + cell, **changes))


# The cells are taken from real records; their codes stand behind them.
TERMS = [
    ("Trực tuyến6 Ngày làm việcMiễn phí", (6, WORKING_DAY), set()),  # 2.001793
    ("Trực tiếp60 NgàyMiễn phí", (60, DAY), set()),  # 1.003596
    ("Trực tuyến8 GiờMiễn phí", (8, HOUR), set()),  # 1.009097
    ("Trực tuyến2 ThángMiễn phí", (2, TermUnit.MONTH), set()),
    ("Trực tuyến1Miễn phí", (1, None), {K.TERM_UNIT_MISSING}),  # 1.001193 khai sinh
    ("Trực tuyếnKhông có thông tinMiễn phí", (None, None), {K.NO_TERM}),  # 3.000540
    ("Trực tuyến0 NgàyMiễn phí", (None, None), {K.TERM_ZERO}),
    ("Trực tuyến99999 NgàyMiễn phí", (None, None), {K.TERM_FREE_TEXT}),
    ("Trực tuyếnKhông quy địnhMiễn phí", (None, None), {K.TERM_FREE_TEXT}),  # 1.008312
    ("Trực tuyếnKhông phải trả kết quả cho người nộp thuếMiễn phí", (None, None), {K.TERM_FREE_TEXT}),
    ("Trực tuyến1100 VNĐ(100.000 đồng)", (1, None), {K.TERM_UNIT_MISSING, K.AMOUNT_TOO_SMALL}),  # 2.002060
    ("Trực tuyến1250,000 VNĐ", (None, None), {K.GLUED_NUMBERS}),
    ("Trực tiếp125 VNĐ", (None, None), {K.GLUED_NUMBERS}),  # 2.002060
]


@pytest.mark.parametrize(("cell", "term", "kinds"), TERMS)
def test_a_term_is_read_or_remarked_never_guessed(cell, term, kinds):
    parsed = parse(cell)
    assert (parsed.cases[0].term.amount, parsed.cases[0].term.unit) == term
    assert kinds <= parsed.kinds()
    if term[1] is not None:
        assert not parsed.kinds() & {K.TERM_UNIT_MISSING, K.NO_TERM, K.GLUED_NUMBERS, K.TERM_FREE_TEXT}


FEES = [
    ("Trực tiếp5 NgàyMiễn phí", 0, set()),
    ("Trực tiếp5 NgàyMiễn phí(Không quy định)", 0, set()),  # 1.001662
    ("Trực tiếp5 NgàyMiễn phí(Không)", 0, set()),
    ("Trực tiếp5 NgàyMiễn phí(5.000.000đồng/lần cấp.)", None, {K.FREE_BESIDE_TEXT}),  # 1.002866
    ("Trực tiếp5 NgàyMiễn phí(theo quy định của pháp luật về phí, lệ phí)", None, {K.FREE_BESIDE_TEXT}),
    ("Trực tiếp5 Ngày1,500,000 VNĐ(đồng/lần)", 1_500_000, {K.FEE_KIND_UNCLEAR}),  # 1.003394
    (
        "Trực tiếp5 Ngày800,000 Việt Nam Đồng(/hồ sơ)Lệ phí: 100.000 đồng.",
        800_000,
        {K.AMOUNT_IN_TEXT, K.FEE_KIND_UNCLEAR},
    ),
    ("Trực tiếp5 Ngày500,000 Việt Nam Đồng(Lệ phí cấp thẻ)", 500_000, set()),
    ("Trực tiếp5 Ngày50 VNĐ((hồ sơ))", None, {K.AMOUNT_TOO_SMALL}),  # 1.002079
    ("Trực tiếp5 Ngày150 USD(theo tỷ giá)", None, {K.FOREIGN_CURRENCY}),  # 1.003213
]


@pytest.mark.parametrize(("cell", "amount", "kinds"), FEES)
def test_an_amount_is_taken_only_where_it_can_be_trusted(cell, amount, kinds):
    parsed = parse(cell)
    (fee,) = parsed.cases[0].fees
    assert fee.amount == amount
    assert parsed.kinds() & {
        K.FREE_BESIDE_TEXT, K.FEE_KIND_UNCLEAR, K.AMOUNT_IN_TEXT, K.AMOUNT_TOO_SMALL, K.FOREIGN_CURRENCY
    } == kinds  # fmt: skip


def test_no_fee_information_is_not_free():
    parsed = parse("Trực tiếp5 NgàyKhông có thông tin")
    assert parsed.cases[0].fees == ()
    assert K.NO_FEE_INFORMATION in parsed.kinds()


def test_fee_kind_and_unit_come_from_the_note():
    (fee,) = parse("Trực tiếp5 Ngày250,000 VNĐ(Lệ phí 250.000đ/lần)").cases[0].fees
    assert (fee.kind, fee.per_unit) == ("le_phi", "lần")


def test_several_amounts_of_one_row_are_several_lines():
    fees = parse("Trực tiếp5 Ngày600,000 VNĐ(Lý thuyết)250,000 VNĐ(Thực hành)").cases[0].fees
    assert [fee.amount for fee in fees] == [600_000, 250_000]


def test_channels_with_one_term_make_one_case():
    parsed = parse("Trực tuyến5 NgàyMiễn phíDịch vụ bưu chính5 NgàyMiễn phíTrực tiếp5 NgàyMiễn phí")
    (case,) = parsed.cases
    assert case.channels == (Channel.ONLINE, Channel.POST, Channel.DIRECT)
    assert not parsed.kinds()


def test_terms_that_differ_between_channels_make_cases():  # 1.012790
    parsed = parse("Trực tuyến8 Ngày làm việcMiễn phíTrực tiếp18 Ngày làm việcMiễn phí")
    assert [(case.term.amount, case.channels) for case in parsed.cases] == [
        (8, (Channel.ONLINE,)),
        (18, (Channel.DIRECT,)),
    ]
    assert parsed.kinds() == {K.TERMS_DIFFER_BETWEEN_CHANNELS}


def test_several_terms_of_one_channel_make_cases_named_by_their_words():  # 1.014979
    row = (
        "{}6 Ngày làm việcMiễn phíHoàn thuế trước: 06 ngày làm việc.{}40 NgàyMiễn phíKiểm tra trước: 40 ngày."
    )
    parsed = parse(row.format("Trực tiếp", "Trực tiếp") + row.format("Trực tuyến", "Trực tuyến"))
    assert [case.name for case in parsed.cases] == ["Hoàn thuế trước", "Kiểm tra trước"]
    assert [(case.term.amount, case.term.unit) for case in parsed.cases] == [(6, WORKING_DAY), (40, DAY)]
    assert {K.SEVERAL_TERMS, K.DAYS_BESIDE_WORKING_DAYS} <= parsed.kinds()


def test_days_beside_working_days_between_channels_is_remarked():  # 1.009731
    parsed = parse("Trực tiếp10 NgàyMiễn phíTrực tuyến10 Ngày làm việcMiễn phí")
    assert {K.DAYS_BESIDE_WORKING_DAYS, K.TERMS_DIFFER_BETWEEN_CHANNELS} <= parsed.kinds()
    assert len(parsed.cases) == 2


def test_days_in_the_column_beside_working_days_in_the_words_is_remarked():
    parsed = parse("Trực tiếp5 NgàyMiễn phí05 (năm) ngày làm việc kể từ ngày nhận đủ hồ sơ")
    assert {K.DAYS_BESIDE_WORKING_DAYS, K.TERM_TEXT_DIFFERS} <= parsed.kinds()


def test_words_that_agree_with_the_column_are_not_remarked():  # 1.002373
    parsed = parse("Trực tiếp5 Ngày làm việcMiễn phí05 (năm) ngày làm việc kể từ ngày nhận hồ sơ hợp lệ.")
    assert not parsed.kinds()


def test_a_term_only_in_words_is_remarked_and_not_taken():
    parsed = parse("Trực tiếpKhông có thông tinMiễn phíThời hạn giải quyết: 02 ngày làm việc và 45 ngày.")
    assert parsed.cases[0].term.amount is None
    assert K.TERM_TEXT_ONLY in parsed.kinds()


def test_a_channel_name_inside_a_description_opens_no_row():
    parsed = parse("Trực tuyến5 NgàyMiễn phíTrực tuyến qua Cổng dịch vụ công; Trực tiếp tại Bộ phận Một cửa.")
    assert len(parsed.cases) == 1
    assert parsed.channels == (Channel.ONLINE,)


@pytest.mark.parametrize("text", ["", "Không có thông tin", "Nộp tại trụ sở"])
def test_a_record_without_a_channel_is_remarked(text):
    parsed = parse_record(record(cach_thuc_thuc_hien=text))
    assert parsed.cases == ()
    assert K.NO_CHANNEL in parsed.kinds()


RULE = "nếu tiếp nhận hồ sơ sau 15 giờ thì trả kết quả trong ngày làm việc tiếp theo"


def test_the_rule_for_what_arrives_after_15_is_kept_with_its_sentence():  # 1.001193
    parsed = parse(
        "Trực tiếp1Miễn phí", trinh_tu_thuc_hien=f"(i) Hồ sơ đủ thì tiếp nhận; {RULE};\n(ii) Khác."
    )
    assert parsed.after_15h.startswith(RULE)
    assert [f.field for f in parsed.findings if f.kind is K.AFTER_15H] == ["trinh_tu_thuc_hien"]


@pytest.mark.parametrize("text", ["Họp lúc 15 giờ hằng ngày.", "trước 15 giờ", "sau 150 giờ bay"])
def test_other_hours_are_no_such_rule(text):
    assert parse("Trực tiếp1Miễn phí", trinh_tu_thuc_hien=text).after_15h == ""
