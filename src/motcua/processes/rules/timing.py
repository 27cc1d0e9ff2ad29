"""The time of steps: their sum beside the legal term, the longest way, the due moment of one step. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from motcua.base.errors import MotcuaError
from motcua.deadlines.rules import Term, TermUnit, WorkCalendar
from motcua.processes.rules.flow import targets
from motcua.processes.rules.plan import Stage, StepPlan

HOURS_PER_DAY = Decimal(8)
HOURS_PER_HALF_DAY = Decimal(4)


class StepsTooLong(MotcuaError):
    code = "steps_too_long"
    sentence = (
        "Tổng thời gian các bước là {hours} giờ làm việc, dài hơn thời hạn giải quyết {term} "
        "({allowed} giờ làm việc). Hãy rút ngắn các bước."
    )


class SharesTooLarge(MotcuaError):
    code = "step_shares_too_large"
    sentence = "Tổng tỷ lệ thời gian các bước là {share} %, vượt quá 100 % thời hạn giải quyết. Hãy giảm tỷ lệ các bước."


class StepsIncomplete(MotcuaError):
    code = "steps_incomplete"
    sentence = "Quy trình phải có ít nhất bước tiếp nhận (S1) đầu tiên và bước trả kết quả (S5) cuối cùng."


def term_in_hours(term: Term) -> Decimal | None:
    """Working hours that a term certainly contains; None for units that have no fixed number (days, months, clock hours)."""
    if term.unit is TermUnit.WORKING_DAY:
        return term.amount * HOURS_PER_DAY
    if term.unit is TermUnit.WORKING_HOUR:
        return Decimal(term.amount)
    if term.unit is TermUnit.SAME_DAY:
        return HOURS_PER_DAY
    return None


def hours_of(steps: Sequence[StepPlan], term: Term | None) -> Decimal | None:
    """Working hours of the longest way through the steps; None where shares cannot be told in hours."""
    allowed = term_in_hours(term) if term else None
    if allowed is None and any(step.share is not None for step in steps):
        return None
    return _longest(steps, [step_hours(step, term) or Decimal(0) for step in steps])


def share_of(steps: Sequence[StepPlan]) -> int:
    """Percent of the term on the way that takes the largest share."""
    return int(_longest(steps, [Decimal(step.share or 0) for step in steps]))


def step_hours(step: StepPlan, term: Term | None) -> Decimal | None:
    """Working hours of one step; None for a share of a term that has no fixed number of hours."""
    allowed = term_in_hours(term) if term else None
    if step.hours is not None or step.share is None:
        return step.hours
    return None if allowed is None else allowed * Decimal(step.share) / 100


def check_steps(steps: Sequence[StepPlan], term: Term | None) -> None:
    """Refuses a process without intake and return, or whose longest way exceeds the term."""
    if len(steps) < 2 or steps[0].stage is not Stage.RECEIVE or steps[-1].stage is not Stage.RETURN:
        raise StepsIncomplete
    if share_of(steps) > 100:
        raise SharesTooLarge(share=share_of(steps))
    allowed, hours = term_in_hours(term) if term else None, hours_of(steps, term)
    if term is not None and allowed is not None and hours is not None and hours > allowed:
        raise StepsTooLong(hours=f"{hours.normalize():f}", term=term.words(), allowed=f"{allowed.normalize():f}")


def step_due(
    step: StepPlan, *, entered: datetime, start: datetime, due: datetime | None, calendar: WorkCalendar
) -> datetime | None:
    """When a step entered at `entered` is to be done: its hours, or its share of the session time from start to due.

    Never later than the dossier's own due moment; None when the procedure has no term and the step no fixed hours.
    """
    if step.hours is not None:
        own = calendar.consume(entered, timedelta(hours=float(step.hours)))
    elif due is None:
        return None
    else:
        own = calendar.consume(entered, calendar.session_time_between(start, due) * (step.share or 0) / 100)
    return min(own, due) if due else own


def _longest(steps: Sequence[StepPlan], weights: Sequence[Decimal]) -> Decimal:
    """The heaviest way from the first step; a leap back counts as no way (it is refused elsewhere)."""
    weight = {step.position: own for step, own in zip(steps, weights, strict=True)}
    heaviest: dict[int, Decimal] = {}
    for step in sorted(steps, key=lambda step: -step.position):
        onward = [heaviest[to] for to in targets(step, steps) if to in heaviest]
        heaviest[step.position] = weight[step.position] + max(onward, default=Decimal(0))
    return heaviest[min(heaviest)] if heaviest else Decimal(0)
