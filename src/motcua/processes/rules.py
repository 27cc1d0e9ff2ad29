"""Steps of a process: their stage, their time, and whether their sum keeps the legal term. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from motcua.base.errors import MotcuaError
from motcua.deadlines.rules import Term, TermUnit, WorkCalendar

HOURS_PER_DAY = Decimal(8)


class Stage(StrEnum):
    """The five steps on the electronic environment; every step of any process belongs to one (reports by stage)."""

    RECEIVE = "S1"
    FORWARD = "S2"
    SETTLE = "S3"
    SIGN = "S4"
    RETURN = "S5"


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


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One step: `hours` of working time, or `share` percent of the whole term."""

    position: int
    stage: Stage
    name: str
    role: str
    hours: Decimal | None = None
    share: int | None = None
    result: str = ""


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
    """Working hours that all steps take together; None where shares cannot be told in hours."""
    allowed = term_in_hours(term) if term else None
    if allowed is None and any(step.hours is None for step in steps):
        return None
    return sum((step.hours or (allowed or 0) * Decimal(step.share or 0) / 100 for step in steps), Decimal(0))


def check_steps(steps: Sequence[StepPlan], term: Term | None) -> None:
    """Refuses a process without intake and return, or whose fixed hours and shares exceed the term."""
    if len(steps) < 2 or steps[0].stage is not Stage.RECEIVE or steps[-1].stage is not Stage.RETURN:
        raise StepsIncomplete
    allowed, hours = term_in_hours(term) if term else None, hours_of(steps, term)
    if sum(step.share or 0 for step in steps) > 100:
        raise SharesTooLarge(share=sum(step.share or 0 for step in steps))
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
