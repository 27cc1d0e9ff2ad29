"""Verbs on the calendar. Each is one transaction, names its actor and its notice, and leaves an event."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.base.actor import Actor
from motcua.deadlines import seeding
from motcua.deadlines.calendar import KIND_WORDS, DayKind, DayPart, SessionHours
from motcua.deadlines.errors import (
    DayAlreadyDeclared,
    DayKindImpossible,
    DayNotDeclared,
    NoSessionPlan,
    NoticeMissing,
    ValidityOverlap,
)
from motcua.deadlines.events import (
    CalendarEvent,
    DayDeclared,
    DayWithdrawn,
    SessionPlanAdded,
    SessionPlanEnded,
    YearConfirmed,
)
from motcua.deadlines.models import NATIONAL, Calendar, CalendarDay, CalendarYear, SessionPlan
from motcua.deadlines.queries import work_calendar
from motcua.journal.remembered import touch
from motcua.journal.services import append
from motcua.kit.access import require_province


@transaction.atomic
def declare_day(
    *,
    actor: Actor,
    date: date,
    kind: DayKind,
    notice: str,
    now: datetime,
    name: str = "",
    part: DayPart = DayPart.ALL,
    scope: str = "",
) -> None:
    """Declares `date` off or worked by `notice` (its number), for the whole country or for the unit `scope`.

    Raises NoticeMissing, DayAlreadyDeclared, DayKindImpossible (making up work on a day already worked).
    """
    notice = _required(notice, act="khai báo ngày nghỉ hoặc ngày làm bù")
    calendar, kind, part = _locked(), DayKind(kind), DayPart(part)
    declared = calendar.days.filter(day=date, scope=scope, withdrawn_at=None).first()
    if declared:
        raise DayAlreadyDeclared(day=_day(date), kind=KIND_WORDS[DayKind(declared.kind)])
    if kind is DayKind.MAKE_UP_WORK and work_calendar(scope=scope).is_working_day(date):
        raise DayKindImpossible(
            day=_day(date), kind=KIND_WORDS[kind], reason="ngày này vốn là ngày làm việc."
        )
    CalendarDay.objects.create(
        calendar=calendar,
        day=date,
        kind=kind,
        part=part,
        name=name,
        notice=notice,
        scope=scope,
        declared_at=now,
    )
    _record(calendar, DayDeclared(date.isoformat(), kind, part, notice, scope), actor=actor, now=now)


@transaction.atomic
def withdraw_day(*, actor: Actor, date: date, notice: str, now: datetime, scope: str = "") -> None:
    """Takes back the declaration of `date`; the row stays with the ground `notice`. Raises DayNotDeclared."""
    notice = _required(notice, act="thu hồi khai báo")
    calendar = _locked()
    row = calendar.days.filter(day=date, scope=scope, withdrawn_at=None).first()
    if row is None:
        raise DayNotDeclared(day=_day(date))
    row.withdrawn_at, row.withdrawal_notice = now, notice
    row.save(update_fields=["withdrawn_at", "withdrawal_notice"])
    _record(calendar, DayWithdrawn(date.isoformat(), row.kind, notice, scope), actor=actor, now=now)


@transaction.atomic
def confirm_year(*, actor: Actor, year: int, notice: str, now: datetime) -> None:
    """The holiday notice of `year` has been issued: due dates in it are no longer provisional. Raises
    NoticeMissing.
    """
    notice = _required(notice, act="xác nhận lịch nghỉ của năm")
    calendar = _locked()
    CalendarYear.objects.update_or_create(
        calendar=calendar, year=year, defaults={"status": CalendarYear.CONFIRMED, "notice": notice}
    )
    _record(calendar, YearConfirmed(year, notice), actor=actor, now=now)


@transaction.atomic
def add_session_plan(*, actor: Actor, plan: SessionHours, now: datetime) -> None:
    """New session hours from `plan.valid_from`. Raises NoticeMissing, ValidityOverlap (end the former plan
    first).
    """
    _required(plan.citation, act="thêm khung giờ làm việc")
    calendar = _locked()
    try:
        with transaction.atomic():
            SessionPlan.objects.create(calendar=calendar, **seeding.plan_fields(plan))
    except IntegrityError as error:
        raise ValidityOverlap(what="khung giờ làm việc", period=f"từ {_day(plan.valid_from)}") from error
    valid_to = plan.valid_to.isoformat() if plan.valid_to else None
    _record(
        calendar, SessionPlanAdded(plan.valid_from.isoformat(), valid_to, plan.citation), actor=actor, now=now
    )


@transaction.atomic
def end_session_plan(*, actor: Actor, ends_on: date, citation: str, now: datetime) -> None:
    """Ends the session hours in force the day before; `ends_on` is the first day they no longer cover."""
    citation = _required(citation, act="kết thúc khung giờ làm việc")
    calendar = _locked()
    row = calendar.plans.filter(valid__contains=ends_on, valid__startswith__lt=ends_on).first()
    if row is None:
        raise NoSessionPlan(day=_day(ends_on))
    row.valid = DateRange(row.valid.lower, ends_on)
    row.save(update_fields=["valid"])
    _record(calendar, SessionPlanEnded(ends_on.isoformat(), citation), actor=actor, now=now)


@transaction.atomic
def load_seeds() -> None:
    """Fills an empty database with the shipped calendar and rule sets; rows already there are left alone."""
    seeding.load(lambda name: apps.get_model("deadlines", name))
    touch()


def _locked() -> Calendar:
    return Calendar.objects.select_for_update().get(code=NATIONAL)


def _record(calendar: Calendar, event: CalendarEvent, *, actor: Actor, now: datetime) -> None:
    require_province(actor)  # within the verb's transaction: a refusal changes nothing
    append(
        stream="calendar", stream_id=calendar.code, name=event.NAME, data=asdict(event), actor=actor, at=now,
        version=event.VERSION,
    )  # fmt: skip


def _required(text: str, *, act: str) -> str:
    if not text.strip():
        raise NoticeMissing(act=act)
    return text.strip()


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
