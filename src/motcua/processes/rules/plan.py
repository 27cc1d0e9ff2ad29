"""What a step of a process is: who does it where, in what time, what must be done before it can be left, where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from motcua.processes.rules.conditions import Condition


class Stage(StrEnum):
    """The five steps on the electronic environment; every step of any process belongs to one (reports by stage)."""

    RECEIVE = "S1"
    FORWARD = "S2"
    SETTLE = "S3"
    SIGN = "S4"
    RETURN = "S5"


class PlaceKind(StrEnum):
    """Where a step is done, told from the dossier: one process serves every unit that settles the procedure."""

    COMPETENT = "competent"
    COUNTER = "counter"
    ABOVE = "above"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Place:
    """`unit_id` is told for `FIXED` alone."""

    kind: PlaceKind = PlaceKind.COMPETENT
    unit_id: int | None = None


class RequiredAct(StrEnum):
    """What has to be done before a step can be left."""

    DIGITISE = "digitise"
    SIGN = "sign"
    PAY = "pay"


@dataclass(frozen=True, slots=True)
class OpinionPlan:
    """An opinion asked when the step is entered and joined before it can be left; `hours` of working time to answer."""

    name: str
    role: str
    hours: Decimal
    place: Place = Place(PlaceKind.ABOVE)


@dataclass(frozen=True, slots=True)
class Branch:
    """Where the step leads when `when` holds; without a condition: otherwise."""

    to: int
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One step: `hours` of working time, or `share` percent of the whole term.

    `branches` are tried in order, the last is "otherwise"; none: the next position. `back_to`: the earlier positions the
    step may be sent back to, with a reason. The first step and the last are done at the intake counter whatever `place` says.
    """

    position: int
    stage: Stage
    name: str
    role: str
    hours: Decimal | None = None
    share: int | None = None
    result: str = ""
    place: Place = Place()
    opinions: tuple[OpinionPlan, ...] = ()
    requires: frozenset[RequiredAct] = frozenset()
    forms: tuple[str, ...] = ()
    branches: tuple[Branch, ...] = ()
    back_to: tuple[int, ...] = ()
