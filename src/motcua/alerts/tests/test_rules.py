"""When time is used up, when a letter is owed, what a plan may say: tables of cases and properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.alerts import rules
from motcua.alerts.rules import (
    CitationMissing,
    EscalationReversed,
    LetterState,
    Level,
    LevelsMissing,
    LevelsUnusable,
    LevelWithoutRecipient,
    PlanNumbersUnusable,
    Recipient,
)
from motcua.base.errors import MotcuaError
from motcua.base.time import VN
from motcua.deadlines.rules import default_calendar

CALENDAR = default_calendar()
PLAN = rules.shipped_plan()
START, DUE = "2026-03-02T08:00", "2026-03-09T17:00"


def vn(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VN)


def share(at: str, *stops: tuple[str, str, str | None], start: str = START, due: str = DUE) -> int:
    told = [(mode, vn(begin), end and vn(end)) for mode, begin, end in stops]
    between = CALENDAR.session_time_between
    return rules.share_used(start=vn(start), due=vn(due), at=vn(at), stops=told, between=between)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "used"),
    [
        ("2026-03-02T08:00", 0),
        ("2026-03-02T07:00", 0),
        ("2026-03-08T12:00", 82),
        ("2026-03-09T16:59", 99),
        ("2026-03-09T17:00", 100),
    ],
)
def test_time_used_is_session_time(at: str, used: int) -> None:
    assert share(at) == used


def test_nights_and_weekends_use_nothing() -> None:
    assert share("2026-03-06T17:00") == share("2026-03-09T07:00")


def test_a_pause_that_stops_the_clock_does_not_count() -> None:
    resumed = ("resume", "2026-03-03T08:00", "2026-03-05T08:00")
    used = [share(at, resumed, due="2026-03-11T17:00") for at in ("2026-03-03T08:00", "2026-03-05T08:00")]
    assert used[0] == used[1]


def test_time_stands_while_a_pause_lasts_even_past_the_due_moment() -> None:
    lasting = ("resume", "2026-03-03T08:00", None)
    assert share("2026-03-04T08:00", lasting) == share("2026-06-04T08:00", lasting) < 50


def test_an_opinion_that_does_not_stop_the_clock_counts() -> None:
    assert share("2026-03-05T08:00", ("none", "2026-03-03T08:00", "2026-03-05T08:00")) == share(
        "2026-03-05T08:00"
    )


def test_after_a_restart_time_runs_anew() -> None:
    restarted = ("restart", "2026-03-04T08:00", "2026-03-06T08:00")
    assert share("2026-03-06T08:00", restarted, due="2026-03-13T17:00") == 0


MOMENTS = st.integers(0, 175 * 24 * 60).map(
    lambda minutes: vn("2026-01-05T00:00") + timedelta(minutes=minutes)
)


@given(start=MOMENTS, term=st.integers(1, 60), first=st.integers(0, 90), more=st.integers(0, 90))
def test_time_used_never_runs_backwards_and_is_whole_exactly_when_due(
    start: datetime, term: int, first: int, more: int
) -> None:
    due = CALENDAR.closing(CALENDAR.add_working_days(start.date(), term))
    at = [start + timedelta(days=first), start + timedelta(days=first + more)]
    used = [
        rules.share_used(start=start, due=due, at=moment, stops=[], between=CALENDAR.session_time_between)
        for moment in at
    ]
    assert used[0] <= used[1]
    assert [share >= 100 for share in used] == [moment >= due for moment in at]


@pytest.mark.parametrize(
    ("used", "levels"), [(49, []), (50, [50]), (80, [50, 80]), (99, [50, 80]), (140, [50, 80, 100])]
)
def test_the_shipped_plan_warns_at_half_at_eighty_and_at_the_end(used: int, levels: list[int]) -> None:
    assert [level.percent for level in rules.reached(PLAN, used)] == levels


def test_the_shipped_plan_can_be_followed() -> None:
    rules.check_plan(PLAN)


def levels(*percents: int) -> tuple[Level, ...]:
    return tuple(Level(percent, (Recipient.HOLDER,)) for percent in percents)


BAD_PLANS = [
    (replace(PLAN, levels=()), LevelsMissing),
    (replace(PLAN, levels=levels(1, 2, 3, 4, 5, 6, 7)), LevelsMissing),
    (replace(PLAN, levels=levels(0)), LevelsUnusable),
    (replace(PLAN, levels=levels(101)), LevelsUnusable),
    (replace(PLAN, levels=levels(80, 50)), LevelsUnusable),
    (replace(PLAN, levels=levels(50, 50)), LevelsUnusable),
    (replace(PLAN, levels=(Level(50, ()),)), LevelWithoutRecipient),
    (replace(PLAN, idle_hours=0), PlanNumbersUnusable),
    (replace(PLAN, extension_days=61), PlanNumbersUnusable),
    (replace(PLAN, escalate_hours=24, escalate_again_hours=24), EscalationReversed),
    (replace(PLAN, citation="  "), CitationMissing),
]


@pytest.mark.parametrize(("plan", "refusal"), BAD_PLANS)
def test_a_plan_that_cannot_be_followed_is_refused(plan: rules.Plan, refusal: type[MotcuaError]) -> None:
    with pytest.raises(refusal):
        rules.check_plan(plan)


@pytest.mark.parametrize(
    ("due", "lead", "by"),
    [
        ("2026-03-10T17:00", 1, "2026-03-09T17:00"),
        ("2026-03-09T17:00", 1, "2026-03-06T17:00"),
        ("2026-03-09T17:00", 2, "2026-03-05T17:00"),
        ("2026-03-09T17:00", 0, "2026-03-09T17:00"),
    ],
)
def test_the_letter_is_out_so_many_working_days_before_the_due_day(due: str, lead: int, by: str) -> None:
    assert rules.letter_from(vn(due), lead_days=lead, calendar=CALENDAR) == vn(by)


def test_the_draft_is_made_at_the_opening_of_that_day() -> None:
    made = rules.draft_from(vn("2026-03-10T17:00"), lead_days=1, calendar=CALENDAR)
    assert made.date() == vn("2026-03-09T08:00").date()
    assert made == CALENDAR.opening(made.date())


D = "2026-03-10T17:00"
LETTERS = [
    (D, [], "2026-03-05T08:00", LetterState.NOT_YET),
    (D, [], "2026-03-09T08:00", LetterState.TO_WRITE),
    (D, [], D, LetterState.TO_WRITE),
    (D, [], "2026-03-10T17:01", LetterState.OWED),
    (D, [("2026-03-09T10:00", "2026-03-13T17:00")], "2026-03-12T08:00", LetterState.SENT),
    (D, [("2026-03-09T10:00", "2026-03-13T17:00")], "2026-03-16T08:00", LetterState.OWED_AGAIN),
    (
        D,
        [("2026-03-09T10:00", "2026-03-13T17:00"), ("2026-03-16T09:00", None)],
        "2026-03-17T08:00",
        LetterState.SENT,
    ),
    (D, [("2026-03-11T10:00", None)], "2026-04-17T08:00", LetterState.SENT),
    (None, [], D, LetterState.NOT_YET),
]


@pytest.mark.parametrize(("due", "letters", "now", "state"), LETTERS)
def test_whether_a_letter_is_owed(
    due: str | None, letters: list[tuple[str, str | None]], now: str, state: LetterState
) -> None:
    told = [(vn(issued), new and vn(new)) for issued, new in letters]
    draft_at = due and rules.draft_from(vn(due), lead_days=1, calendar=CALENDAR)
    assert rules.letter_state(due=due and vn(due), letters=told, draft_at=draft_at, now=vn(now)) is state  # type: ignore[arg-type]


@pytest.mark.parametrize(("hours", "rungs"), [(7.9, ()), (8, (1,)), (23, (1,)), (24, (1, 2)), (500, (1, 2))])
def test_a_letter_not_sent_is_reported_rung_by_rung(hours: float, rungs: tuple[int, ...]) -> None:
    assert rules.escalations(PLAN, hours) == rungs


def test_a_draft_suggests_a_date_after_the_due_day_or_after_today_when_late() -> None:
    due = vn("2026-03-10T17:00")
    early = rules.suggested_date(due, vn("2026-03-09T08:00"), days=5, calendar=CALENDAR)
    late = rules.suggested_date(due, vn("2026-03-20T08:00"), days=5, calendar=CALENDAR)
    assert (early, late) == (vn("2026-03-17T17:00"), vn("2026-03-27T17:00"))


@pytest.mark.parametrize(
    ("forwarded", "now", "overdue"),
    [
        ("2026-03-10T09:00", "2026-03-10T17:00", False),
        ("2026-03-10T09:00", "2026-03-10T17:01", True),
        ("2026-03-10T16:00", "2026-03-10T18:00", False),
        ("2026-03-10T16:00", "2026-03-11T10:00", True),
    ],
)
def test_a_dossier_on_its_way_arrives_the_same_day_or_at_the_next_opening(
    forwarded: str, now: str, overdue: bool
) -> None:
    found = rules.transfer_overdue(
        forwarded_at=vn(forwarded), promised=None, cutoff=time(15), now=vn(now), calendar=CALENDAR
    )
    assert found is overdue
