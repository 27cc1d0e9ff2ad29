"""Pages of the catalogue: correcting, publishing with reasons row by row, importing, competence; what was typed stays."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.base.actor import SYSTEM
from motcua.catalogue import queries, services
from motcua.catalogue.comparing import differences
from motcua.catalogue.errors import CaseUnknown, FieldNotEditable, FieldUnknown, NotADraft, VersionUnknown
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.office import forms
from motcua.catalogue.tests.conftest import CHANNELS, lines, record
from motcua.demo.cast import LICENCE, Cast
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.office import NOW, client_of, province

pytestmark = pytest.mark.django_db
BASE = "/office/danh-muc/"
TODAY = NOW.date()
WHO: dict[str, Any] = {"actor": SYSTEM, "now": NOW}
DECISION = {"decision_number": "99/QĐ-UBND", "decision_date": "01/04/2026", "valid_from": "15/04/2026"}


@pytest.fixture
def cast() -> Cast:
    return province()


@pytest.fixture
def admin(cast: Cast) -> Client:
    return client_of(cast.admin)


@pytest.fixture
def draft(cast: Cast) -> int:
    return services.correct(in_force(LICENCE), changes={}, **WHO)


def in_force(code: str, on: date = TODAY) -> int:
    return queries.version_for_intake(code, on).version_id


def typed(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Rows as the page of a part sends them."""
    data: dict[str, Any] = {"d-TOTAL_FORMS": str(len(rows)), "d-INITIAL_FORMS": "0"}
    return data | {f"d-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


def test_what_changed_is_told_line_by_line_and_order_does_not_matter():
    older = {"Tên": ["A"], "Giấy tờ": ["x", "y", "y"], "Phí": ["1"]}
    newer = {"Tên": ["B"], "Giấy tờ": ["y", "x"], "Phí": ["1"], "Kết quả": ["k"]}
    assert [(d.part, d.gone, d.came) for d in differences(older, newer)] == [
        ("Tên", ("A",), ("B",)), ("Giấy tờ", ("y",), ()), ("Kết quả", (), ("k",)),
    ]  # fmt: skip
    assert differences(newer, newer) == ()


def test_a_dossier_keeps_the_version_it_was_received_under(cast, admin):
    received = dossiers.receive_at_counter(cast.intake(), actor=cast.justice.alice, now=NOW)
    pinned = in_force(LICENCE)
    draft = services.correct(pinned, changes={"name": "Tên sau này"}, **WHO)
    admin.post(f"{BASE}phien-ban/{draft}/cong-bo/", DECISION)
    assert in_force(LICENCE, date(2026, 4, 15)) == draft
    dossier = Dossier.objects.get(pk=received)
    assert dossier.version_id == pinned
    assert queries.version_facts(dossier.version_id).name != "Tên sau này"


def test_a_procedure_is_corrected_and_published_on_pages(cast, admin):
    answer = admin.post(f"{BASE}phien-ban/{in_force(LICENCE)}/du-thao/")
    draft = ProcedureVersion.objects.get(state="draft").pk
    assert answer.url == f"{BASE}phien-ban/{draft}/"
    head = {"name": "Cấp giấy phép đã sửa", "levels": ["province"], "channels": ["direct", "online"]}
    admin.post(f"{BASE}phien-ban/{draft}/thong-tin-chung/", head)
    admin.post(f"{BASE}phien-ban/{draft}/sua/truong-hop/", typed([
        {"name": "Thường", "term_amount": "7", "term_unit": "ngay_lam_viec", "channels": ["direct"]},
        {"name": "", "term_amount": "", "term_unit": ""},
    ]))  # fmt: skip
    case = queries.read_version(draft).cases[0].id
    admin.post(f"{BASE}phien-ban/{draft}/sua/thanh-phan/", typed([
        {"name": "Đơn", "kind": "submit", "originals": "2", "copies": "1", "required": "on", "case_id": str(case)},
    ]))  # fmt: skip
    admin.post(f"{BASE}phien-ban/{draft}/sua/phi-le-phi/", typed([{"name": "Lệ phí cấp", "kind": "le_phi", "amount": "75000"}]))
    admin.post(f"{BASE}phien-ban/{draft}/sua/ket-qua/", typed([{"name": "Giấy phép", "is_document": "on"}]))
    admin.post(f"{BASE}phien-ban/{draft}/sua/can-cu/", typed([{"number": "60/2014/QH13", "title": "Luật Hộ tịch"}]))
    page = admin.post(f"{BASE}phien-ban/{draft}/cong-bo/", DECISION, follow=True).content.decode()
    assert "Thay đổi so với phiên bản 1" in page and "75.000" in page and "60/2014/QH13" in page
    facts = queries.version_for_intake(LICENCE, date(2026, 4, 15))
    assert (facts.version_id, facts.name, facts.cases[0].term.words()) == (draft, "Cấp giấy phép đã sửa", "7 ngày làm việc")
    paper = facts.components[0]
    assert (paper.originals, paper.copies, paper.required, paper.case_id) == (2, 1, True, case)


@pytest.mark.parametrize(
    ("slug", "row", "sentence"),
    [
        ("truong-hop", {"name": "Gấp", "term_amount": "5", "term_unit": "", "channels": ["direct"]}, "thiếu đơn vị"),
        ("truong-hop", {"name": "Gấp", "term_amount": "0", "term_unit": "ngay", "channels": ["direct"]}, "1"),
        ("truong-hop", {"name": "Gấp"}, "ít nhất một cách thức nộp"),
        ("thanh-phan", {"name": "Gấp", "kind": "submit", "originals": "-1", "copies": "0"}, "0"),
        ("thanh-phan", {"name": "Gấp", "kind": "submit", "originals": "1", "copies": "0", "case_id": "999999"}, "999999"),
        ("phi-le-phi", {"name": "Gấp", "kind": "le_phi", "amount": "năm nghìn"}, "Hãy nhập số nguyên."),
    ],
)
def test_a_wrong_row_is_answered_at_its_place_and_kept(admin, draft, slug, row, sentence):
    before = queries.read_version(draft)
    answer = admin.post(f"{BASE}phien-ban/{draft}/sua/{slug}/", typed([row]))
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page and "Gấp" in page and "mc-errors" in page
    assert queries.read_version(draft) == before


def test_a_draft_that_cannot_be_published_says_why_row_by_row(cast, admin, draft):
    services.rewrite(draft, part="components", rows=[], **WHO)
    services.rewrite(draft, part="cases", rows=[{"name": "Trường hợp khó", "channels": ["direct"]}], **WHO)
    for path in ("", "cong-bo/"):
        page = admin.get(f"{BASE}phien-ban/{draft}/{path}").content.decode()
        assert "Thiếu thành phần hồ sơ." in page
        assert "Trường hợp 1 “Trường hợp khó”: thời hạn thiếu số hoặc đơn vị." in page
    answer = admin.post(f"{BASE}phien-ban/{draft}/cong-bo/", DECISION)
    assert answer.status_code == 422 and 'value="99/QĐ-UBND"' in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"decision_number": ""}, "Hãy nhập: Số quyết định công bố."),
        ({"decision_date": "hôm qua"}, "Ngày không đúng"),
        ({"valid_from": "01/01/2000"}, "phải sau ngày đó"),
    ],
)
def test_publishing_needs_a_whole_decision(admin, draft, changes, sentence):
    answer = admin.post(f"{BASE}phien-ban/{draft}/cong-bo/", DECISION | changes)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert ProcedureVersion.objects.get(pk=draft).state == "draft"


