"""The officer's worklist: what to do next, most urgent first; as a file; its columns and its keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from motcua.base.errors import NotFound
from motcua.dossiers.office import worklist_columns
from motcua.dossiers.office.files import as_file
from motcua.dossiers.office.guard import works_on_dossiers
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.people.access import actor as actor_of
from motcua.worklists import columns as cells
from motcua.worklists import export as files
from motcua.worklists import news, queries, services
from motcua.worklists.bulk import ACTS
from motcua.worklists.listing import Listing, invalid_parts, listing
from motcua.worklists.rules import CHOSEN_AT_MOST, EXPORTED_AT_ONCE

_FORM = "bulk"


@require_safe
@requires(works_on_dossiers)
def show(request: HttpRequest) -> HttpResponse:
    """The list by urgency, with its filters; a bare address opens the view the officer begins with."""
    actor = actor_of(request)
    views, liked = queries.views_of(actor), queries.preference_of(actor)
    current = queries.current(views, request.GET.get("view", ""))
    if not request.GET and liked.view is not None:
        return redirect(liked.view.url)
    found = _shown(request, liked.columns)
    context = {
        "list": found, "table": found.table, "files": _files(found), "views": views, "current": current,
        "invalid": invalid_parts(found), "acts": ACTS.values(), "form_id": _FORM, "at_most": CHOSEN_AT_MOST,
        "query": _query(found), "offered": _offered(found), "begins_elsewhere": liked.view is not None,
    }  # fmt: skip
    return render(request, "worklists/list.html", context)


@require_safe
@requires(works_on_dossiers)
def export(request: HttpRequest, kind: str) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """The list as filtered and sorted, all pages, as CSV or XLSX: at once, or as a job when it is long."""
    if kind not in files.TYPES:
        raise NotFound(what="định dạng tệp này")
    actor, now = actor_of(request), clock.now()
    found = listing(actor, request.GET, now=now, columns=worklist_columns.file)
    if found.table.total <= EXPORTED_AT_ONCE:
        return as_file(found.table, kind, files.file_name(kind, now))
    return redirect(
        "jobs_office:job",
        files.ask(request.GET.urlencode(), kind, total=found.table.total, actor=actor, now=now),
    )


@require_POST
@requires(works_on_dossiers)
def columns(request: HttpRequest) -> HttpResponse:
    """Keeps the columns the officer wants; without any, the usual ones come back."""
    services.choose_columns(request.POST.getlist("cot")[:50], actor=actor_of(request))
    query = QueryDict(request.POST.get("query", ""), mutable=True)
    query.pop("cot", None)
    query.setdefault("view", "0")
    return redirect(f"{reverse('worklists_office:list')}?{query.urlencode()}")


@require_safe
@requires(works_on_dossiers)
def keys(request: HttpRequest) -> HttpResponse:
    """The keys of the list, on a page of their own for those without scripts."""
    return render(request, "worklists/keys.html")


def _shown(request: HttpRequest, liked: list[str]) -> Listing:
    wanted = request.GET.getlist("cot") or liked
    held: list[Listing] = []
    told: dict[int, news.News] = {}

    def known() -> Mapping[int, news.News]:
        """Asked when the first cell is drawn: only then it is known which rows stand on the page."""
        if held:
            now, numbers = held.pop().reader.at.now, [row.pk for row in found.table.rows]
            told.update(news.of(found.actor, numbers, now=now))
        return told

    found = listing(
        actor_of(request), request.GET, now=clock.now(),
        columns=lambda reader: [cells.selectable(_FORM), *cells.picked(cells.screen(reader, known), wanted)],
    )  # fmt: skip
    held.append(found)
    return found


def _offered(found: Listing) -> list[dict[str, Any]]:
    shown = {column.key for column in found.table.columns}
    return [{"key": key, "label": label, "shown": key in shown} for key, label in cells.offered(found.reader)]


def _query(found: Listing) -> str:
    """The address's query as it is kept and carried along: filters, order, scope and columns."""
    return found.table.url(page=None, view=None).partition("?")[2]


def _files(found: Listing) -> list[dict[str, str]]:
    """Addresses of the list as files, with the filters of this page."""
    query = found.table.url(page=None, view=None).partition("?")[2]
    return [
        {
            "name": kind.upper(),
            "url": reverse("worklists_office:file", args=[kind]) + (f"?{query}" if query else ""),
        }
        for kind in files.TYPES
    ]
