"""Every word of the interface has its English; what can be filled in is the same on both sides; a page shows it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real
from tools.make_messages import Message, marking, messages, of_template

from motcua.base.errors import NotFound
from motcua.kit import catalogues
from tests.house import SOURCE, name_of, python_files, tree

PLACES = re.compile(r"%\(\w+\)[sd]|\{\w+(?::[^}]*)?\}|%%|<[^>]+>")
CATALOGUES = sorted((SOURCE / "locale").glob("*/LC_MESSAGES/django.po"))


@pytest.fixture(params=CATALOGUES, ids=lambda path: path.parents[1].name)
def catalogue(request: pytest.FixtureRequest) -> polib.POFile:
    return polib.pofile(str(request.param))


@pytest.fixture
def english(tmp_path: Path, settings) -> None:
    """The English of the repository, compiled as set-up does it."""
    catalogues.compile_all(tmp_path)
    settings.LOCALE_PATHS = [tmp_path]
    trans_real._translations.clear()
    yield
    trans_real._translations.clear()


def _texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_there_is_an_english_catalogue():
    assert [path.parents[1].name for path in CATALOGUES] == ["en"]


def test_the_catalogue_has_exactly_the_words_of_the_source(catalogue):
    known = {Message(entry.msgid, entry.msgid_plural) for entry in catalogue if not entry.obsolete}
    used = messages()
    assert {"missing": sorted(used - known), "unused": sorted(known - used)} == {"missing": [], "unused": []}


def test_every_word_is_translated(catalogue):
    assert [entry.msgid for entry in catalogue if entry.fuzzy or not all(_texts(entry))] == []


def test_a_translation_has_the_places_of_its_original(catalogue):
    wrong = [
        (entry.msgid, text)
        for entry in catalogue
        for text in _texts(entry)
        if sorted(PLACES.findall(text)) != sorted(PLACES.findall(entry.msgid))
    ]
    assert wrong == []


def test_a_translation_keeps_the_spaces_around_its_original(catalogue):
    def around(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    wrong = [
        entry.msgid for entry in catalogue for text in _texts(entry) if around(text) != around(entry.msgid)
    ]
    assert wrong == []


def test_a_catalogue_carries_no_names_of_people_or_tools():
    assert all("@" not in value and "Generator" not in key for path in CATALOGUES
               for key, value in polib.pofile(str(path)).metadata.items())  # fmt: skip


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('{% translate "Hồ sơ" %}', Message("Hồ sơ")),
        ("{% translate 'Hồ sơ' as x %}", Message("Hồ sơ")),
        ('{% button _("Tìm") "second" %}', Message("Tìm")),
        ('{{ x|default:_("không") }}', Message("không")),
        ('{% translate "100 %" %}', Message("100 %%")),
        ("{% blocktranslate with n=a|length %}{{ n }} hồ sơ{% endblocktranslate %}", Message("%(n)s hồ sơ")),
        (
            "{% blocktranslate count n=a %}{{ n }} tệp{% plural %}{{ n }} các tệp{% endblocktranslate %}",
            Message("%(n)s tệp", "%(n)s các tệp"),
        ),
    ],
)
def test_words_of_templates_are_found(source, found):
    assert list(of_template(source)) == [found]


@pytest.mark.parametrize(
    "words",
    ["Không tìm thấy {what}.", "Đang chuyển đến cơ quan có thẩm quyền", "Thứ Ba", "phải là danh sách."],
)
def test_words_translated_only_where_they_are_shown_are_found(words):
    assert Message(words) in messages()


def test_compiling_again_does_nothing_until_the_catalogue_changes(tmp_path):
    source, target = tmp_path / "po", tmp_path / "mo"
    folder = source / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_bytes(CATALOGUES[0].read_bytes())
    assert catalogues.compile_all(target, source=source) == ["en"]
    assert catalogues.compile_all(target, source=source) == []
    changed = polib.pofile(str(folder / "django.po"))
    changed.find("Đăng nhập").msgstr = "Log in"
    changed.save()
    assert catalogues.compile_all(target, source=source) == ["en"]
    compiled = polib.mofile(str(target / "en" / "LC_MESSAGES" / "django.mo"))
    assert compiled.find("Đăng nhập").msgstr == "Log in"


@pytest.mark.usefixtures("english")
def test_an_error_is_told_in_the_readers_language():
    with translation.override("en"):
        sentence = translation.gettext(NotFound.sentence)
    assert NotFound(what="x").render(sentence) == "Not found: x."


@pytest.mark.django_db
@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(("path", "words"), [("/office/", "Sign in"), ("/", "Which procedure do you need?")])
def test_a_page_is_english_for_a_reader_who_chose_it(path, words, settings):
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    answer = client.get(path, follow=True)
    assert words in answer.text
    assert '<html lang="en">' in answer.text


@pytest.mark.django_db
@pytest.mark.usefixtures("english")
def test_a_choice_of_language_is_remembered_and_leads_back():
    client = Client(headers={"accept-language": "en"}, enforce_csrf_checks=True)
    assert "Bạn cần làm thủ tục gì?" in client.get("/").text
    answer = client.post("/ngon-ngu/", {"language": "en", "next": "/thu-tuc/?q=khai"})
    assert (answer.status_code, answer.url) == (302, "/thu-tuc/?q=khai")
    assert "Which procedure do you need?" in client.get("/").text


@pytest.mark.django_db
def test_the_switch_leads_to_no_other_site():
    answer = Client().post("/ngon-ngu/", {"language": "en", "next": "https://example.org/"})
    assert answer.url == "/"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/office/"])
def test_both_shells_offer_the_other_language(path):
    answer = Client(headers={"accept-language": "vi"}).get(path, follow=True)
    assert 'name="language" value="en"' in answer.text


def _evaluated_at_import(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from _evaluated_at_import(child)


def test_no_word_is_translated_while_a_module_is_loaded():
    """`gettext` there would give every reader the language of whoever came first; `gettext_lazy` waits."""
    early = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files()
        for node in _evaluated_at_import(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and marking(tree(path)).get(node.func.id) in ("gettext", "ngettext")
    ]
    assert early == []
