"""The page in a real browser: accessible, no wider than a telephone except inside its table, works without scripts."""

from __future__ import annotations

import pytest

from motcua.kit.testing.browser import Browse, assert_accessible, assert_no_sideways_scroll, screenshot
from motcua.people.models import Officer
from motcua.people.rules import Role
from motcua.reports.tests.test_pages import PAGE, PERIOD, officer
from motcua.reports.tests.world import World, add, make_world

pytestmark = pytest.mark.browser


@pytest.fixture
def few(transactional_db: None) -> World:
    world = make_world()
    add(world, "H99.01-A1", accepted="2024-01-02", due="2024-01-10", ended="2024-01-11", kind="finished")
    add(
        world,
        "H99.31.01-A3",
        accepted="2024-01-02",
        due="2024-01-10",
        unit="H99.31.01",
        channel="direct",
        field="DD",
    )
    return world


def test_the_table_is_accessible_and_opens_a_list(few: World, browse: Browse) -> None:
    officer(few, Role.CHAIR, "H99")
    page = browse(f"{PAGE}?{PERIOD}", officer=Officer.objects.get(), scripts=True)
    assert_accessible(page)
    screenshot(page, "reports-settlement")
    assert_no_sideways_scroll(page)
    page.locator("#by-field tbody tr").last.locator("a").last.click()
    page.wait_for_url("**/ho-so/c13/**")
    assert_accessible(page)
    assert page.get_by_role("link", name="H99.31.01-A3").is_visible()
