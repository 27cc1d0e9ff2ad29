"""The shipped fonts can write every Vietnamese letter in every face."""

from __future__ import annotations

import itertools
import unicodedata
from pathlib import Path

import pytest

from motcua.kit import fonts

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
TONED = [unicodedata.normalize("NFC", vowel + tone) for vowel, tone in itertools.product(VOWELS, TONES)]
ALPHABET = {
    *TONED,
    *(letter.upper() for letter in TONED),
    *"đĐ₫–—“”‘’…·×≤≥€°%/()[]§№",
    *map(chr, range(0x20, 0x7F)),
}


@pytest.mark.parametrize("family", [fonts.SERIF, fonts.SANS])
def test_no_letter_of_the_alphabet_is_missing(family: str) -> None:
    needed = ALPHABET - set("№≤≥§×·°")
    covered = fonts.coverage(fonts.font_dir())[family]
    assert sorted(sign for sign in needed if ord(sign) not in covered) == []


def test_decomposed_letters_are_composed() -> None:
    assert fonts.printable(unicodedata.normalize("NFD", "Tiếng Việt đủ dấu")) == "Tiếng Việt đủ dấu"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("a\x00b", "ab"),
        ("a\u202eb", "ab"),
        ("a\tb", "a b"),
        ("a\r\nb", "a\nb"),
        ("あ", "□"),
        ("😀", "□"),
        ("a\ufe0f", "a"),
    ],
)
def test_signs_that_cannot_be_drawn_do_not_vanish_silently(typed: str, printed: str) -> None:
    assert fonts.printable(typed) == printed


def test_missing_fonts_are_a_clear_refusal(tmp_path: Path) -> None:
    with pytest.raises(fonts.FontsMissing, match="phông chữ"):
        fonts.coverage(tmp_path)


def test_the_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MOTCUA_ASSETS_DIR", str(tmp_path))
    assert fonts.font_dir() == tmp_path / "fonts"
