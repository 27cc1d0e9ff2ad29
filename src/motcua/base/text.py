"""Vietnamese text: folding for searches that forgive accents."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """`text` in composed form (NFC) with single spaces: how names are stored."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fold(text: str) -> str:
    """`text` without accents and in lower case ("Đăng ký" → "dang ky")."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return clean("".join(c for c in decomposed if not unicodedata.combining(c)).lower())
