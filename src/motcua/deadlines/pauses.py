"""Intervals in which the clock stands still. A pause is data (NĐ 61/2018 Đ19.4, NĐ 301/2026 Đ4.7), never an
edited date.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from motcua.base.time import local

from .errors import MomentOutOfRange, NaiveMoment, PauseEndsBeforeStart

FIRST_YEAR, LAST_YEAR = 1990, 2200


class PauseMode(StrEnum):
    """What a pause does: nothing, the term goes on where it stopped, or the full term begins again."""

    NONE = "none"
    RESUME = "resume"
    RESTART = "restart"


@dataclass(frozen=True)
class Pause:
    """From `start` to `end` (None: still open). `reason` is shown in the explanation."""

    start: datetime
    end: datetime | None
    mode: PauseMode = PauseMode.RESUME
    reason: str = ""

    def __post_init__(self) -> None:
        start = checked(self.start)
        if self.end is not None and checked(self.end) < start:
            raise PauseEndsBeforeStart(start=clock_words(self.start), end=clock_words(self.end))


@dataclass(frozen=True)
class Stop:
    """One standstill after overlapping pauses were merged; `open` when it was cut at the present moment."""

    start: datetime
    end: datetime
    restart: bool
    reason: str
    open: bool = False


def checked(moment: datetime) -> datetime:
    """`moment` on a Vietnamese clock; refuses naive moments and years no calendar reaches."""
    if moment.tzinfo is None:
        raise NaiveMoment(moment=moment.isoformat())
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise MomentOutOfRange(moment=moment.isoformat(), first=FIRST_YEAR, last=LAST_YEAR)
    return local(moment)


def clock_words(moment: datetime) -> str:
    """ "15:30 ngày 12/02/2026"."""
    return f"{moment:%H:%M} ngày {moment:%d/%m/%Y}"


def merged(pauses: Iterable[Pause], *, start: datetime, now: datetime) -> list[Stop]:
    """Standstills after `start` in time order: earlier parts cut off, overlapping or touching ones joined.

    An open pause ends at `now` (at its own start when the clock was set back). A joined standstill restarts
    the term when any of its parts does, because the full term can only run once all of them have ended.
    """
    stops: list[Stop] = []
    for stop in sorted(_cut(pauses, start=start, now=now), key=lambda s: s.start):
        if stops and stop.start <= stops[-1].end:
            stops[-1] = _join(stops[-1], stop)
        else:
            stops.append(stop)
    return stops


def _cut(pauses: Iterable[Pause], *, start: datetime, now: datetime) -> Iterable[Stop]:
    for pause in pauses:
        if pause.mode is PauseMode.NONE:
            continue
        begin = local(pause.start)
        end = max(begin, now) if pause.end is None else local(pause.end)
        if end > start or begin == end == start:
            yield Stop(
                max(begin, start), end, pause.mode is PauseMode.RESTART, pause.reason, pause.end is None
            )


def _join(a: Stop, b: Stop) -> Stop:
    reasons = "; ".join(sorted({reason for reason in (a.reason, b.reason) if reason}))
    return replace(
        a, end=max(a.end, b.end), restart=a.restart or b.restart, reason=reasons, open=a.open or b.open
    )
