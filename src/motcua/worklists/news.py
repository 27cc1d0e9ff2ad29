"""What is new since an officer last saw a dossier, and why: the latest act of somebody else, in the words of the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.base.actor import Actor
from motcua.base.time import local_date
from motcua.dossiers import history, worklist
from motcua.journal import queries as journal
from motcua.organisation.queries import tree
from motcua.worklists.models import DossierSeen

LOOKED_AT = 2_000
"""The most urgent dossiers of an officer that are looked through for news."""


@dataclass(frozen=True, slots=True)
class News:
    """Why a dossier is new: never opened (`unread`) or changed since; `event` is the act that says so."""

    unread: bool
    event: int
    text: str
    by: str
    at: datetime


def of(actor: Actor, numbers: Iterable[int], *, now: datetime) -> dict[int, News]:
    """News of those dossiers that have any, by number. The caller has made sure that the officer may see them."""
    asked = list(numbers)
    seen = dict(
        DossierSeen.objects.filter(officer_id=actor.id, dossier_id__in=asked).values_list(
            "dossier_id", "event"
        )
    )
    marks = {str(number): seen.get(number, 0) for number in asked}
    latest = journal.latest_since("dossier", marks, not_by=actor.id) if marks else {}
    names = unit_names(now)
    return {
        int(number): News(int(number) not in seen, e.id, _told(e, names), e.actor_label, e.at)
        for number, e in latest.items()
    }


def waiting(actor: Actor, *, now: datetime) -> dict[int, News]:
    """News of the officer's own work, the newest first."""
    rows = worklist.by_urgency(worklist.mine(actor), worklist.edges(now))
    found = of(actor, rows.values_list("pk", flat=True)[:LOOKED_AT], now=now)
    return dict(sorted(found.items(), key=lambda pair: (pair[1].at, pair[1].event), reverse=True))


def since(dossier_id: int, *, actor: Actor, after: int, now: datetime) -> list[history.Line]:
    """What others did to one dossier behind the event `after`, newest first."""
    events = journal.events_since("dossier", str(dossier_id), after=after, not_by=actor.id)
    return history.told(events, units=unit_names(now)) if events else []


def unit_names(now: datetime) -> Mapping[int, str]:
    """Names of today's units by number."""
    return {number: unit.name for number, unit in tree(local_date(now)).items()}


def _told(event: journal.EventFacts, names: Mapping[int, str]) -> str:
    return history.sentence(event.name, event.data, units=names)
