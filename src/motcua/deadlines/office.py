"""The administrators' pages of the calendar: the days of a year, session hours, and the rule sets to read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from motcua.base.errors import NotFound
from motcua.base.time import local_date
from motcua.deadlines import queries, services
from motcua.deadlines.calendar import KIND_WORDS, DayKind, DayPart, Sessions
from motcua.deadlines.counting import DayCount
from motcua.deadlines.models import CalendarYear
from motcua.deadlines.office_forms import (
    PART_WORDS,
    Confirmation,
    EndOfPlan,
    NewDay,
    NewPlan,
    Withdrawal,
    year_of,
)
from motcua.deadlines.pauses import PauseMode
from motcua.deadlines.rulesets import PAUSE_KIND_WORDS, RuleSetFacts
from motcua.kit import clock
from motcua.kit.access import acting, provincial_administrator, requires
from motcua.kit.act_page import Page, ask, bound

WEEKDAYS = tuple(map(lazy, ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")))
MODE_WORDS = {
    PauseMode.RESUME: lazy("Dừng, sau đó tính tiếp"),
    PauseMode.RESTART: lazy("Dừng, sau đó tính lại từ đầu"),
    PauseMode.NONE: lazy("Không dừng"),
}
COUNT_WORDS = {DayCount.CLOSING: lazy("Đến hết giờ làm việc của ngày cuối"), DayCount.CLOCK: lazy("Theo giờ nhận hồ sơ")}
APPROVERS = {"leader": lazy("Lãnh đạo phê duyệt"), "chair": lazy("Chủ tịch Ủy ban nhân dân"), "": lazy("Không cần phê duyệt")}
RECOUNTED = lazy("Hạn trả của các hồ sơ đang giải quyết được tính lại ngay sau đó; ngày hẹn đã in vẫn được giữ bên cạnh.")


@require_safe
@requires(provincial_administrator)
def year(request: HttpRequest) -> HttpResponse:
    """Every day of a year that differs from its weekday, with its notice."""
    chosen = year_of(request.GET.get("nam", ""), today=local_date(clock.now()))
    years = {row.year: row for row in queries.calendar_years()}
    row = years.get(chosen)
    days = [
        {"row": day, "weekday": WEEKDAYS[day.day.weekday()], "kind": KIND_WORDS[DayKind(day.kind)].capitalize(),
         "part": PART_WORDS[DayPart(day.part)]}
        for day in queries.declared_days(chosen)
    ]  # fmt: skip
    context = {
        "year": chosen, "row": row, "confirmed": row is not None and row.status == CalendarYear.CONFIRMED, "days": days,
        "years": sorted({*years, chosen}), "plans": _plans(), "recounted": RECOUNTED,
    }  # fmt: skip
    return render(request, "deadlines/year.html", context)


def _plans() -> list[dict[str, Any]]:
    return [
        {"plan": plan, "sessions": _hours(plan.sessions),
         "weekdays": [(WEEKDAYS[day], _hours(sessions) or _("nghỉ")) for day, sessions in sorted(plan.weekdays.items())]}
        for plan in queries.session_plans()
    ]  # fmt: skip


def _hours(sessions: Sessions) -> str:
    return ", ".join(f"{s.start:%H:%M}–{s.end:%H:%M}" for s in sessions)


@requires(provincial_administrator)
def declare(request: HttpRequest) -> HttpResponse:
    """Declares a day off or worked."""
    words = (_("Khai báo ngày nghỉ, ngày làm bù"), _("Khai báo"))
    form = bound(request, NewDay)
    return _act(request, words, form, lambda data: services.declare_day(**data, actor=acting(request), now=clock.now()))


@requires(provincial_administrator)
def withdraw(request: HttpRequest, day: str) -> HttpResponse:
    """Takes a declaration back, with its ground."""
    on, scope = _day(day), request.GET.get("don-vi", "")
    words = (_("Thu hồi khai báo ngày %(day)s") % {"day": f"{on:%d/%m/%Y}"}, _("Thu hồi"))
    return _act(request, words, bound(request, Withdrawal), lambda data: services.withdraw_day(
        date=on, scope=scope, notice=data["notice"], actor=acting(request), now=clock.now()
    ), year=on.year)  # fmt: skip


@requires(provincial_administrator)
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """The notice of a year has been issued."""
    words = (_("Xác nhận lịch nghỉ năm %(year)s") % {"year": number}, _("Xác nhận"))
    return _act(request, words, bound(request, Confirmation), lambda data: services.confirm_year(
        year=number, notice=data["notice"], actor=acting(request), now=clock.now()
    ), year=number)  # fmt: skip


@requires(provincial_administrator)
def add_plan(request: HttpRequest) -> HttpResponse:
    """New session hours."""
    words = (_("Thêm khung giờ làm việc"), _("Thêm khung giờ"))
    return _act(request, words, bound(request, NewPlan), lambda data: services.add_session_plan(
        plan=data["plan"], actor=acting(request), now=clock.now()
    ))  # fmt: skip


@requires(provincial_administrator)
def end_plan(request: HttpRequest) -> HttpResponse:
    """Ends the session hours in force."""
    words = (_("Kết thúc khung giờ đang áp dụng"), _("Kết thúc"))
    form = bound(request, EndOfPlan)
    return _act(
        request, words, form, lambda data: services.end_session_plan(**data, actor=acting(request), now=clock.now())
    )


def _act(
    request: HttpRequest, words: tuple[str, str], form: Any, run: Callable[[dict[str, Any]], None], *, year: int = 0
) -> HttpResponse:
    def address(number: int) -> str:
        return f"{reverse('deadlines_office:year')}?nam={number}" if number else reverse("deadlines_office:year")

    def do(data: dict[str, Any]) -> str:
        run(data)
        on = data.get("date")
        return address(on.year if on else year)

    page = Page(words[0], words[1], address(year), note=RECOUNTED)
    return ask(request, page, form, do=do, done=_("Đã ghi: %(act)s.") % {"act": words[0].lower()})


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotFound(what=_("ngày này")) from error


@require_safe
@requires(provincial_administrator)
def rule_sets(request: HttpRequest) -> HttpResponse:
    """Every rule set, to read."""
    return render(request, "deadlines/rule_sets.html", {"rule_sets": queries.rulesets()})


@require_safe
@requires(provincial_administrator)
def rule_set(request: HttpRequest, code: str) -> HttpResponse:
    """One rule set with its pause rules and citations."""
    rules = queries.ruleset(code)
    pauses = [
        {"rule": rule, "kind": PAUSE_KIND_WORDS[kind].capitalize(), "mode": MODE_WORDS[rule.mode],
         "approver": APPROVERS.get(rule.approver_role, rule.approver_role)}
        for kind, rule in rules.pause_rules.items()
    ]  # fmt: skip
    return render(request, "deadlines/rule_set.html", {"rules": rules, "pauses": pauses, "rows": _rows(rules)})


def _rows(rules: RuleSetFacts) -> list[dict[str, Any]]:
    days, hours = _("ngày làm việc"), _("giờ làm việc")
    told = (
        (_("Cách tính thời hạn theo ngày"), COUNT_WORDS[rules.day_count]),
        (_("Chuyển hồ sơ ngay trong ngày nếu nhận trước"), f"{rules.cutoff_forward:%H:%M}"),
        (_("Giải quyết “trong ngày” nếu nhận trước"), f"{rules.same_day_cutoff:%H:%M}"),
        (_("Phản hồi hồ sơ trực tuyến trong"), f"{rules.online_ack_hours} {hours}"),
        (_("Trả hồ sơ không đủ điều kiện trong"), f"{rules.appraisal_return_days} {days}"),
        (_("Số lần hẹn lại tối đa"), str(rules.reappoint_max)),
        (_("Gửi văn bản xin lỗi trước khi hết hạn"), f"{rules.apology_lead_days} {days}"),
        (_("Căn cứ của việc xin lỗi, hẹn lại"), rules.apology_citation or "–"),
        (_("Bộ biểu mẫu"), rules.form_set),
    )
    return [{"label": label, "value": value} for label, value in told]
