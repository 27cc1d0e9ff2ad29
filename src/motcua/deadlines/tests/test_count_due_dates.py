"""Every counting rule with both sides of its boundaries. Each table is worked by hand from the calendar of
the notices.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.time import VN
from motcua.deadlines.rules import (
    DayCount,
    DayKind,
    DayMark,
    DayPart,
    MomentOutOfRange,
    NaiveMoment,
    NoSessionPlan,
    NoWorkingDay,
    Pause,
    PauseEndsBeforeStart,
    PauseMode,
    Session,
    SessionHours,
    SessionsUnusable,
    Term,
    TermUnit,
    ValidityOverlap,
    WorkCalendar,
    default_calendar,
    due,
    parse_term,
)

CALENDAR = default_calendar()
FULL_DAY = (Session(time(7), time(11, 30)), Session(time(13, 30), time(17)))
NOW = datetime(2026, 3, 10, 9, tzinfo=VN)
NAIVE = NOW.replace(tzinfo=None)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VN)


def pause(text: str, mode: str = "resume") -> Pause:
    begin, end = text.split("/")
    return Pause(at(begin), at(end) if end else None, PauseMode(mode))


def counted(
    start: str, term: str, *stops: str, mode: str = "resume", count: str = "closing", now: datetime = NOW
) -> str:
    result = due(
        start=at(start), term=parse_term(term), calendar=CALENDAR, now=now,
        pauses=[pause(stop, mode) for stop in stops], count=DayCount(count),
    )  # fmt: skip
    return result.moment.isoformat()[:16]


@pytest.mark.parametrize(
    ("start", "term", "expected"),
    [
        # the hour of the start does not matter; day 0 is not counted
        ("2026-03-02T00:00", "1 ngày làm việc", "2026-03-03T17:00"),
        ("2026-03-02T23:59", "1 ngày làm việc", "2026-03-03T17:00"),
        # weekends; a start on a day off has day 0 there
        ("2026-03-06T09:00", "1 ngày làm việc", "2026-03-09T17:00"),
        ("2026-03-07T09:00", "1 ngày làm việc", "2026-03-09T17:00"),
        ("2026-03-08T09:00", "2 ngày làm việc", "2026-03-10T17:00"),
        # Tết 2026 and the example of the specification
        ("2026-02-12T15:30", "5 ngày làm việc", "2026-02-26T17:00"),
        ("2026-02-13T08:00", "1 ngày làm việc", "2026-02-23T17:00"),
        ("2026-02-18T08:00", "1 ngày làm việc", "2026-02-23T17:00"),
        # make-up Saturdays count, the swapped days do not
        ("2024-05-03T08:00", "1 ngày làm việc", "2024-05-04T17:00"),
        ("2024-04-26T08:00", "1 ngày làm việc", "2024-05-02T17:00"),
        ("2025-04-25T08:00", "1 ngày làm việc", "2025-04-26T17:00"),
        ("2025-04-29T08:00", "1 ngày làm việc", "2025-05-05T17:00"),
        ("2025-12-31T08:00", "1 ngày làm việc", "2026-01-05T17:00"),
        ("2026-01-09T08:00", "1 ngày làm việc", "2026-01-10T17:00"),
        ("2026-08-21T08:00", "1 ngày làm việc", "2026-08-22T17:00"),
        ("2026-08-28T08:00", "1 ngày làm việc", "2026-09-03T17:00"),
        # 23/11/2026 is worked, 24/11 is the new holiday
        ("2026-11-20T08:00", "1 ngày làm việc", "2026-11-23T17:00"),
        ("2026-11-23T08:00", "1 ngày làm việc", "2026-11-25T17:00"),
        # calendar days: everything counts, only the end moves off a day off, to its closing
        ("2026-03-02T08:00", "1 ngày", "2026-03-03T17:00"),
        ("2026-03-02T08:00", "4 ngày", "2026-03-06T17:00"),
        ("2026-03-02T08:00", "5 ngày", "2026-03-09T17:00"),
        ("2026-03-02T08:00", "6 ngày", "2026-03-09T17:00"),
        ("2026-03-02T08:00", "7 ngày", "2026-03-09T17:00"),
        ("2026-02-06T08:00", "10 ngày", "2026-02-23T17:00"),
        ("2026-01-03T08:00", "7 ngày", "2026-01-10T17:00"),
        # months: same day, last day of a shorter month, leap years, off days move
        ("2026-03-04T08:00", "1 tháng", "2026-04-06T17:00"),
        ("2026-03-02T08:00", "1 tháng", "2026-04-02T17:00"),
        ("2026-03-31T08:00", "3 tháng", "2026-06-30T17:00"),
        ("2024-01-31T08:00", "1 tháng", "2024-02-29T17:00"),
        ("2023-01-31T08:00", "1 tháng", "2023-02-28T17:00"),
        ("2025-12-15T08:00", "2 tháng", "2026-02-23T17:00"),
        ("2025-11-30T08:00", "12 tháng", "2026-11-30T17:00"),
    ],
)
def test_day_and_month_terms(start: str, term: str, expected: str) -> None:
    assert counted(start, term) == expected


@pytest.mark.parametrize(
    ("start", "term", "expected"),
    [
        ("2026-03-02T07:00", "4 giờ làm việc", "2026-03-02T11:00"),
        # a result exactly at a session's end stays there
        ("2026-03-02T07:30", "4 giờ làm việc", "2026-03-02T11:30"),
        ("2026-03-02T07:31", "4 giờ làm việc", "2026-03-02T13:31"),
        ("2026-03-02T09:00", "6 giờ làm việc", "2026-03-02T17:00"),
        # a start outside a session, or exactly at its end, moves to the next opening
        ("2026-03-02T06:00", "1 giờ làm việc", "2026-03-02T08:00"),
        ("2026-03-02T11:29", "1 giờ làm việc", "2026-03-02T14:29"),
        ("2026-03-02T11:30", "1 giờ làm việc", "2026-03-02T14:30"),
        ("2026-03-02T12:15", "1 giờ làm việc", "2026-03-02T14:30"),
        ("2026-03-02T16:59", "1 giờ làm việc", "2026-03-03T07:59"),
        ("2026-03-02T17:00", "1 giờ làm việc", "2026-03-03T08:00"),
        ("2026-03-06T18:00", "8 giờ làm việc", "2026-03-09T17:00"),
        # across Tết and on a make-up Saturday
        ("2026-02-13T16:00", "2 giờ làm việc", "2026-02-23T08:00"),
        ("2026-01-09T16:00", "2 giờ làm việc", "2026-01-10T08:00"),
        # half a working day written as days becomes hours
        ("2026-03-02T07:00", "2,5 ngày làm việc", "2026-03-04T11:00"),
    ],
)
def test_working_hours_consume_session_time(start: str, term: str, expected: str) -> None:
    assert counted(start, term) == expected


@pytest.mark.parametrize(
    ("start", "term", "expected"),
    [
        ("2026-03-02T08:00", "2 giờ", "2026-03-02T10:00"),
        ("2026-03-02T08:00", "24 giờ", "2026-03-03T08:00"),
        ("2026-03-02T07:30", "4 giờ", "2026-03-02T11:30"),
        ("2026-03-02T08:00", "4 giờ", "2026-03-02T13:30"),
        ("2026-03-02T09:30", "4 giờ", "2026-03-02T13:30"),
        ("2026-03-02T13:00", "4 giờ", "2026-03-02T17:00"),
        ("2026-03-02T13:01", "4 giờ", "2026-03-03T07:00"),
        ("2026-03-06T16:00", "24 giờ", "2026-03-09T07:00"),
        ("2026-02-13T16:00", "24 giờ", "2026-02-23T07:00"),
        ("2026-03-01T10:00", "24 giờ", "2026-03-02T10:00"),
    ],
)
def test_clock_hours_end_inside_a_session(start: str, term: str, expected: str) -> None:
    assert counted(start, term) == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-03-02T00:00", "2026-03-02T17:00"),
        ("2026-03-02T14:59", "2026-03-02T17:00"),
        ("2026-03-02T15:00", "2026-03-03T17:00"),
        ("2026-03-02T23:00", "2026-03-03T17:00"),
        ("2026-03-06T15:00", "2026-03-09T17:00"),
        ("2026-03-07T08:00", "2026-03-09T17:00"),
        ("2026-02-13T15:00", "2026-02-23T17:00"),
        ("2026-01-10T14:00", "2026-01-10T17:00"),
    ],
)
def test_within_the_day_until_the_cut_off(start: str, expected: str) -> None:
    assert counted(start, "trong ngày") == expected


def test_the_cut_off_is_configurable() -> None:
    result = due(
        start=at("2026-03-02T13:45"), term=parse_term("trong ngày"), calendar=CALENDAR,
        same_day_cutoff=time(13, 45), now=NOW,
    )  # fmt: skip
    assert result.moment == at("2026-03-03T17:00")


@pytest.mark.parametrize(
    ("start", "term", "stops", "expected"),
    [
        # working days d with A < d ≤ B are gained; a pause within a day gains nothing
        ("2026-03-02T08:00", "5 ngày làm việc", ["2026-03-03T09:00/2026-03-05T09:00"], "2026-03-11T17:00"),
        ("2026-03-02T08:00", "5 ngày làm việc", ["2026-03-03T09:00/2026-03-03T16:00"], "2026-03-09T17:00"),
        ("2026-03-02T08:00", "5 ngày làm việc", ["2026-03-06T09:00/2026-03-08T16:00"], "2026-03-09T17:00"),
        ("2026-03-02T08:00", "5 ngày làm việc", ["2026-03-06T09:00/2026-03-09T07:00"], "2026-03-10T17:00"),
        # calendar days gain B − A before the one move off a day off
        ("2026-03-02T08:00", "4 ngày", ["2026-03-03T09:00/2026-03-04T09:00"], "2026-03-09T17:00"),
        ("2026-03-02T08:00", "5 ngày", ["2026-03-03T09:00/2026-03-05T09:00"], "2026-03-09T17:00"),
        ("2026-03-02T08:00", "1 tháng", ["2026-03-03T09:00/2026-03-05T09:00"], "2026-04-06T17:00"),
        ("2026-01-31T08:00", "1 tháng", ["2026-02-03T09:00/2026-02-05T09:00"], "2026-03-02T17:00"),
        # hours gain the session time inside, clock hours the length
        ("2026-03-02T08:00", "8 giờ làm việc", ["2026-03-02T10:00/2026-03-02T14:00"], "2026-03-03T10:00"),
        ("2026-03-02T08:00", "8 giờ làm việc", ["2026-03-02T11:30/2026-03-02T13:30"], "2026-03-03T08:00"),
        ("2026-03-02T08:00", "24 giờ", ["2026-03-02T09:00/2026-03-02T10:30"], "2026-03-03T09:30"),
        # trong ngày gains working days
        ("2026-03-02T08:00", "trong ngày", ["2026-03-02T09:00/2026-03-04T09:00"], "2026-03-04T17:00"),
        ("2026-03-02T08:00", "trong ngày", ["2026-03-02T09:00/2026-03-02T16:00"], "2026-03-02T17:00"),
        # several, overlapping, touching, nested: merged
        (
            "2026-03-02T08:00", "5 ngày làm việc",
            ["2026-03-04T09:00/2026-03-06T09:00", "2026-03-03T09:00/2026-03-05T09:00"], "2026-03-12T17:00",
        ),
        (
            "2026-03-02T08:00", "24 giờ",
            ["2026-03-02T09:00/2026-03-02T11:00", "2026-03-02T09:30/2026-03-02T10:00"], "2026-03-03T10:00",
        ),
        (
            "2026-03-02T08:00", "5 ngày làm việc",
            ["2026-03-03T09:00/2026-03-04T09:00", "2026-03-05T09:00/2026-03-06T09:00"], "2026-03-11T17:00",
        ),
        # what lies before the start is cut off
        ("2026-03-04T08:00", "2 ngày làm việc", ["2026-03-02T09:00/2026-03-05T09:00"], "2026-03-09T17:00"),
        ("2026-03-04T08:00", "2 ngày làm việc", ["2026-03-02T09:00/2026-03-04T07:00"], "2026-03-06T17:00"),
        ("2026-03-02T13:00", "3 giờ", ["2026-03-02T09:00/2026-03-02T13:30"], "2026-03-02T16:30"),
        # begins exactly at the due moment: still counts; one minute later: no effect
        ("2026-03-02T08:00", "1 ngày làm việc", ["2026-03-03T17:00/2026-03-04T09:00"], "2026-03-04T17:00"),
        ("2026-03-02T08:00", "1 ngày làm việc", ["2026-03-03T17:01/2026-03-04T09:00"], "2026-03-03T17:00"),
        # the first pause carries the due moment past the start of the second
        (
            "2026-03-02T08:00", "1 ngày làm việc",
            ["2026-03-04T10:00/2026-03-05T10:00", "2026-03-03T10:00/2026-03-04T09:00"], "2026-03-05T17:00",
        ),
        ("2026-03-02T08:00", "1 ngày làm việc", ["2026-03-04T10:00/2026-03-05T10:00"], "2026-03-03T17:00"),
        # open: as if it ended now (09:00 on 10/3/2026)
        ("2026-03-02T08:00", "5 ngày làm việc", ["2026-03-04T09:00/"], "2026-03-13T17:00"),
    ],
)  # fmt: skip
def test_pauses_that_resume(start: str, term: str, stops: list[str], expected: str) -> None:
    assert counted(start, term, *stops) == expected


@pytest.mark.parametrize(
    ("start", "term", "stops", "expected"),
    [
        ("2026-03-02T08:00", "5 ngày làm việc", ["2026-03-04T09:00/2026-03-10T09:00"], "2026-03-17T17:00"),
        ("2026-03-02T08:00", "5 ngày làm việc", ["2026-03-04T09:00/2026-03-04T09:00"], "2026-03-11T17:00"),
        ("2026-03-02T08:00", "5 ngày", ["2026-03-04T09:00/2026-03-10T09:00"], "2026-03-16T17:00"),
        ("2026-03-02T08:00", "1 tháng", ["2026-03-04T09:00/2026-03-10T09:00"], "2026-04-10T17:00"),
        ("2026-03-02T08:00", "4 giờ làm việc", ["2026-03-02T09:00/2026-03-02T12:00"], "2026-03-03T07:30"),
        ("2026-03-02T08:00", "trong ngày", ["2026-03-02T09:00/2026-03-04T14:59"], "2026-03-04T17:00"),
        ("2026-03-02T08:00", "trong ngày", ["2026-03-02T09:00/2026-03-04T15:00"], "2026-03-05T17:00"),
        (
            "2026-03-02T08:00", "5 ngày làm việc",
            ["2026-03-03T09:00/2026-03-04T09:00", "2026-03-05T09:00/2026-03-06T09:00"], "2026-03-13T17:00",
        ),
        ("2026-03-02T08:00", "1 ngày làm việc", ["2026-03-03T17:01/2026-03-06T09:00"], "2026-03-03T17:00"),
        ("2026-03-02T08:00", "5 ngày làm việc", ["2026-03-04T09:00/"], "2026-03-17T17:00"),
    ],
)  # fmt: skip
def test_pauses_that_restart(start: str, term: str, stops: list[str], expected: str) -> None:
    assert counted(start, term, *stops, mode="restart") == expected


def test_a_restart_forgets_the_pauses_before_it() -> None:
    stops = [
        pause("2026-03-03T09:00/2026-03-05T09:00"),
        pause("2026-03-06T09:00/2026-03-09T09:00", "restart"),
    ]
    term = parse_term("2 ngày làm việc")
    result = due(start=at("2026-03-02T08:00"), term=term, calendar=CALENDAR, pauses=stops, now=NOW)
    assert result.moment == at("2026-03-11T17:00")
    again = [*stops, pause("2026-03-10T09:00/2026-03-11T09:00")]
    result = due(start=at("2026-03-02T08:00"), term=term, calendar=CALENDAR, pauses=again, now=NOW)
    assert result.moment == at("2026-03-12T17:00")


def test_a_kind_that_does_not_stop_the_clock_changes_nothing() -> None:
    assert counted(
        "2026-03-02T08:00", "5 ngày làm việc", "2026-03-03T09:00/2026-03-09T09:00", mode="none"
    ) == ("2026-03-09T17:00")


def test_an_open_pause_survives_a_clock_set_back() -> None:
    back = at("2026-03-01T08:00")
    assert counted("2026-03-02T08:00", "2 ngày làm việc", "2026-03-03T09:00/", now=back) == "2026-03-04T17:00"


@pytest.mark.parametrize(
    ("start", "term", "expected"),
    [
        ("2026-02-12T15:30", "5 ngày làm việc", "2026-02-26T15:30"),
        ("2026-03-02T08:00", "5 ngày", "2026-03-09T08:00"),
        ("2026-03-02T08:00", "1 tháng", "2026-04-02T08:00"),
        ("2026-03-02T20:00", "1 ngày làm việc", "2026-03-03T20:00"),
        # only day terms know this way of counting
        ("2026-03-02T08:00", "trong ngày", "2026-03-02T17:00"),
        ("2026-03-02T08:00", "4 giờ làm việc", "2026-03-02T14:00"),
    ],
)
def test_counting_day_terms_by_the_clock(start: str, term: str, expected: str) -> None:
    assert counted(start, term, count="clock") == expected


def test_by_the_clock_a_restart_takes_its_own_time_of_day() -> None:
    stop = "2026-03-03T09:00/2026-03-04T10:15"
    assert (
        counted("2026-03-02T08:00", "2 ngày làm việc", stop, mode="restart", count="clock")
        == "2026-03-06T10:15"
    )
    assert counted("2026-03-02T08:00", "2 ngày làm việc", stop, count="clock") == "2026-03-05T08:00"


HALVES = WorkCalendar(
    plans=[SessionHours(date(2020, 1, 1), None, FULL_DAY, {4: FULL_DAY[:1]})],
    marks=[DayMark(date(2026, 3, 4), DayKind.HOLIDAY, "1/TB", part=DayPart.MORNING)],
    confirmed_years=[2026],
)


@pytest.mark.parametrize(
    ("start", "term", "expected"),
    [
        ("2026-03-05T08:00", "1 ngày làm việc", "2026-03-06T11:30"),
        ("2026-03-03T16:00", "2 giờ làm việc", "2026-03-04T14:30"),
        ("2026-03-06T10:30", "2 giờ làm việc", "2026-03-09T08:00"),
        ("2026-03-06T11:00", "trong ngày", "2026-03-06T11:30"),
        ("2026-03-06T11:30", "trong ngày", "2026-03-09T17:00"),
        ("2026-03-06T14:00", "trong ngày", "2026-03-09T17:00"),
        ("2026-03-04T08:00", "1 giờ", "2026-03-04T13:30"),
    ],
)
def test_half_days(start: str, term: str, expected: str) -> None:
    result = due(start=at(start), term=parse_term(term), calendar=HALVES, now=NOW)
    assert result.moment == at(expected)


@pytest.mark.parametrize(
    ("start", "term", "provisional"),
    [
        ("2026-12-30T08:00", "1 ngày làm việc", False),
        ("2026-12-31T08:00", "1 ngày làm việc", True),
        ("2026-12-01T08:00", "1 tháng", True),
        ("2020-12-31T08:00", "1 ngày làm việc", False),
        ("2020-12-30T08:00", "1 ngày làm việc", True),
        ("2020-12-31T16:30", "1 giờ làm việc", True),
    ],
)
def test_years_without_a_notice_are_provisional_and_say_so(start: str, term: str, provisional: bool) -> None:
    result = due(start=at(start), term=parse_term(term), calendar=CALENDAR, now=NOW)
    assert result.provisional is provisional
    assert any(step.kind == "provisional" for step in result.steps) is provisional


def test_the_explanation_names_every_day_left_out_and_its_notice() -> None:
    result = due(start=at("2026-02-12T15:30"), term=parse_term("5 ngày làm việc"), calendar=CALENDAR, now=NOW)
    texts = [step.text for step in result.steps]
    assert sum("Tết Âm lịch, theo 9441/TB-BNV" in text for text in texts) == 5
    assert "Không tính 4 ngày nghỉ hằng tuần." in texts
    assert result.steps[-1].moment == result.moment


def test_the_explanation_shows_pauses_with_their_reasons() -> None:
    stops = [
        Pause(at("2026-03-03T09:00"), at("2026-03-05T09:00"), reason="chờ bổ sung hồ sơ"),
        Pause(at("2026-06-01T09:00"), None),
    ]
    result = due(
        start=at("2026-03-02T08:00"), term=parse_term("3 ngày"), calendar=CALENDAR, pauses=stops, now=NOW
    )
    assert [step.kind for step in result.steps if step.kind.startswith("pause")] == ["pause", "pause_ignored"]
    assert "(chờ bổ sung hồ sơ): thêm 2 ngày." in next(s.text for s in result.steps if s.kind == "pause")


@pytest.mark.parametrize(
    ("call", "refusal"),
    [
        (
            lambda: due(start=NAIVE, term=Term(1, TermUnit.DAY), calendar=CALENDAR, now=NOW),
            NaiveMoment,
        ),
        (
            lambda: due(start=NOW, term=Term(1, TermUnit.DAY), calendar=CALENDAR, now=NAIVE),
            NaiveMoment,
        ),
        (lambda: Pause(NAIVE, None), NaiveMoment),
        (lambda: pause("2026-03-05T09:00/2026-03-05T08:59"), PauseEndsBeforeStart),
        (lambda: counted("1989-12-31T08:00", "1 ngày"), MomentOutOfRange),
        (lambda: counted("9999-12-31T08:00", "1 ngày"), MomentOutOfRange),
        (lambda: SessionHours(date(2026, 1, 1), None, (Session(time(9), time(9)),)), SessionsUnusable),
        (lambda: SessionHours(date(2026, 1, 1), None, FULL_DAY[::-1]), SessionsUnusable),
        (lambda: SessionHours(date(2026, 1, 1), None, ()), SessionsUnusable),
    ],
)
def test_bad_input_is_refused(call: object, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        call()


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-03-02T06:59", "2026-03-02T07:00"),
        ("2026-03-02T11:29", "2026-03-02T11:29"),
        ("2026-03-02T11:30", "2026-03-02T13:30"),
        ("2026-03-06T17:00", "2026-03-09T07:00"),
    ],
)
def test_the_end_of_a_session_belongs_to_the_next_opening(moment: str, opening: str) -> None:
    assert CALENDAR.next_opening(at(moment)) == at(opening)


def test_overlapping_session_hours_are_refused_and_adjoining_ones_are_not() -> None:
    first = SessionHours(date(2026, 1, 1), date(2026, 6, 1), FULL_DAY)
    WorkCalendar(plans=[SessionHours(date(2026, 6, 1), None, FULL_DAY), first])
    with pytest.raises(ValidityOverlap):
        WorkCalendar(plans=[SessionHours(date(2026, 5, 31), None, FULL_DAY), first])


def test_a_day_without_session_hours_is_refused() -> None:
    with pytest.raises(NoSessionPlan):
        WorkCalendar(plans=[SessionHours(date(2026, 1, 1), date(2026, 2, 1), FULL_DAY)]).sessions(
            date(2026, 2, 1)
        )


def test_a_calendar_that_never_works_is_refused_instead_of_searched_for_ever() -> None:
    rest = WorkCalendar(plans=[SessionHours(date(2020, 1, 1), None, FULL_DAY, dict.fromkeys(range(7), ()))])
    with pytest.raises(NoWorkingDay):
        rest.next_working_day(date(2026, 1, 1))


moments = st.integers(0, 5 * 366 * 86_400).map(
    lambda s: datetime(2021, 1, 1, tzinfo=VN) + timedelta(seconds=s)
)
terms = st.builds(Term, st.integers(1, 60), st.sampled_from(TermUnit))
pauses = st.builds(
    lambda start, length, mode: Pause(start, start + length, mode),
    moments, st.timedeltas(timedelta(), timedelta(days=30)), st.sampled_from(PauseMode),
)  # fmt: skip


def moment(start: datetime, term: Term, stops: list[Pause] | None = None) -> datetime:
    return due(start=start, term=term, calendar=CALENDAR, pauses=stops or [], now=NOW).moment


@given(moments, terms)
def test_one_more_of_the_unit_is_never_earlier(start: datetime, term: Term) -> None:
    assert moment(start, term) <= moment(start, Term(term.amount + 1, term.unit))


@given(moments, terms, st.timedeltas(timedelta(), timedelta(days=5)))
def test_a_later_start_is_never_due_earlier(start: datetime, term: Term, later: timedelta) -> None:
    assert moment(start, term) <= moment(start + later, term)


@given(moments, terms)
def test_a_due_moment_lies_in_a_session_and_after_the_start(start: datetime, term: Term) -> None:
    assert CALENDAR.in_session(moment(start, term))
    assert moment(start, term) > start


@st.composite
def paused_terms(draw: st.DrawFn) -> tuple[datetime, Term, list[Pause]]:
    start, term = draw(moments), draw(terms)
    stops = []
    for _ in range(draw(st.integers(1, 4))):
        begin = start + draw(st.timedeltas(timedelta(days=-2), timedelta(days=20)))
        stops.append(
            Pause(
                begin,
                begin + draw(st.timedeltas(timedelta(), timedelta(days=10))),
                draw(st.sampled_from(PauseMode)),
            )
        )
    return start, term, stops


@given(paused_terms())
def test_pauses_never_make_it_earlier(case: tuple[datetime, Term, list[Pause]]) -> None:
    start, term, stops = case
    resumed = [Pause(stop.start, stop.end) for stop in stops]
    assert moment(start, term, resumed) >= moment(start, term)


@given(paused_terms(), st.randoms())
def test_the_order_in_which_pauses_are_listed_does_not_matter(case: tuple, random: object) -> None:
    start, term, stops = case
    shuffled = list(stops)
    random.shuffle(shuffled)
    assert moment(start, term, shuffled) == moment(start, term, stops)


@given(paused_terms())
def test_a_pause_listed_twice_counts_once(case: tuple[datetime, Term, list[Pause]]) -> None:
    start, term, stops = case
    assert moment(start, term, stops + stops) == moment(start, term, stops)


@given(moments, terms)
def test_the_same_instant_in_another_zone_is_due_at_the_same_instant(start: datetime, term: Term) -> None:
    assert moment(start.astimezone(UTC), term) == moment(start, term)
