"""The opening backlog of a period: checks made, a new one, what each found."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from motcua.alerts import backlog, columns, services
from motcua.base.time import local_date
from motcua.dossiers.access import OVERSEERS
from motcua.dossiers.office.files import as_file
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import Page, ask, bound
from motcua.kit.columns import Column, Table
from motcua.kit.forms import DateField, Form
from motcua.people.access import actor as actor_of
from motcua.people.access import roles

oversees = roles(*OVERSEERS)


class PeriodForm(Form):
    period_start = DateField(label=lazy("Ngày đầu kỳ"))


@require_safe
@requires(oversees)
def checks(request: HttpRequest) -> HttpResponse:
    """Every check with its numbers."""
    shown = [
        Column("period", _("Kỳ bắt đầu"), lambda c: c.period_start, row_header=True, url=_address_of),
        Column("checked", _("Kiểm tra lúc"), lambda c: c.checked_at),
        Column("by", _("Người kiểm tra"), lambda c: c.checked_by),
        Column("open", _("Tồn đầu kỳ"), lambda c: c.open_count, numeric=True),
        Column("late", _("Trong đó quá hạn"), lambda c: c.late_count, numeric=True),
        Column("missing", _("Chưa có thư xin lỗi"), lambda c: c.missing_count, numeric=True),
    ]
    table = Table(
        shown, rows=backlog.checks(), params=request.GET, path=request.path, caption=_("Các lần kiểm tra, toàn tỉnh"),
        empty_title=_("Chưa kiểm tra kỳ nào"), empty_text=_("Kiểm tra vào ngày đầu mỗi kỳ báo cáo."),
    )  # fmt: skip
    return render(request, "alerts/backlog_checks.html", {"table": table})


@requires(oversees)
def start(request: HttpRequest) -> HttpResponse:
    """Asks for the period and checks it."""
    page = Page(
        _("Kiểm tra tồn đầu kỳ"), _("Kiểm tra"), reverse("alerts_office:backlog"),
        note=_("Tìm trong hồ sơ chuyển từ kỳ trước những hồ sơ đã quá hạn mà chưa có thư xin lỗi. Kết quả được lưu lại."),
    )  # fmt: skip
    initial = {"period_start": local_date(clock.now()).replace(day=1)}

    def do(data: dict[str, Any]) -> str:
        number = services.check_backlog(
            period_start=data["period_start"], actor=actor_of(request), now=clock.now()
        )
        return reverse("alerts_office:backlog_check", args=[number])

    form = bound(request, PeriodForm) if request.method == "POST" else PeriodForm(initial=initial)
    return ask(request, page, form, do=do, done=_("Đã kiểm tra và lưu kết quả."))


@require_safe
@requires(oversees)
def show(request: HttpRequest, number: int) -> HttpResponse:
    """What a check found, within the officer's rights, and which letters have been sent since."""
    found = backlog.check(number)
    context = {"check": found, "table": _table(request, number, to_file=False), "files": _files(number)}
    return render(request, "alerts/backlog_check.html", context)


@require_safe
@requires(oversees)
def export(request: HttpRequest, number: int, kind: str) -> Any:
    """The found dossiers as a file."""
    found = backlog.check(number)
    return as_file(
        _table(request, number, to_file=True), kind, f"ton-dau-ky-{found.period_start:%Y%m%d}.{kind}"
    )


def _table(request: HttpRequest, number: int, *, to_file: bool) -> Table:
    actor = actor_of(request)
    read = columns.reader(actor, clock.now())
    since = Column(
        "since",
        _("Thư xin lỗi từ đó đến nay"),
        lambda line: _("đã gửi") if line.sent_since else _("chưa gửi"),
    )
    was = Column("was_due", _("Hạn khi đó"), lambda line: line.due_at)
    shown = (columns.file if to_file else columns.screen)(read, was, since)
    return Table(
        shown, rows=backlog.lines(number, actor), params=request.GET, path=reverse("alerts_office:backlog_check", args=[number]),
        filters=columns.filters(read, actor, "dossier__"), caption=_("Hồ sơ quá hạn chưa có thư lúc đầu kỳ"), identity="backlog",
        empty_title=_("Không có hồ sơ nào trong phạm vi của bạn"),
    )  # fmt: skip


def _files(number: int) -> list[dict[str, str]]:
    return [
        {"name": k.upper(), "url": reverse("alerts_office:backlog_file", args=[number, k])}
        for k in ("csv", "xlsx")
    ]


def _address_of(row: Any) -> str:
    return reverse("alerts_office:backlog_check", args=[row.pk])