def test_a_published_version_is_never_edited(admin, cast):
    published = in_force(LICENCE)
    for path in ("thong-tin-chung/", "sua/truong-hop/", "cong-bo/", "bo/"):
        answer = admin.get(f"{BASE}phien-ban/{published}/{path}")
        assert answer.status_code == 422 and "đã công bố, không sửa được" in answer.content.decode()


def test_a_draft_set_aside_stays_on_record_and_never_holds(admin, draft):
    assert "Bỏ bản dự thảo này?" in admin.get(f"{BASE}phien-ban/{draft}/bo/").content.decode()
    admin.post(f"{BASE}phien-ban/{draft}/bo/")
    row = ProcedureVersion.objects.get(pk=draft)
    assert (row.state, row.valid) == ("closed", None)
    assert in_force(LICENCE) != draft


def test_a_procedure_is_abolished_from_a_day(admin, cast):
    form = {"decision_number": "5/QĐ", "decision_date": "01/04/2026", "from_date": "15/04/2026"}
    admin.post(f"{BASE}thu-tuc/{LICENCE}/bai-bo/", form)
    assert in_force(LICENCE, date(2026, 4, 14))
    with pytest.raises(queries.ProcedureNotInForce):
        in_force(LICENCE, date(2026, 4, 15))
    assert "không có hiệu lực" in admin.post(f"{BASE}thu-tuc/{LICENCE}/bai-bo/", form).content.decode()


