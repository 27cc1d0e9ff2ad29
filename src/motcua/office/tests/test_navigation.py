"""Every line of the navigation leads somewhere, and each officer sees only their own."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse

from motcua.base.actor import Actor, Duty
from motcua.office import navigation
from motcua.office.navigation import Entry

DUTIES = (Duty(role="counter", unit_id=7, units=frozenset({7})),)
OFFICER = SimpleNamespace(is_authenticated=True, full_name="Nguyễn Thị Mẫu")


def _shell(path: str = "/office/", user: object = OFFICER, duties: tuple[Duty, ...] = ()) -> dict:
    request = RequestFactory().get(path)
    request.user, request._actor = user, Actor("officer", "Nguyễn Thị Mẫu", 1, "", duties)
    return navigation.context(request)["shell"]


@pytest.mark.parametrize("entry", [*navigation.ENTRIES, *navigation.MENU], ids=lambda entry: entry.url_name)
def test_an_entry_leads_to_a_page(entry: Entry) -> None:
    assert resolve(reverse(entry.url_name))


def test_an_entry_of_others_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = Entry("Quản trị", "Danh mục", "office:password", allowed=lambda request: False)
    monkeypatch.setattr(navigation, "ENTRIES", (*navigation.ENTRIES, hidden))
    assert "Danh mục" not in [
        entry["label"] for group in _shell()["navigation"] for entry in group["entries"]
    ]


def test_the_current_page_is_marked() -> None:
    entries = [entry for group in _shell(reverse("office:home"))["navigation"] for entry in group["entries"]]
    assert [str(entry["label"]) for entry in entries if entry["current"]] == ["Trang đầu"]


def test_nobody_signed_in_means_no_navigation() -> None:
    assert _shell(user=SimpleNamespace(is_authenticated=False))["navigation"] == []


def test_the_officer_sees_in_which_position_they_act(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation.units, "latest", lambda unit_id: SimpleNamespace(name="Phường Ví Dụ"))
    assert _shell(duties=DUTIES)["position"] == "Công chức một cửa, Phường Ví Dụ"
    assert _shell(duties=DUTIES * 2)["position"] == "Công chức một cửa, Phường Ví Dụ (+1)"


def test_an_officer_without_a_position_costs_no_query() -> None:
    assert _shell()["position"] == ""  # a test without database access: asking for a unit would fail
