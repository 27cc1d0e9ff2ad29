"""What an officer reads beside a dossier, and by when paper must be passed on."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from motcua.base.time import VN
from motcua.deadlines.rules import (
    NaiveMoment,
    Session,
    SessionHours,
    WorkCalendar,
    default_calendar,
    forward_by,
    time_left,
)

CALENDAR = default_calendar()
MORNINGS = WorkCalendar(plans=[SessionHours(date(2020, 1, 1), None, (Session(time(7), time(11, 30)),))])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VN)


@pytest.mark.parametrize(
    ("now", "due", "words"),
    [
        ("2026-03-02T13:00", "2026-03-03T17:00", "còn 1,4 ngày làm việc"),
        ("2026-03-02T13:30", "2026-03-03T17:00", "còn 1,4 ngày làm việc"),
        ("2026-03-02T07:00", "2026-03-03T11:00", "còn 1,5 ngày làm việc"),
        ("2026-02-13T17:00", "2026-02-23T17:00", "còn 1 ngày làm việc"),
        ("2026-03-03T09:00", "2026-03-03T17:00", "còn 6 giờ làm việc"),
        ("2026-03-03T16:30", "2026-03-03T17:00", "còn 0,5 giờ làm việc"),
        ("2026-03-03T17:00", "2026-03-03T17:00", "đến hạn"),
        ("2026-03-03T17:01", "2026-03-03T17:00", "vừa quá hạn"),
        ("2026-03-04T09:00", "2026-03-03T17:00", "quá hạn 2 giờ làm việc"),
        ("2026-03-05T17:00", "2026-03-03T17:00", "quá hạn 2 ngày làm việc"),
        ("2026-03-23T17:00", "2026-03-03T17:00", "quá hạn 14 ngày làm việc"),
        ("2026-03-31T17:00", "2026-03-03T17:00", "quá hạn 20 ngày làm việc"),
    ],
)
def test_time_left_in_words(now: str, due: str, words: str) -> None:
    left = time_left(at(now), at(due), CALENDAR)
    assert left.words() == words
    assert left.overdue is (at(now) > at(due))


def test_time_left_in_numbers() -> None:
    left = time_left(at("2026-03-02T07:00"), at("2026-03-03T11:00"), CALENDAR)
    assert (left.working_days, left.working_hours, left.overdue) == (Decimal("1.5"), Decimal("12.0"), False)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveMoment):
        time_left(datetime(2026, 3, 2), at("2026-03-03T17:00"), CALENDAR)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-03-02T06:00", "2026-03-02T17:00"),
        ("2026-03-02T15:00", "2026-03-02T17:00"),
        ("2026-03-02T15:01", "2026-03-03T07:00"),
        ("2026-03-06T15:01", "2026-03-09T07:00"),
        ("2026-03-07T09:00", "2026-03-09T07:00"),
        ("2026-01-10T09:00", "2026-01-10T17:00"),
        ("2026-02-13T16:00", "2026-02-23T07:00"),
    ],
)
def test_paper_is_passed_on_the_same_day_or_after_15_hours_at_the_next_opening(
    received: str, expected: str
) -> None:
    assert forward_by(at(received), CALENDAR) == at(expected)


def test_paper_received_after_a_half_day_closed_goes_on_at_the_next_opening() -> None:
    assert forward_by(at("2026-03-02T14:00"), MORNINGS) == at("2026-03-03T07:00")
