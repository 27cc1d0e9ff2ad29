"""A program receives a dossier as the counter does."""

from __future__ import annotations

import pytest

from motcua.api.tests.conftest import Caller, body, caller
from motcua.base.codes import is_dossier_code
from motcua.demo.cast import Cast
from motcua.dossiers.models import Dossier
from motcua.journal.models import Event


def test_a_received_dossier_has_code_due_date_and_secret_at_once(cast: Cast, alice: Caller):
    answer = alice.post("/dossiers", body(cast))
    told = answer.json()
    assert answer.status_code == 201, told
    assert is_dossier_code(told["code"]) and told["code"].startswith("H99.01-")
    assert told["state"] == "accepted" and told["due_at"].endswith("T17:00:00+07:00") and len(told["secret"]) == 8
    row = Dossier.objects.get(pk=told["id"])
    assert (row.code, row.components.count(), row.fees.count()) == (told["code"], 3, 1)
    assert Event.objects.filter(stream="dossier", stream_id=str(row.pk), name="dossier.accepted").count() == 1


def test_a_submission_has_only_a_provisional_code(cast: Cast, alice: Caller):
    told = alice.post("/submissions", body(cast)).json()
    assert (told["state"], told["code"], told["due_at"]) == ("submitted", None, None)
    assert told["provisional_code"].startswith("TN")


def test_a_repeated_request_gives_the_same_dossier(cast: Cast, alice: Caller):
    first = alice.post("/dossiers", body(cast), **{"Idempotency-Key": "a-1"})
    again = alice.post("/dossiers", body(cast), **{"Idempotency-Key": "a-1"})
    other = alice.post("/dossiers", body(cast), **{"Idempotency-Key": "a-2"})
    assert first.json() == again.json()
    assert other.json()["code"] != first.json()["code"]
    assert Dossier.objects.count() == 2


def test_a_repeat_key_with_another_content_is_refused(cast: Cast, alice: Caller):
    alice.post("/dossiers", body(cast), **{"Idempotency-Key": "a-1"})
    answer = alice.post("/dossiers", body(cast, channel="post"), **{"Idempotency-Key": "a-1"})
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert Dossier.objects.count() == 1


def test_a_refused_request_leaves_its_repeat_key_unused(cast: Cast, alice: Caller):
    refused = alice.post("/dossiers", body(cast, components=[]), **{"Idempotency-Key": "a-1"})
    assert refused.json()["code"] == "component_missing"
    assert alice.post("/dossiers", body(cast), **{"Idempotency-Key": "a-1"}).status_code == 201


def test_two_officers_may_choose_the_same_repeat_key(cast: Cast, alice: Caller):
    commune = caller(cast.commune.alice)
    first = alice.post("/dossiers", body(cast), **{"Idempotency-Key": "a-1"}).json()
    second = commune.post(
        "/dossiers", body(cast, cast.commune, intake_unit="H99.40.01"), **{"Idempotency-Key": "a-1"}
    ).json()
    assert first["code"] != second["code"]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"unit": "H99.77"}, 422, "unit_unknown"),
        ({"procedure": "9.999999"}, 404, "procedure_unknown"),
        ({"components": []}, 422, "component_missing"),
        ({"owner": {"kind": "citizen", "number": "12", "name": "Nguyễn Văn Thử"}}, 422, "invalid_identity"),
        ({"owner": {"kind": "enterprise", "number": "0100109107", "name": "Công ty Thử"}}, 422, "invalid_tax_code"),
        ({"case": 999_999}, 422, "invalid_input"),
        ({"components": [{"component": 999_999}]}, 422, "invalid_input"),
    ],
)
def test_what_cannot_be_received_is_refused_by_name(cast: Cast, alice: Caller, change: dict, status: int, code: str):
    answer = alice.post("/dossiers", body(cast, **change))
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert Dossier.objects.count() == 0


def test_an_officer_of_another_unit_may_not_receive(cast: Cast):
    answer = caller(cast.outsider).post("/dossiers", body(cast))
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert Dossier.objects.count() == 0


def test_every_wrong_field_is_named_with_a_vietnamese_sentence(cast: Cast, alice: Caller):
    wrong = body(cast, channel="thuyền", unit=7, misspelt=1) | {"owner": {"kind": "citizen"}}
    told = alice.post("/dossiers", wrong).json()
    faults = {fault["field"]: fault["message"] for fault in told["errors"]}
    assert faults["unit"] == "phải là chuỗi ký tự."
    assert faults["owner.name"] == "bắt buộc phải có."
    assert faults["misspelt"] == "không có trường này."
    assert faults["channel"].startswith("phải là một trong các giá trị:")
    assert (told["status"], told["type"]) == (422, "urn:motcua:problem:fields_invalid")
