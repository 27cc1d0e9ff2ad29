"""Reading dossiers and acting on them: the rights of the officer behind the key, the same verbs as the pages."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.api.tests.conftest import Caller, body, caller
from motcua.demo.cast import Cast

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture
def received(cast: Cast, alice: Caller) -> dict:
    return alice.post("/dossiers", body(cast)).json()


def test_the_page_tells_the_steps_and_explains_the_due_date(received: dict, alice: Caller):
    told = alice.get(f"/dossiers/{received['code']}").json()
    assert told["due_at"] == received["due_at"]
    assert told["steps"][0]["name"] and told["steps"][0]["unit"] == "H99.01"
    assert told["due_explained"][-1]["moment"] == received["due_at"]
    assert "secret" not in told


def test_a_dossier_of_another_unit_is_not_found(received: dict, cast: Cast):
    for path in (f"/dossiers/{received['code']}", f"/dossiers/{received['provisional_code']}"):
        assert caller(cast.land.bob).get(path).status_code == 404
    answer = caller(cast.land.bob).post(f"/dossiers/{received['code']}/acts/forward")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_lists_show_only_what_the_officer_may_see_page_by_page(cast: Cast, alice: Caller):
    mine = [alice.post("/dossiers", body(cast)).json()["code"] for _ in range(3)]
    alice.post("/dossiers", body(cast, cast.land))
    bob = caller(cast.justice.bob)
    first = bob.get("/dossiers", limit=2).json()
    second = bob.get("/dossiers", limit=2, after=first["next"]).json()
    assert [row["code"] for row in first["items"] + second["items"]] == mine
    assert second["next"] is None
    assert bob.get("/dossiers", state="finished").json()["items"] == []
    assert len(bob.get("/dossiers", state=["accepted", "finished"]).json()["items"]) == 3
    assert caller(cast.outsider).get("/dossiers").json()["items"] == []


def test_a_dossier_goes_from_the_counter_to_its_result(received: dict, cast: Cast, alice: Caller):
    place, path = cast.justice, f"/dossiers/{received['code']}"
    bob, charlie = caller(place.bob), caller(place.charlie)
    state = alice.post(f"{path}/acts/forward", {"revision": received["revision"]}).json()
    assert state["state"] == "processing", state
    state = charlie.post(f"{path}/acts/advance", {"position": 2, "holder_id": place.bob.id}).json()
    assert state["state"] == "processing", state
    state = bob.post(f"{path}/acts/advance", {"position": 3, "note": "Đủ điều kiện"}).json()
    file = Client().post(
        "/api/v1/files", {"file": SimpleUploadedFile("ket-qua.pdf", PDF)},
        headers={"Authorization": f"Bearer {charlie.key}"},
    ).json()["file"]  # fmt: skip
    result = {"title": "Giấy phép mẫu", "number": "01/GP", "file": file, "signed_by": "Lê Thị Mẫu"}
    state = charlie.post(f"{path}/acts/decide", {"granted": True, "result": result}).json()
    assert (state["state"], state["timing"]) == ("finished", "early"), state
    back = {"receiver": "Nguyễn Văn Thử", "method": "trực tiếp"}
    state = alice.post(f"{path}/acts/give-back", back).json()
    assert state["state"] == "returned" and state["returned_at"]


def test_the_second_of_two_acts_on_one_revision_is_refused(received: dict, alice: Caller):
    path = f"/dossiers/{received['code']}/acts/forward"
    assert alice.post(path, {"revision": received["revision"]}).status_code == 200
    answer = alice.post(path, {"revision": received["revision"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")


def test_a_step_cannot_be_given_to_a_stranger(received: dict, cast: Cast, alice: Caller):
    path = f"/dossiers/{received['code']}"
    alice.post(f"{path}/acts/forward")
    answer = caller(cast.justice.charlie).post(f"{path}/acts/assign", {"holder_id": cast.land.bob.id})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")


def test_another_officers_file_cannot_become_a_result(received: dict, cast: Cast, alice: Caller):
    path = f"/dossiers/{received['code']}"
    alice.post(f"{path}/acts/forward")
    file = Client().post(
        "/api/v1/files", {"file": SimpleUploadedFile("ket-qua.pdf", PDF)},
        headers={"Authorization": f"Bearer {alice.key}"},
    ).json()["file"]  # fmt: skip
    answer = caller(cast.justice.charlie).post(
        f"{path}/acts/decide", {"granted": True, "result": {"title": "Giấy phép", "file": file}}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")


def test_a_supplement_is_asked_and_answered(received: dict, cast: Cast, alice: Caller):
    path = f"/dossiers/{received['code']}"
    alice.post(f"{path}/acts/forward")
    asked = {"items": ["Bản sao trích lục"], "reason": "Thiếu giấy tờ", "ground": "Điều 17 NĐ 118/2025/NĐ-CP"}
    state = caller(cast.justice.charlie).post(f"{path}/acts/ask-supplement", asked).json()
    assert state["state"] == "waiting_supplement", state
    state = alice.post(f"{path}/acts/answer-supplement", {"answer": "Đã nộp"}).json()
    assert state["state"] == "processing", state


def test_a_body_that_is_not_json_is_answered_in_words(cast: Cast, alice: Caller):
    answer = Client().post(
        "/api/v1/dossiers", "{", content_type="application/json", headers={"Authorization": f"Bearer {alice.key}"}
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "request_unreadable")
