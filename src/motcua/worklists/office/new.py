"""Mới từ lần xem trước: the officer's own dossiers that somebody else has changed, and why."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.dossiers import worklist
from motcua.dossiers.office.guard import works_on_dossiers
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.columns import Column, Table
from motcua.people.access import actor as actor_of
from motcua.worklists import cells, news, services

_SHOWN = 50


@require_safe
@requires(works_on_dossiers)
def show(request: HttpRequest) -> HttpResponse:
    """The newest first, with who did what; the officer's own acts are no news."""
    actor, now = actor_of(request), clock.now()
    found = news.waiting(actor, now=now)
    numbers = list(found)[:_SHOWN]
    rows = worklist.with_details(worklist.open_dossiers(actor).filter(pk__in=numbers))
    read = {row.pk: row for row in rows}
    table = Table(
        (
            Column("code", _("Hồ sơ"), lambda row: (row.code or row.provisional_code, found[row.pk]),
                   draw=cells.dossier, row_header=True),
            Column("what", _("Có gì mới"), lambda row: found[row.pk].text),
            Column("by", _("Ai làm"), lambda row: found[row.pk].by),
            Column("at", _("Lúc"), lambda row: found[row.pk].at),
        ),
        rows=[read[number] for number in numbers if number in read], params={}, path=request.path, identity="news",
        page_size=_SHOWN, caption=_("Mới nhất trước"), empty_title=_("Không có gì mới"),
        empty_text=_("Từ lần bạn mở gần nhất, chưa ai thay đổi hồ sơ nào đang chờ bạn."),
    )  # fmt: skip
    latest = max((item.event for item in found.values()), default=0)
    return render(
        request,
        "worklists/new.html",
        {"table": table, "total": len(found), "shown": _SHOWN, "latest": latest},
    )


@require_POST
@requires(works_on_dossiers)
def seen(request: HttpRequest) -> HttpResponse:
    """Notes everything on the page as seen; what happened after the page was made stays new."""
    actor, now = actor_of(request), clock.now()
    text = request.POST.get("latest", "")
    until = int(text) if text.isdecimal() and len(text) < 19 else 0
    found = {
        number: item.event for number, item in news.waiting(actor, now=now).items() if item.event <= until
    }
    services.see_all(found, actor=actor, now=now)
    messages.success(request, _("Đã đánh dấu %(n)s hồ sơ là đã xem.") % {"n": len(found)})
    return redirect("worklists_office:new")
