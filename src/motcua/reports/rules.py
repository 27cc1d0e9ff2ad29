"""The settlement table as numbers: adding up, the form's identities, levels. Pure.

Sums are made here and nowhere else; the database only counts how many dossiers stand in each pair of classes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.base.errors import MotcuaError

COLUMNS = ("c3", "c4", "c5", "c6", "c7", "c8", "c9", "c10", "c11", "c12", "c13")
RETURNED = "returned"
LEVELS = ("province", "district", "commune")
LEVEL_NAMES = {
    "central": "Cơ quan ngành dọc",
    "province": "Cấp tỉnh",
    "district": "Cấp huyện",
    "commune": "Cấp xã",
}

_COUNTED_IN = {
    "c4": ("c3", "c4"),
    "c5": ("c3", "c5"),
    "c6": ("c3", "c6"),
    "c8": ("c7", "c8"),
    "c9": ("c7", "c9"),
    "c10": ("c7", "c10"),
    RETURNED: ("c7", "c9", RETURNED),
    "c12": ("c11", "c12"),
    "c13": ("c11", "c13"),
}
"""In which columns a dossier of a class counts: its own, the sum above it, and `returned` within column 9."""


class Structure(StrEnum):
    """Units as they were at acceptance, or the ones that answer for the work today."""

    THEN = "then"
    NOW = "now"


class PeriodBackwards(MotcuaError):
    code = "period_backwards"
    sentence = (
        "Ngày bắt đầu kỳ ({from_:%d/%m/%Y}) sau ngày kết thúc kỳ ({to:%d/%m/%Y}). Hãy chọn lại kỳ báo cáo."
    )


class PeriodClosedAlready(MotcuaError):
    code = "period_closed_already"
    sentence = "Kỳ {from_:%d/%m/%Y}–{to:%d/%m/%Y} của đơn vị này đã được {by} chốt lúc {at}; số liệu đã chốt không chốt lại."


class PeriodNotOver(MotcuaError):
    code = "period_not_over"
    sentence = "Kỳ báo cáo đến hết ngày {to:%d/%m/%Y} chưa kết thúc nên chưa chốt được. Hãy chốt sau ngày đó."


class CellUnknown(MotcuaError):
    code = "cell_unknown"
    sentence = "Biểu không có cột “{column}”."
    status = 404


@dataclass(frozen=True, slots=True)
class Identity:
    """A sum the form demands: `left` equals `right`."""

    name: str
    left: int
    right: int

    @property
    def holds(self) -> bool:
        return self.left == self.right


def check_period(from_: date, to: date) -> None:
    """Refuses a period that ends before it begins."""
    if from_ > to:
        raise PeriodBackwards(from_=from_, to=to)


def columns_of(way_in: str, outcome: str) -> tuple[str, ...]:
    """Every column in which a dossier with these classes counts."""
    return _COUNTED_IN[way_in] + _COUNTED_IN[outcome]


def count(classes: Iterable[tuple[str, str, int]]) -> Counter[str]:
    """The columns' figures from (way in, outcome, number of dossiers)."""
    figures: Counter[str] = Counter()
    for way_in, outcome, number in classes:
        for column in columns_of(way_in, outcome):
            figures[column] += number
    return figures


def plain(figures: Mapping[str, int]) -> dict[str, int]:
    """All columns in the form's order as plain integers, zeros too, and `returned` (a part of c9)."""
    return {column: figures.get(column, 0) for column in (*COLUMNS, RETURNED)}


def identities(
    figures: Mapping[str, int], *, levels: Iterable[Mapping[str, int]] = ()
) -> tuple[Identity, ...]:
    """The sums of the form, and that the levels add up to the total."""
    found = [
        Identity("c3 = c4 + c5 + c6", figures["c3"], figures["c4"] + figures["c5"] + figures["c6"]),
        Identity("c7 = c8 + c9 + c10", figures["c7"], figures["c8"] + figures["c9"] + figures["c10"]),
        Identity("c11 = c12 + c13", figures["c11"], figures["c12"] + figures["c13"]),
        Identity("c3 = c7 + c11", figures["c3"], figures["c7"] + figures["c11"]),
    ]
    parts = list(levels)
    for column in ("c3", "c7", "c11") if parts else ():
        found.append(Identity(f"{column} = Σ cấp", figures[column], sum(part[column] for part in parts)))
    return tuple(found)
