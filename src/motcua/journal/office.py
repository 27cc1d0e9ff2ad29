"""The administrators' page of the outbox: what waits, what failed and why, what is done; trying again now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from motcua.journal import queries, services
from motcua.kit import clock
from motcua.kit.access import acting, provincial_administrator, requires
from motcua.kit.columns import Column, Table


def age(span: timedelta) -> str:
    """How long ago, in the largest unit that fits."""
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes < 60:
        return ngettext("%(n)s phút", "%(n)s phút", minutes) % {"n": minutes}
    hours = minutes // 60
    return _("%(n)s giờ") % {"n": hours} if hours < 48 else _("%(n)s ngày") % {"n": hours // 24}


def _columns(now: datetime) -> tuple[Column, ...]:
    return (
        Column("event", lazy("Sự kiện"), lambda d: d.event.name, row_header=True),
        Column("destination", lazy("Nơi nhận"), lambda d: d.destination),
        Column("stream", lazy("Đối tượng"), lambda d: f"{d.stream} {d.stream_id}"),
        Column("age", lazy("Đã chờ"), lambda d: age(now - d.event.at)),
        Column("attempts", lazy("Số lần thử"), lambda d: d.attempts, numeric=True),
        Column("next", lazy("Thử tiếp lúc"), lambda d: d.next_at),
        Column("note", lazy("Lý do lần cuối"), lambda d: d.note or "–"),
    )


@require_safe
@requires(provincial_administrator)
def outbox(request: HttpRequest) -> HttpResponse:
    """What we owe to whom."""
    now = clock.now()
    columns = _columns(now)
    failed = Table(columns, rows=queries.owed(failed=True), params=request.GET, path=request.path, identity="failed",
                   caption=_("Gửi chưa được"), empty_title=_("Không có tin nào gửi lỗi"),
                   empty_text=_("Mọi tin đã thử đều gửi được."))  # fmt: skip
    waiting = Table(columns[:4], rows=queries.owed(failed=False)[:20], params={}, path=request.path, identity="waiting",
                    caption=_("Đang chờ gửi (20 tin cũ nhất)"), empty_title=_("Không có tin nào đang chờ"),
                    empty_text=_("Tiến trình gửi tin đã gửi hết."))  # fmt: skip
    rows = [{"facts": d, "age": age(now - d.oldest) if d.oldest else ""} for d in queries.destinations()]
    return render(request, "journal/outbox.html", {"failed": failed, "waiting": waiting, "destinations": rows})


@require_POST
@requires(provincial_administrator)
def retry(request: HttpRequest) -> HttpResponse:
    """Makes what failed due at once; the worker takes it within a second."""
    number = services.retry(now=clock.now(), actor=acting(request), destination=request.POST.get("destination", ""))
    words: dict[str, Any] = {"n": number}
    messages.success(request, _("Đã yêu cầu gửi lại %(n)s tin; tiến trình gửi tin xử lý ngay.") % words)
    return redirect("journal_office:outbox")
