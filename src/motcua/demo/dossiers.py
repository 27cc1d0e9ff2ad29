"""The dossiers of the demonstration: every state, age, channel and level, always the same for the same moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeVar

from motcua.base.actor import SYSTEM
from motcua.base.time import day_start, local_date
from motcua.demo import units as plan
from motcua.demo.choosing import Chooser, Ground, by_sector
from motcua.demo.places import desks, offers
from motcua.demo.result_files import store_samples
from motcua.demo.stories import Plan, tell
from motcua.demo.timing import BEFORE, Span, Wish
from motcua.dossiers.bulk import World
from motcua.dossiers.bulk_copy import Batch, write
from motcua.dossiers.rules.clock import Clock
from motcua.dossiers.rules.state import Channel
from motcua.organisation.queries import tree

SEED = 20_250_701
DAYS_BACK = 455
OLD_EVERY = 12
_T = TypeVar("_T")
_NEW_LEVELS = (("province", 45), ("commune", 55))
_OLD_LEVELS = (("province", 30), ("district", 40), ("commune", 30))
_CHANNELS = ((Channel.ONLINE, 72), (Channel.DIRECT, 22), (Channel.POST, 6))
_WISHES = (
    (Wish.EARLY, 560), (Wish.ON_DATE, 130), (Wish.LATE, 40), (Wish.WITHIN, 130), (Wish.OVERDUE, 12), (Wish.WAITING, 30),
    (Wish.PAUSED, 8), (Wish.STOPPED, 8), (Wish.SENT_BACK, 10), (Wish.WITHDRAWN, 10), (Wish.SUBMITTED, 22),
    (Wish.AT_INTAKE, 12), (Wish.REFUSED_AT_INTAKE, 18), (Wish.VOIDED, 4),
)  # fmt: skip
_OLD_WISHES = ((Wish.EARLY, 70), (Wish.ON_DATE, 18), (Wish.LATE, 6), (Wish.WITHDRAWN, 2), (Wish.OVERDUE, 4))


def load(count: int, *, now: datetime, progress: Callable[[int], None]) -> None:
    """Writes `count` dossiers that look alive at `now`."""
    files = store_samples(actor=SYSTEM, now=now)
    plans = sorted(_plans(count, now, files), key=lambda p: (p.times.accepted, p.number))
    world = World.read({day for p in plans for day in _days(p)})
    calendar = next(iter(world.clocks.values())).calendar
    write(Batch.of([tell(p, calendar) for p in plans]), world=world, progress=progress)


def _days(dossier: Plan) -> tuple[date, date]:
    """The days a history may begin on: what comes in at night is accepted in the morning."""
    accepted = local_date(dossier.times.accepted)
    return accepted, accepted - timedelta(days=1)


def _plans(count: int, now: datetime, files: Sequence[int]) -> Iterator[Plan]:
    rng = Random(SEED)
    present = chooser_on(local_date(now), rng=rng, files=files)
    former = chooser_on(plan.TWO_LEVELS - timedelta(days=1), rng=rng, files=files)
    for number in range(1, count + 1):
        if number % OLD_EVERY == 0:
            yield _old_plan(former, number, rng, now)
        else:
            yield _new_plan(present, number, rng, now)


def chooser_on(on: date, *, rng: Random, files: Sequence[int]) -> Chooser:
    """Chooses among the desks and offers of one day."""
    found = desks(on)
    grounds = {
        level: Ground.of([d for d in found if d.level == level], offers(on, level=level))
        for level in sorted({desk.level for desk in found})
    }
    return Chooser(grounds, _clock_on(), rng, files, by_sector(sectors(on)))


def _clock_on() -> Callable[[date], Clock]:
    general = [clock for clock in World.read([]).clocks.values() if clock.rules.family == "general"]
    return lambda day: next(clock for clock in general if clock.rules.in_force_on(day))


def sectors(on: date) -> dict[int, frozenset[str]]:
    """What each department settles, by unit number."""
    known = {agency.code: frozenset(agency.sectors) for agency in plan.AGENCIES}
    return {unit: known[facts.code] for unit, facts in tree(on).items() if facts.code in known}


def _new_plan(chooser: Chooser, number: int, rng: Random, now: datetime) -> Plan:
    today = local_date(now)
    # The first hundred go through all wishes by turns, so that even a small load has everything.
    wish = _WISHES[number % len(_WISHES)][0] if number <= 100 else _one(rng, _WISHES)
    level = _one(rng, _NEW_LEVELS)
    first = max(today - timedelta(days=DAYS_BACK), plan.TWO_LEVELS)
    span = Span(first, today + timedelta(days=1), first, now)
    elsewhere = None
    if level == "province" and wish not in BEFORE and number % 7 == 3:
        elsewhere = rng.choice(chooser.grounds["commune"].desks)
    channel = Channel.DIRECT if elsewhere else _one(rng, _CHANNELS)
    return chooser.plan(number, wish, level, channel, span, supplement=rng.random() < 0.08, elsewhere=elsewhere)


def _old_plan(chooser: Chooser, number: int, rng: Random, now: datetime) -> Plan:
    """From the last months of three levels; what is still open waits for the heirs under its old code and due date."""
    wish = _one(rng, _OLD_WISHES)
    first, last = plan.MERGER + timedelta(days=14), plan.TWO_LEVELS - timedelta(days=2)
    until = now if wish is Wish.OVERDUE else day_start(plan.TWO_LEVELS)
    return chooser.plan(number, wish, _one(rng, _OLD_LEVELS), _one(rng, _CHANNELS), Span(first, last, first, until))


def _one(rng: Random, weighted: Sequence[tuple[_T, int]]) -> _T:
    return rng.choices([item for item, _ in weighted], [weight for _, weight in weighted])[0]
