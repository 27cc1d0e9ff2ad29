"""The stored calendar: seeded, cached until it changes, changed only by verbs that leave an event."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.base.actor import SYSTEM
from motcua.base.time import VN
from motcua.deadlines import queries, services
from motcua.deadlines.errors import (
    DayAlreadyDeclared,
    DayKindImpossible,
    DayNotDeclared,
    NoRuleSet,
    NoSessionPlan,
    NoticeMissing,
    ValidityOverlap,
)
from motcua.deadlines.models import Calendar, CalendarDay, CalendarYear, RuleSet
from motcua.deadlines.rules import (
    DayKind,
    DayPart,
    PauseKind,
    PauseMode,
    Session,
    SessionHours,
    default_calendar,
    default_rule_sets,
)
from motcua.journal.models import Event
from motcua.journal.remembered import stamp

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, tzinfo=VN)
MONDAY_23 = date(2026, 11, 23)
SATURDAY = date(2026, 11, 28)
SUMMER = (Session(time(6, 30), time(11)), Session(time(13), time(16, 30)))


def declare(day: date, kind: DayKind, **more: object) -> None:
    services.declare_day(actor=SYSTEM, date=day, kind=kind, notice="99/TB-BNV", now=NOW, **more)


def test_the_stored_calendar_equals_the_shipped_one() -> None:
    stored, shipped = queries.work_calendar(), default_calendar()
    days = [date.fromordinal(n) for n in range(date(2020, 12, 1).toordinal(), date(2028, 2, 1).toordinal())]
    assert [stored.sessions(day) for day in days] == [shipped.sessions(day) for day in days]
    assert [stored.mark(day) for day in days] == [shipped.mark(day) for day in days]
    assert [y for y in range(2019, 2030) if not stored.is_provisional(y)] == [
        2021,
        2022,
        2023,
        2024,
        2025,
        2026,
    ]


def test_the_stored_rule_sets_equal_the_shipped_ones() -> None:
    assert sorted(queries.rulesets(), key=lambda r: r.code) == sorted(
        default_rule_sets(), key=lambda r: r.code
    )


def test_filling_a_filled_database_changes_nothing() -> None:
    before = CalendarDay.objects.count(), CalendarYear.objects.count(), RuleSet.objects.count()
    services.load_seeds()
    assert (CalendarDay.objects.count(), CalendarYear.objects.count(), RuleSet.objects.count()) == before


def test_an_unchanged_calendar_is_read_once() -> None:
    assert queries.work_calendar() is queries.work_calendar()
    assert queries.rulesets() is queries.rulesets()


def test_a_declared_day_is_off_at_once_and_leaves_an_event() -> None:
    assert queries.work_calendar().is_working_day(MONDAY_23)
    declare(MONDAY_23, DayKind.SWAPPED_REST, name="hoán đổi")
    calendar = queries.work_calendar()
    assert not calendar.is_working_day(MONDAY_23)
    assert "99/TB-BNV" in calendar.mark(MONDAY_23).words()
    event = Event.objects.get(name="deadlines.day_declared")
    assert (event.data["day"], event.data["kind"]) == ("2026-11-23", "NGHI_HOAN_DOI")


def test_a_withdrawn_day_is_worked_again_and_stays_on_record() -> None:
    declare(MONDAY_23, DayKind.SWAPPED_REST)
    services.withdraw_day(actor=SYSTEM, date=MONDAY_23, notice="100/TB-BNV", now=NOW)
    assert queries.work_calendar().is_working_day(MONDAY_23)
    row = CalendarDay.objects.get(day=MONDAY_23)
    assert (row.withdrawn_at, row.withdrawal_notice) == (NOW, "100/TB-BNV")
    declare(MONDAY_23, DayKind.SWAPPED_REST)
    assert not queries.work_calendar().is_working_day(MONDAY_23)


def test_a_saturday_declared_worked_twice_is_refused() -> None:
    declare(SATURDAY, DayKind.MAKE_UP_WORK)
    with pytest.raises(DayAlreadyDeclared):
        declare(SATURDAY, DayKind.MAKE_UP_WORK)
    assert queries.work_calendar().is_working_day(SATURDAY)


def test_the_database_itself_refuses_a_second_declaration() -> None:
    calendar = Calendar.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarDay.objects.create(calendar=calendar, day=date(2026, 8, 22), kind="LAM_BU", notice="x")


def test_making_up_work_on_a_working_day_is_refused() -> None:
    with pytest.raises(DayKindImpossible):
        declare(MONDAY_23, DayKind.MAKE_UP_WORK)


def test_a_declaration_of_one_unit_binds_only_that_unit() -> None:
    declare(MONDAY_23, DayKind.HOLIDAY, scope="H02.04", part=DayPart.AFTERNOON)
    assert len(queries.work_calendar(scope="H02.04").sessions(MONDAY_23)) == 1
    assert len(queries.work_calendar().sessions(MONDAY_23)) == 2


def test_withdrawing_what_was_never_declared_is_refused() -> None:
    with pytest.raises(DayNotDeclared):
        services.withdraw_day(actor=SYSTEM, date=MONDAY_23, notice="1/TB", now=NOW)


@pytest.mark.parametrize(
    "verb",
    [
        lambda: services.declare_day(actor=SYSTEM, date=MONDAY_23, kind=DayKind.HOLIDAY, notice=" ", now=NOW),
        lambda: services.withdraw_day(actor=SYSTEM, date=date(2026, 11, 24), notice="", now=NOW),
        lambda: services.confirm_year(actor=SYSTEM, year=2027, notice="", now=NOW),
        lambda: services.add_session_plan(actor=SYSTEM, plan=SessionHours(MONDAY_23, None, SUMMER), now=NOW),
    ],
)
def test_every_verb_needs_the_number_of_its_notice(verb: object) -> None:
    before = stamp()
    with pytest.raises(NoticeMissing):
        verb()
    assert stamp() == before


def test_a_confirmed_year_is_no_longer_provisional() -> None:
    assert queries.work_calendar().is_provisional(2027)
    services.confirm_year(actor=SYSTEM, year=2027, notice="9999/TB-BNV", now=NOW)
    assert not queries.work_calendar().is_provisional(2027)
    assert Event.objects.get(name="deadlines.year_confirmed").data == {"year": 2027, "notice": "9999/TB-BNV"}


def test_overlapping_session_plans_are_refused() -> None:
    plan = SessionHours(date(2027, 1, 1), None, SUMMER, citation="QĐ 1/QĐ-UBND")
    with pytest.raises(ValidityOverlap):
        services.add_session_plan(actor=SYSTEM, plan=plan, now=NOW)
    services.end_session_plan(actor=SYSTEM, ends_on=date(2027, 1, 1), citation="QĐ 1/QĐ-UBND", now=NOW)
    services.add_session_plan(actor=SYSTEM, plan=plan, now=NOW)
    calendar = queries.work_calendar()
    assert calendar.closing(date(2026, 12, 31)).time() == time(17)
    assert calendar.closing(date(2027, 1, 4)).time() == time(16, 30)


def test_ending_session_hours_that_are_not_in_force_is_refused() -> None:
    with pytest.raises(NoSessionPlan):
        services.end_session_plan(actor=SYSTEM, ends_on=date(1989, 1, 1), citation="QĐ 1/QĐ-UBND", now=NOW)


def test_overlapping_rule_sets_are_refused_by_the_database() -> None:
    row = RuleSet.objects.get(code="118-309-2026")
    row.pk, row.code, row.valid = None, "second", DateRange(date(2026, 8, 1), date(2026, 8, 6))
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2018, 6, 21), "61-2018"),
        (date(2025, 6, 30), "61-2018"),
        (date(2025, 7, 1), "118-2025"),
        (date(2026, 8, 4), "118-2025"),
        (date(2026, 8, 5), "118-309-2026"),
    ],
)
def test_the_rule_set_follows_the_day_of_receipt(day: date, code: str) -> None:
    assert queries.ruleset_on(day).code == code


def test_before_the_one_stop_decree_there_is_no_rule_set() -> None:
    with pytest.raises(NoRuleSet):
        queries.ruleset_on(date(2018, 6, 20))
    with pytest.raises(NoRuleSet):
        queries.ruleset("không có")


def test_a_supplement_restarts_under_decree_61_and_resumes_elsewhere() -> None:
    modes = {rules.code: rules.pause_rules[PauseKind.SUPPLEMENT].mode for rules in queries.rulesets()}
    assert modes == {
        "61-2018": PauseMode.RESTART,
        "118-2025": PauseMode.RESUME,
        "118-309-2026": PauseMode.RESUME,
        "linked-301-2026": PauseMode.RESUME,
    }


def test_an_announced_outage_stops_the_clock_of_the_linked_groups_only() -> None:
    stops = {
        rules.code for rules in queries.rulesets() if rules.pause_rules[PauseKind.OUTAGE_ANNOUNCED].stops
    }
    assert stops == {"linked-301-2026"}


def test_every_rule_names_its_source() -> None:
    for rules in queries.rulesets():
        assert rules.citation
        assert set(rules.pause_rules) == set(PauseKind)
        assert all(rule.citation for rule in rules.pause_rules.values())
