"""Whoever guesses gets nothing: list, filter, file, search, page, bulk act, view and API refuse alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from motcua.base.actor import SYSTEM, Actor
from motcua.demo.cast import Cast
from motcua.dossiers import queries as dossiers
from motcua.dossiers.tests.office import NOW, client_of
from motcua.people.services import issue_token
from motcua.worklists.tests.conftest import LIST, text

pytestmark = pytest.mark.django_db
Receive = Callable[..., int]
NAME = "Hồ Sơ Kín"


def words_of(response: Any) -> str:
    """Whatever came back, also a stream."""
    return b"".join(response.streaming_content).decode() if response.streaming else text(response)


@pytest.fixture
def secret(cast: Cast, receive: Receive) -> tuple[int, str]:
    """A dossier of justice: its number and code."""
    number = receive(NAME)
    return number, dossiers.titles(cast.justice.alice, [number])[number]


@pytest.mark.parametrize("stranger", ["outsider", "land", "commune"])
def test_pages_lists_files_and_searches_show_nothing_to_strangers(
    cast: Cast, secret: tuple[int, str], stranger: str
) -> None:
    actor = cast.outsider if stranger == "outsider" else getattr(cast, stranger).charlie
    client, (number, code) = client_of(actor), secret
    asked = [
        f"{LIST}?scope=unit&unit={cast.justice.unit}&state=accepted", f"{LIST}?scope=unit&group=later&assigned=no",
        f"{LIST}tep/csv/?scope=unit&unit={cast.justice.unit}", f"{LIST}moi/", f"/office/search?q={code[-4:]}-x",
        "/office/search?q=ho+so+kin", "/office/search?q=giay+phep+mau", f"/office/ho-so/{number}/",
    ]  # fmt: skip
    for path in asked:
        shown = words_of(client.get(path))
        assert NAME not in shown and code not in shown, path
    assert client.get(f"/office/ho-so/{number}/").status_code == 403
    assert client.get("/office/search", {"q": code}).status_code == 200  # no way to its page


def test_the_api_lists_and_finds_only_what_the_officer_may_see(cast: Cast, secret: tuple[int, str]) -> None:
    _number, code = secret
    assert [item["code"] for item in api(cast.justice.alice, "").json()["items"]] == [code]
    for stranger in (cast.outsider, cast.land.bob, cast.commune.charlie):
        for query in ("", "?state=accepted", "?after=0&limit=200"):
            assert api(stranger, query).json()["items"] == []
        assert api(stranger, f"/{code}").status_code == 404
    assert Client().get("/api/v1/dossiers").status_code == 401


def api(actor: Actor, path: str) -> Any:
    key = issue_token(officer_id=actor.id or 0, label="thử", actor=SYSTEM, now=NOW)
    return Client().get(f"/api/v1/dossiers{path}", headers={"Authorization": f"Bearer {key}"})
