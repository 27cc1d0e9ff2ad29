"""One million due dates: 70 % working days, 20 % working hours, 10 % days, one in five with a pause."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from motcua.bench.context import Context, Line, at_most
from motcua.deadlines.bulk import (
    MODE_CODES,
    UNIT_CODES,
    Ints,
    PauseArrays,
    due_many,
    from_local_seconds,
    local_seconds,
)
from motcua.deadlines.rules import Pause, PauseMode, Term, TermUnit, WorkCalendar, default_calendar, due

COUNT, SAMPLE, ROUNDS = 1_000_000, 2_000, 3
BAR_SECONDS = 1.0
_DAY = 86_400
_UNITS = (TermUnit.WORKING_DAY, TermUnit.WORKING_HOUR, TermUnit.DAY)


@dataclass(frozen=True)
class Work:
    """The drawn terms; `pauses.row` names the fifth of the rows that has one."""

    start: Ints
    unit: np.ndarray
    amount: Ints
    pauses: PauseArrays


def run(context: Context) -> Iterator[Line]:
    """The best of three rounds, after proving a sample equal to the scalar engine."""
    calendar, work = default_calendar(), draw(COUNT, seed=7)
    moments = _all(work, calendar)
    wrong = disagreements(work, moments, calendar, rows=range(0, COUNT, COUNT // SAMPLE))
    context.say(f"{SAMPLE} hạn đối chiếu với cách tính từng hồ sơ: {len(wrong)} khác nhau")
    if wrong:
        raise AssertionError(f"the vectorised engine differs from the scalar one in rows {wrong[:5]}")
    seconds = min(_timed(work, calendar) for _ in range(ROUNDS))
    yield at_most("deadlines", f"{COUNT:,} due dates", seconds, "s", bar=BAR_SECONDS)


def draw(count: int, *, seed: int) -> Work:
    """Random starts in the opening hours and outside them, 2022–2025."""
    rng = np.random.default_rng(seed)
    first, last = (local_seconds(from_local_seconds(0).replace(year=year)) for year in (2022, 2026))
    start = rng.integers(first, last, count)
    unit = rng.choice([UNIT_CODES[u] for u in _UNITS], count, p=[0.7, 0.2, 0.1]).astype(np.int8)
    paused = np.flatnonzero(rng.random(count) < 0.2)
    begin = start[paused] + rng.integers(0, 5 * _DAY, len(paused))
    end = begin + rng.integers(_DAY // 24, 10 * _DAY, len(paused))
    mode = rng.choice([MODE_CODES[m] for m in (PauseMode.RESUME, PauseMode.RESTART)], len(paused), p=[0.9, 0.1])
    pauses = PauseArrays(paused, begin, end, mode.astype(np.int8))
    return Work(start, unit, rng.integers(1, 31, count), pauses)


def disagreements(work: Work, moments: Ints, calendar: WorkCalendar, *, rows: range) -> list[int]:
    """The rows whose due moment the scalar engine counts otherwise."""
    pause_of = {int(row): index for index, row in enumerate(work.pauses.row)}
    return [row for row in rows if _scalar(work, row, pause_of.get(row), calendar) != int(moments[row])]


def _scalar(work: Work, row: int, pause: int | None, calendar: WorkCalendar) -> int:
    units, modes = {code: unit for unit, code in UNIT_CODES.items()}, {code: mode for mode, code in MODE_CODES.items()}
    pauses = []
    if pause is not None:
        begin, end = from_local_seconds(int(work.pauses.start[pause])), from_local_seconds(int(work.pauses.end[pause]))
        pauses = [Pause(begin, end, modes[int(work.pauses.mode[pause])])]
    counted = due(
        start=from_local_seconds(int(work.start[row])), term=Term(int(work.amount[row]), units[int(work.unit[row])]),
        calendar=calendar, pauses=pauses, now=from_local_seconds(int(work.pauses.end.max())),
    )  # fmt: skip
    return local_seconds(counted.moment)


def _all(work: Work, calendar: WorkCalendar) -> Ints:
    return due_many(
        start=work.start, unit=work.unit, amount=work.amount, calendar=calendar, pauses=work.pauses,
        now=int(work.pauses.end.max()),
    )  # fmt: skip


def _timed(work: Work, calendar: WorkCalendar) -> float:
    begun = time.perf_counter()
    _all(work, calendar)
    return time.perf_counter() - begun
