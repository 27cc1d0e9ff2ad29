from __future__ import annotations

import pytest

from motcua.catalogue.parsing import parse_record
from motcua.catalogue.rules import FindingKind as K
from motcua.catalogue.tests.conftest import PAPERS, record


def parse(text: str):
    return parse_record(record(thanh_phan_ho_so=text))


# Real names, shortened; the pieces that make them hard are kept.
PAPERS_READ = [
    ("- Tờ khai1 bản chính", [("Tờ khai", 1, 0)]),
    ("Bản sao giấy phép0 bản chính,1 bản sao", [("Bản sao giấy phép", 0, 1)]),
    ("Đơn1 bản chính,7 bản saoBản vẽ2 bản chính", [("Đơn", 1, 7), ("Bản vẽ", 2, 0)]),
    ("Dự thảo quy trình vận hành hồ chứa nước\t1 bản chínhBản đồ1 bản chính",
     [("Dự thảo quy trình vận hành hồ chứa nước", 1, 0), ("Bản đồ", 1, 0)]),
    ("Phụ lục ngày 31/12/20251 bản chính,1 bản saoĐơn1 bản chính",
     [("Phụ lục ngày 31/12/2025", 1, 1), ("Đơn", 1, 0)]),
    ("Danh sách: 01 bản chính;1 bản chínhHóa đơn1 bản chính",
     [("Danh sách: 01 bản chính", 1, 0), ("Hóa đơn", 1, 0)]),
    ("Danh mục miễn thuế: 01 bản chính1 bản chínhTờ khai0 bản chính,1 bản sao",
     [("Danh mục miễn thuế: 01 bản chính", 1, 0), ("Tờ khai", 0, 1)]),
    ("Đơn1 bản chính02 tờ khai theo mẫu2 bản chính", [("Đơn", 1, 0), ("02 tờ khai theo mẫu", 2, 0)]),
    ("Hợp đồng0 bản chính,1 bản saotài liệu khác (nếu có)1 bản chính",
     [("Hợp đồng", 0, 1), ("tài liệu khác (nếu có)", 1, 0)]),
    ("Biên bản10 bản chính", [("Biên bản", 10, 0)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "papers"), PAPERS_READ)
def test_papers_and_counts_are_taken_apart(text, papers):
    parsed = parse(f"--{PAPERS}{text}")
    assert [(c.name, c.originals, c.copies) for c in parsed.components] == papers


def test_a_count_glued_to_a_year_is_remarked():
    assert K.COMPONENT_COUNT_GLUED in parse(f"--{PAPERS}Phụ lục ngày 31/12/20251 bản chính").kinds()


FORMS = [
    ("Đơn đề nghị theo Thông tư số 19/2017/TT-BGTVTMẫu số 2.docx1 bản chính",
     "Đơn đề nghị theo Thông tư số 19/2017/TT-BGTVT", "Mẫu số 2.docx"),
    ("Bảng kê của Kiểm lâm;Mẫu số 05.docx1 bản chính", "Bảng kê của Kiểm lâm", "Mẫu số 05.docx"),
    ("Văn bản theo mẫu quy địnhHK-85.doc1 bản chính", "Văn bản theo mẫu quy định", "HK-85.doc"),
    ("Tờ khai1 bản chính", "Tờ khai", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "form"), FORMS)
def test_a_form_file_is_split_from_the_name(text, name, form):
    (paper,) = parse(f"--{PAPERS}{text}").components
    assert (paper.name, paper.form_name) == (name, form)


def test_papers_to_show_and_notes_are_not_required():
    parsed = parse(
        f"* Giấy tờ phải nộp:{PAPERS}Tờ khai1 bản chính* Giấy tờ phải xuất trình:{PAPERS}Hộ chiếu1 bản chính"
        f"* Lưu ý:{PAPERS}Người nộp phải ký tên0 bản chính"
    )
    assert [(c.group, c.kind, c.required) for c in parsed.components] == [
        ("Giấy tờ phải nộp", "submit", True),
        ("Giấy tờ phải xuất trình", "present", False),
        ("Lưu ý", "note", False),
    ]
    assert K.COMPONENT_COUNT_MISSING in parsed.kinds()


@pytest.mark.parametrize(
    ("name", "required"),
    [
        ("Tờ khai", True),
        ("Giấy chứng sinh; trường hợp không có thì nộp văn bản của người làm chứng", True),
        ("Giấy phép (nếu có)", False),
        ("Trường hợp ủy quyền thì nộp văn bản ủy quyền", False),
        ("Đối với tổ chức: quyết định thành lập", False),
    ],
)
def test_what_only_some_hand_in_is_not_required(name, required):
    assert parse(f"--{PAPERS}{name}1 bản chính").components[0].required is required


def test_dossiers_printed_by_case_become_cases_with_the_common_term():  # 2.002005
    parsed = parse(
        f"1) Trường hợp thông báo giải thể:{PAPERS}Nghị quyết1 bản chính"
        f"b) Đối với trường hợp hoàn tất:{PAPERS}Thông báo1 bản chính"
    )
    assert [case.name for case in parsed.cases] == [
        "1) Trường hợp thông báo giải thể",
        "b) Đối với trường hợp hoàn tất",
    ]
    assert [case.component_group for case in parsed.cases] == [c.group for c in parsed.components]
    assert {case.term.amount for case in parsed.cases} == {5}
    assert K.CASES_FROM_COMPONENTS in parsed.kinds()


@pytest.mark.parametrize("text", ["", "--", "----", "Không có thông tin", "Bước 2. Nộp hồ sơ"])
def test_no_components_is_remarked(text):
    parsed = parse(text)
    assert parsed.components == ()
    assert K.NO_COMPONENTS in parsed.kinds()


def test_text_after_the_last_count_is_remarked():
    parsed = parse(f"--{PAPERS}Tờ khai1 bản chính (Trường hợp đã nộp thì thôi)")
    assert K.COMPONENT_TEXT_UNREAD in parsed.kinds()
