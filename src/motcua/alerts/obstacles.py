"""Why an open dossier does not move on: nobody acted, the hand-over failed, a message did not go out, nobody holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from motcua.alerts import rules
from motcua.alerts.rules import Obstacle
from motcua.deadlines.rules import DEFAULT_CUTOFF
from motcua.dossiers.rules.state import State
from motcua.dossiers.watch_queries import RUNNING, Watched
from motcua.journal.queries import Failing, failing

if TYPE_CHECKING:
    from motcua.alerts.watching import World

_MOVING = frozenset({State.SUBMITTED, State.ACCEPTED, State.PROCESSING})
_TRIES = 4
"""A delivery that failed this often has been away for minutes, not for a moment."""

Failures = dict[int, Failing]


@dataclass(frozen=True)
class Found:
    """An obstacle, since when, and what the page needs to say about it."""

    reason: Obstacle
    since: datetime
    detail: dict[str, Any] = field(default_factory=dict)


def failures() -> Failures:
    """The oldest failing delivery of each dossier."""
    return {int(failed.stream_id): failed for failed in reversed(failing("dossier", attempts=_TRIES))}


def obstacles_of(facts: Watched, world: World) -> Iterator[Found]:
    """Every reason for which the dossier is stuck now."""
    if _is_idle(facts, world):
        yield Found(Obstacle.IDLE, facts.recorded_at)
    if facts.state == State.FORWARDED and _transfer_failed(facts, world):
        yield Found(Obstacle.TRANSFER, facts.recorded_at, {"unit": facts.holder_unit_id})
    if failed := world.failures.get(facts.id):
        yield Found(Obstacle.UNDELIVERED, failed.since, {"destination": failed.destination})
    if facts.state == State.SUBMITTED or facts.state in RUNNING:
        yield from _empty_desk(facts, world)


def _is_idle(facts: Watched, world: World) -> bool:
    if facts.state not in _MOVING:
        return False
    quiet = world.calendar.session_time_between(facts.recorded_at, world.now)
    return quiet.total_seconds() >= world.plan(facts.unit_id).idle_hours * 3600


def _transfer_failed(facts: Watched, world: World) -> bool:
    rule_set = world.rule_sets.get(facts.ruleset)
    return rules.transfer_overdue(
        forwarded_at=facts.recorded_at, promised=facts.forward_by, now=world.now, calendar=world.calendar,
        cutoff=rule_set.cutoff_forward if rule_set else DEFAULT_CUTOFF,
    )  # fmt: skip


def _empty_desk(facts: Watched, world: World) -> Iterator[Found]:
    """The named holder may not be at work; without one, somebody must hold the role at the place."""
    place = {"unit": facts.holder_unit_id, "role": facts.holder_role}
    if facts.holder_id is None:
        if not world.desks.at(facts.holder_unit_id, facts.holder_role):
            yield Found(Obstacle.NOBODY, facts.recorded_at, place)
    elif facts.holder_id not in world.desks.covered(facts.holder_unit_id, facts.holder_role):
        yield Found(Obstacle.ABSENT, facts.recorded_at, {**place, "holder": facts.holder_id})
