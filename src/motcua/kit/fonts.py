"""The fonts printed papers may use: only those set up with the product, never the machine's own.

PDF/A refuses a letter that no font can draw, so every text is brought into what these fonts cover before
it is typeset. Another font file put into the folder widens that cover without a change of code.
"""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from motcua.base.errors import MotcuaError

SERIF = "Tinos"  # the metrics of Times New Roman, which NĐ 30/2020/NĐ-CP Phụ lục I asks for
SANS = "Be Vietnam Pro"
SUBSTITUTE = "□"
_REPOSITORY = Path(__file__).resolve().parents[3]


class FontsMissing(MotcuaError):
    """The set-up has not fetched the fonts."""

    code = "fonts_missing"
    sentence = "Chưa có phông chữ để in biểu mẫu trong thư mục {folder}. Hãy chạy lại phần cài đặt."
    status = 500


def font_dir() -> Path:
    """The folder of the fetched font files, `fonts` in the assets folder that the settings also read."""
    state = os.environ.get("MOTCUA_STATE_DIR") or _REPOSITORY / ".motcua"
    assets = os.environ.get("MOTCUA_ASSETS_DIR") or Path(state) / "assets"
    return Path(assets) / "fonts"


@cache
def coverage(folder: Path) -> dict[str, frozenset[int]]:
    """Family name → code points every face of that family can draw; the serif family first.

    Raises `FontsMissing` when the serif family is not there.
    """
    faces: dict[str, list[frozenset[int]]] = defaultdict(list)
    for path in sorted(folder.rglob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            faces[_family(font)].append(frozenset(font.getBestCmap()))
    if SERIF not in faces:
        raise FontsMissing(folder=str(folder))
    order = sorted(faces, key=lambda family: (family != SERIF, family != SANS, family))
    return {family: frozenset.intersection(*faces[family]) for family in order}


def _family(font: TTFont) -> str:
    names = font["name"]
    return str(names.getBestFamilyName())


def families() -> tuple[str, ...]:
    """Shipped families in the order in which they are tried for a letter."""
    return tuple(coverage(font_dir()))


def printable(text: str) -> str:
    """`text` as the shipped fonts can draw it, losing no visible sign silently.

    Composed (NFC), so that letters typed as base + tone mark find their glyph. Invisible controls go: they
    print nothing and can reverse or hide what an officer signs. A sign without a glyph becomes `□`.
    """
    drawable = _drawable(font_dir())
    return "".join(
        _drawn(sign, drawable) for sign in unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    )


@cache
def _drawable(folder: Path) -> frozenset[int]:
    return frozenset().union(*coverage(folder).values())


def _drawn(sign: str, drawable: frozenset[int]) -> str:
    if sign == "\n":
        return sign
    if sign.isspace():
        return " "
    if unicodedata.category(sign)[0] == "C" or "\ufe00" <= sign <= "\ufe0f":
        return ""
    return sign if ord(sign) in drawable else SUBSTITUTE
