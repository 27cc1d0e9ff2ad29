"""Reads the calendar and rule sets shipped with the program (data/*.toml). The database is filled from the
same.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from .calendar import DayKind, DayMark, DayPart, Session, SessionHours, WorkCalendar
from .counting import DayCount
from .pauses import PauseMode
from .rulesets import PauseKind, PauseRuleFacts, RuleSetFacts


@dataclass(frozen=True)
class YearSeed:
    year: int
    confirmed: bool
    notice: str


@dataclass(frozen=True)
class CalendarSeed:
    """The shipped national calendar."""

    plans: tuple[SessionHours, ...]
    years: tuple[YearSeed, ...]
    marks: tuple[DayMark, ...]


@cache
def calendar_seed() -> CalendarSeed:
    """Session plans, years and declared days of data/calendar.toml."""
    data = _read("calendar.toml")
    return CalendarSeed(
        plans=tuple(_plan(entry) for entry in data["session_plan"]),
        years=tuple(YearSeed(y["year"], y["status"] == "confirmed", y["notice"]) for y in data["year"]),
        marks=tuple(mark for entry in data["day"] for mark in _marks(entry)),
    )


@cache
def default_calendar() -> WorkCalendar:
    """The shipped calendar, without a database (law-process: notices of 2021–2026; 2027 is a draft)."""
    seed = calendar_seed()
    confirmed = (year.year for year in seed.years if year.confirmed)
    return WorkCalendar(plans=seed.plans, marks=seed.marks, confirmed_years=confirmed)


@cache
def default_rule_sets() -> tuple[RuleSetFacts, ...]:
    """The shipped rule sets of data/rule_sets.toml."""
    return tuple(_rule_set(entry) for entry in _read("rule_sets.toml")["rule_set"])


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("motcua.deadlines.data").joinpath(name).read_text(encoding="utf-8"))


def _plan(entry: dict[str, Any]) -> SessionHours:
    return SessionHours(
        entry["valid_from"],
        entry.get("valid_to"),
        tuple(Session(start, end) for start, end in entry["sessions"]),
        citation=entry["citation"],
    )


def _marks(entry: dict[str, Any]) -> list[DayMark]:
    kind, part = DayKind(entry["kind"]), DayPart(entry.get("part", DayPart.ALL))
    days: list[date] = entry["dates"]
    return [DayMark(day, kind, entry["notice"], entry["name"], part) for day in days]


def _rule_set(entry: dict[str, Any]) -> RuleSetFacts:
    plain = {
        key: value for key, value in entry.items() if key not in ("pause", "day_count", "valid_to", "note")
    }
    pauses = {rule.kind: rule for rule in map(_pause_rule, entry["pause"])}
    return RuleSetFacts(
        **plain, valid_to=entry.get("valid_to"), day_count=DayCount(entry["day_count"]), pause_rules=pauses
    )


def _pause_rule(entry: dict[str, Any]) -> PauseRuleFacts:
    return PauseRuleFacts(
        kind=PauseKind(entry["kind"]),
        mode=PauseMode(entry["mode"]),
        max_times=entry.get("max_times"),
        max_days=entry.get("max_days"),
        approver_role=entry.get("approver_role", ""),
        citation=entry["citation"],
    )
