"""Handing over all work of an officer: every open step in one name passes to colleagues, batch by batch, row by row.

A batch is one transaction and a row its own savepoint: what is refused leaves the others alone, and whoever repeats
after a stop goes on with what is still in the old name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, QuerySet

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError, NotAllowed
from motcua.base.time import local_date
from motcua.dossiers import models
from motcua.dossiers.acting import acting
from motcua.dossiers.rules import acts
from motcua.dossiers.rules.refusals import SuccessorUnfit
from motcua.dossiers.rules.state import ON_WORKLIST, Dossier
from motcua.dossiers.words import sentence_of
from motcua.kit import clock
from motcua.people.delegating import decides_for
from motcua.people.queries import actor_of_officer
from motcua.people.rosters import absent_on, active_officers

BATCH = 50


@dataclass(frozen=True, slots=True)
class Bundle:
    """The open steps in one officer's name that ask for the same: procedure, role, place."""

    procedure_code: str
    role: str
    unit_id: int
    count: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one dossier; `refusal` is empty when it was handed over."""

    dossier_id: int
    code: str
    refusal: str


def held_by(officer_id: int) -> QuerySet[models.Dossier]:
    """The open dossiers whose present step is in the officer's name; the index of open ones by holder answers."""
    return models.Dossier.objects.filter(holder_id=officer_id, state__in=sorted(ON_WORKLIST))


def open_by_name(officer_id: int) -> int:
    """How many open dossiers are in the officer's name; an account with any is not closed silently."""
    return held_by(officer_id).count()


def bundles(officer_id: int) -> list[Bundle]:
    """The officer's open steps by what they ask for, the most first."""
    rows = held_by(officer_id).values_list("procedure_code", "holder_role", "holder_unit_id").annotate(n=Count("id"))
    return [Bundle(*row) for row in rows.order_by("-n", "procedure_code", "holder_role", "holder_unit_id")]


def require_hands_over(actor: Actor, officer_id: int) -> None:
    """Refuses the page of an officer none of whose work lies within the actor's reach."""
    reach = decides_for(actor)
    places = {bundle.unit_id for bundle in bundles(officer_id)}
    homes = places or {duty.unit_id for duty in _person(officer_id, None).duties}
    if actor.kind != "system" and not homes & reach:
        raise NotAllowed(reason="việc bàn giao công việc do lãnh đạo đơn vị của cán bộ hoặc quản trị hệ thống thực hiện.")


def hand_over(
    numbers: Sequence[int], *, to: int, reason: str, actor: Actor, now: datetime,
    progress: Callable[[int], None] = lambda done: None,
) -> list[Outcome]:  # fmt: skip
    """Passes the present steps of these dossiers to the officer `to`; one event and one outcome each.

    Raises SuccessorUnfit when `to` is away or the account is closed; a dossier whose step `to` may not hold is refused
    alone.
    """
    acts.require_reason(reason)
    heir, name = _successor(to, now)
    outcomes: list[Outcome] = []
    for batch in _batches(numbers):
        with transaction.atomic():
            outcomes += [_one(number, heir, name, reason, actor, now) for number in batch]
        progress(len(outcomes))
    return outcomes


def _batches(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(numbers), BATCH):
        yield numbers[first : first + BATCH]


def _one(number: int, heir: Actor, name: str, reason: str, actor: Actor, now: datetime) -> Outcome:
    code = ""
    try:
        with acting(number, "reassign", actor=actor, now=now, revision=None) as (dossier, at):
            code = dossier.code or dossier.provisional_code
            _check_fit(heir, name, dossier)
            acts.assign(
                dossier, holder_id=heir.id or 0, holder_name=name, now=at, actor=actor, reason=reason,
                from_holder=dossier.holder_id,
            )  # fmt: skip
    except MotcuaError as refusal:
        return Outcome(number, code or str(number), sentence_of(refusal))
    return Outcome(number, code, "")


def _successor(officer_id: int, now: datetime) -> tuple[Actor, str]:
    names = active_officers({officer_id})
    if officer_id not in names:
        raise SuccessorUnfit(name=f"số {officer_id}", why="tài khoản không còn dùng")
    if any(number == officer_id for number, _ in absent_on(local_date(now))):
        raise SuccessorUnfit(name=names[officer_id], why="đang vắng mặt")
    return _person(officer_id, now), names[officer_id]


def _person(officer_id: int, now: datetime | None) -> Actor:
    return actor_of_officer(officer_id, on=local_date(now or clock.now()))


def _check_fit(heir: Actor, name: str, dossier: Dossier) -> None:
    able = any(
        duty.own and duty.role == dossier.holder_role and dossier.holder_unit_id in duty.units for duty in heir.duties
    )
    if not able:
        raise SuccessorUnfit(name=name, why="không giữ vai trò của bước này tại đơn vị đang giữ hồ sơ")
    if heir.id == dossier.holder_id:
        raise SuccessorUnfit(name=name, why="đang là người giữ hồ sơ")


def numbers_of(officer_id: int, bundle: Bundle, *, limit: int) -> list[int]:
    """The dossiers of a bundle, the one due first on top."""
    rows = held_by(officer_id).filter(
        procedure_code=bundle.procedure_code, holder_role=bundle.role, holder_unit_id=bundle.unit_id
    )
    return list(rows.order_by("due_at", "id").values_list("pk", flat=True)[:limit])
