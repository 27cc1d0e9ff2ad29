"""The vectorised twin gives what the scalar engine gives, row by row."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.base.time import VN
from motcua.deadlines.bulk import (
    MODE_CODES,
    OPEN,
    UNIT_CODES,
    PauseArrays,
    due_many,
    from_local_seconds,
    local_seconds,
)
from motcua.deadlines.rules import (
    DayCount,
    DayKind,
    DayMark,
    DayPart,
    MomentOutOfRange,
    NoSessionPlan,
    Pause,
    PauseEndsBeforeStart,
    PauseMode,
    Session,
    SessionHours,
    Term,
    TermUnit,
    TermUnreadable,
    WorkCalendar,
    default_calendar,
    due,
)

DAY_SHIFT = (Session(time(7), time(11, 30)), Session(time(13, 30), time(17)))
HALF_DAYS = WorkCalendar(
    plans=[
        SessionHours(date(1990, 1, 1), date(2024, 3, 4), DAY_SHIFT, {4: DAY_SHIFT[:1], 5: DAY_SHIFT[:1]}),
        SessionHours(date(2024, 3, 4), None, (Session(time(8), time(12)),), {2: ()}),
    ],
    marks=[
        DayMark(date(2024, 2, 13), DayKind.HOLIDAY, "1/TB", part=DayPart.AFTERNOON),
        DayMark(date(2024, 2, 18), DayKind.MAKE_UP_WORK, "1/TB"),
        DayMark(date(2024, 3, 9), DayKind.MAKE_UP_WORK, "1/TB"),
    ],
)
CALENDARS = {"shipped": default_calendar(), "half days": HALF_DAYS}
NOW = datetime(2024, 5, 6, 9, 30, tzinfo=VN)

edges = st.sampled_from(
    [time(0), time(7), time(11, 30), time(12), time(13, 30), time(15), time(17), time(23, 59, 59)]
)
clocks = edges | st.times().map(lambda t: t.replace(microsecond=0, tzinfo=None))
moments = st.builds(
    lambda day, clock: datetime.combine(day, clock, VN),
    st.dates(date(2024, 1, 20), date(2024, 5, 20)),
    clocks,
)
modes = st.sampled_from(PauseMode)


@st.composite
def pauses(draw: st.DrawFn) -> Pause:
    start = draw(moments)
    length = draw(st.none() | st.integers(0, 20 * 86_400) | st.integers(0, 60 * 12).map(lambda m: 60 * m))
    return Pause(start, None if length is None else start + timedelta(seconds=length), draw(modes))


rows = st.tuples(
    moments,
    st.builds(Term, st.integers(1, 40), st.sampled_from(TermUnit)),
    st.lists(pauses(), max_size=4),
    st.booleans(),
)


def in_bulk(table: list[Any], calendar: WorkCalendar) -> list[datetime]:
    flat = [(i, pause) for i, (_, _, listed, _) in enumerate(table) for pause in listed]
    arrays = PauseArrays(
        np.array([i for i, _ in flat], np.int64),
        np.array([local_seconds(p.start) for _, p in flat], np.int64),
        np.array([OPEN if p.end is None else local_seconds(p.end) for _, p in flat], np.int64),
        np.array([MODE_CODES[p.mode] for _, p in flat], np.int8),
    )
    result = due_many(
        start=np.array([local_seconds(start) for start, *_ in table]),
        unit=np.array([UNIT_CODES[term.unit] for _, term, *_ in table], np.int8),
        amount=np.array([term.amount for _, term, *_ in table]),
        calendar=calendar,
        pauses=arrays,
        count=np.array([by_clock for *_, by_clock in table]),
        now=local_seconds(NOW),
    )
    return [from_local_seconds(seconds) for seconds in result]


def one_by_one(table: list[Any], calendar: WorkCalendar) -> list[datetime]:
    return [
        due(
            start=start, term=term, calendar=calendar, pauses=listed, now=NOW,
            count=DayCount.CLOCK if by_clock else DayCount.CLOSING,
        ).moment
        for start, term, listed, by_clock in table
    ]  # fmt: skip


@pytest.mark.parametrize("calendar", CALENDARS.values(), ids=CALENDARS)
@settings(max_examples=300)
@given(table=st.lists(rows, min_size=1, max_size=8))
def test_bulk_equals_scalar(calendar: WorkCalendar, table: list[Any]) -> None:
    assert in_bulk(table, calendar) == one_by_one(table, calendar)


@given(moments, st.builds(Term, st.integers(300, 9_999), st.sampled_from(TermUnit)))
@settings(max_examples=10)
def test_very_long_terms_agree_too(start: datetime, term: Term) -> None:
    table = [(start, term, [], False)]
    assert in_bulk(table, HALF_DAYS) == one_by_one(table, HALF_DAYS)


def one(
    start: Any, amount: int = 1, calendar: WorkCalendar | None = None, pause: tuple[int, int] | None = None
) -> Any:
    listed = None
    if pause:
        begin, end = (np.array([seconds]) for seconds in pause)
        listed = PauseArrays(np.array([0]), begin, end, np.array([MODE_CODES[PauseMode.RESUME]], np.int8))
    return due_many(
        start=np.array([start]), unit=np.array([0], np.int8), amount=np.array([amount]), pauses=listed,
        calendar=calendar or default_calendar(), now=0,
    )  # fmt: skip


def test_starts_may_be_datetime64() -> None:
    (seconds,) = one(np.datetime64("2026-02-12T15:30"), 5)
    assert from_local_seconds(seconds) == datetime(2026, 2, 26, 17, tzinfo=VN)


def test_no_rows_give_no_rows() -> None:
    none = np.empty(0, np.int64)
    assert not len(due_many(start=none, unit=none.astype(np.int8), amount=none, calendar=HALF_DAYS, now=0))


GOOD = local_seconds(NOW)


@pytest.mark.parametrize(
    ("call", "refusal"),
    [
        (lambda: one(GOOD, 0), TermUnreadable),
        (lambda: one(GOOD, 10_000), TermUnreadable),
        (lambda: one(local_seconds(datetime(1989, 12, 31, 23, tzinfo=VN))), MomentOutOfRange),
        (lambda: one(local_seconds(datetime(2201, 1, 1, tzinfo=VN))), MomentOutOfRange),
        (lambda: one(GOOD, pause=(GOOD, GOOD - 1)), PauseEndsBeforeStart),
        (
            lambda: one(
                GOOD, 30, WorkCalendar(plans=[SessionHours(date(2024, 1, 1), date(2024, 6, 1), DAY_SHIFT)])
            ),
            NoSessionPlan,
        ),
        (
            lambda: one(GOOD, 1, WorkCalendar(plans=[SessionHours(date(2025, 1, 1), None, DAY_SHIFT)])),
            NoSessionPlan,
        ),
    ],
)
def test_unusable_rows_are_refused(call: Any, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        call()
