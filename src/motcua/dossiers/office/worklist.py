"""The officer's worklist: what to do next, most urgent first."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.actor import Actor
from motcua.base.errors import NotFound
from motcua.base.time import local_date
from motcua.deadlines.queries import work_calendar
from motcua.dossiers import access, worklist
from motcua.dossiers.office import worklist_columns
from motcua.dossiers.quick_clock import quick
from motcua.dossiers.worklist import GROUP_NAMES, ORDER
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.columns import Column, Table
from motcua.kit.export import csv_lines, write_xlsx
from motcua.organisation.queries import tree
from motcua.people.access import actor as actor_of
from motcua.people.access import roles

works_on_dossiers = roles(*worklist.WORKERS, *access.OVERSEERS)
_EVERYTHING, _MINE = "unit", "mine"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Worklist:
    """One officer's list as the address asks for it."""

    table: Table
    counts: dict[str, int]
    scope: str
    scopes: list[dict[str, Any]]

    @property
    def heading(self) -> str:
        return _("Hồ sơ chờ tôi xử lý") if self.scope == _MINE else _("Hồ sơ đang giải quyết của cả đơn vị")

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The groups that hold something, each with its number and the address that shows it alone."""
        return [
            {
                "name": GROUP_NAMES[group], "count": self.counts[group], "url": self.table.url(group=group, page=None),
                "current": self.table.params.get("group") == group,
            }
            for group in ORDER
            if self.counts[group]
        ]  # fmt: skip


@requires(works_on_dossiers)
def show(request: HttpRequest) -> HttpResponse:
    """The list by urgency, with its filters."""
    listed = _worklist(request, worklist_columns.screen)
    return render(
        request,
        "dossiers/worklist.html",
        {"list": listed, "table": listed.table, "files": _files(listed.table)},
    )


@requires(works_on_dossiers)
def export(request: HttpRequest, kind: str) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """The list as filtered and sorted, all pages, as CSV or XLSX."""
    listed = _worklist(request, worklist_columns.file)
    name = f"viec-can-lam-{local_date(clock.now()):%Y%m%d}.{kind}"
    return as_file(listed.table, kind, name)


def as_file(table: Table, kind: str, name: str) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """`table` as a download; kind: "csv" or "xlsx"."""
    if kind == "csv":
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingHttpResponse(
            csv_lines(table), content_type="text/csv; charset=utf-8", headers=headers
        )
    if kind != "xlsx":
        raise NotFound(what=_("định dạng tệp này"))
    target = io.BytesIO()
    write_xlsx(table, target)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=name, content_type=_SHEET)


def _worklist(request: HttpRequest, columns: Any) -> Worklist:
    actor, at = actor_of(request), worklist.edges(clock.now())
    reader = worklist_columns.Reader(at, quick(work_calendar()), tree(local_date(at.now)), _home(actor))
    scope = _scope(request, actor)
    rows = worklist.mine(actor) if scope == _MINE else worklist.open_dossiers(actor)
    filters = worklist_columns.filters(reader, actor)
    table = _table(request, columns(reader), filters, worklist.by_urgency(rows, at), scope)
    counts = worklist.counts(_without_group(table, rows), at)
    chosen = table.params.get("group", "")
    table.total = counts[chosen] if chosen in ORDER else sum(counts.values())
    return Worklist(table, dict(counts), scope, _scopes(table, actor, scope))


def _home(actor: Actor) -> frozenset[int]:
    """Where the officer sits; the list need not say it in every line."""
    return frozenset(duty.unit_id for duty in actor.duties)


def _table(
    request: HttpRequest, columns: Sequence[Column], filters: Sequence[Column], rows: Any, scope: str
) -> Table:
    quiet = _("Không có hồ sơ nào đang chờ bạn. Hồ sơ mới sẽ hiện ở đây khi được nộp hoặc chuyển đến.")
    return Table(
        columns, filters=filters, rows=worklist.with_details(rows), params=request.GET, identity="worklist",
        caption=_("Theo mức độ khẩn"), path=reverse("dossiers:worklist"),
        group=lambda row: GROUP_NAMES[ORDER[row.urgency]], empty_title=_("Không có hồ sơ nào"),
        empty_text=_("Không có hồ sơ nào khớp điều kiện lọc. Hãy bỏ bớt điều kiện.") if _narrowed(request, filters)
        else quiet if scope == _MINE else _("Đơn vị không có hồ sơ nào đang giải quyết."),
    )  # fmt: skip


def _narrowed(request: HttpRequest, filters: Sequence[Column]) -> bool:
    return any(request.GET.get(column.key) for column in filters)


def _without_group(table: Table, rows: Any) -> Any:
    """The rows under every filter but the group, to count all groups at once."""
    for column in table.filters:
        value = table.filter_form.cleaned_data.get(column.key)
        if column.key != "group" and value not in (None, ""):
            rows = column.filter.narrow(rows, value)  # type: ignore[union-attr]
    return rows


def _scope(request: HttpRequest, actor: Actor) -> str:
    """Whose list: one's own, or for overseers the whole unit's; those with no step of their own begin with that."""
    works = any(duty.role in worklist.WORKERS for duty in actor.duties)
    oversees = any(duty.role in access.OVERSEERS for duty in actor.duties)
    asked = request.GET.get("scope", "")
    if not oversees:
        return _MINE
    return asked if asked in (_MINE, _EVERYTHING) else _MINE if works else _EVERYTHING


def _scopes(table: Table, actor: Actor, scope: str) -> list[dict[str, Any]]:
    if not any(duty.role in access.OVERSEERS for duty in actor.duties):
        return []
    names = {_MINE: _("Việc của tôi"), _EVERYTHING: _("Cả đơn vị")}
    return [
        {"name": name, "url": table.url(scope=key, page=None), "current": key == scope}
        for key, name in names.items()
    ]


def _files(table: Table) -> list[dict[str, str]]:
    """Addresses of the list as files, with the filters of this page."""
    query = table.url(page=None).partition("?")[2]
    kinds = ("csv", "xlsx")
    return [
        {
            "name": kind.upper(),
            "url": reverse("dossiers:worklist_file", args=[kind]) + (f"?{query}" if query else ""),
        }
        for kind in kinds
    ]
