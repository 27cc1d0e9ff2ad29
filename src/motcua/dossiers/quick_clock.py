"""The clock of the rules for hundreds of thousands of dossiers: the same answers from sums kept by day. Pure."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate

from motcua.base.time import at, local
from motcua.deadlines.rules import DayCount, Due, Term, TermUnit, WorkCalendar, due
from motcua.dossiers.rules.clock import Clock
from motcua.dossiers.rules.state import Dossier

_DAY_UNITS = (TermUnit.WORKING_DAY, TermUnit.DAY, TermUnit.MONTH)
_FIRST, _LAST = date(2018, 1, 1), date(2032, 1, 1)
_BASE = _FIRST.toordinal()
_MICROSECOND = timedelta(microseconds=1)


class QuickCalendar(WorkCalendar):
    """A working calendar that knows the session time up to each midnight from 2018 to 2031; beyond, it counts as usual.

    It counts in whole microseconds of the day, so sums are exact.
    """

    _sums: list[int]
    _spans: list[tuple[tuple[int, int], ...]]
    _last: tuple[datetime, datetime, timedelta]

    @classmethod
    def like(cls, calendar: WorkCalendar) -> QuickCalendar:
        """The same days and hours as `calendar`."""
        quick = cls.__new__(cls)
        quick.__dict__.update(calendar.__dict__)
        days = (_FIRST + timedelta(days=i) for i in range((_LAST - _FIRST).days))
        quick._spans = [tuple((_of_day(s.start), _of_day(s.end)) for s in quick.sessions(day)) for day in days]
        quick._sums = list(accumulate((sum(b - a for a, b in spans) for spans in quick._spans), initial=0))
        epoch = at(_FIRST, time.min)
        quick._last = (epoch, epoch, timedelta())
        return quick

    def session_time_between(self, a: datetime, b: datetime) -> timedelta:
        last = self._last  # read once: threads of the server share the calendar
        if a is last[0] and b is last[1]:
            return last[2]
        here, there = local(a), local(b)
        if not (here.date() >= _FIRST and there.date() < _LAST):
            return super().session_time_between(a, b)
        found = timedelta(microseconds=max(self._elapsed(there) - self._elapsed(here), 0))
        self._last = (a, b, found)
        return found

    def consume(self, start: datetime, work: timedelta) -> datetime:
        start = local(start)
        if work <= timedelta() or not _FIRST <= start.date() < _LAST:
            return super().consume(start, work)
        target = self._elapsed(start) + work // _MICROSECOND
        index = bisect_left(self._sums, target) - 1
        if index >= len(self._spans):
            return super().consume(start, work)
        return self._within(index, target - self._sums[index])

    def _elapsed(self, moment: datetime) -> int:
        index, clock = moment.toordinal() - _BASE, _of_day(moment)
        total = self._sums[index]
        for begin, end in self._spans[index]:
            if clock <= begin:
                break
            total += min(clock, end) - begin
        return total

    def _within(self, index: int, work: int) -> datetime:
        for begin, end in self._spans[index]:
            if begin + work <= end:
                day = date.fromordinal(_BASE + index)
                return at(day, time.min) + timedelta(microseconds=begin + work)
            work -= end - begin
        raise AssertionError("the day is shorter than its own sum")


def _of_day(clock: datetime | time) -> int:
    return ((clock.hour * 60 + clock.minute) * 60 + clock.second) * 1_000_000 + clock.microsecond


@dataclass(frozen=True, slots=True)
class QuickClock(Clock):
    """A clock that remembers: a day term without pauses that ends at a closing depends on the date alone.

    What it remembers explains another dossier's due date; whoever shows an explanation counts afresh.
    """

    known: dict[tuple[Term, date], Due] = field(default_factory=dict)

    def due(self, dossier: Dossier, *, start: datetime, now: datetime) -> Due | None:
        term = dossier.term
        if term is None or dossier.pauses or term.unit not in _DAY_UNITS or self.rules.day_count != DayCount.CLOSING:
            return Clock.due(self, dossier, start=start, now=now)
        begun = self._counted_from(dossier, start)
        key = term, local(begun).date()
        if key not in self.known:
            self.known[key] = due(start=begun, term=term, calendar=self.calendar, now=now)
        return self.known[key]


@lru_cache(maxsize=4)
def quick(calendar: WorkCalendar) -> QuickCalendar:
    """The quick twin of a calendar, made once: lists tell the time left of many dossiers, some overdue for years."""
    return QuickCalendar.like(calendar)
