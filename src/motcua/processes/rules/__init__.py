"""The rules of processes, pure: steps (`plan`), conditions, the way (`flow`), time, and what is wrong (`checks`)."""

from __future__ import annotations

from .checks import Finding, FindingKind, ProcessNotReady, findings
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
from .dry_run import Passage, dry_run
from .flow import after, following, reachable, taken, targets
from .plan import Branch, OpinionPlan, Place, PlaceKind, RequiredAct, Stage, StepPlan
from .time_text import TimeUnreadable, hours_text, parse_time, time_text
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
    "Finding",
    "FindingKind",
    "Operator",
    "OpinionPlan",
    "Passage",
    "Place",
    "PlaceKind",
    "ProcessNotReady",
    "RequiredAct",
    "SharesTooLarge",
    "Stage",
    "StepPlan",
    "StepsIncomplete",
    "StepsTooLong",
    "TimeUnreadable",
    "after",
    "check_condition",
    "check_steps",
    "dry_run",
    "findings",
    "following",
    "holds",
    "hours_of",
    "hours_text",
    "parse_condition",
    "parse_time",
    "reachable",
    "share_of",
    "step_due",
    "step_hours",
    "taken",
    "targets",
    "term_in_hours",
    "time_text",
]