def test_an_uploaded_file_is_imported_with_its_report(admin):
    good, unsaid = record(), record(ma_thu_tuc="1.900002", cach_thuc_thuc_hien=f"{CHANNELS}Trực tuyến1Miễn phí")
    content = lines(good, unsaid) + b'{"ma_thu_tuc": \n'
    page = admin.post(f"{BASE}nhap/", {"file": SimpleUploadedFile("a.jsonl", content)}, follow=True).content.decode()
    assert "a.jsonl:3" in page and "1.900002" in page and "thiếu đơn vị" in page
    listed = admin.get(f"{BASE}?remarks=term_unit_missing").content.decode()
    assert "1.900002" in listed and "1.900001" not in listed
    found = admin.get(f"{BASE}?name=cap giay phep thu nghiem&level=commune").content.decode()
    assert "1.900001" in found and LICENCE not in found


@pytest.mark.parametrize(("name", "content"), [("a.csv", b"x"), ("a.jsonl", b""), ("a.jsonl.exe", b"x")])
def test_a_file_of_another_kind_is_refused(admin, name, content):
    answer = admin.post(f"{BASE}nhap/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422 and "mc-error" in answer.content.decode()


def test_a_file_too_large_is_refused(admin, monkeypatch):
    monkeypatch.setattr(forms, "IMPORT_BYTES", 10)
    answer = admin.post(f"{BASE}nhap/", {"file": SimpleUploadedFile("a.jsonl", b"x" * 11)})
    assert answer.status_code == 422 and "lớn hơn" in answer.content.decode()


def test_a_script_in_a_name_is_text_on_the_page(admin):
    named = record(ten_thu_tuc="<script>alert(1)</script> Cấp phép")
    admin.post(f"{BASE}nhap/", {"file": SimpleUploadedFile("a.jsonl", lines(named))})
    page = admin.get(f"{BASE}?name=1.900001").content.decode()
    assert "&lt;script&gt;" in page and "<script>alert" not in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"procedure_code": ""}, "một trong hai"),
        ({"procedure_code": "9.999999"}, "Không có thủ tục mang mã 9.999999"),
        ({"valid_to": "01/04/2026"}, "phải sau ngày bắt đầu"),
        ({"decision": ""}, "Hãy nhập: Số quyết định."),
    ],
)
def test_competence_that_cannot_be_given_is_said_in_words(cast, admin, changes, sentence):
    form = {"unit": cast.board, "level": "province", "procedure_code": LICENCE, "valid_from": "01/04/2026", "decision": "7/QĐ"}
    answer = admin.post(f"{BASE}tham-quyen/giao/", form | changes)
    assert answer.status_code == 422 and sentence in answer.content.decode()


def test_competence_is_given_once_and_listed(cast, admin):
    form = {"unit": cast.board, "level": "province", "procedure_code": LICENCE, "valid_from": "01/03/2020", "decision": "7/QĐ"}
    page = admin.post(f"{BASE}tham-quyen/giao/", form, follow=True).content.decode()
    assert "Ban Mẫu" in page and "7/QĐ" in page
    again = admin.post(f"{BASE}tham-quyen/giao/", form)
    assert again.status_code == 422 and "trùng" in again.content.decode()
    assert "Ban Mẫu" not in admin.get(f"{BASE}tham-quyen/?q=9.9").content.decode()


