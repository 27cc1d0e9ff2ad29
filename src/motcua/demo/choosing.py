"""Chooses unit, procedure and channel for each wish, with a few units and procedures carrying most of the load."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from random import Random

from motcua.demo.places import Desk, Offer
from motcua.demo.stories import Plan
from motcua.demo.timing import Promise, Span, Times, Wish, times_for
from motcua.dossiers.rules.clock import Clock
from motcua.dossiers.rules.state import Channel


class NothingFits(Exception):
    """No procedure of the level can give the wish within the span; the world is too small."""


@dataclass(frozen=True)
class Ground:
    """The desks and offers of one level, with rising weights for `Random.choices`."""

    desks: Sequence[Desk]
    offers: Sequence[Offer]
    desk_weights: Sequence[float]
    offer_weights: Sequence[float]

    @classmethod
    def of(cls, desks: Sequence[Desk], offers: Sequence[Offer]) -> Ground:
        return cls(desks, offers, _falling(len(desks), 0.5), _falling(len(offers), 0.8))

    def pick(self, rng: Random) -> tuple[Desk, Offer]:
        offer = rng.choices(self.offers, cum_weights=self.offer_weights)[0]
        return rng.choices(self.desks, cum_weights=self.desk_weights)[0], offer


@dataclass(frozen=True)
class Chooser:
    """Makes plans; `files`: result files to attach, by turns; `grounds` by level."""

    grounds: Mapping[str, Ground]
    clock_on: Callable[[date], Clock]
    rng: Random
    files: Sequence[int]
    settles: Callable[[Desk, Offer], bool] = lambda desk, offer: True

    def plan(
        self, number: int, wish: Wish, level: str, channel: Channel, span: Span, *, supplement: bool = False,
        elsewhere: Desk | None = None,
    ) -> Plan:  # fmt: skip
        """A dossier of `level` for which `wish` comes true within `span`."""
        for _ in range(400):
            desk, offer = self.grounds[level].pick(self.rng)
            if not self.settles(desk, offer):
                continue
            times = self._times(wish, offer, span, elsewhere is not None, supplement)
            if times:
                file_id = self.files[number % len(self.files)] if offer.is_document else None
                return Plan(
                    number, wish, desk, offer, channel, times, span.until, counter=elsewhere, file_id=file_id
                )
            supplement = False
        raise NothingFits(f"{wish} {level} {span}")

    def _times(self, wish: Wish, offer: Offer, span: Span, forwarded: bool, supplement: bool) -> Times | None:
        return times_for(
            wish, Promise(offer.term, offer.after_15h), span=span, clock_on=self.clock_on, rng=self.rng,
            forwarded=forwarded, supplement=supplement,
        )  # fmt: skip


def by_sector(sectors: Mapping[int, frozenset[str]]) -> Callable[[Desk, Offer], bool]:
    """Departments settle the fields of their own sectors; places below the province settle all."""

    def settles(desk: Desk, offer: Offer) -> bool:
        own = sectors.get(desk.unit)
        return own is None or offer.sector in own

    return settles


def _falling(count: int, power: float) -> list[float]:
    return list(accumulate(1 / (i + 1) ** power for i in range(count)))
