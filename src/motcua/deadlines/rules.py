"""The pure rules of this room in one place, for others to import. Standard library only, no clock."""

from __future__ import annotations

from .calendar import (
    KIND_WORDS,
    DayKind,
    DayMark,
    DayPart,
    Session,
    SessionHours,
    WorkCalendar,
)
from .counting import DEFAULT_CUTOFF, DayCount, Due, DueStep, due
from .errors import (
    MomentOutOfRange,
    NaiveMoment,
    NoRuleSet,
    NoSessionPlan,
    NoWorkingDay,
    PauseEndsBeforeStart,
    SessionsUnusable,
    TermUnreadable,
    TermWithoutUnit,
    ValidityOverlap,
)
from .pauses import Pause, PauseMode
from .promised import due_as_promised
from .remaining import TimeLeft, forward_by, time_left
from .rulesets import PauseKind, PauseRuleFacts, RuleSetFacts
from .seeds import default_calendar, default_rule_sets
from .terms import HOURS_PER_WORKING_DAY, Term, TermUnit, parse_term

__all__ = [
    "DEFAULT_CUTOFF",
    "HOURS_PER_WORKING_DAY",
    "KIND_WORDS",
    "DayCount",
    "DayKind",
    "DayMark",
    "DayPart",
    "Due",
    "DueStep",
    "MomentOutOfRange",
    "NaiveMoment",
    "NoRuleSet",
    "NoSessionPlan",
    "NoWorkingDay",
    "Pause",
    "PauseEndsBeforeStart",
    "PauseKind",
    "PauseMode",
    "PauseRuleFacts",
    "RuleSetFacts",
    "Session",
    "SessionHours",
    "SessionsUnusable",
    "Term",
    "TermUnit",
    "TermUnreadable",
    "TermWithoutUnit",
    "TimeLeft",
    "ValidityOverlap",
    "WorkCalendar",
    "default_calendar",
    "default_rule_sets",
    "due",
    "due_as_promised",
    "forward_by",
    "parse_term",
    "time_left",
]
