"""The clock of the rules for hundreds of thousands of dossiers: the same answers from sums kept by day. Pure."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate

from motcua.base.time import at, local
from motcua.deadlines.rules import DayCount, Due, Term, TermUnit, WorkCalendar, due
from motcua.dossiers.rules.clock import Clock
from motcua.dossiers.rules.state import Dossier

_DAY_UNITS = (TermUnit.WORKING_DAY, TermUnit.DAY, TermUnit.MONTH)
_FIRST, _LAST = date(2018, 1, 1), date(2032, 1, 1)
_BASE = _FIRST.toordinal()
_NOTHING = timedelta()


class QuickCalendar(WorkCalendar):
    """A working calendar that knows the session time up to each midnight from 2018 to 2031; beyond, it counts as usual."""

    _sums: list[timedelta]

    @classmethod
    def like(cls, calendar: WorkCalendar) -> QuickCalendar:
        """The same days and hours as `calendar`."""
        quick = cls.__new__(cls)
        quick.__dict__.update(calendar.__dict__)
        days = (_FIRST + timedelta(days=i) for i in range((_LAST - _FIRST).days))
        lengths = (
            sum((at(day, s.end) - at(day, s.start) for s in quick.sessions(day)), _NOTHING) for day in days
        )
        quick._sums = list(accumulate(lengths, initial=_NOTHING))
        return quick

    def session_time_between(self, a: datetime, b: datetime) -> timedelta:
        a, b = local(a), local(b)
        if not (a.date() >= _FIRST and b.date() < _LAST):
            return super().session_time_between(a, b)
        return max(self._elapsed(b) - self._elapsed(a), _NOTHING)

    def consume(self, start: datetime, work: timedelta) -> datetime:
        start = local(start)
        if work <= _NOTHING or not _FIRST <= start.date() < _LAST:
            return super().consume(start, work)
        target = self._elapsed(start) + work
        index = bisect_left(self._sums, target) - 1
        if index >= len(self._sums) - 1:
            return super().consume(start, work)
        return self._within(date.fromordinal(_BASE + index), target - self._sums[index])

    def _elapsed(self, moment: datetime) -> timedelta:
        day, clock = moment.date(), moment.time()
        total = self._sums[day.toordinal() - _BASE]
        for session in self.sessions(day):
            if clock <= session.start:
                break
            total += (moment if clock < session.end else at(day, session.end)) - at(day, session.start)
        return total

    def _within(self, day: date, work: timedelta) -> datetime:
        for session in self.sessions(day):
            begin, end = at(day, session.start), at(day, session.end)
            if begin + work <= end:
                return begin + work
            work -= end - begin
        raise AssertionError("the day is shorter than its own sum")


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
