"""The verbs on filed groups: one transaction each, the actor named. Every dossier is made and moved by the spine's own verbs."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.codes import dossier_code
from motcua.base.errors import MotcuaError
from motcua.base.text import clean
from motcua.base.time import local_date
from motcua.dossiers import services as dossiers
from motcua.dossiers.intake import SECRET_LENGTH, SECRET_LETTERS, ComponentInput, FeeInput, Intake, Submitter
from motcua.dossiers.queries import number_of, standings
from motcua.dossiers.rules.refusals import ComponentMissing, ReceiverMissing, WithdrawalEvidenceMissing
from motcua.dossiers.rules.state import Channel
from motcua.groups import access, models, queries
from motcua.groups.errors import (
    GroupUnknown,
    NothingToReturn,
    NothingToWithdraw,
    NotTheSameMatter,
    NotToOpenNow,
    PartMissing,
)
from motcua.groups.packing import pack, unpack
from motcua.groups.rules import Stage, opens_now
from motcua.journal.services import append
from motcua.organisation import queries as units
from motcua.people.queries import PersonFacts
from motcua.people.services import checked_person

STREAM = "group"


@dataclass(frozen=True, slots=True)
class Part:
    """What is handed in for one procedure of the group, and which unit settles it."""

    unit_id: int
    components: tuple[ComponentInput, ...] = ()
    fees: tuple[FeeInput, ...] = ()


@dataclass(frozen=True, slots=True)
class Filing:
    """One filing for a group: the owner once, a part for each procedure by its position (an optional one may lack)."""

    version_id: int
    intake_unit_id: int
    channel: Channel
    owner: PersonFacts
    parts: Mapping[int, Part]
    submitter: Submitter = Submitter()


@transaction.atomic
def receive(filing: Filing, *, actor: Actor, now: datetime) -> int:
    """Takes a group in: one code and secret, a dossier for each procedure that waits for none; gives the group's number.

    Raises GroupNotInForce, PartMissing, NotAllowed, and whatever the intake of one of its dossiers refuses.
    """
    access.require_counter(actor, filing.intake_unit_id)
    version = queries.version_in_force(filing.version_id, on=local_date(now))
    checked_person(filing.owner)
    day = local_date(now)
    unit = units.unit(filing.intake_unit_id, on=day)
    number = dossiers.take_number(unit.id, day, "group")
    group = models.Group.objects.create(
        code="LT-" + dossier_code(unit.code, on=day, sequence=number), version_id=version.id, opened_at=now,
        secret="".join(secrets.choice(SECRET_LETTERS) for _ in range(SECRET_LENGTH)), intake_unit_id=unit.id,
    )  # fmt: skip
    for member in version.members:
        _add_child(group, member, filing)
    opened = _open_ready(group, actor, now, strict=True)
    _record(group, "received", {"code": group.code, "opened": opened}, actor, now)
    return group.pk


@transaction.atomic
def open_ready(group_id: int, *, actor: Actor, now: datetime) -> list[int]:
    """Opens the dossiers whose predecessors have a result; gives their positions. One that cannot open says why and waits."""
    group = _locked(group_id)
    opened = _open_ready(group, actor, now, strict=False)
    if opened:
        _record(group, "continued", {"opened": opened}, actor, now)
    return opened


@transaction.atomic
def open_child(group_id: int, position: int, *, actor: Actor, now: datetime) -> None:
    """Opens one dossier by hand after the reason that held it back is gone. Raises NotToOpenNow and what intake refuses."""
    group = _locked(group_id)
    access.require_counter(actor, group.intake_unit_id)
    child = group.children.filter(position=position).first()
    if child is None or position not in _openable(group):
        raise NotToOpenNow
    _open(child, actor, now)
    _record(group, "continued", {"opened": [position]}, actor, now)


@transaction.atomic
def join_mirrored(group_id: int, position: int, *, code: str, actor: Actor, now: datetime) -> None:
    """Joins a dossier followed from a ministry's system to the group. Raises NotTheSameMatter, NotToOpenNow, NotFound."""
    group = _locked(group_id)
    access.require_counter(actor, group.intake_unit_id)
    child = group.children.filter(position=position).first()
    if child is None or not child.source or child.dossier_id is not None or child.dropped_at is not None:
        raise NotToOpenNow
    found = _followed(code, child, actor)
    child.dossier_id, child.intake, child.opened_at, child.note = found, None, now, ""
    child.save()
    _record(group, "joined", {"position": position, "code": code}, actor, now)
    _open_ready(group, actor, now, strict=False)


