from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue.parsing import parse_record
from motcua.catalogue.parsing.record import FIELDS
from motcua.catalogue.rules import SENTENCES, Applicant, FindingKind, Level, content_hash, missing_to_publish
from motcua.catalogue.rules import FindingKind as K
from motcua.catalogue.tests.conftest import BASES, record


def test_a_clean_record_leaves_nothing_to_remark():
    parsed = parse_record(record())
    assert parsed.findings == ()
    assert missing_to_publish(parsed) == ()
    assert parsed.levels == (Level.PROVINCE, Level.COMMUNE)
    assert parsed.applicants == (Applicant.CITIZEN, Applicant.ORGANISATION)
    assert parsed.sector == "tu_phap"


REMARKS = [
    ({"ma_thu_tuc": "khong-co-ma"}, K.INVALID_CODE),
    ({"ma_thu_tuc": ""}, K.INVALID_CODE),
    ({"ten_thu_tuc": " "}, K.NO_NAME),
    ({"so_quyet_dinh": ""}, K.NO_DECISION),
    ({"so_quyet_dinh": "1681"}, K.DECISION_IRREGULAR),
    ({"so_quyet_dinh": "2267./QĐ-BXD"}, K.DECISION_IRREGULAR),
    ({"cap_thuc_hien": ""}, K.NO_LEVEL),
    ({"cap_thuc_hien": "Cấp tỉnh, Cấp vùng"}, K.UNKNOWN_LEVEL),
    ({"linh_vuc": ""}, K.NO_FIELD),
    ({"linh_vuc": "Thiên văn học"}, K.UNKNOWN_FIELD),
    ({"doi_tuong_thuc_hien": "Công dân Việt Nam, Người ngoài hành tinh"}, K.UNKNOWN_APPLICANT),
    ({"can_cu_phap_ly": "Không có thông tin"}, K.NO_LEGAL_BASIS),
    ({"can_cu_phap_ly": f"{BASES}Luật không số"}, K.LEGAL_BASIS_UNREAD),
    ({"ket_qua_xu_ly": "Không có thông tin"}, K.NO_RESULT),
    ({"ket_qua_xu_ly": "Giấy phép"}, K.RESULT_CODE_MISSING),
    ({"ket_qua_xu_ly": "Giấy phépMã: BQP-CCS.KQ0001"}, K.RESULT_CODE_IRREGULAR),
    ({"ket_qua_xu_ly": "Giảm kiểm traMã: KQ.G10.000001"}, K.RESULT_KIND_UNCLEAR),
    ({"ket_qua_xu_ly": "Giấy1 bản chínhĐơn"}, K.MISPLACED_TEXT),
    ({"ket_qua_xu_ly": "Giấy phépMã: KQ.G15.000031Chọn cơ quan thực hiện"}, K.PORTAL_CHROME),
    ({"ten_thu_tuc": "Cấp\x00phép"}, K.CHARACTERS_REPLACED),
    ({"ten_thu_tuc": 12}, K.FIELD_NOT_TEXT),
    ({"ten_thu_tuc": ["Cấp phép"]}, K.FIELD_NOT_TEXT),
]


@pytest.mark.parametrize(("changes", "kind"), REMARKS)
def test_what_is_wrong_is_remarked(changes, kind):
    assert kind in parse_record(record(**changes)).kinds()


def test_every_kind_has_its_sentence():
    assert set(SENTENCES) == set(FindingKind)
    assert all(sentence.endswith(".") for sentence in SENTENCES.values())


