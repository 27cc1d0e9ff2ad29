"""In which columns of the settlement table (II.06a) a dossier stands. Pure; the SQL twin is `settlement`.

Biểu II.06a/VPCP/KSTT (TT 01/2020/TT-VPCP): c3 received = c4 online + c5 direct and post + c6 carried over; c7 settled =
c8 early + c9 on the date + c10 late; c11 open = c12 within the term + c13 overdue. Dates are compared, not hours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from motcua.base.time import day_end

ENDED_EARLY = frozenset({"stopped", "withdrawn", "sent_back"})


class WayIn(StrEnum):
    """Columns 4 to 6."""

    ONLINE = "c4"
    DIRECT_POST = "c5"
    CARRIED = "c6"


class Outcome(StrEnum):
    """Columns 8 to 13; `RETURNED` is the part of column 9 that was stopped, withdrawn or sent back."""

    RETURNED = "returned"
    EARLY = "c8"
    ON_DATE = "c9"
    LATE = "c10"
    WITHIN = "c12"
    OVERDUE = "c13"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the table needs to know of a dossier. `waiting`: when the last day of the period ends."""

    accepted_on: date
    channel: str
    due_on: date | None
    ended_on: date | None
    end_kind: str
    waiting: bool


@dataclass(frozen=True, slots=True)
class Classes:
    """The one way in and the one outcome of a dossier in a period."""

    way_in: WayIn
    outcome: Outcome


class Wait(Protocol):
    """A wait for papers, or another pause that stops the clock and began before the due moment."""

    start: datetime
    end: datetime | None
    retracted_at: datetime | None


def classify(facts: Facts, from_: date, to: date) -> Classes | None:
    """Where a dossier stands in the table of [from_, to]; None when it was not yet accepted or had already ended."""
    if facts.accepted_on > to or (facts.ended_on is not None and facts.ended_on < from_):
        return None
    return Classes(_way_in(facts, from_), _outcome(facts, to))


def waits_at_end(waits: Iterable[Wait], to: date, *, known_at: datetime | None = None) -> bool:
    """Whether one of `waits` is running when day `to` ends, by what was known at `known_at`."""
    return any(_runs(wait, day_end(to), known_at) for wait in waits)


def _way_in(facts: Facts, from_: date) -> WayIn:
    if facts.accepted_on < from_:
        return WayIn.CARRIED
    return WayIn.ONLINE if facts.channel == "online" else WayIn.DIRECT_POST


def _outcome(facts: Facts, to: date) -> Outcome:
    if facts.ended_on is not None and facts.ended_on <= to:
        return _settled(facts, facts.ended_on)
    if facts.waiting or facts.due_on is None or facts.due_on >= to:
        return Outcome.WITHIN
    return Outcome.OVERDUE


def _settled(facts: Facts, ended_on: date) -> Outcome:
    """A refusal after appraisal is a result and compared with the date; a stop, withdrawal or return is not (column 9)."""
    if facts.end_kind in ENDED_EARLY:
        return Outcome.RETURNED
    if facts.due_on is None or ended_on == facts.due_on:
        return Outcome.ON_DATE
    return Outcome.EARLY if ended_on < facts.due_on else Outcome.LATE


def _runs(wait: Wait, end: datetime, known_at: datetime | None) -> bool:
    def known(moment: datetime | None) -> bool:
        return moment is not None and (known_at is None or moment <= known_at)

    begun = wait.start < end and known(wait.start)
    over = known(wait.end) and wait.end < end
    return begun and not over and not known(wait.retracted_at)
