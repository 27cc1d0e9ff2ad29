"""What stands still between two desks is set going by the officers themselves: sent again, taken back, redirected (LNK-07)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.errors import NotFound
from motcua.base.time import local_date
from motcua.dossiers import access as dossier_access
from motcua.dossiers import services, store
from motcua.dossiers.rules.state import State
from motcua.journal import services as journal
from motcua.transfers import access, handing, legs, stuck, taking, terms
from motcua.transfers.errors import LegOnSlip, NotHere, NotRedirected, ReasonNeeded
from motcua.transfers.models import Leg, Line
from motcua.transfers.records import resumed, tell
from motcua.transfers.rules import Kind, LineState, Move


@transaction.atomic
def resend_line(line_id: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """The giver reminds the receiver: the line gets a new time to confirm, the minutes until now count as lost."""
    line = _line(line_id, actor, reason)
    _lost(line, Move.RESENT, reason, actor, now)
    line.due_at = terms.confirm_by(line.slip.to_unit_id, now)
    line.save(update_fields=["due_at"])
    _tell_line(line, "resent", reason, actor, now, due=line.due_at.isoformat())


@transaction.atomic
def take_back_line(line_id: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """The giver takes a line back that nobody has confirmed; a forwarded dossier lies at the counter again."""
    line = _line(line_id, actor, reason)
    _withdraw(line, Move.TAKEN_BACK, "taken_back", reason, actor, now)


@transaction.atomic
def redirect_line(line_id: int, *, to_unit: int, reason: str, actor: Actor, now: datetime) -> int | None:
    """Takes a line back and hands the dossier to the right unit at once; gives the new slip (None for a new leg)."""
    line = _line(line_id, actor, reason)
    slip = line.slip
    if slip.kind == Kind.RESULTS:
        raise NotHere
    access.require_open(slip.from_unit_id, to_unit, on=local_date(now), procedure=line.dossier.procedure_code)
    _withdraw(line, Move.REDIRECTED, "redirected", reason, actor, now)
    if line.leg is not None:
        _instead(line.leg, to_unit, actor, now)
        return None
    return _again(line.dossier_id, slip.from_unit_id, to_unit, reason, actor, now)


@transaction.atomic
def resend_leg(leg_id: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """As `resend_line` for a leg without papers."""
    leg = _leg(leg_id, actor, reason)
    _leg_lost(leg, Move.RESENT, reason, actor, now)
    leg.receive_by = terms.confirm_by(leg.to_unit_id, now)
    leg.save(update_fields=["receive_by"])
    _tell_leg(leg, "resent", reason, actor, now, due=leg.receive_by.isoformat())


@transaction.atomic
def take_back_leg(leg_id: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """The sender calls a leg off that nobody has received."""
    leg = _leg(leg_id, actor, reason, of_a_step=False)
    _leg_lost(leg, Move.TAKEN_BACK, reason, actor, now)
    legs.cancel(leg, reason=reason, actor=actor, now=now)


@transaction.atomic
def redirect_leg(leg_id: int, *, to_unit: int, reason: str, actor: Actor, now: datetime) -> int:
    """Calls a leg off and sends the dossier to the right unit; gives the new leg."""
    leg = _leg(leg_id, actor, reason, of_a_step=False)
    _leg_lost(leg, Move.REDIRECTED, reason, actor, now)
    legs.cancel(leg, reason=reason, actor=actor, now=now)
    return _instead(leg, to_unit, actor, now).pk


@transaction.atomic
def take_back_dossier(dossier_id: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """The counter takes back what it forwarded without a slip and nobody has received."""
    due = _require_loose(dossier_id, reason, now)
    unit_id = store.load(dossier_id).unit_id
    services.take_back(dossier_id, reason=reason, actor=actor, now=now)
    resumed(dossier_id, unit_id, due=due, now=now, move=Move.TAKEN_BACK, actor=actor, reason=reason)


@transaction.atomic
def receive_dossier(dossier_id: int, *, actor: Actor, now: datetime) -> None:
    """The competent unit confirms what came without a slip; late confirmation leaves the minutes lost."""
    due = stuck.due_of_loose(dossier_id)
    unit_id = store.load(dossier_id).unit_id
    services.receive(dossier_id, actor=actor, now=now)
    resumed(dossier_id, unit_id, due=due, now=now, move=Move.CONFIRMED, actor=actor)


@transaction.atomic
def redirect_dossier(dossier_id: int, *, to_unit: int, reason: str, actor: Actor, now: datetime) -> int | None:
    """Sends a dossier that lies at the counter, or was forwarded without a slip, to the right authority.

    One that was under way gets a slip at once; one at the desk waits for the next hand-over. Raises NotCompetent.
    """
    dossier = store.load(dossier_id)
    dossier_access.require_sees(actor, dossier)
    if dossier.state is not State.FORWARDED:
        access.require_open(dossier.intake_unit_id, to_unit, on=local_date(now), procedure=dossier.procedure_code)
        services.redirect(dossier_id, unit_id=to_unit, reason=reason, actor=actor, now=now)
        return None
    due = _require_loose(dossier_id, reason, now)
    access.require_open(dossier.intake_unit_id, to_unit, on=local_date(now), procedure=dossier.procedure_code)
    services.take_back(dossier_id, reason=reason, actor=actor, now=now)
    resumed(dossier_id, dossier.unit_id, due=due, now=now, move=Move.REDIRECTED, actor=actor, reason=reason)
    return _again(dossier_id, dossier.intake_unit_id, to_unit, reason, actor, now)


@transaction.atomic
def retry_delivery(delivery_id: int, *, actor: Actor, now: datetime) -> None:
    """Sends a failed message of a dossier again at once. Raises NotFound outside the officer's dossiers."""
    found = next((row for row in stuck.failed_deliveries(actor) if row.pk == delivery_id), None)
    if found is None:
        raise NotFound(what="tin gửi lỗi này")
    dossier = store.load(int(found.stream_id))
    access.require_either(actor, dossier.intake_unit_id, dossier.unit_id)
    journal.retry_for_its_owner(delivery_id, now=now)
    resumed(int(found.stream_id), dossier.unit_id, due=found.event.at, now=now, move=Move.RETRIED, actor=actor)
    tell(int(found.stream_id), "delivery_retried", actor=actor, now=now, destination=found.destination)


