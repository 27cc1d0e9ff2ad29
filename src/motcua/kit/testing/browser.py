"""A real browser for tests: Chromium through Playwright, axe, screenshots for people's eyes.

Registered as a pytest plugin by the root conftest. `browse(path, officer=…)` opens a page of the live server;
every page opened so must stay free of script errors and of violations of the content security policy.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = (390, 1280)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_PLAIN_STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
Browse = Callable[..., "Page"]
SIGNED_IN: list[Callable[[Client, Any], None]] = []
"""What a test run does with every client it signs in; the root conftest lets administrators enter their mode."""


@pytest.fixture(scope="session", autouse=True)
def _static_files_without_manifest() -> Iterator[None]:
    """Tests need no collectstatic: files are served from where they lie."""
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": _PLAIN_STATIC}):
        yield


@pytest.fixture(scope="session")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    """One browser for the whole run."""
    program = os.environ.get("MOTCUA_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if not program:
        pytest.fail("Không tìm thấy Chromium. Hãy cài gói chromium hoặc đặt biến MOTCUA_CHROMIUM.")
    from playwright.sync_api import sync_playwright  # only runs with a browser pay for loading it

    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium: Browser, live_server: Any) -> Iterator[Browse]:
    """Opens pages: `browse("/office/", officer=officer, width=390, scripts=False)`.

    The test fails on script or CSP errors.
    """
    complaints: list[str] = []
    with ExitStack() as stack:

        def open_page(path: str, *, officer: Any = None, width: int = 1280, scripts: bool = True) -> Page:
            viewport = {"width": width, "height": 900}
            context = chromium.new_context(
                base_url=live_server.url, viewport=viewport, java_script_enabled=scripts, locale="vi-VN"
            )
            stack.callback(context.close)
            if officer is not None:
                context.add_cookies([_session_cookie(officer, live_server.url)])
            page = context.new_page()
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on(
                "console",
                lambda message: complaints.append(message.text) if _is_complaint(message.text) else None,
            )
            page.goto(path)
            return page

        yield open_page
    assert complaints == []


def _is_complaint(text: str) -> bool:
    return "Content Security Policy" in text or "Uncaught" in text


def _session_cookie(officer: Any, url: str) -> dict[str, str]:
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    for prepare in SIGNED_IN:
        prepare(client, officer)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }


def assert_accessible(page: Page, *, ignore: tuple[str, ...] = ()) -> None:
    """Fails with one line per finding of axe (WCAG 2.2 AA and good practice) on the page as it stands now."""
    source = (Path(settings.ASSETS) / "vendor" / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate(source)
    found = page.evaluate("options => axe.run(document, options)", _AXE_RULES)["violations"]
    lines = [
        f"{finding['id']} → {node['target']} {node['html'][:160]} {node['failureSummary'][:300]}"
        for finding in found
        if finding["id"] not in ignore
        for node in finding["nodes"]
    ]
    assert lines == [], f"{page.url}\n" + "\n".join(lines)


def screenshot(page: Page, name: str) -> list[Path]:
    """Pictures of the whole page at telephone and desk width in `.motcua/screens/`, for people to look at."""
    folder = Path(settings.STATE) / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    before, pictures = page.viewport_size, []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        pictures.append(folder / f"{name}-{width}.png")
        page.screenshot(path=str(pictures[-1]), full_page=True)
    if before:
        page.set_viewport_size(before)
    return pictures


def assert_no_sideways_scroll(page: Page, *, width: int = 390) -> None:
    """The page fits the width of a telephone."""
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width, (
        f"{page.url} is wider than {width} px"
    )