class TestRewrite:
    def test_rows_are_changed_added_and_taken_away_in_their_order(self, draft):
        rows = [{"name": "Một", "is_document": True}, {"name": "Hai", "is_document": False}]
        services.rewrite(draft, part="results", rows=rows, **WHO)
        one, two = queries.read_version(draft).results
        rows = [{"id": two.id, "name": "Hai  mới"}, {"name": "Ba", "is_document": True}]
        services.rewrite(draft, part="results", rows=rows, **WHO)
        assert [(r.id == two.id, r.name) for r in queries.read_version(draft).results] == [(True, "Hai mới"), (False, "Ba")]

    def test_component_codes_are_never_two_of_a_kind(self, draft):
        row = {"originals": 1, "copies": 0, "required": True, "kind": "submit"}
        services.rewrite(draft, part="components", rows=[{"name": n, **row} for n in "abc"], **WHO)
        kept = queries.read_version(draft).components[2]
        services.rewrite(draft, part="components", rows=[{"id": kept.id}, {"name": "d", **row}, {"name": "e", **row}], **WHO)
        codes = [paper.code for paper in queries.read_version(draft).components]
        assert len(set(codes)) == 3 and codes[0] == kept.code

    def test_a_foreign_case_column_or_part_is_refused_and_nothing_changes(self, cast, draft):
        before = queries.read_version(draft)
        foreign = queries.read_version(in_force(LICENCE)).cases[0].id
        paper = {"name": "x", "originals": 1, "copies": 0, "required": True, "kind": "submit"}
        with pytest.raises(CaseUnknown, match="Dòng 1"):
            services.rewrite(draft, part="components", rows=[{**paper, "case_id": foreign}], **WHO)
        with pytest.raises(FieldNotEditable):
            services.rewrite(draft, part="results", rows=[{"name": "x", "version_id": 1}], **WHO)
        with pytest.raises(FieldNotEditable):
            services.rewrite(draft, part="findings", rows=[], **WHO)
        assert queries.read_version(draft) == before

    def test_a_row_of_another_version_is_never_touched(self, cast, draft):
        published = in_force(LICENCE)
        foreign = queries.read_version(published).results[0]
        services.rewrite(draft, part="results", rows=[{"id": foreign.id, "name": "Lạ", "is_document": True}], **WHO)
        assert queries.read_version(published).results[0] == foreign

    def test_only_drafts_are_rewritten_or_set_aside(self, cast):
        for act in (
            lambda: services.rewrite(in_force(LICENCE), part="results", rows=[], **WHO),
            lambda: services.amend(in_force(LICENCE), changes={"name": "x"}, **WHO),
            lambda: services.discard(in_force(LICENCE), **WHO),
        ):
            with pytest.raises(NotADraft):
                act()

    def test_an_unknown_version_or_field_is_said(self, cast):
        with pytest.raises(VersionUnknown):
            services.correct(0, changes={}, **WHO)
        with pytest.raises(FieldUnknown, match="khong-co"):
            services.give_competence(
                cast.board, level="province", valid_from=TODAY, decision="x", field_code="khong-co", **WHO
            )


def test_a_rule_of_its_own_at_one_level_leaves_the_field_rules_of_other_levels(cast):
    field = queries.version_for_intake(LICENCE, NOW.date()).field_code
    both = {"valid_from": NOW.date(), "decision": "x", **WHO}
    services.give_competence(cast.board, level="province", field_code=field, **both)
    services.give_competence(cast.board, level="commune", field_code=field, **both)
    found = queries.competent_units([LICENCE], on=NOW.date())[LICENCE]
    assert set(found) == {(cast.justice.unit, "province"), (cast.commune.unit, "commune")}
    services.give_competence(cast.board, level="district", field_code=field, **both)
    found = queries.competent_units([LICENCE], on=NOW.date())[LICENCE]
    assert (cast.board, "district") in found and (cast.board, "province") not in found
