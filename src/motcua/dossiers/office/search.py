"""The search in the head of every page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.time import local_date
from motcua.deadlines.queries import work_calendar
from motcua.dossiers import search, worklist
from motcua.dossiers.office import worklist_columns
from motcua.dossiers.office.guard import works_on_dossiers
from motcua.dossiers.quick_clock import quick
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.columns import Table
from motcua.organisation.queries import tree
from motcua.people.access import actor as actor_of


@requires(works_on_dossiers)
def show(request: HttpRequest) -> HttpResponse:
    """Dossiers by code, owner's name or number, telephone; a whole code opens its page at once."""
    typed = request.GET.get("q", "").replace("\0", "").strip()[:200]
    asked, actor = search.question(typed), actor_of(request)
    number = search.exact(actor, asked) if typed else None
    if number is not None:
        return redirect("dossiers:page", number)
    found = search.find(actor, asked)
    context = {
        "typed": typed, "found": found, "table": _table(found.rows), "shown": search.SHOWN,
        "too_short": bool(typed) and asked.kind is search.Kind.TOO_SHORT,
        "title": _("Kết quả tìm “%(typed)s”") % {"typed": typed} if typed else _("Tìm hồ sơ"),
    }  # fmt: skip
    return render(request, "dossiers/search.html", context)


def _table(rows: list[search.Dossier]) -> Table:
    now = clock.now()
    reader = worklist_columns.Reader(worklist.edges(now), quick(work_calendar()), tree(local_date(now)))
    return Table(
        worklist_columns.found(reader), rows=rows, params={}, caption=_("Hồ sơ tìm thấy"), identity="found",
        path=reverse("dossiers:search"), page_size=search.SHOWN, empty_title=_("Không tìm thấy hồ sơ nào"),
        empty_text=_("Không có hồ sơ nào khớp trong phạm vi đơn vị và vai trò của bạn. Hãy kiểm tra lại mã, tên hoặc số."),
    )  # fmt: skip
