"""Cleaning of portal texts before they are taken apart."""

from __future__ import annotations

import re
import unicodedata

NOTHING = "Không có thông tin"
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_SPACES = re.compile(r"\s+")


def storable(text: str) -> str:
    """`text` without what a UTF-8 database cannot hold (NUL, lone surrogates), each replaced by U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


def readable(text: str) -> str:
    """`text` composed, without invisible marks, no-break spaces made plain; line breaks stay."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace("\xa0", " ")


def one_line(text: str) -> str:
    """`text` with single spaces and without the bullets and commas a list leaves at its ends."""
    return _SPACES.sub(" ", text).strip().strip(";,").strip()


def unbulleted(text: str) -> str:
    """One line without the list mark in front ("- ", "+ ", "* ")."""
    return one_line(re.sub(r"^\s*(?:[-+*•]\s*)+", "", text))


def nothing(text: str) -> bool:
    """Whether a field is empty or says so in words."""
    return text.strip().strip(".") in ("", NOTHING, "Không có", "Không")


def sentences(text: str) -> list[str]:
    """Lines of `text`, cut at sentence ends."""
    return [part.strip() for part in re.split(r"(?<=[.;])\s+|\n+", text) if part.strip()]
