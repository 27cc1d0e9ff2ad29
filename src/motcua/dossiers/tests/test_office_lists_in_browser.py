"""Worklist, search, register and hand-over in a real browser: accessible, without scripts, no wider than a telephone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from motcua.base.time import VN
from motcua.demo.cast import OWNER, Cast
from motcua.dossiers import models, services
from motcua.dossiers.tests.office import NOW, province
from motcua.kit.testing.browser import assert_accessible, assert_no_sideways_scroll, screenshot
from motcua.people.models import Officer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = ("Nguyễn Văn Thử", "Công ty trách nhiệm hữu hạn một thành viên Ví Dụ Thật Dài", "<b>Lê Thị Mẫu</b>")


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)
    cast = province()
    numbers = [
        services.receive_at_counter(
            cast.intake(owner=replace(OWNER, name=name)), actor=cast.justice.alice, now=NOW
        )
        for name in NAMES * 2
    ]
    _spread(numbers)
    services.submit(cast.intake(complete=False), actor=cast.justice.alice, now=NOW)
    return cast


def _spread(numbers: list[int]) -> None:
    """Due dates on both sides of now."""
    for number, day in zip(numbers, (2, 10, 12, 17, 25, 9), strict=True):
        models.Dossier.objects.filter(pk=number).update(due_at=NOW.astimezone(VN).replace(day=day, hour=17))


def officer(cast: Cast) -> Officer:
    return Officer.objects.get(pk=cast.justice.alice.id)


PAGES = {
    "worklist": "/office/viec-can-lam/?state=accepted",
    "search": "/office/search?q=nguyen",
    "search-nothing": "/office/search?q=khong+co",
    "register": "/office/so-theo-doi/",
}


@pytest.mark.parametrize("scripts", [True, False])
def test_the_list_is_read_and_narrowed(cast: Cast, browse: Any, scripts: bool) -> None:
    page = browse("/office/viec-can-lam/", officer=officer(cast), scripts=scripts)
    page.get_by_label("Nhóm", exact=True).select_option("overdue")
    page.get_by_role("button", name="Lọc").click()
    assert "group=overdue" in page.url
    assert page.locator("h1").inner_text() == "Hồ sơ chờ tôi xử lý, 2"
    page.get_by_role("link", name="Bỏ lọc Nhóm: Quá hạn").click()
    assert page.locator("h1").inner_text() == "Hồ sơ chờ tôi xử lý, 7"


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_are_accessible_and_fit_a_telephone(cast: Cast, browse: Any, name: str) -> None:
    page = browse(PAGES[name], officer=officer(cast))
    assert_accessible(page)
    screenshot(page, f"office-{name}")
    assert_no_sideways_scroll(page)
