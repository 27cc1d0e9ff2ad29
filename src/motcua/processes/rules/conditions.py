"""Conditions as closed data: a fact, a comparison, a value. Nothing a process says is ever executed. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from motcua.base.errors import MotcuaError

FactValue = str | int | bool
Facts = Mapping["Fact", FactValue]


class Fact(StrEnum):
    """What a branch may ask about a dossier."""

    CASE = "case"
    CHANNEL = "channel"
    LEVEL = "level"
    FIELD = "field"
    PROCEDURE = "procedure"
    OWNER_KIND = "owner_kind"
    FEE_DUE = "fee_due"
    AFTER_15H = "after_15h"
    COMPONENTS_MISSING = "components_missing"
    COMPONENTS_RECEIVED = "components_received"
    OPINIONS_AGREED = "opinions_agreed"
    OPINIONS_DISAGREED = "opinions_disagreed"


class Operator(StrEnum):
    EQUAL = "="
    NOT_EQUAL = "≠"
    LESS = "<"
    AT_MOST = "≤"
    MORE = ">"
    AT_LEAST = "≥"
    IN = "in"


NUMBERS = frozenset(
    {Fact.COMPONENTS_MISSING, Fact.COMPONENTS_RECEIVED, Fact.OPINIONS_AGREED, Fact.OPINIONS_DISAGREED}
)
YES_NO = frozenset({Fact.FEE_DUE, Fact.AFTER_15H})
_ORDERED = frozenset({Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST})
_WRITTEN = re.compile(r"(\w+) (=|≠|<|≤|>|≥|in) (\S.*)")
YES, NO = "yes", "no"


class ConditionUnreadable(MotcuaError):
    code = "condition_unreadable"
    sentence = (
        "Điều kiện rẽ nhánh “{text}” không đọc được. Điều kiện chỉ gồm một dữ kiện, một phép so sánh và một giá trị, "
        "ví dụ: channel = online."
    )


class ConditionValueWrong(MotcuaError):
    code = "condition_value_wrong"
    sentence = "Điều kiện rẽ nhánh “{text}” không so sánh được: {reason}."


@dataclass(frozen=True, slots=True)
class Condition:
    """`value` as written; several values of `IN` are divided by semicolons."""

    fact: Fact
    operator: Operator
    value: str

    def text(self) -> str:
        """The fixed written form: "channel = online"."""
        return f"{self.fact} {self.operator} {self.value}"

    @property
    def values(self) -> tuple[str, ...]:
        """The single values of the right side."""
        parts = self.value.split(";") if self.operator is Operator.IN else (self.value,)
        return tuple(part.strip() for part in parts if part.strip())


def parse_condition(text: str) -> Condition:
    """Reads the written form; anything else is refused, never evaluated. Raises ConditionUnreadable, ConditionValueWrong."""
    found = _WRITTEN.fullmatch(" ".join(text.split()))
    if found is None or found[1] not in set(Fact):
        raise ConditionUnreadable(text=text[:100])
    condition = Condition(Fact(found[1]), Operator(found[2]), found[3])
    check_condition(condition)
    return condition


def check_condition(condition: Condition) -> None:
    """Refuses a comparison that can never be told. Raises ConditionValueWrong."""
    reason = ""
    if not condition.values:
        reason = "chưa có giá trị"
    elif condition.fact in NUMBERS:
        if not all(value.isascii() and value.isdigit() and len(value) < 6 for value in condition.values):
            reason = "giá trị phải là số nguyên không âm"
    elif condition.operator in _ORDERED:
        reason = "phép so sánh lớn hơn, nhỏ hơn chỉ dùng cho số lượng"
    elif condition.fact in YES_NO and not set(condition.values) <= {YES, NO}:
        reason = "giá trị phải là yes hoặc no"
    if reason:
        raise ConditionValueWrong(text=condition.text()[:100], reason=reason)


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether the dossier with these facts fulfils the condition; a fact nobody told fulfils none."""
    if condition.fact not in facts:
        return False
    found = facts[condition.fact]
    if condition.fact in NUMBERS:
        return _compared(int(found), condition)
    told = (YES if found else NO) if isinstance(found, bool) else str(found)
    match condition.operator:
        case Operator.NOT_EQUAL:
            return told != condition.values[0]
        case _:
            return told in condition.values


def _compared(found: int, condition: Condition) -> bool:
    values = [int(value) for value in condition.values]
    match condition.operator:
        case Operator.LESS:
            return found < values[0]
        case Operator.AT_MOST:
            return found <= values[0]
        case Operator.MORE:
            return found > values[0]
        case Operator.AT_LEAST:
            return found >= values[0]
        case Operator.NOT_EQUAL:
            return found != values[0]
        case _:
            return found in values
