"""The registry of measures: every figure anywhere is a declared object with a condition over a facts view. Pure.

A condition is SQL over one row `f` of the measure's facts view with the named parameters of `period_parameters`. Figures,
their drill-down and their exports use the same condition, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from motcua.base.errors import MotcuaError
from motcua.base.time import day_end, day_start


class MeasureUnknown(MotcuaError):
    code = "measure_unknown"
    sentence = "Không có chỉ tiêu mang mã {code}."


class MeasureCodeUsed(MotcuaError):
    code = "measure_code_used"
    sentence = "Mã chỉ tiêu {code} đã được dùng cho một chỉ tiêu khác."


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure.

    code: stable name; name: Vietnamese words; unit: what is counted; facts: the view counted; condition: which rows;
    citation: the legal source; denominators: codes of the measures a rate of this one may be taken of (RPT-07).
    """

    code: str
    name: str
    unit: str
    facts: str
    condition: str
    citation: str
    denominators: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The last part of the code: the column of the form."""
        return self.code.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Partition:
    """Measures that share out a population: a row belongs to the first one whose condition holds.

    The order makes them exclusive; the last condition is TRUE, so that nothing is lost.
    """

    code: str
    classes: tuple[Measure, ...]

    def sql(self) -> str:
        """The key of the class of row `f`."""
        cases = " ".join(f"WHEN {m.condition} THEN '{m.key}'" for m in self.classes[:-1])
        return f"CASE {cases} ELSE '{self.classes[-1].key}' END"

    @property
    def conditions(self) -> tuple[str, ...]:
        """What decides the class of row `f`, as truth values. Grouping by them lets the database count in parallel:
        it knows that a truth value has two values, of a CASE it would expect a million."""
        return tuple(measure.condition for measure in self.classes[:-1])

    def key_of(self, truths: Sequence[bool | None]) -> str:
        """The class for the truth values of `conditions`: the first that holds, else the last class."""
        first = next((place for place, truth in enumerate(truths) if truth), len(self.classes) - 1)
        return str(self.classes[first].key)


@dataclass(frozen=True, slots=True)
class Registry:
    """All measures by code."""

    measures: dict[str, Measure] = field(default_factory=dict)

    def add(self, measures: Iterable[Measure]) -> None:
        """Declares measures; a code is given once."""
        for measure in measures:
            if self.measures.setdefault(measure.code, measure) != measure:
                raise MeasureCodeUsed(code=measure.code)

    def measure(self, code: str) -> Measure:
        """The measure with this code."""
        if code not in self.measures:
            raise MeasureUnknown(code=code)
        return self.measures[code]


REGISTRY = Registry()


def period_parameters(from_: date, to: date, *, known_at: datetime | None = None) -> dict[str, Any]:
    """Parameters of every condition: the instants that open the period, open and close its last day; what was known when.

    Instants, not dates: comparing them needs no conversion of a million rows.
    """
    return {
        "period_start": day_start(from_),
        "last_day": day_start(to),
        "period_end": day_end(to),
        "known_at": known_at or "infinity",
    }
