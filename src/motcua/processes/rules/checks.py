"""What is wrong with a process before it may be published, and what is only worth knowing. Pure.

Ways go forward only: a branch to an earlier step would be a loop without exit, so a repeat is told by `back_to` instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from motcua.base.errors import MotcuaError
from motcua.deadlines.rules import Term
from motcua.processes.rules.conditions import ConditionValueWrong, check_condition
from motcua.processes.rules.flow import reachable, targets
from motcua.processes.rules.plan import RequiredAct, Stage, StepPlan
from motcua.processes.rules.timing import hours_of, share_of, step_hours, term_in_hours


class FindingKind(StrEnum):
    INCOMPLETE = "incomplete"
    NO_ROLE = "no_role"
    NO_TIME = "no_time"
    LOOP = "loop"
    NOWHERE = "nowhere"
    NO_OTHERWISE = "no_otherwise"
    CONDITION = "condition"
    UNREACHABLE = "unreachable"
    DEAD_END = "dead_end"
    STRAIGHT_TO_RETURN = "straight_to_return"
    BACK_TO_LATER = "back_to_later"
    SIGN_NOT_LAST = "sign_not_last"
    OPINION_LONGER = "opinion_longer"
    OPINION_AT_RETURN = "opinion_at_return"
    TOO_LONG = "too_long"
    SHARES = "shares"
    NOBODY = "nobody"
    NOT_COMPARABLE = "not_comparable"


WARNINGS = frozenset({FindingKind.NOBODY, FindingKind.NOT_COMPARABLE})
"""These are told; every other kind holds publication back."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on the step at `position` (0: on the whole process), with the words its sentence needs."""

    kind: FindingKind
    position: int = 0
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def warns(self) -> bool:
        return self.kind in WARNINGS


class ProcessNotReady(MotcuaError):
    code = "process_not_ready"
    sentence = "Quy trình chưa ban hành được, còn {count} lỗi: {problems}"


def findings(
    steps: Sequence[StepPlan], terms: Sequence[Term] = (), *, nobody: Mapping[int, str] | None = None
) -> list[Finding]:
    """All remarks, errors first.

    terms: the legal terms of the procedure's cases. nobody: by position the units where today no officer holds the role.
    """
    found = [*_whole(steps), *_single(steps), *_ways(steps), *_times(steps, terms)]
    found += [Finding(FindingKind.NOBODY, position, {"units": units}) for position, units in (nobody or {}).items()]
    return sorted(found, key=lambda finding: (finding.warns, finding.position))


def _whole(steps: Sequence[StepPlan]) -> Iterator[Finding]:
    if len(steps) < 2 or steps[0].stage is not Stage.RECEIVE or steps[-1].stage is not Stage.RETURN:
        yield Finding(FindingKind.INCOMPLETE)
    for step in steps[:-1]:
        if step.stage is Stage.RETURN:
            yield Finding(FindingKind.DEAD_END, step.position, {"name": step.name})


def _single(steps: Sequence[StepPlan]) -> Iterator[Finding]:
    last = steps[-1].position if steps else 0
    for step in steps:
        if not step.role:
            yield Finding(FindingKind.NO_ROLE, step.position, {"name": step.name})
        if step.hours is None and step.share is None:
            yield Finding(FindingKind.NO_TIME, step.position, {"name": step.name})
        if step.opinions and step.position == last:
            yield Finding(FindingKind.OPINION_AT_RETURN, step.position, {"name": step.name})
        if RequiredAct.SIGN in step.requires and last not in targets(step, steps):
            yield Finding(FindingKind.SIGN_NOT_LAST, step.position, {"name": step.name})
        if any(position >= step.position for position in step.back_to):
            yield Finding(FindingKind.BACK_TO_LATER, step.position, {"name": step.name})


def _ways(steps: Sequence[StepPlan]) -> Iterator[Finding]:
    known, met = {step.position for step in steps}, reachable(steps)
    for step in steps:
        name = {"name": step.name}
        if step.branches and any((branch.when is None) != (branch is step.branches[-1]) for branch in step.branches):
            yield Finding(FindingKind.NO_OTHERWISE, step.position, name)
        for branch in step.branches:
            if branch.to not in known:
                yield Finding(FindingKind.NOWHERE, step.position, name | {"to": branch.to})
            elif branch.to <= step.position:
                yield Finding(FindingKind.LOOP, step.position, name | {"to": branch.to})
            if branch.when is not None:
                try:
                    check_condition(branch.when)
                except ConditionValueWrong as error:
                    yield Finding(FindingKind.CONDITION, step.position, name | {"why": error.message})
        if step.position not in met:
            yield Finding(FindingKind.UNREACHABLE, step.position, name)
    if len(steps) > 2 and steps[-1].position in targets(steps[0], steps):
        yield Finding(FindingKind.STRAIGHT_TO_RETURN, steps[0].position, {"name": steps[0].name})


def _times(steps: Sequence[StepPlan], terms: Sequence[Term]) -> Iterator[Finding]:
    if share_of(steps) > 100:
        yield Finding(FindingKind.SHARES, 0, {"share": share_of(steps)})
    for term in dict.fromkeys(terms):
        allowed, hours = term_in_hours(term), hours_of(steps, term)
        if allowed is None and any(step.hours for step in steps):
            yield Finding(FindingKind.NOT_COMPARABLE, 0, {"term": term.words()})
        elif allowed is not None and hours is not None and hours > allowed:
            data = {"hours": hours, "term": term.words(), "allowed": allowed}
            yield Finding(FindingKind.TOO_LONG, 0, data)
    for step in steps:
        yield from _opinions(step, terms)


def _opinions(step: StepPlan, terms: Sequence[Term]) -> Iterator[Finding]:
    told = [step_hours(step, term) for term in terms] or [step.hours]
    shortest: Decimal | None = min((hours for hours in told if hours is not None), default=None)
    for opinion in step.opinions:
        if shortest is not None and opinion.hours > shortest:
            data = {"name": step.name, "opinion": opinion.name, "hours": opinion.hours, "allowed": shortest}
            yield Finding(FindingKind.OPINION_LONGER, step.position, data)
