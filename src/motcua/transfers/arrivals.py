"""Steps that a process places at another agency or level are legs: opened when entered, finished when left."""

from __future__ import annotations

from datetime import datetime

from motcua.base.actor import SYSTEM, Actor
from motcua.dossiers.rules.state import Dossier
from motcua.journal.registry import Envelope
from motcua.kit.clock import now as present
from motcua.processes.rules import PlaceKind, StepPlan
from motcua.transfers import legs
from motcua.transfers.models import Leg

ENDED_EARLY = (
    "dossier.stopped",
    "dossier.sent_back",
    "dossier.withdrawn",
    "dossier.voided",
    "dossier.handed_back",
    "dossier.taken_back",
)
_ELSEWHERE = (PlaceKind.ABOVE, PlaceKind.FIXED)


def entered(dossier: Dossier, plan: StepPlan, actor: Actor, at: datetime) -> None:
    """For `dossiers.arrivals.ENTERED`: the leg of the step just left ends, and one begins where the step lies elsewhere."""
    step = dossier.open_step
    if step is None or dossier.id is None or not any(one.place.kind in _ELSEWHERE for one in dossier.plan):
        return  # a process that stays in one house has no legs of its own; intake is too busy to ask
    for leg in Leg.objects.select_for_update().filter(legs.OPEN, dossier_id=dossier.id, step_id__isnull=False):
        if leg.step_id != step.id:
            legs.finish(leg, result="", actor=actor, now=at)
    here = _left_from(dossier)
    if plan.place.kind not in _ELSEWHERE or step.unit_id in (here, dossier.unit_id):
        return
    if not Leg.objects.filter(legs.OPEN, dossier_id=dossier.id, to_unit_id=step.unit_id).exists():
        legs.open_leg(
            dossier, from_unit=here, to_unit=step.unit_id, purpose=step.name, actor=actor, now=at, due=step.due_at,
            step_id=step.id,
        )  # fmt: skip


def dossier_ended(envelope: Envelope) -> None:
    """Calls open legs off when the dossier is over or back at the counter; safe to repeat."""
    for leg in Leg.objects.filter(legs.OPEN, dossier_id=int(envelope.stream_id), sent_at__lte=envelope.at):
        legs.cancel(leg, reason="Hồ sơ đã kết thúc hoặc trở lại nơi tiếp nhận.", actor=SYSTEM, now=present())


def _left_from(dossier: Dossier) -> int:
    """The unit of the step before; the counter's own step counts as the competent unit's."""
    before = [step.unit_id for step in dossier.steps if step.left_at is not None]
    return before[-1] if before and before[-1] != dossier.intake_unit_id else dossier.unit_id
