"""Every line of the navigation leads somewhere, and each officer sees only their own."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse

from motcua.office import navigation
from motcua.office.navigation import Entry

OFFICER = SimpleNamespace(is_authenticated=True, full_name="Nguyễn Thị Mẫu")


def _shell(path: str = "/office/", user: object = OFFICER) -> dict:
    request = RequestFactory().get(path)
    request.user = user
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