RESULTS = [
    ("Giấy khai sinhMã: KQ.G15.000031Từ khóaKhông có thông tin", [("KQ.G15.000031", "Giấy khai sinh")]),
    ("Thẻ giám địnhMã: KQ.G15.000097Quyết định bổ nhiệmMã: KQ.G15.000098Từ khóa",
     [("KQ.G15.000097", "Thẻ giám định"), ("KQ.G15.000098", "Quyết định bổ nhiệm")]),
    ("Văn bản thỏa thuậnMã: 000.00.00.G04-KQ3328Từ khóa", [("000.00.00.G04-KQ3328", "Văn bản thỏa thuận")]),
    ("Mã số sản phẩmMã: KQ-G10.000002Từ khóa", [("KQ-G10.000002", "Mã số sản phẩm")]),
    ("Thông báo KBNNMã: KQ.G12.000327KBNN xác nhậnMã: KQ.G12.000328",
     [("KQ.G12.000327", "Thông báo KBNN"), ("KQ.G12.000328", "KBNN xác nhận")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "results"), RESULTS)
def test_results_are_read_with_their_codes(text, results):
    parsed = parse_record(record(ket_qua_xu_ly=text))
    assert [(result.code, result.name) for result in parsed.results] == results


@pytest.mark.parametrize(
    ("name", "is_document"),
    [("Giấy khai sinh", True), ("Hồ sơ gửi đến cơ quan thuế không có kết quả giải quyết", False)],
)
def test_whether_a_result_is_a_document(name, is_document):
    parsed = parse_record(record(ket_qua_xu_ly=f"{name}Mã: KQ.G15.000031"))
    assert parsed.results[0].is_document is is_document


LAWS = [
    ("Luật Hộ tịch60/2014/QH13", ["60/2014/QH13"]),
    ("Luật 60/2014/QH1360/2014/QH13", ["60/2014/QH13"]),
    ("Thông tư số 85/2019/TT-BTC ngày 29/11/201985/2019/TT-BTCNghị định sửa đổi18/2026/NĐ-CP",
     ["85/2019/TT-BTC", "18/2026/NĐ-CP"]),
    ("193/2025/NĐ-CP193/2025/NĐ-CPLuật Địa chất54/2024/QH15", ["193/2025/NĐ-CP", "54/2024/QH15"]),
    ("Nghị quyết cắt giảm66.7/2025/NQ-CPLuật Nhà ở;27/2023/QH15", ["66.7/2025/NQ-CP", "27/2023/QH15"]),
    ("47/2019/TT-BTCThông tư 47/2019/TT-BTCThông tư số 68/2025/TT-BTC của Bộ68/2025/TT-BTC",
     ["47/2019/TT-BTC", "68/2025/TT-BTC"]),
    ("Quyết định18/2023/QĐ-TTgNghị định67/2011/NĐ-CP", ["18/2023/QĐ-TTg", "67/2011/NĐ-CP"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "numbers"), LAWS)
def test_legal_bases_are_read_by_number(text, numbers):
    parsed = parse_record(record(can_cu_phap_ly=BASES + text))
    assert [basis.number for basis in parsed.legal_bases] == numbers


def test_a_place_suffix_is_kept_beside_the_national_code():
    parsed = parse_record(record(ma_thu_tuc="3.000181.000.00.00.H22"))
    assert (parsed.code, parsed.full_code) == ("3.000181", "3.000181.000.00.00.H22")


@pytest.mark.parametrize(
    ("code", "category", "internal"), [("6.001430", "", True), ("1.001193", "TTHC", False)]
)
def test_internal_procedures_are_told_by_code_and_missing_kind(code, category, internal):
    assert parse_record(record(ma_thu_tuc=code, loai_thu_tuc=category)).is_internal is internal


VALUES = st.one_of(st.none(), st.text(), st.integers(), st.lists(st.text()), st.floats(), st.booleans())
PIECES = st.sampled_from(
    ["Trực tuyến", "Trực tiếp", "5", "1", "Ngày làm việc", " Ngày", "Miễn phí", "Không có thông tin",
     "100,000 VNĐ",
     "(", ")",
     "Tên giấy tờMẫu đơn, tờ khaiSố lượng", "1 bản chính", ",1 bản sao", "Mẫu.docx", "Mã: ", "KQ.G15.000031",
     "85/2019/TT-BTC",
     "Trường hợp", ":", "\n", "sau 15 giờ", "Từ khóa", "Hình thức nộpThời gianPhí, lệ phíMô tả"]
)  # fmt: skip
STORABLE = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
SCRAMBLED = st.lists(st.one_of(PIECES, st.text(STORABLE, max_size=6)), max_size=30).map("".join)


@given(st.dictionaries(st.sampled_from(FIELDS), st.one_of(VALUES, SCRAMBLED)))
def test_no_record_whatever_it_holds_stops_the_reading(raw):
    parsed = parse_record(raw)
    assert {finding.kind for finding in parsed.findings} <= set(FindingKind)
    for case in parsed.cases:
        assert case.term.unit is None or 1 <= case.term.amount <= 9_999
    assert content_hash(raw)


@given(st.dictionaries(st.sampled_from(FIELDS), SCRAMBLED))
def test_every_original_text_is_kept(raw):
    texts = parse_record(raw).texts
    assert {name: texts[name] for name in raw} == raw


@given(st.data())
def test_a_mutilated_record_is_still_read(data):
    whole = record()
    name = data.draw(st.sampled_from(sorted(whole)))
    start = data.draw(st.integers(0, len(whole[name])))
    end = data.draw(st.integers(start, len(whole[name])))
    raw = {**whole, name: whole[name][:start] + whole[name][end:]}
    assert parse_record(raw).texts == {field: raw.get(field, "") for field in FIELDS}


@pytest.mark.parametrize(
    "filler", ["9", "(", " ", "1 bản chính", "1 VNĐ", "Trực tiếp1", "Mã: K", "5 ngày ", "1/2000/TT-A", "."]
)
def test_a_megabyte_of_the_same_is_read_in_reasonable_time(filler):
    text = filler * (1_000_000 // len(filler))
    opened = [
        "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến5 Ngày",
        "",
        "Tên giấy tờMẫu đơn, tờ khaiSố lượng",
        BASES,
    ]
    names = ("cach_thuc_thuc_hien", "ket_qua_xu_ly", "thanh_phan_ho_so", "can_cu_phap_ly")
    raw = record(**{name: start + text for name, start in zip(names, opened, strict=True)})
    parsed = parse_record(raw)
    assert len(parsed.findings) < 2_000
