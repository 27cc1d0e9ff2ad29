"""Asking other agencies and answering them. An opinion has its own due moment and never stops the dossier's clock.

Where a rule set lets the clock stop for it, that is the head's pause, proposed and approved as any other (NĐ 61/2018 Đ19.5).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction

from motcua.base.actor import SYSTEM, Actor
from motcua.base.errors import NotAllowed, NotFound
from motcua.base.time import local_date
from motcua.dossiers import access, store
from motcua.dossiers.routing import unit_of_place
from motcua.dossiers.rules.acts import require as require_state
from motcua.dossiers.rules.refusals import ReasonMissing
from motcua.dossiers.rules.state import IN_HAND, Dossier
from motcua.dossiers.services import clock_of
from motcua.journal.services import append
from motcua.organisation import queries as organisation
from motcua.people.rules import Role
from motcua.processes.rules import StepPlan
from motcua.proposals.models import OpinionRequest
from motcua.proposals.opinion_rules import (
    Asking,
    OpinionIncomplete,
    OpinionKind,
    OpinionSettled,
    Verdict,
    check,
)

ANSWERERS = (Role.SPECIALIST, Role.LEADER)
OPEN = {"answered_at": None, "closed_at": None}
_ENDED = "Hồ sơ đã kết thúc."


@transaction.atomic
def ask(dossier_id: int, *, asking: Asking, actor: Actor, now: datetime) -> int:
    """Asks a unit or an agency; gives the request's number. Raises NotAllowed, NotNow, OpinionIncomplete, UnitClosed."""
    dossier = store.load(dossier_id)
    access.require(actor, "ask_opinion", dossier)
    require_state(dossier, "lấy ý kiến", *IN_HAND)
    check(asking)
    if asking.unit_id is not None:
        organisation.unit(asking.unit_id, on=local_date(now))
    return _open(dossier, asking, role="", actor=actor, now=now)


def open_planned(dossier: Dossier, plan: StepPlan, actor: Actor, now: datetime) -> None:
    """The opinions the process plans for a step are asked when it is entered, in the verb's own transaction."""
    for planned in plan.opinions:
        unit = unit_of_place(dossier, planned.place)
        asking = Asking(OpinionKind.OPINION, planned.name, float(planned.hours), unit_id=unit)
        _open(dossier, asking, role=planned.role, actor=actor, now=now)


def answer(
    request_id: int, *, verdict: Verdict, content: str, actor: Actor, now: datetime, file_id: int | None = None
) -> None:
    """The asked unit answers. For an agency outside the system the asker writes the answer down."""
    with _still_open(request_id) as (request, dossier):
        require_answerer(actor, request, dossier)
        if not content.strip():
            raise OpinionIncomplete(missing="nội dung trả lời")
        request.verdict, request.answer, request.file_id = verdict, content.strip(), file_id
        request.answered_by, request.answered_at = actor.label, now
        _told(request, "answered", actor=actor, now=now, verdict=verdict.value, note=content)


def close(request_id: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """The lead agency goes on without the answer, and says why."""
    with _still_open(request_id) as (request, dossier):
        access.require(actor, "ask_opinion", dossier)
        if not reason.strip():
            raise ReasonMissing
        _close(request, reason.strip(), actor, now)


def close_open(dossier_id: int, *, now: datetime) -> int:
    """Closes what is still asked about a dossier that has ended; gives how many. Safe to repeat."""
    with transaction.atomic():
        if store.load(dossier_id).state in IN_HAND:
            return 0
        waiting = list(OpinionRequest.objects.select_for_update().filter(dossier_id=dossier_id, **OPEN))
        for request in waiting:
            _close(request, _ENDED, SYSTEM, now)
            request.save()
        return len(waiting)


def tell_overdue(*, now: datetime) -> int:
    """Once for each: the lead agency is told that it has to inform the head of the one-stop desk (NĐ 61/2018 Đ19.5)."""
    late = OpinionRequest.objects.filter(due_at__lt=now, told_at=None, **OPEN).values_list("pk", flat=True)
    return sum(_tell(number, now) for number in list(late))


def may_answer(actor: Actor, request: OpinionRequest, dossier: Dossier) -> bool:
    """Officers of the asked unit in the role asked; for an agency outside, those who may ask."""
    if request.unit_id is None:
        return access.may(actor, "ask_opinion", dossier)
    roles = (request.role, Role.LEADER) if request.role else ANSWERERS
    return any(duty.role in roles and request.unit_id in duty.units for duty in actor.duties)


def require_answerer(actor: Actor, request: OpinionRequest, dossier: Dossier) -> None:
    """Refuses everybody but the asked unit."""
    if not may_answer(actor, request, dossier):
        raise NotAllowed(reason="chỉ cán bộ của đơn vị được hỏi ý kiến được trả lời.")


@transaction.atomic
def _tell(request_id: int, now: datetime) -> int:
    request = OpinionRequest.objects.select_for_update().get(pk=request_id)
    if request.told_at is not None or not request.is_open:
        return 0
    request.told_at = now
    request.save(update_fields=["told_at"])
    _told(request, "overdue", actor=SYSTEM, now=now)
    return 1


def _open(dossier: Dossier, asking: Asking, *, role: str, actor: Actor, now: datetime) -> int:
    due = clock_of(dossier).calendar.consume(now, timedelta(hours=asking.hours))
    step = dossier.open_step
    request = OpinionRequest.objects.create(
        dossier_id=dossier.id, lead_id=dossier.unit_id, unit_id=asking.unit_id, agency=asking.agency.strip(), role=role,
        kind=asking.kind, content=asking.content.strip(), joined=asking.joined, passage=step.id if step else None,
        place=asking.place.strip(), meet_at=asking.meet_at, participants=asking.participants.strip(),
        asked_by=actor.label, asked_at=now, due_at=due,
    )  # fmt: skip
    _told(request, "asked", actor=actor, now=now, note=asking.content)
    return request.pk


def _close(request: OpinionRequest, reason: str, actor: Actor, now: datetime) -> None:
    request.closed_reason, request.closed_by, request.closed_at = reason, actor.label, now
    _told(request, "closed", actor=actor, now=now, reason=reason)


@contextmanager
def _still_open(request_id: int) -> Iterator[tuple[OpinionRequest, Dossier]]:
    with transaction.atomic():
        dossier_id = OpinionRequest.objects.filter(pk=request_id).values_list("dossier_id", flat=True).first()
        if dossier_id is None:
            raise NotFound(what="yêu cầu ý kiến này")
        dossier = store.load(dossier_id)
        request = OpinionRequest.objects.select_for_update().get(pk=request_id)
        if not request.is_open:
            raise OpinionSettled
        yield request, dossier
        request.save()


def name_of(request: OpinionRequest) -> str:
    """Who is asked."""
    return organisation.latest(request.unit_id).name if request.unit_id else request.agency


def _told(request: OpinionRequest, name: str, *, actor: Actor, now: datetime, **words: str) -> None:
    data = {"opinion": request.pk, "kind": str(request.kind), "asked": name_of(request), **words}
    append(
        stream="dossier", stream_id=str(request.dossier_id), name=f"opinion.{name}", data=data, actor=actor, at=now
    )