@transaction.atomic
def give_back(
    group_id: int, *, receiver: str, method: str, actor: Actor, now: datetime, receiver_number: str = ""
) -> int:
    """Hands over in one trip every result that waits, to one receiver; gives how many. Raises NothingToReturn."""
    group = _locked(group_id)
    access.require_counter(actor, group.intake_unit_id)
    if not clean(receiver):
        raise ReceiverMissing
    ready = _in_stage(group, Stage.READY)
    if not ready:
        raise NothingToReturn
    for child in ready:
        dossiers.give_back(
            child.dossier_id, receiver=receiver, method=method, actor=actor, now=now, receiver_number=receiver_number
        )
    positions = [child.position for child in ready]
    group.returns.create(
        at=now, receiver=clean(receiver), receiver_number=receiver_number, method=method, officer=actor.label,
        positions=positions,
    )  # fmt: skip
    _record(group, "returned", {"positions": positions, "method": method}, actor, now)
    return len(ready)


@transaction.atomic
def withdraw(
    group_id: int, *, reason: str, actor: Actor, now: datetime, evidence: str = "", file_id: int | None = None,
    request: str = "",
) -> int:  # fmt: skip
    """The owner takes the whole group back: open dossiers end by the owner's act, those not opened are dropped; gives how many.

    What has a result, has ended, or runs on a ministry's system stays as it is. Raises NothingToWithdraw.
    """
    group = _locked(group_id)
    access.require_counter(actor, group.intake_unit_id)
    if file_id is None and not request.strip():
        raise WithdrawalEvidenceMissing
    open_ones = _in_stage(group, Stage.SUBMITTED, Stage.OPEN, Stage.WAITING)
    waiting = [child for child in group.children.all() if child.dossier_id is None and child.dropped_at is None]
    if not open_ones and not waiting:
        raise NothingToWithdraw
    for child in open_ones:
        dossiers.withdraw(
            child.dossier_id, evidence=evidence, file_id=file_id, request=request, reason=reason, actor=actor, now=now
        )
    for child in waiting:
        child.dropped_at, child.intake, child.note = now, None, ""
        child.save()
    group.withdrawn_at = now
    group.save(update_fields=["withdrawn_at"])
    told = {"positions": [child.position for child in (*open_ones, *waiting)], "evidence": evidence or request, "reason": reason}
    _record(group, "withdrawn", told, actor, now)
    return len(open_ones) + len(waiting)


def _locked(group_id: int) -> models.Group:
    group = models.Group.objects.select_for_update().filter(pk=group_id).first()
    if group is None:
        raise GroupUnknown
    return group


def _add_child(group: models.Group, member: queries.MemberFacts, filing: Filing) -> None:
    part = filing.parts.get(member.position)
    if part is None:
        if member.optional:
            return
        raise PartMissing(procedure=member.name)
    intake = Intake(
        member.procedure_code, part.unit_id, filing.intake_unit_id, filing.channel, filing.owner,
        submitter=filing.submitter, components=part.components, fees=part.fees,
    )  # fmt: skip
    kept = None if member.source else pack(intake)
    group.children.create(
        position=member.position, procedure_code=member.procedure_code, unit_id=part.unit_id, after=list(member.after),
        source=member.source, intake=kept,
    )  # fmt: skip


def _openable(group: models.Group) -> list[int]:
    stages = queries.stages_of(group)
    return opens_now({child.position: child.after for child in group.children.all()}, stages)


def _open_ready(group: models.Group, actor: Actor, now: datetime, *, strict: bool) -> list[int]:
    opened = []
    for position in _openable(group):
        child = group.children.get(position=position)
        try:
            with transaction.atomic():
                _open(child, actor, now)
        except MotcuaError as error:
            if strict:
                raise
            models.Child.objects.filter(pk=child.pk).update(note=error.message[:1000])
        else:
            opened.append(position)
    return opened


def _open(child: models.Child, actor: Actor, now: datetime) -> None:
    """Accepts at once; where a later version of the procedure asks for more papers, the filing waits for the counter."""
    assert child.intake is not None
    intake = unpack(child.intake)
    try:
        with transaction.atomic():
            child.dossier_id = dossiers.receive_at_counter(intake, actor=actor, now=now)
    except ComponentMissing:
        if not child.after:
            raise
        child.dossier_id = dossiers.submit(intake, actor=actor, now=now)
    child.opened_at, child.intake, child.note = now, None, ""
    child.save()


def _followed(code: str, child: models.Child, actor: Actor) -> int:
    number = number_of(code.strip().upper(), actor=actor)
    found = standings([number])[number]
    taken = models.Child.objects.filter(dossier_id=number).exists()
    if found.source != child.source or found.procedure_code != child.procedure_code or taken:
        raise NotTheSameMatter(code=found.code, procedure=child.procedure_code)
    return number


def _in_stage(group: models.Group, *stages: Stage) -> list[models.Child]:
    """The children in one of `stages` that are settled here, not on a ministry's system."""
    known = queries.stages_of(group)
    return [child for child in group.children.all() if not child.source and known[child.position] in stages]


def _record(group: models.Group, name: str, data: dict[str, Any], actor: Actor, now: datetime) -> None:
    append(stream=STREAM, stream_id=str(group.pk), name=f"group.{name}", data=data, actor=actor, at=now)
