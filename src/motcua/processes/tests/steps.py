"""Steps for the tests of this room, and a strategy of whole processes."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from motcua.people.rules import Role
from motcua.processes.rules import (
    Branch,
    Condition,
    Fact,
    Operator,
    OpinionPlan,
    Place,
    PlaceKind,
    RequiredAct,
    Stage,
    StepPlan,
)
from motcua.processes.rules.conditions import NUMBERS, YES_NO
from motcua.processes.rules.editing import normalised

ONLINE = Condition(Fact.CHANNEL, Operator.EQUAL, "online")


def step(position: int, stage: Stage = Stage.SETTLE, name: str = "", **more: object) -> StepPlan:
    values: dict[str, object] = {"role": "specialist", "hours": Decimal(4)} | more
    return StepPlan(position, stage, name or f"Bước {position}", **values)  # type: ignore[arg-type]


def line(count: int = 4, **changed: StepPlan) -> tuple[StepPlan, ...]:
    """Steps from intake to return; `s2=...` exchanges the second."""
    stages = [Stage.RECEIVE, *[Stage.SETTLE] * (count - 2), Stage.RETURN]
    return tuple(changed.get(f"s{n}", step(n, stage)) for n, stage in enumerate(stages, 1))


_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufffe\uffff"), max_size=20)
_NAMES = _TEXT.map(str.strip).filter(bool)
_HOURS = st.decimals(0, 999, places=2)


@st.composite
def places(draw) -> Place:
    kind = draw(st.sampled_from(list(PlaceKind)))
    return Place(kind, draw(st.integers(1, 99)) if kind is PlaceKind.FIXED else None)


_OPINIONS = st.builds(OpinionPlan, _NAMES, st.sampled_from([*map(str, Role)]), _HOURS, places())


@st.composite
def conditions(draw) -> Condition:
    fact = draw(st.sampled_from(list(Fact)))
    if fact in NUMBERS:
        return Condition(fact, draw(st.sampled_from(list(Operator))), str(draw(st.integers(0, 9999))))
    operator = draw(st.sampled_from([Operator.EQUAL, Operator.NOT_EQUAL, Operator.IN]))
    words = st.just("yes") if fact in YES_NO else st.from_regex(r"[^\W_]{1,8}( [^\W_]{1,8})?", fullmatch=True)
    return Condition(fact, operator, draw(words))


@st.composite
def processes(draw) -> tuple[StepPlan, ...]:
    """Any process of the closed subset: every step reached, ways forward only, told in its normal form."""
    count = draw(st.integers(2, 8))
    steps = []
    for position in range(1, count + 1):
        later = st.integers(position + 1, count)
        branches: tuple[Branch, ...] = ()
        if position < count and draw(st.booleans()):
            told = draw(st.lists(st.builds(Branch, later, conditions()), max_size=3))
            branches = (*told, Branch(draw(later)))
        hours = draw(st.none() | _HOURS)
        steps.append(
            StepPlan(
                position, draw(st.sampled_from(list(Stage))), draw(_NAMES), draw(st.sampled_from(["", *map(str, Role)])),
                hours, draw(st.none() | st.integers(0, 100)) if hours is None else None, draw(_TEXT),
                place=draw(places()),
                opinions=tuple(draw(st.lists(_OPINIONS, max_size=2))),
                requires=draw(st.frozensets(st.sampled_from(list(RequiredAct)))),
                forms=tuple(draw(st.lists(_NAMES, max_size=2))), branches=branches,
                back_to=tuple(sorted(draw(st.sets(st.integers(1, position - 1))))) if position > 1 else (),
            )
        )  # fmt: skip
    return normalised(tuple(steps))
