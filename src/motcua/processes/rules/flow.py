"""Where a step leads. Ways go forward only; a repeat is a send-back with a reason, never a loop of branches. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from motcua.processes.rules.conditions import Facts, holds
from motcua.processes.rules.plan import Branch, StepPlan


def after(position: int, steps: Sequence[StepPlan]) -> StepPlan | None:
    """The step that stands next in order."""
    return next((step for step in steps if step.position > position), None)


def taken(step: StepPlan, facts: Facts) -> Branch | None:
    """The branch a dossier with these facts takes; None for a step without branches."""
    return next((branch for branch in step.branches if branch.when is None or holds(branch.when, facts)), None)


def following(step: StepPlan, steps: Sequence[StepPlan], facts: Facts) -> StepPlan | None:
    """The step entered after `step`: by the branch taken, or the next in order."""
    branch = taken(step, facts)
    if branch is None:
        return after(step.position, steps)
    return next((plan for plan in steps if plan.position == branch.to), None)


def targets(step: StepPlan, steps: Sequence[StepPlan]) -> tuple[int, ...]:
    """Every position `step` can lead to."""
    if step.branches:
        return tuple(dict.fromkeys(branch.to for branch in step.branches))
    nxt = after(step.position, steps)
    return (nxt.position,) if nxt else ()


def reachable(steps: Sequence[StepPlan]) -> frozenset[int]:
    """The positions some dossier can come to from the first step."""
    by_position = {step.position: step for step in steps}
    found: set[int] = set()
    waiting = [steps[0].position] if steps else []
    while waiting:
        position = waiting.pop()
        if position in found or position not in by_position:
            continue
        found.add(position)
        waiting.extend(targets(by_position[position], steps))
    return frozenset(found)
