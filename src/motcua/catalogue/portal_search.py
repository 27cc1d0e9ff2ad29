"""The question asked of the catalogue by a citizen: typed words, field, level, page; and its answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue import queries
from motcua.catalogue.portal_words import CHANNELS, LEVELS, joined
from motcua.kit.forms import Form

PAGE_SIZE = 20
LONGEST = 200
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


class SearchForm(Form):
    """Names in addresses are Vietnamese: q, linh-vuc, cap. Never bound: any value is a question, none an error."""

    use_required_attribute = False

    q = forms.CharField(
        label=gettext_lazy("Tên hoặc mã thủ tục"), max_length=LONGEST,
        help_text=gettext_lazy("Gõ có dấu hoặc không dấu đều được. Ví dụ: khai sinh"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )  # fmt: skip
    linh_vuc = forms.ChoiceField(label=gettext_lazy("Lĩnh vực"))
    cap = forms.ChoiceField(label=gettext_lazy("Cấp giải quyết"))

    def __init__(self, *args: Any, fields_in_use: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["linh_vuc"].choices = [("", _("Mọi lĩnh vực")), *fields_in_use]  # type: ignore[attr-defined]
        self.fields["cap"].choices = [("", _("Mọi cấp")), *LEVELS.items()]  # type: ignore[attr-defined]

    def add_prefix(self, field_name: str) -> str:
        return super().add_prefix(field_name).replace("_", "-")


@dataclass(frozen=True)
class Paging:
    """What the paging component shows."""

    first: int
    last: int
    total: int
    previous_url: str
    next_url: str


class Search:
    """One question and its answer. A filter value nobody offers counts as none; a page past the end as the last."""

    def __init__(self, asked: Mapping[str, str], *, on: date) -> None:
        self.on = on
        self.fields_in_use = queries.fields_in_use(on)
        self.text = _CONTROL.sub(" ", asked.get("q", "")).strip()[:LONGEST]
        self.field = _offered(asked.get("linh-vuc", ""), [code for code, _name in self.fields_in_use])
        self.level = _offered(asked.get("cap", ""), list(LEVELS))
        self._page = int(page) if (page := asked.get("trang", "")).isdecimal() and len(page) < 6 else 1

    @cached_property
    def form(self) -> SearchForm:
        values = {"q": self.text, "linh_vuc": self.field, "cap": self.level}
        return SearchForm(initial=values, fields_in_use=list(self.fields_in_use))

    @cached_property
    def found(self) -> queries.Hits:
        hits = self._ask(self._page)
        last = max(1, -(-hits.total // PAGE_SIZE))
        if self._page > last:
            self._page = last
            hits = self._ask(last)
        return hits

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each procedure with its address and its place in words."""
        return [
            {"name": hit.name, "url": reverse("portal:procedure", args=[hit.code]), "code": hit.code,
             "field": hit.field_name, "levels": joined(LEVELS, hit.levels), "channels": joined(CHANNELS, hit.channels)}
            for hit in self.found.hits
        ]  # fmt: skip

    @property
    def paging(self) -> Paging | None:
        total, page = self.found.total, self._page
        if total <= PAGE_SIZE:
            return None
        last = min(page * PAGE_SIZE, total)
        before = self.url(page=page - 1) if page > 1 else ""
        return Paging((page - 1) * PAGE_SIZE + 1, last, total, before, self.url(page=page + 1) if last < total else "")

    @property
    def without_filters(self) -> str:
        """The same words over the whole catalogue."""
        return self.url(field="", level="")

    @property
    def filtered(self) -> bool:
        return bool(self.field or self.level)

    @property
    def asked(self) -> bool:
        return bool(self.text) or self.filtered

    def url(self, *, page: int = 1, **changes: str) -> str:
        """This question with `changes`, as an address."""
        values = {"field": self.field, "level": self.level} | changes
        pairs = {"q": self.text, "linh-vuc": values["field"], "cap": values["level"], "trang": str(page) if page > 1 else ""}
        query = urlencode({name: value for name, value in pairs.items() if value})
        return reverse("portal:procedures") + (f"?{query}" if query else "")

    def _ask(self, page: int) -> queries.Hits:
        return queries.search(
            self.text, on=self.on, level=self.level or None, field=self.field or None, limit=PAGE_SIZE,
            offset=(page - 1) * PAGE_SIZE,
        )  # fmt: skip


def _offered(value: str, offered: list[str]) -> str:
    return value if value in offered else ""
