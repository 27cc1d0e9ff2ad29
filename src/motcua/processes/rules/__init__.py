"""The rules of processes, pure: steps (`plan`), conditions, the way (`flow`), time, and what is wrong (`checks`)."""

from __future__ import annotations

from .conditions import (
    Condition,
    ConditionUnreadable,
    ConditionValueWrong,
    Fact,
    Facts,
    FactValue,
    Operator,
    check_condition,
    holds,
    parse_condition,
)
from .flow import after, following, reachable, taken, targets
from .plan import Branch, OpinionPlan, Place, PlaceKind, RequiredAct, Stage, StepPlan
from .timing import (
    HOURS_PER_DAY,
    HOURS_PER_HALF_DAY,
    SharesTooLarge,
    StepsIncomplete,
    StepsTooLong,
    check_steps,
    hours_of,
    share_of,
    step_due,
    step_hours,
    term_in_hours,
)

__all__ = [
    "HOURS_PER_DAY",
    "HOURS_PER_HALF_DAY",
    "Branch",
    "Condition",
    "ConditionUnreadable",
    "ConditionValueWrong",
    "Fact",
    "FactValue",
    "Facts",
    "OpinionPlan",
    "Operator",
    "Place",
    "PlaceKind",
    "RequiredAct",
    "SharesTooLarge",
    "Stage",
    "StepPlan",
    "StepsIncomplete",
    "StepsTooLong",
    "after",
    "check_condition",
    "check_steps",
    "following",
    "holds",
    "hours_of",
    "parse_condition",
    "reachable",
    "share_of",
    "step_due",
    "step_hours",
    "taken",
    "targets",
    "term_in_hours",
]
