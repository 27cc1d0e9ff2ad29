"""What this room tells the others. A listener that keeps open dossiers recomputes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class DayDeclared:
    NAME: ClassVar[str] = "deadlines.day_declared"
    VERSION: ClassVar[int] = 1

    day: str
    kind: str
    part: str
    notice: str
    scope: str


@dataclass(frozen=True)
class DayWithdrawn:
    NAME: ClassVar[str] = "deadlines.day_withdrawn"
    VERSION: ClassVar[int] = 1

    day: str
    kind: str
    notice: str
    scope: str


@dataclass(frozen=True)
class YearConfirmed:
    NAME: ClassVar[str] = "deadlines.year_confirmed"
    VERSION: ClassVar[int] = 1

    year: int
    notice: str


@dataclass(frozen=True)
class SessionPlanAdded:
    NAME: ClassVar[str] = "deadlines.session_plan_added"
    VERSION: ClassVar[int] = 1

    valid_from: str
    valid_to: str | None
    citation: str


@dataclass(frozen=True)
class SessionPlanEnded:
    NAME: ClassVar[str] = "deadlines.session_plan_ended"
    VERSION: ClassVar[int] = 1

    ended_on: str
    citation: str


CalendarEvent = DayDeclared | DayWithdrawn | YearConfirmed | SessionPlanAdded | SessionPlanEnded
