"""Changes of a draft: steps change place and their references follow. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from motcua.processes.rules.flow import after
from motcua.processes.rules.plan import StepPlan

Steps = tuple[StepPlan, ...]


def in_order(steps: Sequence[StepPlan]) -> Steps:
    """The steps as they stand, numbered from 1; branches and send-backs follow, those to steps left out are dropped."""
    moved = {step.position: number for number, step in enumerate(steps, 1)}
    return normalised(tuple(_renumbered(step, moved) for step in steps))


def added(steps: Sequence[StepPlan], step: StepPlan, *, behind: int) -> Steps:
    """`step` stands behind the one at `behind` (0: first). Its own references are told in the old positions."""
    fresh = replace(step, position=1 + max((s.position for s in steps), default=0))
    index = next((i for i, s in enumerate(steps, 1) if s.position == behind), 0)
    return in_order([*steps[:index], fresh, *steps[index:]])


def removed(steps: Sequence[StepPlan], position: int) -> Steps:
    return in_order([step for step in steps if step.position != position])


def moved(steps: Sequence[StepPlan], position: int, *, by: int) -> Steps:
    """The step stands `by` places later (negative: earlier), at most at an end."""
    rest = [step for step in steps if step.position != position]
    index = next(i for i, step in enumerate(steps) if step.position == position)
    at = max(0, min(len(rest), index + by))
    return in_order([*rest[:at], steps[index], *rest[at:]])


def exchanged(steps: Sequence[StepPlan], step: StepPlan) -> Steps:
    """`step` takes the place of the one at its position."""
    return normalised(tuple(step if old.position == step.position else old for old in steps))


def normalised(steps: Steps) -> Steps:
    """A single way to the next step is no branch; told as such, two equal processes are equal."""
    return tuple(_normal(step, steps) for step in steps)


def _normal(step: StepPlan, steps: Steps) -> StepPlan:
    nxt = after(step.position, steps)
    plain = len(step.branches) == 1 and step.branches[0].when is None and nxt and step.branches[0].to == nxt.position
    return replace(step, branches=() if plain else step.branches, back_to=tuple(sorted(set(step.back_to))))


def _renumbered(step: StepPlan, moved: dict[int, int]) -> StepPlan:
    branches = tuple(replace(branch, to=moved[branch.to]) for branch in step.branches if branch.to in moved)
    back_to = tuple(moved[position] for position in step.back_to if position in moved)
    return replace(step, position=moved[step.position], branches=branches, back_to=back_to)
