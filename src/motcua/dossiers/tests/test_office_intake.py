"""The counter's pages: a dossier is really received, and wrong input is refused in the words of the verbs."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.base.actor import SYSTEM
from motcua.catalogue.models import Competence
from motcua.catalogue.queries import version_for_intake
from motcua.catalogue.services import close
from motcua.demo.cast import BIRTH, LICENCE, ON, Cast
from motcua.documents.models import StoredFile
from motcua.dossiers import models
from motcua.dossiers.tests.office import CARD, NOW, PDF, answers, client_of, province
from motcua.organisation import services as units

CHOOSE, FORM = "/office/tiep-nhan/", f"/office/tiep-nhan/{LICENCE}/"
BIRTH_FORM = f"/office/tiep-nhan/{BIRTH}/"


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> Cast:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)
    return province()


@pytest.fixture
def alice(cast: Cast) -> Client:
    return client_of(cast.justice.alice)


def text(response: Any) -> str:
    return response.content.decode()


def paper(number: int = 0) -> str:
    return f"c{version_for_intake(LICENCE, ON).components[number].id}"


def test_a_complete_dossier_is_received_and_shown_with_its_code(cast: Cast, alice: Client) -> None:
    response = alice.post(FORM, answers(LICENCE, cast.justice.unit))
    dossier = models.Dossier.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/office/ho-so/{dossier.pk}/bien-nhan/")
    assert (dossier.code, dossier.state, dossier.unit_id) == (
        "H99.01-260310-0001",
        "accepted",
        cast.justice.unit,
    )
    assert list(models.FeeLine.objects.values_list("amount", "payer", "paid")) == [
        (50_000, "Nguyễn Văn Thử", False)
    ]
    shown = text(alice.get(response["Location"]))
    assert "H99.01-260310-0001" in shown
    assert "17:00 17/03/2026" in shown


def test_a_submission_is_noted_without_code_and_without_all_papers(cast: Cast, alice: Client) -> None:
    data = answers(LICENCE, cast.justice.unit, act="submit")
    del data[f"{paper()}_received"]
    response = alice.post(FORM, data)
    dossier = models.Dossier.objects.get()
    assert (dossier.state, dossier.code) == ("submitted", None)
    assert dossier.provisional_code in text(alice.get(response["Location"]))


def test_a_page_sent_twice_makes_one_dossier(cast: Cast, alice: Client) -> None:
    data = answers(LICENCE, cast.justice.unit)
    assert alice.post(FORM, data).status_code == 302
    again = alice.post(FORM, data)
    assert again.status_code == 422
    assert "đã được gửi trước đó" in text(again)
    assert models.Dossier.objects.count() == 1


def test_a_refused_page_can_be_sent_again(cast: Cast, alice: Client) -> None:
    data = answers(LICENCE, cast.justice.unit)
    assert alice.post(FORM, data | {"owner_number": "1"}).status_code == 422
    assert alice.post(FORM, data).status_code == 302


def test_the_page_keeps_its_ticket_through_a_look_up(cast: Cast, alice: Client) -> None:
    shown = text(alice.post(FORM, answers(LICENCE, cast.justice.unit, act="lookup", ticket="abc123")))
    assert 'name="ticket" value="abc123"' in shown


@pytest.mark.parametrize("typed", ["giay phep mau", "GIẤY PHÉP", "1.000001"])
def test_the_search_forgives_accents_and_knows_codes(alice: Client, typed: str) -> None:
    assert f'href="{FORM}?quay=' in text(alice.get(CHOOSE, {"q": typed}))


def test_only_procedures_that_somebody_in_the_province_settles_are_offered(cast: Cast, alice: Client) -> None:
    Competence.objects.filter(procedure__code=LICENCE).delete()
    assert FORM not in text(alice.get(CHOOSE, {"q": "giay phep"}))
    assert alice.get(FORM).status_code == 404


def test_the_card_fills_the_page_in_and_receives_nothing(cast: Cast, alice: Client) -> None:
    shown = text(alice.post(FORM, {"act": "lookup", "qr": CARD, "channel": "post"}))
    assert 'value="Nguyễn Văn Thử"' in shown
    assert 'value="01/01/1990"' in shown
    assert models.Dossier.objects.count() == 0


def test_enter_in_any_field_looks_up_and_never_accepts(alice: Client) -> None:
    shown = text(alice.get(FORM))
    main = shown[shown.index("<main") :]
    assert main.index('value="lookup"') < main.index('value="receive"')


def test_what_an_earlier_dossier_knew_is_filled_in(cast: Cast, alice: Client) -> None:
    alice.post(FORM, answers(LICENCE, cast.justice.unit))
    shown = text(
        alice.post(FORM, {"act": "lookup", "owner_kind": "citizen", "owner_number": "001 090 000 001"})
    )
    assert 'value="0900000001"' in shown


def test_a_card_number_that_disagrees_is_a_warning_only(cast: Cast, alice: Client) -> None:
    data = answers(LICENCE, cast.justice.unit, owner_born="01/01/1985")
    assert "Năm sinh không khớp" in text(alice.post(FORM, data | {"act": "lookup"}))
    assert "Năm sinh không khớp" in text(alice.get(alice.post(FORM, data)["Location"]))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"owner_number": "12345"}, "phải gồm đúng 12 chữ số"),
        ({"owner_kind": "enterprise", "owner_number": "0100109107"}, "Mã số thuế “0100109107” không đúng"),
        ({"owner_name": " "}, "Hãy nhập: Họ và tên, hoặc tên tổ chức."),
        ({"owner_born": "31/02/1990"}, "Ngày không đúng."),
        ({"owner_email": "khong-phai-thu"}, "Địa chỉ thư điện tử không đúng."),
        ({"unit": "999999"}, "không có thẩm quyền"),
        ({"channel": "bồ câu"}, "bồ câu"),
        ({"act": "receive", "unit": ""}, "Hãy chọn: Cơ quan có thẩm quyền giải quyết."),
    ],
)
def test_wrong_answers_are_refused_and_kept(
    cast: Cast, alice: Client, changes: dict[str, str], sentence: str
) -> None:
    response = alice.post(FORM, answers(LICENCE, cast.justice.unit, owner_phone="0911222333") | changes)
    assert response.status_code == 422
    assert sentence in text(response)
    assert 'value="0911222333"' in text(response)
    assert models.Dossier.objects.count() == 0


def test_a_missing_required_paper_is_named_in_summary_and_at_its_box(cast: Cast, alice: Client) -> None:
    data = answers(LICENCE, cast.justice.unit)
    del data[f"{paper()}_received"]
    response = alice.post(FORM, data)
    assert response.status_code == 422
    assert text(response).count("Thiếu giấy tờ bắt buộc: Đơn đề nghị.") == 2
    assert f'href="#id_{paper()}_received"' in text(response)


def test_a_closed_unit_cannot_be_chosen(cast: Cast, alice: Client) -> None:
    units.close_unit(unit_id=cast.justice.unit, on=ON, citation="QĐ thử", actor=SYSTEM, now=NOW)
    response = alice.post(FORM, answers(LICENCE, cast.justice.unit))
    assert response.status_code == 422
    assert "không hoạt động hoặc không có thẩm quyền" in text(response)


def test_a_procedure_no_longer_in_force_cannot_be_received(cast: Cast, alice: Client) -> None:
    data = answers(LICENCE, cast.justice.unit)
    close(LICENCE, decision_number="02/QĐ-MẪU", decision_date=ON, from_date=ON, actor=SYSTEM, now=NOW)
    response = alice.post(FORM, data)
    assert response.status_code == 422
    assert "không có hiệu lực vào ngày 10/03/2026" in text(response)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("virus.exe", b"MZ", "Không nhận tệp “virus.exe”"),
        ("anh.pdf", b"<script>alert(1)</script>", "Không nhận tệp “anh.pdf”"),
        ("to.pdf", PDF + b" " * 2_000_000, "lớn hơn 1 MB"),
        ("rong.pdf", b"", "không có nội dung"),
    ],
)
def test_a_forbidden_file_is_refused_in_words(
    cast: Cast, alice: Client, settings: Any, name: str, content: bytes, sentence: str
) -> None:
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    data = answers(LICENCE, cast.justice.unit, **{f"{paper()}_file": SimpleUploadedFile(name, content)})
    response = alice.post(FORM, data)
    assert response.status_code == 422
    assert sentence in text(response)
    assert models.Dossier.objects.count() == 0


def test_a_file_uploaded_once_is_kept_while_other_answers_are_put_right(cast: Cast, alice: Client) -> None:
    upload = SimpleUploadedFile("don.pdf", PDF)
    wrong = alice.post(
        FORM, answers(LICENCE, cast.justice.unit, owner_number="1", **{f"{paper()}_file": upload})
    )
    assert "Đã tải lên: don.pdf" in text(wrong)
    token = wrong.context["form"][f"{paper()}_file_kept"].value()
    alice.post(FORM, answers(LICENCE, cast.justice.unit, **{f"{paper()}_file_kept": token}))
    assert models.Component.objects.get(name="Đơn đề nghị").file_id == StoredFile.objects.get().pk


def test_a_guessed_file_number_attaches_nothing(cast: Cast, alice: Client) -> None:
    alice.post(
        FORM, answers(LICENCE, cast.justice.unit, **{f"{paper()}_file": SimpleUploadedFile("don.pdf", PDF)})
    )
    number = str(StoredFile.objects.get().pk)
    alice.post(FORM, answers(LICENCE, cast.justice.unit, **{f"{paper()}_file_kept": number}))
    assert models.Component.objects.filter(file__isnull=False).count() == 1


def test_a_script_in_a_name_is_shown_as_text(cast: Cast, alice: Client) -> None:
    response = alice.post(FORM, answers(LICENCE, cast.justice.unit, owner_name="<script>alert(1)</script>"))
    shown = text(alice.get(response["Location"]))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<script>alert(1)" not in shown


def test_a_counter_takes_in_for_another_unit_of_the_province(cast: Cast, alice: Client) -> None:
    alice.post(BIRTH_FORM, answers(BIRTH, cast.commune.unit))
    dossier = models.Dossier.objects.get()
    assert (dossier.own_counter, dossier.unit_id, dossier.received_at) == (False, cast.commune.unit, None)


def test_the_page_is_for_counter_staff_only(cast: Cast) -> None:
    for actor in (cast.justice.bob, cast.justice.charlie, cast.outsider, cast.admin):
        assert client_of(actor).get(FORM).status_code == 403
        assert client_of(actor).post(FORM, answers(LICENCE, cast.justice.unit)).status_code == 403
    assert Client().get(FORM)["Location"].startswith("/office/login/")
    assert models.Dossier.objects.count() == 0


def test_another_counter_cannot_be_named_in_the_address(cast: Cast, alice: Client) -> None:
    assert alice.get(FORM, {"quay": cast.commune.counter}).status_code == 403
