"""Reads of this room: the calendar and the rule sets, remembered until configuration changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from motcua.deadlines.calendar import DayKind, DayMark, DayPart, Session, SessionHours, Sessions, WorkCalendar
from motcua.deadlines.counting import DayCount
from motcua.deadlines.errors import NoRuleSet
from motcua.deadlines.models import (
    NATIONAL,
    CalendarDay,
    CalendarYear,
    PauseRule,
    RuleSet,
    SessionPlan,
)
from motcua.deadlines.pauses import PauseMode
from motcua.deadlines.rulesets import PauseKind, PauseRuleFacts, RuleSetFacts
from motcua.journal.remembered import remembered

__all__ = [
    "PauseRuleFacts",
    "RuleSetFacts",
    "calendar_years",
    "declared_days",
    "ruleset",
    "ruleset_on",
    "rulesets",
    "work_calendar",
]

GENERAL, LINKED = "general", "linked"


@remembered
def work_calendar(*, scope: str = "") -> WorkCalendar:
    """The working calendar in force, with the declarations that bind only the unit `scope`."""
    return _calendar(scope)


@remembered
def rulesets() -> tuple[RuleSetFacts, ...]:
    """All rule sets by the day they came into force."""
    return _rulesets()


def ruleset_on(day: date, *, family: str = GENERAL) -> RuleSetFacts:
    """The rule set that governs dossiers received on `day`. Raises NoRuleSet before 21/6/2018."""
    for rules in rulesets():
        if rules.family == family and rules.in_force_on(day):
            return rules
    raise NoRuleSet(what=f"ngày {day:%d/%m/%Y}")


def ruleset(code: str) -> RuleSetFacts:
    """The rule set pinned on a dossier by its code. Raises NoRuleSet."""
    for rules in rulesets():
        if rules.code == code:
            return rules
    raise NoRuleSet(what=f"mã “{code}”")


def declared_days(year: int) -> list[CalendarDay]:
    """Declarations in force in `year`, for the calendar page."""
    rows = CalendarDay.objects.filter(calendar__code=NATIONAL, withdrawn_at=None, day__year=year)
    return list(rows.order_by("day", "scope"))


def calendar_years() -> list[CalendarYear]:
    """Years with their status and notice."""
    return list(CalendarYear.objects.filter(calendar__code=NATIONAL).order_by("year"))


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """Session hours with their validity; `until` is the first day they no longer cover."""

    since: date
    until: date | None
    sessions: Sessions
    weekdays: dict[int, Sessions]
    citation: str


def session_plans() -> list[PlanFacts]:
    """Every session plan, the latest first."""
    rows = SessionPlan.objects.filter(calendar__code=NATIONAL, valid__isempty=False).order_by("-valid")
    return [
        PlanFacts(p.valid_from, p.valid_to, p.sessions, dict(p.weekday_sessions), p.citation)
        for p in map(_plan, rows)
    ]


def sessions_from(rows: list[list[str]]) -> Sessions:
    """Sessions from [["07:00", "11:30"], …]."""
    return tuple(Session(time.fromisoformat(start), time.fromisoformat(end)) for start, end in rows)


def _calendar(scope: str) -> WorkCalendar:
    days = CalendarDay.objects.filter(calendar__code=NATIONAL, withdrawn_at=None, scope__in={"", scope})
    years = CalendarYear.objects.filter(calendar__code=NATIONAL, status=CalendarYear.CONFIRMED)
    return WorkCalendar(
        plans=[_plan(row) for row in SessionPlan.objects.filter(calendar__code=NATIONAL)],
        # The unit's own declaration comes last and so wins over the national one of the same date.
        marks=[_mark(row) for row in days.order_by("day", "scope")],
        confirmed_years=years.values_list("year", flat=True),
    )


def _plan(row: SessionPlan) -> SessionHours:
    by_weekday = {int(day): sessions_from(rows) for day, rows in row.weekday_sessions.items()}
    return SessionHours(
        row.valid.lower, row.valid.upper, sessions_from(row.sessions), by_weekday, row.citation
    )


def _mark(row: CalendarDay) -> DayMark:
    return DayMark(row.day, DayKind(row.kind), row.notice, row.name, DayPart(row.part))


def _rulesets() -> tuple[RuleSetFacts, ...]:
    rows = RuleSet.objects.prefetch_related("pause_rules").order_by("valid")
    return tuple(_rule_set_facts(row) for row in rows)


def _rule_set_facts(row: RuleSet) -> RuleSetFacts:
    return RuleSetFacts(
        code=row.code,
        family=row.family,
        valid_from=row.valid.lower,
        valid_to=row.valid.upper,
        citation=row.citation,
        day_count=DayCount(row.day_count),
        cutoff_forward=row.cutoff_forward,
        same_day_cutoff=row.same_day_cutoff,
        online_ack_hours=row.online_ack_hours,
        appraisal_return_days=row.appraisal_return_days,
        reappoint_max=row.reappoint_max,
        apology_lead_days=row.apology_lead_days,
        apology_citation=row.apology_citation,
        form_set=row.form_set,
        pause_rules={PauseKind(rule.kind): _pause_rule_facts(rule) for rule in row.pause_rules.all()},
    )


def _pause_rule_facts(row: PauseRule) -> PauseRuleFacts:
    return PauseRuleFacts(
        PauseKind(row.kind), PauseMode(row.mode), row.max_times, row.max_days, row.approver_role, row.citation
    )
