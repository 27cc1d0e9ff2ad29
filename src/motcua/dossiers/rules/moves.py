"""A running dossier leaves the process version it was accepted under: by a recorded act, with a reason. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from motcua.base.actor import Actor
from motcua.dossiers.rules.acts import record, require, require_reason
from motcua.dossiers.rules.clock import Clock
from motcua.dossiers.rules.refusals import ProcessVersionSame, StepNotInVersion
from motcua.dossiers.rules.state import BEFORE_ACCEPTANCE, IN_HAND, Dossier
from motcua.dossiers.rules.way import Route, plan_at, unit_for
from motcua.processes.rules import StepPlan, step_due


def counterpart(step: StepPlan, plan: Sequence[StepPlan]) -> StepPlan | None:
    """The same step in another version: the intake is always there, another one by its stage and name, nearest first."""
    if step.position == 1:
        return plan[0]
    same = [other for other in plan if (other.stage, other.name) == (step.stage, step.name)]
    return min(same, key=lambda other: abs(other.position - step.position), default=None)


def move_process(
    dossier: Dossier,
    *,
    version_id: int,
    plan: tuple[StepPlan, ...],
    reason: str,
    clock: Clock,
    now: datetime,
    actor: Actor,
    route: Route,
) -> None:
    """Goes on by `plan` from where the dossier stands; refused when the present step is not in it. Due date unchanged."""
    require(dossier, "chuyển sang phiên bản quy trình khác", *BEFORE_ACCEPTANCE, *IN_HAND)
    require_reason(reason)
    if version_id == dossier.process_version_id:
        raise ProcessVersionSame
    present = plan_at(dossier, dossier.step_position)
    target = counterpart(present, plan) if present else None
    if present and target is None:
        raise StepNotInVersion(step=present.name)
    left, dossier.process_version_id, dossier.plan = dossier.process_version_id, version_id, plan
    if target is not None:
        _stand_at(dossier, target, clock, route)
    record(
        dossier, "process_moved", now=now, actor=actor, reason=reason, left=left, version=version_id,
        step=target.name if target else "",
    )  # fmt: skip


def _stand_at(dossier: Dossier, target: StepPlan, clock: Clock, route: Route) -> None:
    """The open passage goes on under the new version: it keeps when it began, and its holder while role and unit stay."""
    dossier.step_position, step = target.position, dossier.open_step
    if step is None:
        return
    unit_id = unit_for(dossier, target, route)
    if (step.unit_id, step.role) != (unit_id, target.role):
        step.holder_id = None
    step.position, step.stage, step.name, step.role = target.position, target.stage.value, target.name, target.role
    step.unit_id = unit_id
    start = dossier.received_at or step.entered_at
    step.due_at = step_due(target, entered=step.entered_at, start=start, due=dossier.due_at, calendar=clock.calendar)
    dossier.step_due_at, dossier.holder_id = step.due_at, step.holder_id
    dossier.holder_unit_id, dossier.holder_role = unit_id, target.role
