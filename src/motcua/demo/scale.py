"""A whole half-year of a province for measuring: 15/12/2023–30/6/2024, the figures of II.06a fixed, the rest drawn.

Only the distribution is drawn (unit, procedure, day, hour, applicant). Every due date comes from the term through the
rules, and the end is placed so that the wished class comes out.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from motcua.base.actor import SYSTEM
from motcua.base.time import at, local_date
from motcua.demo import services
from motcua.demo.choosing import Chooser
from motcua.demo.dossiers import chooser_on
from motcua.demo.result_files import store_samples
from motcua.demo.stories import Plan, tell
from motcua.demo.timing import Span, Wish
from motcua.dossiers.bulk import History, World
from motcua.dossiers.bulk_copy import Batch, write
from motcua.dossiers.bulk_tables import replaced
from motcua.dossiers.rules.state import Channel

FIRST, LAST = date(2023, 12, 15), date(2024, 6, 30)
CARRIED_FROM = date(2023, 9, 1)
SEED = 314_849
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Figures:
    """One line of the table: ways in, outcomes, and how many of column 9 were stopped, sent back or withdrawn."""

    c4: int
    c5: int
    c6: int
    c8: int
    c9: int
    c10: int
    c12: int
    c13: int
    returned: int

    @property
    def total(self) -> int:
        return self.c4 + self.c5 + self.c6

    def as_row(self) -> dict[str, int]:
        """The columns as the report prints them."""
        c7, c11 = self.c8 + self.c9 + self.c10, self.c12 + self.c13
        return {
            "c3": self.total, "c4": self.c4, "c5": self.c5, "c6": self.c6, "c7": c7, "c8": self.c8, "c9": self.c9,
            "c10": self.c10, "c11": c11, "c12": self.c12, "c13": self.c13, "returned": self.returned,
        }  # fmt: skip


BAC_GIANG_2024 = {
    "province": Figures(124_300, 2_569, 6_100, 115_264, 11_787, 343, 5_535, 40, 300),
    "district": Figures(46_400, 582, 2_700, 41_500, 4_402, 524, 3_146, 110, 25),
    "commune": Figures(129_758, 993, 1_447, 105_000, 24_701, 1_418, 1_019, 60, 10),
}
SCENARIOS = {"bac-giang-2024": BAC_GIANG_2024}


def scaled(table: Mapping[str, Figures], count: int | None) -> dict[str, Figures]:
    """The same mix for `count` dossiers, shared out by largest remainder: first levels, then ways in and outcomes."""
    totals = [figures.total for figures in table.values()]
    if count is None or count == sum(totals):
        return dict(table)
    shares = share_out(count, totals)
    return {level: _scaled(f, n) for (level, f), n in zip(table.items(), shares, strict=True)}


def _scaled(figures: Figures, count: int) -> Figures:
    ways = share_out(count, [figures.c4, figures.c5, figures.c6])
    ended_early = figures.returned
    outcomes = share_out(
        count, [figures.c8, figures.c9 - ended_early, ended_early, figures.c10, figures.c12, figures.c13]
    )
    c8, on_date, returned, c10, c12, c13 = outcomes
    return Figures(*ways, c8, on_date + returned, c10, c12, c13, returned)


def share_out(count: int, weights: list[int]) -> list[int]:
    """`count` in proportion to `weights`, whole numbers, what is left to the largest remainders."""
    total = sum(weights)
    parts = [divmod(count * weight, total) for weight in weights]
    left = count - sum(whole for whole, _ in parts)
    favoured = sorted(range(len(parts)), key=lambda i: (-parts[i][1], i))[:left]
    return [whole + (i in favoured) for i, (whole, _) in enumerate(parts)]


def load(
    scenario: str, *, count: int | None, now: datetime, progress: Progress, processes: int = 2
) -> dict[str, dict[str, int]]:
    """Replaces all dossiers by the scenario; gives the rows expected of II.06a by level, and in "total"."""
    if not services.is_loaded():
        services.build(progress=progress, now=now)
    table = scaled(SCENARIOS[scenario], count)
    files = store_samples(actor=SYSTEM, now=now)
    plans = sorted(
        _plans(table, files, services.steps(progress, "kế hoạch", sum(f.total for f in table.values())), processes),
        key=lambda p: (p.times.accepted, p.number),
    )
    batch, world = _batch(plans)
    with replaced(progress=progress):
        write(
            batch, world=world, progress=services.steps(progress, "hồ sơ", len(plans)), processes=processes
        )
    return expected(table)


def expected(table: Mapping[str, Figures]) -> dict[str, dict[str, int]]:
    """The rows of II.06a that `table` must give, with their sum."""
    rows = {level: figures.as_row() for level, figures in table.items()}
    columns = next(iter(rows.values()))
    return {**rows, "total": {column: sum(row[column] for row in rows.values()) for column in columns}}


def _batch(plans: list[Plan]) -> tuple[Batch, World]:
    days = {local_date(p.times.accepted) for p in plans}
    world = World.read(days | {day - timedelta(days=1) for day in days})
    calendar = next(iter(world.clocks.values())).calendar

    def build(index: int) -> History:
        return tell(plans[index], calendar)

    return Batch([p.accepted for p in plans], build), world


@dataclass(frozen=True, slots=True)
class Order:
    """One dossier to be placed."""

    level: str
    wish: Wish
    channel: Channel
    span: Span


def _plans(
    table: Mapping[str, Figures], files: list[int], step: Callable[[int], None], processes: int = 1
) -> Iterator[Plan]:
    """Places every dossier; each draws from its own number, so the division among processes changes nothing."""
    global _task
    rng = Random(SEED)
    orders = [
        Order(level, *wished) for level, figures in table.items() for wished in _wishes(figures, rng)
    ]
    _task = (chooser_on(LAST, rng=rng, files=files), orders)
    ranges = [range(i, min(i + _CHUNK, len(orders))) for i in range(0, len(orders), _CHUNK)]
    if processes == 1:
        found: Iterator[list[Plan]] = map(_place, ranges)
        yield from _counted(found, step)
        return
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        yield from _counted(pool.imap(_place, ranges), step)


def _counted(chunks: Iterable[list[Plan]], step: Callable[[int], None]) -> Iterator[Plan]:
    for plans in chunks:
        yield from plans
        step(len(plans))


_CHUNK = 4000
_task: tuple[Chooser, list[Order]]


def _place(numbers: range) -> list[Plan]:
    chooser, orders = _task
    plans = []
    for number in numbers:
        order, rng = orders[number], Random(SEED * 1_000_003 + number)
        plans.append(
            replace(chooser, rng=rng).plan(
                number + 1, order.wish, order.level, order.channel, order.span, supplement=rng.random() < 0.02
            )
        )
    return plans


_UNTIL = at(LAST, time(23, 59, 59))
_IN_PERIOD = Span(FIRST, LAST + timedelta(days=1), FIRST, _UNTIL)
_BEFORE = Span(CARRIED_FROM, FIRST, FIRST, _UNTIL)
_RETURNED = (Wish.WITHDRAWN, Wish.SENT_BACK, Wish.STOPPED)


def _wishes(figures: Figures, rng: Random) -> Iterator[tuple[Wish, Channel, Span]]:
    """Every dossier of one line: settled ones first, of which the carried ones are a part; ways in dealt out at random."""
    settled = [Wish.EARLY] * figures.c8 + [Wish.ON_DATE] * (figures.c9 - figures.returned)
    settled += [Wish.LATE] * figures.c10 + [_RETURNED[i % 3] for i in range(figures.returned)]
    rng.shuffle(settled)
    for wish in settled[: figures.c6]:
        yield wish, rng.choices(list(Channel), [3, 1, 96])[0], _BEFORE
    waiting = figures.c12 * 3 // 10
    rest = settled[figures.c6 :] + [Wish.WAITING] * waiting + [Wish.WITHIN] * (figures.c12 - waiting)
    rest += [Wish.OVERDUE] * figures.c13
    rng.shuffle(rest)
    for index, wish in enumerate(rest):
        other = Channel.POST if index % 5 == 0 else Channel.DIRECT
        yield wish, Channel.ONLINE if index < figures.c4 else other, _IN_PERIOD


