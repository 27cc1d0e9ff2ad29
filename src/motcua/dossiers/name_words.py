"""Names as words: how they are indexed and how a question to that index is put."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import CharField, F, Func, Value

_APART = "/.@_-"
"""Signs that PostgreSQL would keep inside a word ("a/b" as a path, "a.b" as a host)."""
_WORD = re.compile(r"[^\W_]+")


def words_of(column: str) -> SearchVector:
    """The words of a folded name, as the index keeps them."""
    apart = Func(F(column), Value(_APART), Value(" " * len(_APART)), function="translate", output_field=CharField())
    return SearchVector(apart, config="simple")


def question(folded: str) -> Any:
    """Every word typed, in any order; the last one may be only begun. None when there is no word."""
    typed = _WORD.findall(folded)
    return SearchQuery(" & ".join(typed) + ":*", config="simple", search_type="raw") if typed else None
