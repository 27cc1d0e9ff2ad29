"""Nothing but the public reads opens without a key."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client

from motcua.api.tests.conftest import Caller, body, caller
from motcua.api.v1 import api
from motcua.demo.cast import Cast
from motcua.kit import clock
from motcua.people.models import ApiToken, Officer

PUBLIC = {"list_procedures", "get_procedure", "list_units"}


def test_every_operation_but_the_public_reads_asks_for_a_key():
    paths = api.get_openapi_schema(path_prefix="api/v1/")["paths"]
    open_ones = {
        operation["operationId"]
        for operations in paths.values()
        for operation in operations.values()
        if not operation.get("security")
    }
    assert open_ones == PUBLIC


def test_every_address_of_the_api_declares_that_it_checks_keys_itself():
    entries, _app, _namespace = api.urls
    assert entries
    assert [str(entry.pattern) for entry in entries if getattr(entry.callback, "access", None) != "public"] == []


@pytest.mark.parametrize("key", ["", "sai", "\u00e9" * 40])
def test_without_a_valid_key_nothing_is_done(cast: Cast, key: str):
    answer = Caller(key).post("/dossiers", body(cast))
    assert (answer.status_code, answer.json()["code"]) == (401, "key_missing")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_revoked_key_and_a_closed_account_open_nothing(cast: Cast):
    bob, alice = caller(cast.justice.bob), caller(cast.justice.alice)
    ApiToken.objects.filter(officer_id=cast.justice.bob.id).update(revoked_at=clock.now())
    Officer.objects.filter(pk=cast.justice.alice.id).update(is_active=False)
    assert bob.get("/dossiers").status_code == 401
    assert alice.get("/dossiers").status_code == 401


def test_the_catalogue_and_the_units_are_public(cast: Cast):
    client = Client()
    found = client.get("/api/v1/procedures", {"q": "cap giay phep"}).json()
    assert [line["code"] for line in found["items"]] == ["1.000001"]
    told = client.get("/api/v1/procedures/1.000001").json()
    assert told["cases"][0]["term"] == {"amount": 5, "unit": "ngay_lam_viec"}
    assert [paper["required"] for paper in told["components"]] == [True, True, False]
    assert "H99.02" in {unit["code"] for unit in client.get("/api/v1/units").json()}


def test_answers_are_data_that_nothing_may_run_or_frame(cast: Cast):
    for answer in (Client().get("/api/v1/units"), Client().get("/api/v1/dossiers")):
        assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_database_that_is_away_is_said_in_words(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    def gone(*_args: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr("motcua.journal.remembered.prepared", gone)
    answer = Client().get("/api/v1/units")
    assert (answer.status_code, answer.json()["code"]) == (503, "database_away")
