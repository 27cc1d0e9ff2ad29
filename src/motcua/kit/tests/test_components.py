"""Every component has an example page that renders, is accessible in both shells, without inline code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings

from motcua.kit.pages.examples import EXAMPLES
from motcua.kit.testing.browser import Browse, assert_accessible, assert_no_sideways_scroll

TEMPLATES = Path(__file__).resolve().parents[1] / "templates" / "kit"
SHELLS = ("office", "portal")
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
NOT_SHOWN_ALONE = {"form_errors", "field"}  # both are part of the form pages

urlconf = override_settings(ROOT_URLCONF="motcua.kit.pages.urls")


def test_every_component_has_an_example_page() -> None:
    components = {path.stem for path in (TEMPLATES / "components").glob("*.html")} - NOT_SHOWN_ALONE
    assert components <= set(EXAMPLES)
    assert {path.stem for path in (TEMPLATES / "examples").glob("*.html")} == set(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("shell", SHELLS)
@urlconf
def test_an_example_page_renders_without_inline_code(client: Client, shell: str, name: str) -> None:
    response = client.get(f"/components/{shell}/{name}/")
    assert response.status_code == 200
    assert INLINE.search(response.content.decode()) is None
    assert response.content.count(b"<h1") == 1


def test_no_template_of_the_house_has_inline_code() -> None:
    rooms = TEMPLATES.parents[2]
    guilty = [
        str(path)
        for path in rooms.glob("*/templates/**/*.html")
        if INLINE.search(path.read_text(encoding="utf-8"))
    ]
    assert guilty == []


@pytest.mark.browser
@pytest.mark.parametrize("shell", SHELLS)
@urlconf
def test_example_pages_are_accessible_and_fit_a_telephone(browse: Browse, shell: str) -> None:
    page = browse("about:blank")
    for name in EXAMPLES:
        page.goto(f"/components/{shell}/{name}/")
        assert_no_sideways_scroll(page)
        assert_accessible(page)


def test_a_form_with_errors_uses_the_same_words_above_and_at_the_field() -> None:
    from motcua.kit.pages.examples import ApplicantForm

    form = ApplicantForm({"name": "Nguyễn Văn Thử", "born": "31/02/2026"}, {})
    html = str(form)
    for field in ("number", "born", "channel", "papers", "commune", "scan", "consent"):
        for words in form[field].errors:
            assert html.count(words) == 2
    assert 'href="#id_channel_0"' in html
    assert 'aria-describedby="id_born_helptext id_born_error"' in html
    assert "Hãy nhập: Số định danh cá nhân." in form.errors["number"]
    assert "Hãy chọn: Cách nộp hồ sơ." in form.errors["channel"]


def test_the_value_a_person_typed_is_escaped_and_kept() -> None:
    from motcua.kit.pages.examples import ApplicantForm

    html = str(ApplicantForm({"name": '"><script>alert(1)</script>'}, {}))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
