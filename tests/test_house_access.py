"""Every address says who may open it; the default is refusal."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def _views(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, object]]:
    for entry in resolver.url_patterns:
        where = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _views(entry, where)
        elif isinstance(entry, URLPattern):
            yield where, entry.callback


def test_every_address_has_an_access_rule():
    # The API authenticates by key in its own layer, which has its own test of this rule.
    views = [(where, view) for where, view in _views(get_resolver()) if not where.startswith("api/")]
    assert views
    assert [where for where, view in views if getattr(view, "access", None) is None] == []


def test_every_access_rule_has_a_sentence():
    rules = {view.access for _, view in _views(get_resolver()) if callable(getattr(view, "access", None))}
    assert [rule for rule in rules if not (rule.__doc__ or "").strip()] == []
