"""Hand-overs, legs and what stands still between two desks. Pure: no Django, no clock, no settings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from motcua.base.time import at, local
from motcua.deadlines.rules import WorkCalendar
from motcua.dossiers.rules.lateness import Timing, timing

AT_ONCE = 200
_SEPARATORS = re.compile(r"[\s,;]+")


class Kind(StrEnum):
    """Which way a slip goes: dossiers to the competent unit, results back to the counter, dossiers between agencies."""

    FORWARD = "forward"
    RESULTS = "results"
    MOVE = "move"


class LineState(StrEnum):
    """`ONE_SIDED`: slips of the time before receivers confirmed; nobody can say today whether they took the dossier."""

    IN_TRANSIT = "in_transit"
    TAKEN = "taken"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ONE_SIDED = "one_sided"


class RefusalKind(StrEnum):
    """Why a line is refused."""

    MISSING_PAPER = "missing_paper"
    WRONG_UNIT = "wrong_unit"
    DAMAGED = "damaged"
    OTHER = "other"


class TermKind(StrEnum):
    """Which working time is configured: to confirm what was handed over, or to do the work of a leg."""

    CONFIRM = "confirm"
    LEG = "leg"


class Move(StrEnum):
    """How something that stood still was set going again."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    RESENT = "resent"
    TAKEN_BACK = "taken_back"
    REDIRECTED = "redirected"
    RETRIED = "retried"


@dataclass(frozen=True, slots=True)
class LegFacts:
    """What decides how a leg counts. Moments are aware; `cancelled_at` takes it out of every count."""

    sent_at: datetime
    due_at: datetime
    received_at: datetime | None = None
    finished_at: datetime | None = None
    cancelled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """One line of the table of linked dossiers (LNK-06). carried + new = early + on_time + late + open."""

    carried: int = 0
    new: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    open_within: int = 0
    open_overdue: int = 0

    @property
    def open(self) -> int:
        return self.open_within + self.open_overdue

    @property
    def finished(self) -> int:
        return self.early + self.on_time + self.late

    @property
    def balanced(self) -> bool:
        """Whether what came in is what went out and what is left."""
        return self.carried + self.new == self.finished + self.open


def due_of_leg(sent: datetime, hours: Decimal, calendar: WorkCalendar) -> datetime:
    """When a leg's own working time is over. It counts from sending: who confirms late gains no time (NĐ 61/2018 Đ19.6)."""
    return calendar.consume(sent, timedelta(hours=float(hours)))


def leg_timing(leg: LegFacts) -> Timing | None:
    """Early, on the date or late by date as every table counts; None while the leg is open."""
    return timing(leg.finished_at, leg.due_at) if leg.finished_at else None


def tally(legs: Iterable[LegFacts], *, start: datetime, end: datetime) -> Tally:
    """The table's line for the period [start, end): open at its beginning, new in it, finished in it, open at its end."""
    counted = dict.fromkeys(Tally.__dataclass_fields__, 0)
    for leg in legs:
        if leg.cancelled_at is None and leg.sent_at < end and not (leg.finished_at and leg.finished_at < start):
            counted["carried" if leg.sent_at < start else "new"] += 1
            counted[_outcome(leg, end)] += 1
    return Tally(**counted)


def _outcome(leg: LegFacts, end: datetime) -> str:
    if leg.finished_at is None or leg.finished_at >= end:
        return "open_overdue" if leg.due_at < end else "open_within"
    return {Timing.EARLY: "early", Timing.ON_DATE: "on_time", Timing.LATE: "late"}[timing(leg.finished_at, leg.due_at)]


def minutes_lost(due: datetime, resumed: datetime, calendar: WorkCalendar) -> int:
    """Whole working minutes from the due moment to the resumption; none when it was in time."""
    return int(calendar.session_time_between(due, resumed).total_seconds() // 60)


def latest_start(now: datetime, hours: Decimal, calendar: WorkCalendar) -> datetime:
    """The latest moment from which `hours` of working time have run by `now`: what left before it is past its due."""
    left, day = timedelta(hours=float(hours)), local(now).date()
    while day >= calendar.first_day:
        for session in reversed(calendar.sessions(day)):
            begin, end = at(day, session.start), min(at(day, session.end), local(now))
            run = max(end - begin, timedelta())
            if run >= left:
                return end - left
            left -= run
        day -= timedelta(days=1)
    return at(calendar.first_day, calendar.sessions(calendar.on_or_after(calendar.first_day))[0].start)


def codes_of(text: str) -> list[str]:
    """The codes somebody scanned or typed, each once, in their order.

    A scanner gives the bare code of a barcode or the address behind a QR code, whose last part is the code.
    """
    words = (word.strip("/").rpartition("/")[2].upper() for word in _SEPARATORS.split(text) if word.strip("/"))
    return list(dict.fromkeys(words))
