"""Columns that label, filter, sort and export themselves: screen, filter and spreadsheet cannot disagree.

A room lists its columns once in `columns.py`; pages, CSV and XLSX draw from the same list:

    CODE = Column("code", _("Mã hồ sơ"), lambda row: row.code, sort="code", row_header=True, url=dossier_url)
    table = Table([CODE, …], rows=worklist(…), params=request.GET, caption=_("Hồ sơ"), path=request.path)
    {% filter_bar table %}{% table table %}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _

from motcua.base.time import local
from motcua.kit.forms import DateField

Rows = Any
"""A queryset, or a sequence of plain rows."""


@dataclass(frozen=True)
class Filter:
    """How a column narrows the list.

    field: makes the form field that reads the value; narrow: (rows, value) → rows; words: how an active value
    is named.
    """

    field: Callable[[], forms.Field]
    narrow: Callable[[Rows, Any], Rows]
    words: Callable[[Any], str] = str


def choice_filter(lookup: str, choices: Iterable[tuple[Any, Any]]) -> Filter:
    """One of `choices`, matched in a queryset by `lookup`."""
    listed = [(str(value), label) for value, label in choices]
    return Filter(
        field=lambda: forms.ChoiceField(choices=[("", _("Tất cả")), *listed]),
        narrow=lambda rows, value: rows.filter(**{lookup: value}),
        words=lambda value: str(dict(listed).get(value, value)),
    )


def text_filter(lookup: str) -> Filter:
    """Free text, matched in a queryset by `lookup` (for example "code__istartswith")."""
    return Filter(
        field=lambda: forms.CharField(max_length=100),
        narrow=lambda rows, value: rows.filter(**{lookup: value}),
    )


def date_filter(lookup: str) -> Filter:
    """A day, matched in a queryset by `lookup` (for example "due_on__lte")."""
    return Filter(
        field=lambda: DateField(help_text=""),
        narrow=lambda rows, value: rows.filter(**{lookup: value}),
        words=lambda value: f"{value:%d/%m/%Y}",
    )


@dataclass(frozen=True)
class Column:
    """One column.

    key: its name in addresses; value: the plain value of a row, shown and exported alike; sort: the queryset
    field to order by (a plain list is ordered by `value` when `sort` is not empty); draw: (row, value) → the cell
    where it is more than the value (`format_html`; a list has hundreds of cells, too many for templates); url: makes
    the cell a link; export: a value for files where it must differ.
    """

    key: str
    label: Any
    value: Callable[[Any], Any]
    sort: str = ""
    draw: Callable[[Any, Any], Any] | None = None
    url: Callable[[Any], str] | None = None
    numeric: bool = False
    row_header: bool = False
    filter: Filter | None = None
    export: Callable[[Any], Any] | None = None

    def render(self, row: Any) -> Any:
        """The cell as shown."""
        value = self.value(row)
        if self.draw:
            return self.draw(row, value)
        words = shown(value)
        return format_html('<a href="{}">{}</a>', self.url(row), words) if self.url else words

    def exported(self, row: Any) -> Any:
        """The cell as written to a file."""
        return (self.export or self.value)(row)


def shown(value: Any) -> Any:
    """A plain value in Vietnamese writing: dates day first, numbers with dots, yes and no in words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(value, datetime):
        return f"{local(value):%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, (int, float)):
        return _number(value)
    return value


def _number(value: float) -> str:
    """The number as 1.234.567,5.

    Dots between thousands (Django's Vietnamese format has no grouping), at most two decimals.
    """
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


@dataclass(frozen=True)
class Page:
    """Where we are in a long list; `total` is None when the rows were not counted."""

    number: int
    first: int
    last: int
    total: int | None
    previous_url: str
    next_url: str


