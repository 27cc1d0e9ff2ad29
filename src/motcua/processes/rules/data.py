"""The closed data of a step as plain JSON values and back, for tables and imports. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from motcua.processes.rules.conditions import Condition, Fact, Operator
from motcua.processes.rules.plan import Branch, OpinionPlan, Place, PlaceKind


def opinion_data(opinion: OpinionPlan) -> dict[str, Any]:
    return {
        "name": opinion.name, "role": opinion.role, "hours": str(opinion.hours),
        "place": opinion.place.kind.value, "unit": opinion.place.unit_id,
    }  # fmt: skip


def opinion_from(data: dict[str, Any]) -> OpinionPlan:
    place = Place(PlaceKind(data["place"]), data["unit"])
    return OpinionPlan(data["name"], data["role"], Decimal(data["hours"]), place)


def branch_data(branch: Branch) -> dict[str, Any]:
    when = branch.when
    return {"to": branch.to, "when": [when.fact.value, when.operator.value, when.value] if when else None}


def branch_from(data: dict[str, Any]) -> Branch:
    when = data["when"]
    return Branch(data["to"], Condition(Fact(when[0]), Operator(when[1]), when[2]) if when else None)
