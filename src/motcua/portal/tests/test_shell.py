"""The public shell: light, accessible, honest about errors."""

from __future__ import annotations

import gzip
import re
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.test import Client, RequestFactory, override_settings

from motcua.base.time import VN
from motcua.kit.testing.browser import Browse, assert_accessible, assert_no_sideways_scroll, screenshot
from motcua.portal import errors

LIMIT = 100 * 1024
TEXT = ("text/", "javascript", "svg")


@pytest.fixture(autouse=True)
def _shells_only() -> object:
    with override_settings(ROOT_URLCONF="motcua.kit.pages.urls"):
        yield


def _weight(kind: str, body: bytes) -> int:
    """What goes over the wire: text is compressed by the server, fonts already are."""
    return len(gzip.compress(body)) if any(word in kind for word in TEXT) else len(body)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/", "/tiep-can/", "/thu-tuc/", "/tra-cuu/", "/components/portal/form/"])
def test_a_public_page_weighs_less_than_a_hundred_kilobytes(browse: Browse, path: str) -> None:
    page = browse("about:blank")
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(path, wait_until="networkidle")
    weights = {
        answer.url: _weight(answer.headers.get("content-type", ""), answer.body()) for answer in answers
    }
    assert any(url.endswith(".woff2") for url in weights)
    assert any(url.endswith("govuk.css") for url in weights)
    assert sum(weights.values()) < LIMIT, weights


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/", "/tiep-can/", "/thu-tuc/", "/tra-cuu/", "/khong-co/"])
def test_public_pages_are_accessible_and_fit_a_telephone(browse: Browse, path: str) -> None:
    page = browse(path, scripts=True)
    screenshot(page, f"portal-{path.strip('/') or 'home'}")
    assert_accessible(page)
    assert_no_sideways_scroll(page)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_first_tab_leads_to_the_content(browse: Browse) -> None:
    page = browse("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Đến nội dung chính"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.django_db
def test_home_has_the_search_the_tracking_door_and_the_hours_of_the_week(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.kit.clock.now", lambda: datetime(2026, 4, 29, 9, tzinfo=VN))
    page = client.get("/").content.decode()
    assert 'action="/thu-tuc/"' in page
    assert 'href="/tra-cuu/"' in page
    assert "<dt>Thứ Tư 29/04</dt><dd>07:00–11:30 và 13:30–17:00</dd>" in page
    assert "<dt>Thứ Năm 30/04</dt><dd>nghỉ (" in page
    for href in set(re.findall(r'href="(/[^"#]*)', page)) - {"/office/login/"}:
        assert href.startswith("/static/") or client.get(href).status_code == 200, href


@pytest.mark.parametrize("shell", ["", "office/"])
def test_a_missing_page_says_what_to_do(client: Client, shell: str) -> None:
    answer = client.get(f"/{shell}khong-co/")
    assert answer.status_code == 404
    assert "hãy kiểm tra lại từng ký tự" in answer.content.decode()


def test_too_much_data_is_answered_with_the_limit() -> None:
    answer = errors.bad_request(RequestFactory().get("/"), RequestDataTooBig())
    assert answer.status_code == 413
    assert "Mỗi tệp không được quá 20 MB." in answer.content.decode()


def test_a_stale_form_is_explained() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/office/login/", {"username": "a"})
    assert answer.status_code == 403
    assert "tải lại trang rồi gửi lại" in answer.content.decode()


def test_the_page_of_a_breakdown_needs_no_database_and_names_the_incident() -> None:
    request = RequestFactory().get("/")
    request.request_id = "a1b2c3"
    answer = errors.server_error(request)  # a test without database access: touching it would fail
    assert answer.status_code == 500
    assert "a1b2c3" in answer.content.decode()


@pytest.mark.django_db
def test_policy_forbids_inline_code(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
