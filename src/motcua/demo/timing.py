"""Chooses when things happen so that a wished class of II.06a comes out; the due date itself always comes from the rules.

Pure but for the random numbers it is given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from random import Random

from motcua.base.time import at, local_date
from motcua.deadlines.rules import PauseKind, PauseMode, Term, WorkCalendar
from motcua.dossiers.rules.clock import Clock
from motcua.dossiers.rules.state import PauseRecord

ONE_DAY = timedelta(days=1)
TRIES = 60


class Wish(StrEnum):
    """What is to become of a dossier."""

    EARLY = "early"
    ON_DATE = "on_date"
    LATE = "late"
    STOPPED = "stopped"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"
    WITHIN = "within"
    OVERDUE = "overdue"
    WAITING = "waiting"
    PAUSED = "paused"
    SUBMITTED = "submitted"
    AT_INTAKE = "at_intake"
    REFUSED_AT_INTAKE = "refused_at_intake"
    VOIDED = "voided"


SETTLED = (Wish.EARLY, Wish.ON_DATE, Wish.LATE)
RETURNED = (Wish.STOPPED, Wish.SENT_BACK, Wish.WITHDRAWN)
BEFORE = (Wish.SUBMITTED, Wish.AT_INTAKE, Wish.REFUSED_AT_INTAKE)
OPEN = (Wish.WITHIN, Wish.OVERDUE, Wish.WAITING, Wish.PAUSED)


@dataclass(frozen=True, slots=True)
class Span:
    """Dossiers are accepted from `opens` to `closes` (exclusive) and ended from `ends_from` to `until`."""

    opens: date
    closes: date
    ends_from: date
    until: datetime


@dataclass(frozen=True, slots=True)
class Times:
    """The moments of one dossier: accepted, received by the competent unit, supplement asked and answered, due, ended."""

    accepted: datetime
    received: datetime
    asked: datetime | None
    answered: datetime | None
    due: datetime | None
    ended: datetime | None


@dataclass(slots=True)
class Promise:
    """As much of a dossier as the clock looks at."""

    term: Term | None
    after_15h: bool
    pauses: list[PauseRecord] = field(default_factory=list)
    promise_taken_over: bool = False

    @property
    def term_unit(self) -> str:
        return self.term.unit.value if self.term else ""

    def due(self, clock: Clock, start: datetime) -> datetime | None:
        counted = clock.due(self, start=start, now=start)  # type: ignore[arg-type]
        return counted.moment if counted else None


def times_for(
    wish: Wish, promise: Promise, *, span: Span, clock_on: Callable[[date], Clock], rng: Random,
    forwarded: bool = False, supplement: bool = False,
) -> Times | None:  # fmt: skip
    """Moments under which `wish` comes true, or None when this term cannot give it within `span`."""
    calendar = clock_on(local_date(span.until)).calendar
    for _ in range(TRIES):
        accepted = _a_moment(span, promise, wish, calendar, rng)
        if accepted is None:
            continue
        clock = clock_on(local_date(accepted))
        found = _try(wish, promise, accepted, span, clock, rng, forwarded, supplement)
        if found:
            return found
    return None


def _try(
    wish: Wish, promise: Promise, accepted: datetime, span: Span, clock: Clock, rng: Random, forwarded: bool,
    supplement: bool,
) -> Times | None:  # fmt: skip
    calendar = clock.calendar
    if wish in BEFORE:
        return Times(accepted, accepted, None, None, None, None)
    received = calendar.consume(accepted, timedelta(minutes=rng.randint(40, 400))) if forwarded else accepted
    asked = answered = None
    promise.pauses = []
    if supplement and wish in (*SETTLED, Wish.WITHIN, Wish.OVERDUE):
        asked = calendar.consume(received, timedelta(hours=rng.randint(2, 9)))
        answered = calendar.consume(asked, timedelta(hours=rng.randint(8, 60)))
        mode = clock.rules.pause_rules[PauseKind.SUPPLEMENT].mode
        promise.pauses = [PauseRecord("supplement", PauseMode(mode).value, asked, "", "", "", end=answered)]
    due = promise.due(clock, received)
    if wish in OPEN:
        fits = _open_fits(wish, due, answered or received, span)
        return Times(accepted, received, asked, answered, due, None) if fits else None
    ended = _end(wish, answered or received, due, calendar, rng)
    if ended is None or ended > span.until or local_date(ended) < span.ends_from:
        return None
    if ended <= (answered or received):  # a request after the due moment does not move it: late before it was answered
        return None
    return Times(accepted, received, asked, answered, due, ended)


def _open_fits(wish: Wish, due: datetime | None, last: datetime, span: Span) -> bool:
    if last > span.until - timedelta(hours=1):
        return False
    if wish in (Wish.WAITING, Wish.PAUSED):
        return True
    overdue = due is not None and local_date(due) < local_date(span.until)
    return overdue == (wish is Wish.OVERDUE)


def _end(
    wish: Wish, start: datetime, due: datetime | None, calendar: WorkCalendar, rng: Random
) -> datetime | None:
    if wish in RETURNED or wish is Wish.VOIDED:
        return calendar.consume(start, timedelta(minutes=rng.randint(60, 2400)))
    if due is None:
        return calendar.consume(start, timedelta(minutes=rng.randint(60, 2400))) if wish is Wish.ON_DATE else None
    if wish is Wish.LATE:
        day = calendar.add_working_days(local_date(due), min(1 + int(rng.expovariate(0.4)), 25))
        return _within(calendar.opening(day), calendar.closing(day), calendar, rng)
    if wish is Wish.ON_DATE:
        opening = calendar.opening(calendar.on_or_after(local_date(due)))
        return _within(max(start, opening), calendar.closing(local_date(due)), calendar, rng)
    last = _working_day_before(local_date(due), calendar)
    return _within(start, calendar.closing(last), calendar, rng)


def _within(a: datetime, b: datetime, calendar: WorkCalendar, rng: Random) -> datetime | None:
    length = calendar.session_time_between(a, b)
    if length < timedelta(minutes=30):
        return None
    return calendar.consume(a, length * rng.uniform(0.3, 0.98))


def _working_day_before(day: date, calendar: WorkCalendar) -> date:
    day -= ONE_DAY
    while not calendar.is_working_day(day):
        day -= ONE_DAY
    return day


def _a_moment(span: Span, promise: Promise, wish: Wish, calendar: WorkCalendar, rng: Random) -> datetime | None:
    """A moment of acceptance in a session, drawn near enough to the end (or to the start of the ends) to have a chance."""
    first, last = _bounds(span, promise, wish)
    if last <= first:
        return None
    day = first + timedelta(days=rng.randrange((last - first).days))
    if not calendar.is_working_day(day):
        return None
    minute = rng.choice((rng.randint(5, 260), rng.randint(395, 585)))
    moment = at(day, time(7)) + timedelta(minutes=minute, seconds=rng.randrange(60))
    return moment if calendar.in_session(moment) and moment < span.until else None


def _bounds(span: Span, promise: Promise, wish: Wish) -> tuple[date, date]:
    reach = _calendar_days(promise.term)
    if wish in (Wish.SUBMITTED, Wish.AT_INTAKE):
        return span.closes - timedelta(days=5), span.closes
    if wish in OPEN:
        slack = 4 if wish is Wish.WITHIN else 45 if wish in (Wish.WAITING, Wish.PAUSED) else 30
        first = min(local_date(span.until), span.closes) - timedelta(days=reach + slack)
        return max(span.opens, first), span.closes
    if span.closes <= span.ends_from:
        return max(span.opens, span.ends_from - timedelta(days=reach + 12)), span.closes
    return span.opens, span.closes


def _calendar_days(term: Term | None) -> int:
    if term is None:
        return 5
    days = {"ngay_lam_viec": 1.5, "ngay": 1.1, "thang": 31, "gio_lam_viec": 0.2, "gio": 0.05, "trong_ngay": 1}
    return int(term.amount * days[term.unit.value]) + 3