def _line(line_id: int, actor: Actor, reason: str) -> Line:
    """The line under way, its slip locked; only the giving side acts on it, and says why."""
    line = Line.objects.filter(pk=line_id).values_list("slip_id", flat=True).first()
    if line is None:
        raise NotFound(what="dòng bàn giao này")
    slip = taking.locked_slip(line)
    access.require_sender(actor, slip.from_unit_id)
    found = slip.lines.select_related("dossier", "leg", "slip").get(pk=line_id)
    taking.require_under_way(found)
    _require_reason(reason)
    return found


def _withdraw(line: Line, move: Move, name: str, reason: str, actor: Actor, now: datetime) -> None:
    slip = line.slip
    _lost(line, move, reason, actor, now)
    if slip.kind == Kind.FORWARD:
        services.take_back(line.dossier_id, reason=reason, actor=actor, now=now)
    if line.leg is not None:
        legs.cancel(line.leg, reason=reason, actor=actor, now=now)
    taking.close_line(line, LineState.WITHDRAWN, actor=actor, now=now, reason=reason)
    taking.close_when_settled(slip, now)
    _tell_line(line, name, reason, actor, now)


def _again(dossier_id: int, from_unit: int, to_unit: int, reason: str, actor: Actor, now: datetime) -> int:
    services.redirect(dossier_id, unit_id=to_unit, reason=reason, actor=actor, now=now)
    way = handing.Way(Kind.FORWARD, from_unit, to_unit, note=reason[:500])
    handed = handing.hand_over([handing.Parcel(dossier_id)], way, actor=actor, now=now)
    if handed.slip_id is None:
        raise NotRedirected(why=handed.lines[0].refusal)
    return handed.slip_id


def _instead(leg: Leg, to_unit: int, actor: Actor, now: datetime) -> Leg:
    dossier = store.load(leg.dossier_id)
    legs.require_none_open(dossier, to_unit)
    fresh = legs.open_leg(
        dossier, from_unit=leg.from_unit_id, to_unit=to_unit, purpose=leg.purpose, actor=actor, now=now
    )
    leg.instead = fresh
    leg.save(update_fields=["instead"])
    return fresh


def _leg(leg_id: int, actor: Actor, reason: str, *, of_a_step: bool = True) -> Leg:
    leg = legs.locked(leg_id)
    access.require_sender(actor, leg.from_unit_id)
    legs.require_state(leg, "thay đổi việc gửi", "sent")
    line = Line.objects.filter(leg=leg, state=LineState.IN_TRANSIT).select_related("slip").first()
    if line is not None:
        raise LegOnSlip(number=line.slip.number)
    if leg.step_id is not None and not of_a_step:
        raise NotHere  # the process says where a step is done; the dossier page sends the step back
    _require_reason(reason)
    return leg


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonNeeded


def _require_loose(dossier_id: int, reason: str, now: datetime) -> datetime | None:
    """Forwarded without a slip; gives by when it had to be received."""
    _require_reason(reason)
    if handing.open_line(dossier_id) is not None:
        raise NotHere
    return stuck.due_of_loose(dossier_id)


def _lost(line: Line, move: Move, reason: str, actor: Actor, now: datetime) -> None:
    resumed(
        line.dossier_id, line.slip.to_unit_id, due=line.due_at, now=now, move=move, actor=actor, reason=reason,
        line_id=line.pk,
    )  # fmt: skip


def _leg_lost(leg: Leg, move: Move, reason: str, actor: Actor, now: datetime) -> None:
    resumed(
        leg.dossier_id, leg.to_unit_id, due=leg.receive_by, now=now, move=move, actor=actor, reason=reason, leg_id=leg.pk
    )


def _tell_line(line: Line, name: str, reason: str, actor: Actor, now: datetime, **data: str) -> None:
    tell(
        line.dossier_id, f"line_{name}", actor=actor, now=now, number=line.slip.number, reason=reason,
        from_unit=line.slip.from_unit_id, to_unit=line.slip.to_unit_id, **data,
    )  # fmt: skip


def _tell_leg(leg: Leg, name: str, reason: str, actor: Actor, now: datetime, **data: str) -> None:
    tell(
        leg.dossier_id, f"leg_{name}", actor=actor, now=now, reason=reason, from_unit=leg.from_unit_id,
        to_unit=leg.to_unit_id, **data,
    )  # fmt: skip
