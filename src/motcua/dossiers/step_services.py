"""Verbs around the steps of a dossier: their required acts, and the move to another version of the process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError
from motcua.base.time import local_date
from motcua.dossiers import access, models
from motcua.dossiers.acting import acting
from motcua.dossiers.routing import elsewhere, unit_of_place
from motcua.dossiers.rules import duties, moves
from motcua.dossiers.rules.refusals import ProcessVersionNotInForce
from motcua.dossiers.rules.state import BEFORE_ACCEPTANCE, IN_HAND, Dossier
from motcua.dossiers.rules.way import Route
from motcua.dossiers.services import clock_of
from motcua.processes.queries import plan_of_version, version_for, versions_on
from motcua.processes.rules import StepPlan


def digitise(
    dossier_id: int, *, files: Mapping[int, int], actor: Actor, now: datetime, revision: int | None = None
) -> None:
    """Adds digitised copies to papers that came in: numbers of stored files by number of the checklist line."""
    with acting(dossier_id, "digitise", actor=actor, now=now, revision=revision) as (dossier, at):
        papers = models.Component.objects.filter(dossier_id=dossier_id, received=True, pk__in=files)
        duties.digitise(dossier, papers=len(papers), now=at, actor=actor)
        for paper in papers:
            paper.file_id = files[paper.pk]
            paper.save(update_fields=["file"])


def take_fees(
    dossier_id: int, *, fees: Iterable[int], actor: Actor, now: datetime, revision: int | None = None
) -> None:
    """Records that fees told at intake were taken; `fees` are the numbers of their lines."""
    with acting(dossier_id, "take_fees", actor=actor, now=now, revision=revision) as (dossier, at):
        lines = models.FeeLine.objects.filter(dossier_id=dossier_id, paid=False, pk__in=list(fees)).order_by("position")
        names, amount = [line.name for line in lines], sum(line.amount for line in lines)
        duties.take_fees(dossier, names=names, amount=amount, now=at, actor=actor)
        lines.update(paid=True)


def move_to_process_version(
    dossier_id: int, *, version_id: int, reason: str, actor: Actor, now: datetime, revision: int | None = None
) -> None:
    """Moves a running dossier to the version in force today for its procedure.

    Raises ProcessVersionNotInForce, ProcessVersionSame, StepNotInVersion, ReasonMissing.
    """
    with acting(dossier_id, "move_process", actor=actor, now=now, revision=revision) as (dossier, at):
        if version_id != version_for(dossier.procedure_code, on=local_date(at)):
            raise ProcessVersionNotInForce
        plan = plan_of_version(version_id)
        moves.move_process(
            dossier, version_id=version_id, plan=plan, reason=reason, clock=clock_of(dossier), now=at, actor=actor,
            route=_units(dossier, plan),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one dossier of a move: `why` is empty when it moved."""

    id: int
    code: str
    why: str = ""


def waiting_for(version_id: int, actor: Actor, *, now: datetime) -> QuerySet[models.Dossier]:
    """The open dossiers in `actor`'s sight whose procedure follows `version_id` today but that run by another version."""
    in_force = versions_on(local_date(now))
    own = [code for code, version in in_force.items() if code and version == version_id]
    rows = models.Dossier.objects.filter(access.visible(actor), state__in=sorted(BEFORE_ACCEPTANCE | IN_HAND), source="")
    if in_force.get("") == version_id:
        rows = rows.exclude(procedure_code__in=[code for code in in_force if code and code not in own])
    else:
        rows = rows.filter(procedure_code__in=own)
    return rows.exclude(process_version_id=version_id).order_by("id")


def move_all(
    version_id: int, *, reason: str, actor: Actor, now: datetime, most: int, after: int = 0
) -> list[Outcome]:
    """Moves up to `most` waiting dossiers behind the number `after`, each in a transaction of its own; tells of each."""
    waiting = waiting_for(version_id, actor, now=now).filter(pk__gt=after)
    rows = list(waiting.values_list("pk", "code", "provisional_code")[:most])
    return [_moved(pk, code or provisional, version_id, reason, actor, now) for pk, code, provisional in rows]


def _moved(dossier_id: int, code: str, version_id: int, reason: str, actor: Actor, now: datetime) -> Outcome:
    try:
        move_to_process_version(dossier_id, version_id=version_id, reason=reason, actor=actor, now=now)
    except MotcuaError as error:
        return Outcome(dossier_id, code, error.message)
    return Outcome(dossier_id, code)


def _units(dossier: Dossier, plan: tuple[StepPlan, ...]) -> Route:
    return Route(units={step.position: unit_of_place(dossier, step.place) for step in elsewhere(plan)})
