"""The cast's province and a client that calls the API with an officer's key."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from motcua.base.actor import SYSTEM, Actor
from motcua.base.time import local_date
from motcua.catalogue.queries import version_for_intake
from motcua.demo.cast import LICENCE, OWNER, Cast, Place, small_province
from motcua.kit import clock
from motcua.people.services import issue_token


@dataclass(frozen=True)
class Caller:
    """A program that holds one officer's key."""

    key: str

    def get(self, path: str, **query: Any) -> HttpResponse:
        return Client().get(f"/api/v1{path}", query, headers=self._headers())

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        text = json.dumps({} if body is None else body)
        return Client().post(
            f"/api/v1{path}", text, content_type="application/json", headers={**self._headers(), **headers}
        )

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"} if self.key else {}


def caller(actor: Actor) -> Caller:
    """A program with a fresh key of `actor`."""
    return Caller(issue_token(officer_id=actor.id or 0, label="kiểm thử", actor=SYSTEM, now=clock.now()))


def body(cast: Cast, place: Place | None = None, **changes: Any) -> dict[str, Any]:
    """A complete dossier for a licence at `place` (justice), as a client sends it."""
    version = version_for_intake(LICENCE, on=local_date(clock.now()))
    papers = [{"component": c.id, "originals": 1} for c in version.components if c.required]
    return {
        "procedure": LICENCE, "unit": (place or cast.justice).code, "intake_unit": "H99.01", "channel": "direct",
        "owner": {
            "kind": OWNER.kind, "number": OWNER.number, "name": OWNER.name, "born": "1990-01-01", "sex": "Nam",
            "phone": OWNER.phone, "email": OWNER.email, "address": OWNER.address,
        },
        "components": papers, "fees": [{"kind": "le_phi", "name": "Lệ phí", "amount": 50_000, "payer": OWNER.name}],
    } | changes  # fmt: skip


@pytest.fixture
def cast(db: None) -> Cast:
    return small_province()


@pytest.fixture
def alice(cast: Cast) -> Caller:
    """The counter of the centre."""
    return caller(cast.justice.alice)
