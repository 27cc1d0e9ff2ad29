"""An open dossier of another system goes on here: what was promised there holds, what happened there stays there. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.base.actor import Actor
from motcua.base.time import local
from motcua.deadlines.rules import forward_by
from motcua.dossiers.rules.acts import enter_step, leave_step, leave_worklist, record, require_reason, set_due
from motcua.dossiers.rules.clock import Clock
from motcua.dossiers.rules.lateness import Timing, is_late_by_moment, timing
from motcua.dossiers.rules.refusals import (
    AcceptedInFuture,
    ActedSinceTakeOver,
    EndOutsideHandling,
    EndUnknown,
    NotTakenOver,
    OldCodeMissing,
    PromisedBeforeAcceptance,
    StageNotInProcess,
)
from motcua.dossiers.rules.state import (
    IN_HAND,
    PROMISE_KEPT,
    TAKEN_OVER,
    Dossier,
    DueRecord,
    EndKind,
    LateCause,
    ResultRecord,
    State,
)
from motcua.dossiers.rules.way import PLAIN, Route, unit_for
from motcua.processes.rules import Stage, StepPlan


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a dossier stands on the system it comes from.

    system, code: that system and the code there; promised_at: the date on the owner's paper (None: none was printed);
    stage: which of the five electronic steps it has reached; holder_id: who holds that step; ended_at: when the result
    was issued, for a dossier that only waits to be returned.
    """

    system: str
    code: str
    accepted_at: datetime
    promised_at: datetime | None
    stage: Stage
    holder_id: int | None = None
    ended_at: datetime | None = None
    note: str = ""


def check_standing(dossier: Dossier, standing: Standing, *, now: datetime) -> StepPlan:
    """The step at which the dossier goes on; refuses what cannot have been so."""
    if not standing.code.strip() or not standing.system.strip():
        raise OldCodeMissing
    if standing.accepted_at > now:
        raise AcceptedInFuture(at=f"{local(standing.accepted_at):%d/%m/%Y}")
    if standing.promised_at is not None and standing.promised_at < standing.accepted_at:
        raise PromisedBeforeAcceptance(promised=f"{local(standing.promised_at):%d/%m/%Y}")
    if standing.stage is Stage.RETURN:
        _check_end(standing, now)
    plan = next((step for step in dossier.plan if step.stage is standing.stage), None)
    if plan is None:
        raise StageNotInProcess(stage=standing.stage.value)
    return plan


def take_over(
    dossier: Dossier,
    *,
    standing: Standing,
    code: str,
    clock: Clock,
    now: datetime,
    actor: Actor,
    route: Route = PLAIN,
) -> None:
    """The dossier goes on here at its step, as accepted when it was; the owner's date is kept, not counted again.

    Without a promised date the term is counted from the acceptance. One handed to a competent authority behind another
    counter is taken as received when it was accepted: the old system does not say otherwise.
    """
    plan = check_standing(dossier, standing, now=now)
    at_counter = plan.stage is Stage.RECEIVE
    dossier.code, dossier.submitted_at, dossier.accepted_at = code, standing.accepted_at, standing.accepted_at
    dossier.ruleset = clock.rules.code
    dossier.forward_by = forward_by(standing.accepted_at, clock.calendar, clock.rules.cutoff_forward)
    if dossier.own_counter or not at_counter:
        dossier.received_at = standing.accepted_at
    _promise(dossier, standing, clock, now)
    dossier.state = State.ACCEPTED if at_counter else State.PROCESSING
    if plan.stage is Stage.RETURN:
        _ended_there(dossier, standing)
    place = unit_for(dossier, plan, route)
    enter_step(dossier, plan, unit_id=place, clock=clock, now=now, holder_id=standing.holder_id)
    record(
        dossier, "taken_over", now=now, actor=actor, system=standing.system, old_code=standing.code, code=code,
        due=dossier.due_at and dossier.due_at.isoformat(), step=plan.name, note=standing.note,
        accepted=standing.accepted_at.isoformat(),
    )  # fmt: skip


def undo_take_over(dossier: Dossier, *, reason: str, now: datetime, actor: Actor) -> None:
    """The take-over was a mistake and nobody has acted since: the code stays used, the table forgets the dossier."""
    if dossier.taken_over_at is None:
        raise NotTakenOver
    if dossier.revision or dossier.state not in (*IN_HAND, State.FINISHED):
        raise ActedSinceTakeOver(code=dossier.code)
    require_reason(reason)
    dossier.state = State.VOIDED
    leave_step(dossier, now=now, actor=actor)
    leave_worklist(dossier)
    record(dossier, "take_over_undone", now=now, actor=actor, reason=reason)


def _check_end(standing: Standing, now: datetime) -> None:
    if standing.ended_at is None:
        raise EndUnknown
    if not standing.accepted_at <= standing.ended_at <= now:
        raise EndOutsideHandling(at=f"{local(standing.ended_at):%d/%m/%Y}")


def _promise(dossier: Dossier, standing: Standing, clock: Clock, now: datetime) -> None:
    if standing.promised_at is not None:
        dossier.due_at = standing.promised_at
        dossier.dues.append(DueRecord(standing.promised_at, False, PROMISE_KEPT, now))
    else:
        start = dossier.received_at or dossier.forward_by or standing.accepted_at
        set_due(dossier, clock, start=start, now=now, cause=TAKEN_OVER)
    dossier.promised_at = dossier.due_at


def _ended_there(dossier: Dossier, standing: Standing) -> None:
    ended = standing.ended_at
    assert ended is not None  # refused before by check_standing
    when = timing(ended, dossier.due_at)
    dossier.state, dossier.ended_at, dossier.end_kind = State.FINISHED, ended, EndKind.FINISHED.value
    dossier.timing, dossier.late_by_moment = when.value, is_late_by_moment(ended, dossier.due_at)
    if when is Timing.LATE:
        dossier.late_cause = LateCause.OTHER.value
        dossier.late_note = f"Quá hạn trên hệ thống {standing.system}; nguyên nhân ghi tại hệ thống đó."
    dossier.results.append(
        ResultRecord("", f"Kết quả ban hành trên hệ thống {standing.system}", None, "", ended)
    )
