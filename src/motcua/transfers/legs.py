"""Legs: a dossier goes to another agency or level, is received there, worked on in that leg's own time, and is done (LNK-05)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from motcua.base.actor import Actor
from motcua.base.errors import NotFound
from motcua.base.time import local_date
from motcua.deadlines.queries import work_calendar
from motcua.dossiers import access as dossier_access
from motcua.dossiers import store
from motcua.dossiers.desks import AT_WORK
from motcua.dossiers.rules.lateness import timing
from motcua.dossiers.rules.state import Dossier
from motcua.transfers import access, terms
from motcua.transfers.errors import LegNotNow, LegOnSlip, LegOpen, NotHere, ReasonNeeded, SamePlace
from motcua.transfers.models import Leg, Line
from motcua.transfers.records import resumed, tell
from motcua.transfers.rules import LineState, Move, TermKind, due_of_leg

OPEN = Q(finished_at=None, cancelled_at=None)


@transaction.atomic
def send_leg(
    dossier_id: int, *, from_unit: int, to_unit: int, purpose: str, actor: Actor, now: datetime,
    hours: Decimal | None = None,
) -> int:  # fmt: skip
    """Sends a dossier in hand to another agency or level, without papers; gives the leg's number.

    hours: working hours of the leg (None: as configured for the receiving unit). The dossier's own clock runs on.
    Raises NotAllowed, NotHere, LegOpen, TargetClosed, SamePlace, ReasonNeeded.
    """
    dossier = store.load(dossier_id)
    dossier_access.require_sees(actor, dossier)
    access.require_sender(actor, from_unit)
    require_lies_at(dossier, from_unit)
    require_none_open(dossier, to_unit)
    if not purpose.strip():
        raise ReasonNeeded
    leg = open_leg(
        dossier, from_unit=from_unit, to_unit=to_unit, purpose=purpose.strip(), actor=actor, now=now, hours=hours
    )
    return leg.pk


@transaction.atomic
def receive_leg(leg_id: int, *, actor: Actor, now: datetime) -> None:
    """The receiving unit confirms it has the dossier. Raises NotAllowed, LegNotNow, LegOnSlip."""
    leg = locked(leg_id)
    access.require_taker(actor, leg.to_unit_id)
    require_state(leg, "xác nhận nhận", "sent")
    _require_no_slip(leg)
    take(leg, actor=actor, now=now)


@transaction.atomic
def finish_leg(leg_id: int, *, result: str, actor: Actor, now: datetime) -> None:
    """The receiving unit has done its part; the leg counts as early, on the date or late. Raises as `receive_leg`."""
    leg = locked(leg_id)
    access.require_taker(actor, leg.to_unit_id)
    require_state(leg, "kết thúc chặng", "received")
    finish(leg, result=result, actor=actor, now=now)


def open_leg(
    dossier: Dossier, *, from_unit: int, to_unit: int, purpose: str, actor: Actor, now: datetime,
    hours: Decimal | None = None, due: datetime | None = None, step_id: int | None = None,
) -> Leg:  # fmt: skip
    """Writes a leg within the caller's transaction; `due` replaces the configured time (a step has its own)."""
    access.require_open(from_unit, to_unit, on=local_date(now), procedure=dossier.procedure_code)
    allowed = hours or terms.hours_for(TermKind.LEG, to_unit, on=local_date(now))
    leg = Leg.objects.create(
        dossier_id=dossier.id, from_unit_id=from_unit, to_unit_id=to_unit, purpose=purpose[:300], step_id=step_id,
        sent_at=now, sent_by=actor.label, receive_by=terms.confirm_by(to_unit, now),
        due_at=due or due_of_leg(now, allowed, work_calendar()),
    )  # fmt: skip
    _told(leg, "leg_sent", actor, now, due=leg.due_at.isoformat(), purpose=leg.purpose)
    return leg


def take(leg: Leg, *, actor: Actor, now: datetime) -> None:
    """Marks receipt within the caller's transaction; a receipt past its time leaves the minutes lost."""
    leg.received_at, leg.received_by = now, actor.label
    leg.save(update_fields=["received_at", "received_by"])
    due = None if hasattr(leg, "line") else leg.receive_by  # minutes of a line are recorded with the line
    resumed(leg.dossier_id, leg.to_unit_id, due=due, now=now, move=Move.CONFIRMED, actor=actor, leg_id=leg.pk)
    _told(leg, "leg_received", actor, now)


def finish(leg: Leg, *, result: str, actor: Actor, now: datetime) -> None:
    """Ends a leg within the caller's transaction. Work done there without a confirmation proves the receipt."""
    if leg.received_at is None:
        take(leg, actor=actor, now=now)
    leg.finished_at, leg.finished_by, leg.result = now, actor.label, result[:1000]
    leg.timing = timing(now, leg.due_at)
    leg.save(update_fields=["finished_at", "finished_by", "result", "timing"])
    _told(leg, "leg_finished", actor, now, timing=str(leg.timing), note=leg.result)


def cancel(leg: Leg, *, reason: str, actor: Actor, now: datetime, instead: Leg | None = None) -> None:
    """Takes a leg out of every count, with its reason, within the caller's transaction."""
    leg.cancelled_at, leg.cancelled_by, leg.cancel_reason, leg.instead = now, actor.label, reason[:1000], instead
    leg.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason", "instead"])
    _told(leg, "leg_cancelled", actor, now, reason=reason)


def locked(leg_id: int) -> Leg:
    """The leg, its row locked until the transaction ends."""
    leg = Leg.objects.select_for_update().filter(pk=leg_id).first()
    if leg is None:
        raise NotFound(what="chặng luân chuyển này")
    return leg


def state_of(leg: Leg) -> str:
    """ "sent", "received", "finished" or "cancelled"."""
    if leg.cancelled_at:
        return "cancelled"
    if leg.finished_at:
        return "finished"
    return "received" if leg.received_at else "sent"


STATE_NAMES = {
    "sent": "Đã gửi, chờ xác nhận nhận",
    "received": "Đang giải quyết",
    "finished": "Đã kết thúc",
    "cancelled": "Đã thu hồi",
}


def require_state(leg: Leg, act: str, *states: str) -> None:
    """Refuses `act` unless the leg is in one of `states`."""
    if state_of(leg) not in states:
        raise LegNotNow(act=act, state=STATE_NAMES[state_of(leg)])


def require_lies_at(dossier: Dossier, unit_id: int) -> None:
    """A dossier in hand is sent on from its competent unit, from where its step lies, or from where a leg brought it."""
    if dossier.state not in AT_WORK:
        raise NotHere
    brought = Leg.objects.filter(OPEN, dossier_id=dossier.id, to_unit_id=unit_id, received_at__isnull=False)
    if unit_id not in (dossier.unit_id, dossier.holder_unit_id) and not brought.exists():
        raise NotHere


def require_none_open(dossier: Dossier, to_unit: int) -> None:
    """Not to where it already is."""
    if to_unit == dossier.unit_id:
        raise SamePlace
    if Leg.objects.filter(OPEN, dossier_id=dossier.id, to_unit_id=to_unit).exists():
        raise LegOpen


def _require_no_slip(leg: Leg) -> None:
    line = Line.objects.filter(leg=leg, state=LineState.IN_TRANSIT).select_related("slip").first()
    if line is not None:
        raise LegOnSlip(number=line.slip.number)


def _told(leg: Leg, name: str, actor: Actor, now: datetime, **data: object) -> None:
    tell(
        leg.dossier_id, name, actor=actor, now=now, leg=leg.pk, from_unit=leg.from_unit_id, to_unit=leg.to_unit_id, **data
    )
