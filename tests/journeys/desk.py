"""What journeys share: opening pages as officers and looking at each of them."""

from __future__ import annotations

from typing import Any

from motcua.base.actor import Actor
from motcua.kit.testing.browser import Browse, assert_accessible, assert_no_sideways_scroll, screenshot
from motcua.people.models import Officer


class Desk:
    """Opens pages for the officers of one place and looks at each: accessible, no sideways scrolling, a picture."""

    def __init__(self, browse: Browse, journey: str) -> None:
        self.browse, self.journey, self.shots = browse, journey, 0

    def open(self, path: str, actor: Actor, **more: Any) -> Any:
        return self.browse(path, officer=Officer.objects.get(pk=actor.id), **more)

    def look(self, page: Any, name: str) -> None:
        self.shots += 1
        assert_accessible(page)
        screenshot(page, f"{self.journey}-{self.shots:02d}-{name}")
        assert_no_sideways_scroll(page)
        page.set_viewport_size({"width": 1280, "height": 900})


def click(page: Any, selector: str) -> None:
    """Clicks and waits for the page that follows."""
    with page.expect_navigation():
        page.click(selector)


def enter(page: Any) -> None:
    """Presses Enter and waits for the page that follows."""
    with page.expect_navigation():
        page.keyboard.press("Enter")
