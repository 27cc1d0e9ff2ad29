"""One officer's list as an address asks for it: scope, filters, groups, columns. Pages, files and bulk acts read the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.actor import Actor
from motcua.base.time import local_date
from motcua.deadlines.queries import work_calendar
from motcua.dossiers import access, worklist
from motcua.dossiers.office import worklist_columns
from motcua.dossiers.office.worklist_columns import Reader
from motcua.dossiers.quick_clock import quick
from motcua.dossiers.worklist import GROUP_NAMES, ORDER
from motcua.kit.columns import Column, Table
from motcua.organisation.queries import tree
from motcua.worklists import filters
from motcua.worklists.columns import home

EVERYTHING, MINE = "unit", "mine"
OWN_PARAMETERS = frozenset({"scope", "sort", "page", "view", "cot"})
"""What an address may hold beside the filters."""
Columns = Callable[[Reader], Sequence[Column]]


@dataclass(frozen=True)
class Listing:
    """The list, the numbers of its groups, and whose it is."""

    table: Table
    counts: dict[str, int]
    scope: str
    actor: Actor
    reader: Reader

    @property
    def heading(self) -> str:
        return _("Hồ sơ chờ tôi xử lý") if self.scope == MINE else _("Hồ sơ đang giải quyết của cả đơn vị")

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The groups that hold something, each with its number and the address that shows it alone."""
        return [
            {
                "name": GROUP_NAMES[group], "count": self.counts[group], "url": self.table.url(group=group, page=None),
                "current": self.table.params.get("group") == group, "key": group.value,
            }
            for group in ORDER
            if self.counts[group]
        ]  # fmt: skip

    @property
    def scopes(self) -> list[dict[str, Any]]:
        """One's own work and, for overseers, the unit's."""
        if not _oversees(self.actor):
            return []
        names = {MINE: _("Việc của tôi"), EVERYTHING: _("Cả đơn vị")}
        return [
            {"name": name, "url": self.table.url(scope=key, page=None), "current": key == self.scope}
            for key, name in names.items()
        ]

    def numbers(self, at_most: int) -> list[int]:
        """The first dossiers of the list in its order, by number."""
        return list(self.table.ordered.values_list("pk", flat=True)[:at_most])


def listing(actor: Actor, params: QueryDict, *, now: datetime, columns: Columns) -> Listing:
    """The list `params` ask for, within the rights of `actor`: nothing in an address widens them."""
    at = worklist.edges(now)
    reader = Reader(at, quick(work_calendar()), tree(local_date(now)), home(actor))
    scope = _scope(actor, params.get("scope", ""))
    rows = worklist.mine(actor) if scope == MINE else worklist.open_dossiers(actor)
    narrowing = [*worklist_columns.filters(reader, actor), *filters.more()]
    table = _table(params, columns(reader), narrowing, worklist.by_urgency(rows, at), scope)
    counts = worklist.counts(_without_group(table, rows), at)
    chosen = table.params.get("group", "")
    table.total = counts[chosen] if chosen in ORDER else sum(counts.values())
    return Listing(table, dict(counts), scope, actor, reader)


def invalid_parts(found: Listing) -> list[str]:
    """What in the address narrows nothing any more: a filter that is gone, or a value that is no longer offered."""
    table = found.table
    known = {column.key: column for column in table.filters}
    told = []
    for key, value in table.params.items():
        if key in OWN_PARAMETERS or not value:
            continue
        if key not in known:
            told.append(f"{key} = {value}")
        elif key in table.filter_form.errors:
            told.append(f"{known[key].label}: {value}")
    return told


def _table(
    params: QueryDict, columns: Sequence[Column], narrowing: Sequence[Column], rows: Any, scope: str
) -> Table:
    quiet = _("Không có hồ sơ nào đang chờ bạn. Hồ sơ mới sẽ hiện ở đây khi được nộp hoặc chuyển đến.")
    narrowed = any(params.get(column.key) for column in narrowing)
    return Table(
        columns, filters=narrowing, rows=worklist.with_details(rows), params=params, identity="worklist",
        caption=_("Theo mức độ khẩn"), path=reverse("worklists_office:list"),
        group=lambda row: GROUP_NAMES[ORDER[row.urgency]], empty_title=_("Không có hồ sơ nào"),
        empty_text=_("Không có hồ sơ nào khớp điều kiện lọc. Hãy bỏ bớt điều kiện.") if narrowed
        else quiet if scope == MINE else _("Đơn vị không có hồ sơ nào đang giải quyết."),
    )  # fmt: skip


def _without_group(table: Table, rows: Any) -> Any:
    """The rows under every filter but the group, to count all groups at once."""
    for column in table.filters:
        value = table.filter_form.cleaned_data.get(column.key)
        if column.key != "group" and value not in (None, ""):
            rows = column.filter.narrow(rows, value)  # type: ignore[union-attr]
    return rows


def _scope(actor: Actor, asked: str) -> str:
    """Whose list: one's own, or for overseers the whole unit's; those with no step of their own begin with that."""
    if not _oversees(actor):
        return MINE
    works = any(duty.role in worklist.WORKERS for duty in actor.duties)
    return asked if asked in (MINE, EVERYTHING) else MINE if works else EVERYTHING


def _oversees(actor: Actor) -> bool:
    return any(duty.role in access.OVERSEERS for duty in actor.duties)