class Table:
    """A list with its columns, as asked for by an address (`?sort=-due&page=2&unit=H99`).

    rows: queryset or sequence, already limited to what the officer may see; params: the address's query;
    group: row → heading, used while the list stands in its own order; counted: False spares the COUNT;
    filters: columns that only narrow the list and are not shown.
    An unknown sort key, a page that is no number or an invalid filter value is ignored, never an error page.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        rows: Rows,
        params: Mapping[str, Any],
        caption: Any,
        path: str,
        identity: str = "list",
        page_size: int = 50,
        default_sort: str = "",
        group: Callable[[Any], Any] | None = None,
        counted: bool = True,
        empty_title: Any = "",
        empty_text: Any = "",
        filters: Sequence[Column] = (),
    ) -> None:
        self.columns, self.source, self.params = tuple(columns), rows, _as_query(params)
        self.filters = tuple(filters)
        self.caption, self.path, self.identity, self.page_size = caption, path, identity, page_size
        self.default_sort, self.group, self.counted = default_sort, group, counted
        self.empty_title = empty_title or _("Không có dòng nào")
        self.empty_text = empty_text or (_("Hãy bỏ bớt điều kiện lọc.") if self.active_filters else "")

    @cached_property
    def filter_form(self) -> forms.Form:
        """The filters as a form; nothing is required."""
        form = forms.Form(self.params, auto_id=f"{self.identity}-%s", label_suffix="")
        for column in self._filtering:
            form.fields[column.key] = _optional(column)
        form.full_clean()
        return form

    @cached_property
    def active_filters(self) -> list[dict[str, Any]]:
        """What narrows the list now, each with the address without it."""
        return [
            {
                "label": column.label,
                "words": column.filter.words(value),
                "remove_url": self.url(page=None, **{column.key: None}),
            }
            for column, value in self._active
        ]

    @cached_property
    def kept(self) -> list[tuple[str, str]]:
        """What the filter form must carry along: sorting and parameters of the page itself."""
        own = {column.key for column in self._filtering} | {"page"}
        return [(name, value) for name, values in self.params.lists() if name not in own for value in values]

    @cached_property
    def heads(self) -> list[dict[str, Any]]:
        """Label, address and aria-sort of every head."""
        return [self._head(column) for column in self.columns]

    @cached_property
    def rows(self) -> list[Any]:
        """The rows of this page."""
        return self._window[: self.page_size]

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        """Rows under their headings.

        One group without heading when the reader chose an order of their own.
        """
        if self.group is None or self._sorting[0] is not None:
            return [{"label": "", "rows": self.rows}]
        return [{"label": label, "rows": list(rows)} for label, rows in groupby(self.rows, key=self.group)]

    @cached_property
    def page(self) -> Page | None:
        """None when everything fits on one page."""
        more = len(self._window) > self.page_size
        if self._number == 1 and not more:
            return None
        start = self._start
        return Page(
            number=self._number,
            first=start + 1,
            last=start + len(self.rows),
            total=self.total if self.counted else None,
            previous_url=self.url(page=self._number - 1) if self._number > 1 else "",
            next_url=self.url(page=self._number + 1) if more else "",
        )

    @cached_property
    def total(self) -> int:
        """How many rows there are after filtering."""
        return self.ordered.count() if isinstance(self.ordered, QuerySet) else len(self.ordered)

    @cached_property
    def ordered(self) -> Rows:
        """All rows, filtered and in order."""
        rows = self.source
        for column, value in self._active:
            rows = column.filter.narrow(rows, value)
        column, descending = self._sorting
        if column is None:
            by_default = self.default_sort and isinstance(rows, QuerySet)
            return rows.order_by(self.default_sort, "pk") if by_default else rows
        if isinstance(rows, QuerySet):
            return rows.order_by(f"{'-' if descending else ''}{column.sort}", "pk")
        return sorted(rows, key=lambda row: _sortable(column.value(row)), reverse=descending)

    def export_head(self) -> list[str]:
        """The labels as a first line of a file."""
        return [str(column.label) for column in self.columns]

    def export_rows(self) -> Iterator[list[Any]]:
        """Every row after filtering, not only this page."""
        rows = self.ordered.iterator(chunk_size=2000) if isinstance(self.ordered, QuerySet) else self.ordered
        for row in rows:
            yield [column.exported(row) for column in self.columns]

    def url(self, **changes: Any) -> str:
        """This list's address with `changes`; None takes a parameter away."""
        query = self.params.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = str(value)
        return f"{self.path}?{query.urlencode()}" if query else self.path

    @property
    def _filtering(self) -> list[Column]:
        return [column for column in (*self.columns, *self.filters) if column.filter]

    @cached_property
    def _active(self) -> list[tuple[Column, Any]]:
        cleaned = self.filter_form.cleaned_data
        return [
            (column, cleaned[column.key])
            for column in self._filtering
            if cleaned.get(column.key) not in (None, "")
        ]

    @cached_property
    def _sorting(self) -> tuple[Column | None, bool]:
        asked = self.params.get("sort", "")
        key = asked.removeprefix("-")
        sortable = (column for column in self.columns if column.sort and column.key == key)
        return next(sortable, None), asked.startswith("-")

    @property
    def _number(self) -> int:
        text = self.params.get("page", "1")
        return max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1

    @property
    def _start(self) -> int:
        return (self._number - 1) * self.page_size

    @cached_property
    def _window(self) -> list[Any]:
        """One row more than a page, to know whether there is a next one without counting."""
        return list(self.ordered[self._start : self._start + self.page_size + 1])

    def _head(self, column: Column) -> dict[str, Any]:
        current, descending = self._sorting
        here = column is current
        sort = f"-{column.key}" if here and not descending else column.key
        return {
            "label": column.label,
            "numeric": column.numeric,
            "url": self.url(sort=sort, page=None) if column.sort else "",
            "aria_sort": ("descending" if descending else "ascending") if here else "",
        }


def _as_query(params: Mapping[str, Any]) -> QueryDict:
    if isinstance(params, QueryDict):
        return params
    query = QueryDict(mutable=True)
    query.update(params)
    return query


def _optional(column: Column) -> forms.Field:
    assert column.filter
    field = column.filter.field()
    field.required, field.label = False, column.label
    field.show_as_required = True  # nobody needs to be told that a filter is optional
    return field


def _sortable(value: Any) -> tuple[bool, Any]:
    """Empty values last in ascending order."""
    return (value is None, "" if value is None else value)


def chosen(columns: Sequence[Column], keys: Sequence[str]) -> list[Column]:
    """The columns named by `keys` in their own order; row headers always stay.

    All of them when `keys` is empty.
    """
    return [column for column in columns if not keys or column.row_header or column.key in keys]
