"""Signing in, being locked out, signing out by POST only, changing the password."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.test import Client, override_settings

from motcua.kit.testing.browser import Browse, assert_accessible, assert_no_sideways_scroll, screenshot
from motcua.people.models import Officer

PASSWORD = "mat-khau-thu-2026"
urlconf = override_settings(ROOT_URLCONF="motcua.kit.pages.urls")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shells_only() -> object:
    with urlconf:
        yield


@pytest.fixture
def officer() -> Officer:
    officer = Officer(username="canbo", full_name="Nguyễn Thị Mẫu")
    officer.set_password(PASSWORD)
    officer.save()
    return officer


def _sign_in(client: Client, password: str) -> object:
    return client.post("/office/login/", {"username": "canbo", "password": password})


def test_the_right_password_opens_the_office(client: Client, officer: Officer) -> None:
    assert _sign_in(client, PASSWORD).url == "/office/"
    assert "Nguyễn Thị Mẫu" in client.get("/office/", follow=True).content.decode()


def test_a_wrong_password_is_told_in_one_sentence_above_the_form(client: Client, officer: Officer) -> None:
    page = _sign_in(client, "sai").content.decode()
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in page
    assert "<title>Lỗi: Đăng nhập" in page


def test_an_unknown_name_gets_the_same_sentence_as_a_wrong_password(client: Client) -> None:
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in _sign_in(client, "sai").content.decode()


@override_settings(AXES_FAILURE_LIMIT=2)
def test_too_many_wrong_passwords_lock_even_the_right_one(client: Client, officer: Officer) -> None:
    _sign_in(client, "sai")
    _sign_in(client, "sai")
    answer = _sign_in(client, PASSWORD)
    assert answer.status_code == 429
    assert "Tạm khóa đăng nhập" in answer.content.decode()


def test_the_office_sends_strangers_to_the_sign_in_page(client: Client) -> None:
    assert unquote(client.get("/office/").url) == "/office/login/?next=/office/"


def test_nobody_is_sent_to_another_site_after_signing_in(client: Client, officer: Officer) -> None:
    answer = client.post(
        "/office/login/", {"username": "canbo", "password": PASSWORD, "next": "https://vi-du.test/"}
    )
    assert answer.url == "/office/"


def test_signing_out_needs_a_post(client: Client, officer: Officer) -> None:
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/office/logout/").status_code == 405
    client.post("/office/logout/")
    assert client.get("/office/").url.startswith("/office/login/")


def test_a_new_password_replaces_the_old_one(client: Client, officer: Officer) -> None:
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    new = {
        "old_password": PASSWORD,
        "new_password1": "mot-cua-lien-thong",
        "new_password2": "mot-cua-lien-thong",
    }
    client.post("/office/password/", new)
    officer.refresh_from_db()
    assert officer.check_password("mot-cua-lien-thong")


@pytest.mark.parametrize("password", ["1234567890123", "ngan"])
def test_a_weak_password_is_refused(client: Client, officer: Officer, password: str) -> None:
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    form = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    assert client.post("/office/password/", form).status_code == 200
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_signing_in_works_in_a_browser_with_and_without_scripts(
    browse: Browse, officer: Officer, scripts: bool
) -> None:
    page = browse("/office/login/", scripts=scripts)
    page.get_by_label("Tên đăng nhập").fill("canbo")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("button", name="Đăng xuất").wait_for()


@pytest.mark.browser
def test_the_pages_of_the_shell_are_accessible(browse: Browse, officer: Officer) -> None:
    page = browse("/office/login/")
    screenshot(page, "office-login")
    assert_accessible(page)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_text("Cần sửa các chỗ sau").wait_for()
    screenshot(page, "office-login-errors")
    assert_accessible(page)
    for path in ("/office/", "/office/password/", "/office/khong-co/"):
        page = browse(path, officer=officer)
        screenshot(page, f"office-{path.strip('/').replace('/', '-')}")
        assert_accessible(page)
        assert_no_sideways_scroll(page)
