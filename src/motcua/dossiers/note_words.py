"""Notes of steps as words without accents: how they are indexed and how a question to that index is put."""

from __future__ import annotations

from django.contrib.postgres.search import SearchVector
from django.db.models import CharField, F, Func

_FOLDED = (
    "lower(regexp_replace(normalize(translate(%(expressions)s, 'đĐ/.@_-', 'dD     '), NFD), '[\\u0300-\\u036f]', '', 'g'))"
)
"""`base.text.fold` in the database's own functions, all of them immutable, so that an index may stand on it."""


def words_of(column: str) -> SearchVector:
    """The words of a text, as the index keeps them."""
    return SearchVector(Func(F(column), template=_FOLDED, output_field=CharField()), config="simple")
