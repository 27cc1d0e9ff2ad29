"""A working calendar laid out as arrays, so that the rules of counting become look-ups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from .calendar import Sessions, WorkCalendar
from .errors import NoSessionPlan

Ints = NDArray[np.int64]
DAY, HOUR = 86_400, 3_600
EPOCH = date(1970, 1, 1)
LAST_TABLE_YEAR = 3100  # 9,999 months after the last start that is accepted
_FARTHEST = 2_000_000  # days; more than the tables hold, less than dates can


class BeyondTables(Exception):
    """A due moment lies after the last day of the tables; the caller lays out more days."""


@dataclass(frozen=True)
class Tables:
    """Days are counted from `base` (days since 1970-01-01); moments are local seconds since then.

    worked_until: worked days up to and including a day; worked: the days themselves in order; sessions in
    time order after a nought-length one before everything, with `time_before` each (one longer: the total
    comes last). `unknown` is the day at which the calendar itself ends, if the tables reach it.
    """

    base: int
    closing: Ints
    worked_until: Ints
    worked: Ints
    session_start: Ints
    session_end: Ints
    time_before: Ints
    unknown: date | None

    def is_worked(self, day: Ints) -> NDArray[np.bool_]:
        return self.worked_until[day] > self.worked_until[day - 1]

    def closing_of(self, day: Ints) -> Ints:
        """The closing moment of worked days."""
        return (day + self.base) * DAY + self.closing[day]

    def nth_after(self, day: Ints, n: Ints) -> Ints:
        """The n-th worked day after `day`; the last one up to `day` when n is 0."""
        return _taken(self.worked, _taken(self.worked_until, day) + n - 1)

    def on_or_after(self, day: Ints) -> Ints:
        """`day` when worked, otherwise the next worked day."""
        return _taken(self.worked, _taken(self.worked_until, day - 1))

    def session_time(self, moment: Ints) -> Ints:
        """Session time from the beginning of the tables to `moment`."""
        k = np.searchsorted(self.session_start, moment, "right") - 1
        return self.time_before[k] + np.minimum(moment, self.session_end[k]) - self.session_start[k]

    def when(self, session_time: Ints) -> Ints:
        """The moment at which so much session time has run; at a session's exact end it stays there."""
        k = np.searchsorted(self.time_before, session_time, "left") - 1
        return _taken(self.session_start, k) + session_time - self.time_before[k]

    def settled(self, moment: Ints) -> Ints:
        """`moment` inside a session or at one of its ends, otherwise the next opening."""
        k = np.searchsorted(self.session_start, moment, "right") - 1
        outside = moment > self.session_end[k]
        settled = moment.copy()
        settled[outside] = _taken(self.session_start, k[outside] + 1)
        return settled


def tables(calendar: WorkCalendar, first: int, last: int) -> Tables:
    """Tables that hold at least the days `first` to `last` (days since 1970), as far as the calendar reaches.

    Raises NoSessionPlan when the calendar does not know day `first`.
    """
    calendar.sessions(_date(first))
    return _laid_out(calendar, _date(first).year, _date(last).year)


@lru_cache(maxsize=8)
def _laid_out(calendar: WorkCalendar, first_year: int, last_year: int) -> Tables:
    """Whole years, led by one day so that every day has a day before it."""
    lead = date(first_year, 1, 1) - timedelta(days=1)
    days, unknown = _days(calendar, lead, date(last_year, 12, 31))
    base = (lead - EPOCH).days
    worked = np.array([bool(sessions) for sessions in days])
    spans = [(at, s) for at, sessions in enumerate(days, base) for s in sessions]
    begin = np.array([base * DAY - 1, *(at * DAY + _second(s.start) for at, s in spans)])
    end = np.array([base * DAY - 1, *(at * DAY + _second(s.end) for at, s in spans)])
    return Tables(
        base=base,
        closing=np.array([_second(sessions[-1].end) if sessions else 0 for sessions in days]),
        worked_until=np.cumsum(worked),
        worked=np.flatnonzero(worked),
        session_start=begin,
        session_end=end,
        time_before=np.concatenate(([0], np.cumsum(end - begin))),
        unknown=unknown,
    )


def _days(calendar: WorkCalendar, first: date, last: date) -> tuple[list[Sessions], date | None]:
    """Sessions day by day, none before the calendar begins, and the first later day the calendar does not
    know.
    """
    days: list[Sessions] = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        try:
            days.append(calendar.sessions(day) if day >= calendar.first_day else ())
        except NoSessionPlan:
            return days, day
    return days, last + timedelta(days=1) if last.year == LAST_TABLE_YEAR else None


def _date(day: int) -> date:
    return min(EPOCH + timedelta(days=min(day, _FARTHEST)), date(LAST_TABLE_YEAR, 12, 31))


def _second(clock: time) -> int:
    return clock.hour * HOUR + clock.minute * 60 + clock.second


def _taken(values: Ints, at: Ints) -> Ints:
    try:
        return values[at]
    except IndexError as error:
        raise BeyondTables from error
