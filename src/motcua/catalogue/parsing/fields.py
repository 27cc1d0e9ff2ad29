"""Fields (lĩnh vực) as the national portal names them, and the sector that manages each.

A sector is the key by which an installation says which department (sở) or vertical agency (ngành dọc) is
competent. The list is data: `catalogue/data/fields.toml`.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from motcua.base.text import fold

_LISTED = tomllib.loads((files("motcua.catalogue") / "data" / "fields.toml").read_text("utf-8"))
SECTOR_OF_FIELD = {fold(name): sector for sector, names in _LISTED.items() for name in names}
SECTORS = tuple(_LISTED)


@lru_cache(maxsize=512)
def sector_of(field: str) -> str:
    """The sector that manages `field`; empty when nobody has said so yet."""
    return SECTOR_OF_FIELD.get(fold(field), "")


def field_code(field: str) -> str:
    """A stable key for `field`, made of its folded name ("Hộ tịch" → "ho-tich")."""
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in fold(field)).split())[
        :60
    ].rstrip("-")
