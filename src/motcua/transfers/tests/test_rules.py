"""Working minutes, the balance of the table, and what a scanner gives: pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.time import VN
from motcua.deadlines.rules import default_calendar
from motcua.transfers.rules import LegFacts, codes_of, due_of_leg, latest_start, minutes_lost, tally

CALENDAR = default_calendar()
START = datetime(2026, 1, 5, tzinfo=VN)
MOMENTS = st.integers(0, 60 * 24 * 90).map(lambda n: START + timedelta(minutes=n))


@st.composite
def a_leg(draw: st.DrawFn) -> LegFacts:
    sent = draw(MOMENTS)
    after = st.integers(0, 60 * 24 * 60).map(lambda n: sent + timedelta(minutes=n))
    cancelled = draw(st.none() | after) if draw(st.booleans()) else None
    return LegFacts(sent, draw(after), finished_at=draw(st.none() | after), cancelled_at=cancelled)


@given(st.lists(a_leg(), max_size=20), MOMENTS, st.integers(0, 60))
def test_what_came_in_is_what_went_out_and_what_is_left(legs: list[LegFacts], start: datetime, days: int) -> None:
    assert tally(legs, start=start, end=start + timedelta(days=days)).balanced


@given(MOMENTS, st.integers(1, 80))
def test_what_left_before_the_latest_start_is_past_its_due_and_later_is_not(now: datetime, halves: int) -> None:
    hours = Decimal(halves) / 2
    edge = latest_start(now, hours, CALENDAR)
    assert due_of_leg(edge, hours, CALENDAR) <= now or minutes_lost(now, due_of_leg(edge, hours, CALENDAR), CALENDAR) == 0
    later = edge + timedelta(minutes=1)
    if CALENDAR.in_session(later) and CALENDAR.in_session(edge):
        assert due_of_leg(later, hours, CALENDAR) >= due_of_leg(edge, hours, CALENDAR)


@pytest.mark.parametrize(
    ("due", "resumed", "minutes"),
    [
        ("2026-03-10T16:00", "2026-03-10T16:45", 45),
        ("2026-03-10T16:30", "2026-03-11T08:00", 90),
        ("2026-03-13T17:00", "2026-03-16T07:10", 10),
        ("2026-03-10T10:00", "2026-03-10T10:00", 0),
    ],
)
def test_only_working_minutes_are_lost(due: str, resumed: str, minutes: int) -> None:
    first, second = (datetime.fromisoformat(text).replace(tzinfo=VN) for text in (due, resumed))
    assert minutes_lost(first, second, CALENDAR) == minutes


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("H99-1\nH99-2", ["H99-1", "H99-2"]),
        ("https://mau.example/tra-cuu/h99-1/\r\nH99-1", ["H99-1"]),
        ("  H99-1 ; H99-2, H99-3\t", ["H99-1", "H99-2", "H99-3"]),
        ("", []),
        ("///", []),
    ],
)
def test_codes_are_read_from_scanners_and_from_hands(typed: str, codes: list[str]) -> None:
    assert codes_of(typed) == codes
