"""The way of one dossier through its process: which step comes next, and which unit does it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from motcua.dossiers.rules.state import Dossier
from motcua.processes import rules as processes
from motcua.processes.rules import Fact, FactValue, PlaceKind, Stage, StepPlan


@dataclass(frozen=True, slots=True)
class Route:
    """What the way depends on beside the spine row: `facts` for branches, `units` of steps placed elsewhere by position."""

    facts: Mapping[Fact, FactValue] = field(default_factory=dict)
    units: Mapping[int, int] = field(default_factory=dict)


PLAIN = Route()
"""Enough for a process without branches whose steps stay at the counter and the competent unit."""


def plan_at(dossier: Dossier, position: int) -> StepPlan | None:
    """The planned step at `position` of the pinned process."""
    return next((plan for plan in dossier.plan if plan.position == position), None)


def own_facts(dossier: Dossier) -> dict[Fact, FactValue]:
    """What the spine row itself tells."""
    return {
        Fact.CHANNEL: dossier.channel,
        Fact.LEVEL: dossier.level,
        Fact.PROCEDURE: dossier.procedure_code,
        Fact.AFTER_15H: dossier.after_15h,
    }


def following(dossier: Dossier, route: Route = PLAIN) -> StepPlan | None:
    """The step that comes after the present one: by the branch the dossier's facts take, or the next in order."""
    present = plan_at(dossier, dossier.step_position)
    if present is None:
        return processes.after(dossier.step_position, dossier.plan)
    return processes.following(present, dossier.plan, {**own_facts(dossier), **route.facts})


def branches(dossier: Dossier) -> bool:
    """Whether what comes next depends on more than the order of the steps."""
    present = plan_at(dossier, dossier.step_position)
    return present is not None and bool(present.branches)


def unit_for(dossier: Dossier, plan: StepPlan, route: Route = PLAIN) -> int:
    """The unit that does a step. Intake and return stay at the counter; an unresolved place falls to the competent unit."""
    if plan.stage is Stage.RETURN or plan.place.kind is PlaceKind.COUNTER or plan is dossier.plan[0]:
        return dossier.intake_unit_id
    if plan.place.kind is PlaceKind.COMPETENT:
        return dossier.unit_id
    return route.units.get(plan.position, dossier.unit_id)


def may_go_back(dossier: Dossier) -> tuple[StepPlan, ...]:
    """The earlier steps the present one may be sent back to."""
    present = plan_at(dossier, dossier.step_position)
    return tuple(plan for plan in dossier.plan if present and plan.position in present.back_to)
