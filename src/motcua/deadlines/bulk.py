"""Many due moments at once with numpy: the vectorised twin of `counting.due`, proven equal on random inputs.

Moments are whole seconds of Vietnamese local time since 1970-01-01T00:00 (`local_seconds` converts). Tables
of the calendar turn every rule into array look-ups; pauses are walked by rank, all rows of a rank at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from motcua.base.time import VN, local

from .bulk_tables import DAY, HOUR, BeyondTables, Ints, Tables, tables
from .calendar import WorkCalendar
from .counting import DEFAULT_CUTOFF, DayCount
from .errors import MomentOutOfRange, NoSessionPlan, PauseEndsBeforeStart, TermUnreadable
from .pauses import FIRST_YEAR, LAST_YEAR, PauseMode
from .terms import LARGEST_AMOUNT, TermUnit

OPEN = int(np.iinfo(np.int64).max)
UNIT_CODES: dict[TermUnit, int] = {unit: code for code, unit in enumerate(TermUnit)}
MODE_CODES: dict[PauseMode, int] = {mode: code for code, mode in enumerate(PauseMode)}

_START = datetime(1970, 1, 1, tzinfo=VN)
# The longest span of calendar days that one of a unit can take on a calendar with ordinary rest.
_REACH = {TermUnit.WORKING_DAY: 2, TermUnit.MONTH: 31}


@dataclass(frozen=True)
class PauseArrays:
    """All pauses of all rows, in any order. `row` says whose each is; `end` is OPEN while it lasts;
    MODE_CODES.
    """

    row: Ints
    start: Ints
    end: Ints
    mode: NDArray[np.int8]


@dataclass(frozen=True)
class _Stops:
    """Standstills after merging, by row and time; `rank` counts them within a row."""

    row: Ints
    start: Ints
    end: Ints
    restart: NDArray[np.bool_]
    rank: Ints


@dataclass
class _Rows:
    """The terms under way. `start` and `gained` move as standstills are walked."""

    start: Ints
    gained: Ints
    unit: NDArray[np.int8]
    amount: Ints
    by_clock: NDArray[np.bool_]

    def of(self, rows: Ints) -> _Rows:
        return _Rows(
            *(column[rows] for column in (self.start, self.gained, self.unit, self.amount, self.by_clock))
        )


def local_seconds(moment: datetime) -> int:
    """`moment` as seconds of local time."""
    return (local(moment) - _START) // timedelta(seconds=1)


def from_local_seconds(seconds: int) -> datetime:
    """The aware moment of `seconds` of local time."""
    return _START + timedelta(seconds=int(seconds))


def due_many(
    *,
    start: NDArray[np.generic],
    unit: NDArray[np.int8],
    amount: Ints,
    calendar: WorkCalendar,
    pauses: PauseArrays | None = None,
    count: DayCount | NDArray[np.bool_] = DayCount.CLOSING,
    same_day_cutoff: time = DEFAULT_CUTOFF,
    now: int,
) -> Ints:
    """Due moments of all rows in local seconds, by the very rules of `due`.

    start: local seconds or datetime64 (local); unit: UNIT_CODES; amount: whole numbers of the unit; count:
    one way for all rows, or an array that is True where day terms end by the clock; now: local seconds, for
    open pauses. Raises TermUnreadable, MomentOutOfRange, PauseEndsBeforeStart, NoSessionPlan when any row is
    unusable.
    """
    begun = _seconds(start)
    if not len(begun):
        return begun
    _check(begun, amount, pauses)
    by_clock = np.full(len(begun), count is DayCount.CLOCK) if isinstance(count, DayCount) else count
    stops = _merged(pauses, begun, now)
    first, last = int(begun.min()) // DAY, max(int(begun.max()), int(stops.end.max(initial=0))) // DAY
    reach = _reach(unit, amount)
    while True:
        rows = _Rows(begun.copy(), np.zeros_like(begun), unit, amount, by_clock)
        table = tables(calendar, first, last + reach)
        try:
            return _walked(rows, stops, table, _second_of_day(same_day_cutoff))
        except BeyondTables as error:
            if table.unknown:
                raise NoSessionPlan(day=f"{table.unknown:%d/%m/%Y}") from error
            reach *= 4


def _walked(rows: _Rows, stops: _Stops, table: Tables, cutoff: int) -> Ints:
    """Due moments after all standstills in time order; one that begins after the due moment has no effect."""
    due = _moments(rows, table, cutoff)
    for rank in range(int(stops.rank.max(initial=-1)) + 1):
        here = np.flatnonzero(stops.rank == rank)
        here = here[stops.start[here] <= due[stops.row[here]]]
        row, begin, end = stops.row[here], stops.start[here], stops.end[here]
        restart = stops.restart[here]
        gained = rows.gained[row] + _gains(rows.unit[row], begin, end, table)
        rows.gained[row] = np.where(restart, 0, gained)
        rows.start[row] = np.where(restart, end, rows.start[row])
        due[row] = _moments(rows.of(row), table, cutoff)
    return due


def _moments(rows: _Rows, table: Tables, cutoff: int) -> Ints:
    due = np.empty_like(rows.start)
    for unit, code in UNIT_CODES.items():
        here = np.flatnonzero(rows.unit == code)
        if len(here):
            due[here] = _moments_of(unit, rows.of(here), table, cutoff)
    return due


def _moments_of(unit: TermUnit, rows: _Rows, table: Tables, cutoff: int) -> Ints:
    if unit is TermUnit.WORKING_HOUR:
        return table.when(table.session_time(rows.start) + rows.amount * HOUR + rows.gained)
    if unit is TermUnit.HOUR:
        return table.settled(rows.start + rows.amount * HOUR + rows.gained)
    day = rows.start // DAY - table.base
    if unit is TermUnit.SAME_DAY:
        return table.closing_of(_same_day(rows, day, table, cutoff))
    if unit is TermUnit.WORKING_DAY:
        last = table.nth_after(day, rows.amount + rows.gained)
    elif unit is TermUnit.DAY:
        last = table.on_or_after(day + rows.amount + rows.gained)
    else:
        last = table.on_or_after(_months_later(day + table.base, rows.amount) - table.base + rows.gained)
    closing = table.closing_of(last)
    if not rows.by_clock.any():
        return closing
    return np.where(rows.by_clock, (last + table.base) * DAY + rows.start % DAY, closing)


def _same_day(rows: _Rows, day: Ints, table: Tables, cutoff: int) -> Ints:
    second = rows.start % DAY
    today = table.is_worked(day) & (second < cutoff) & (second < table.closing[day])
    return table.nth_after(day, rows.gained + ~today)


def _months_later(day: Ints, months: Ints) -> Ints:
    """The same day of the month `months` later, or the last one of a shorter month; days since the epoch."""
    dates = day.astype("datetime64[D]")
    month = dates.astype("datetime64[M]")
    in_month = (dates - month.astype("datetime64[D]")).astype(np.int64)
    target = month + months
    first, following = (m.astype("datetime64[D]").astype(np.int64) for m in (target, target + 1))
    return first + np.minimum(in_month, following - first - 1)


def _gains(unit: NDArray[np.int8], begin: Ints, end: Ints, table: Tables) -> Ints:
    """What each standstill adds: working days, calendar days, session seconds or seconds, by the unit of its
    row.
    """
    gained = end - begin
    a, b = begin // DAY, end // DAY
    worked = np.isin(unit, [UNIT_CODES[TermUnit.WORKING_DAY], UNIT_CODES[TermUnit.SAME_DAY]])
    until = table.worked_until
    gained[worked] = until[b[worked] - table.base] - until[a[worked] - table.base]
    calendar_days = np.isin(unit, [UNIT_CODES[TermUnit.DAY], UNIT_CODES[TermUnit.MONTH]])
    gained[calendar_days] = (b - a)[calendar_days]
    hours = unit == UNIT_CODES[TermUnit.WORKING_HOUR]
    gained[hours] = table.session_time(end[hours]) - table.session_time(begin[hours])
    return gained


def _merged(pauses: PauseArrays | None, start: Ints, now: int) -> _Stops:
    """As `pauses.merged`: earlier parts cut off, overlapping or touching ones joined, restart if any part
    restarts.
    """
    if pauses is None or not len(pauses.row):
        none = np.empty(0, np.int64)
        return _Stops(none, none, none, none.astype(bool), none)
    row, begin = pauses.row, pauses.start
    end = np.where(pauses.end == OPEN, np.maximum(begin, now), pauses.end)
    begun = start[row]
    keep = (pauses.mode != MODE_CODES[PauseMode.NONE]) & ((end > begun) | ((begin == end) & (end == begun)))
    row, begin, end, mode = row[keep], np.maximum(begin, begun)[keep], end[keep], pauses.mode[keep]
    order = np.lexsort((begin, row))
    return _joined(row[order], begin[order], end[order], mode[order] == MODE_CODES[PauseMode.RESTART])


def _joined(row: Ints, begin: Ints, end: Ints, restart: NDArray[np.bool_]) -> _Stops:
    """Joins pauses sorted by row and start. Rows are laid one after another on one axis, so that the latest
    end so far never reaches into the next row.
    """
    if not len(row):
        return _Stops(row, begin, end, restart, row)
    lowest = begin.min()
    axis = row * (end.max() - lowest + 1) - lowest
    latest = np.maximum.accumulate(axis + end)
    heads = np.flatnonzero(np.concatenate(([True], (axis + begin)[1:] > latest[:-1])))
    rows = row[heads]
    first_of_row = np.concatenate(([True], rows[1:] != rows[:-1]))
    place = np.arange(len(rows))
    rank = place - np.maximum.accumulate(np.where(first_of_row, place, 0))
    ends, restarts = np.maximum.reduceat(end, heads), np.logical_or.reduceat(restart, heads)
    return _Stops(rows, begin[heads], ends, restarts, rank)


def _check(start: Ints, amount: Ints, pauses: PauseArrays | None) -> None:
    _within_years(start)
    bad = amount[(amount < 1) | (amount > LARGEST_AMOUNT)]
    if len(bad):
        raise TermUnreadable(text=str(bad[0]), reason=f"số lượng phải từ 1 đến {LARGEST_AMOUNT}.")
    if pauses is None or not len(pauses.row):
        return
    _within_years(pauses.start)
    _within_years(pauses.end[pauses.end != OPEN])
    backwards = np.flatnonzero(pauses.end < pauses.start)
    if len(backwards):
        begin, end = pauses.start[backwards[0]], pauses.end[backwards[0]]
        raise PauseEndsBeforeStart(start=str(from_local_seconds(begin)), end=str(from_local_seconds(end)))


def _within_years(moments: Ints) -> None:
    first, last = (local_seconds(datetime(year, 1, 1, tzinfo=VN)) for year in (FIRST_YEAR, LAST_YEAR + 1))
    bad = moments[(moments < first) | (moments >= last)]
    if len(bad):
        raise MomentOutOfRange(moment=f"{bad[0]} s", first=FIRST_YEAR, last=LAST_YEAR)


def _reach(unit: NDArray[np.int8], amount: Ints) -> int:
    per_unit = np.array([_REACH.get(unit, 1) for unit in TermUnit])
    return int((per_unit[unit] * amount).max()) + 370


def _seconds(start: NDArray[np.generic]) -> Ints:
    if np.issubdtype(start.dtype, np.datetime64):
        return start.astype("datetime64[s]").astype(np.int64)
    return start.astype(np.int64)


def _second_of_day(clock: time) -> int:
    return clock.hour * HOUR + clock.minute * 60 + clock.second
