"""The shipped calendar, year by year, exactly as the notices have it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from motcua.deadlines.rules import DayKind, default_calendar
from motcua.deadlines.seeds import calendar_seed

CALENDAR = default_calendar()
WEEKDAYS_OFF = {
    2021: "1/1 10/2 11/2 12/2 15/2 16/2 21/4 30/4 3/5 2/9 3/9",
    2022: "3/1 31/1 1/2 2/2 3/2 4/2 11/4 2/5 3/5 1/9 2/9",
    2023: "2/1 20/1 23/1 24/1 25/1 26/1 1/5 2/5 3/5 1/9 4/9",
    2024: "1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9",
    2025: "1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9",
    2026: "1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11",
}
SATURDAYS_WORKED = {2021: "", 2022: "", 2023: "", 2024: "4/5", 2025: "26/4", 2026: "10/1 22/8"}
WORKING_DAYS = {2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 250, 2026: 249}


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def short(day: date) -> str:
    return f"{day.day}/{day.month}"


@pytest.mark.parametrize("year", WEEKDAYS_OFF)
def test_weekdays_off_are_those_of_the_notices(year: int) -> None:
    off = [short(day) for day in days_of(year) if day.weekday() < 5 and not CALENDAR.is_working_day(day)]
    assert off == WEEKDAYS_OFF[year].split()


@pytest.mark.parametrize("year", SATURDAYS_WORKED)
def test_weekend_days_worked_are_the_make_up_saturdays(year: int) -> None:
    worked = [day for day in days_of(year) if day.weekday() >= 5 and CALENDAR.is_working_day(day)]
    assert [short(day) for day in worked] == SATURDAYS_WORKED[year].split()
    assert all(day.weekday() == 5 for day in worked)
    assert all(CALENDAR.sessions(day) == CALENDAR.sessions(day - timedelta(days=1)) for day in worked)


@pytest.mark.parametrize("year", WORKING_DAYS)
def test_the_number_of_working_days_of_a_year(year: int) -> None:
    assert sum(CALENDAR.is_working_day(day) for day in days_of(year)) == WORKING_DAYS[year]


def test_every_swapped_rest_has_its_make_up_saturday() -> None:
    def years(kind: DayKind) -> list[int]:
        return [mark.day.year for mark in calendar_seed().marks if mark.kind is kind]

    assert years(DayKind.SWAPPED_REST) == years(DayKind.MAKE_UP_WORK) == [2024, 2025, 2026, 2026]


def test_the_proposed_swap_of_23_november_2026_is_not_in_the_calendar() -> None:
    assert CALENDAR.mark(date(2026, 11, 23)) is None
    assert CALENDAR.mark(date(2026, 11, 24)).notice == "Nghị quyết 28/2026/QH16 Đ2"


def test_only_years_with_a_notice_are_confirmed() -> None:
    assert [year for year in range(2018, 2035) if not CALENDAR.is_provisional(year)] == list(
        range(2021, 2027)
    )


def test_the_draft_of_2027_is_off_but_provisional() -> None:
    off = [short(day) for day in days_of(2027) if day.weekday() < 5 and not CALENDAR.is_working_day(day)]
    assert off == ["1/1", "5/2", "8/2", "9/2", "16/4", "30/4", "2/9", "24/11"]
    assert CALENDAR.is_provisional(2027)


def test_every_declared_day_names_its_notice_and_is_declared_once() -> None:
    marks = calendar_seed().marks
    assert all(mark.notice and mark.name for mark in marks)
    assert len({mark.day for mark in marks}) == len(marks)
