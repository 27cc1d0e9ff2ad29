"""The settlement table as a value: what the page, the files and the JSON are drawn from. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.reports.rules import LEVELS, Identity, count, identities, plain


@dataclass(frozen=True, slots=True)
class Group:
    """How many dossiers of a unit, level and field stand in one pair of classes."""

    way_in: str
    outcome: str
    number: int
    unit_id: int
    level: str
    field_id: int = 0
    procedure_code: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One printed line: a field of work under a level."""

    field_id: int
    name: str
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LevelPart:
    """A level of government with its lines."""

    level: str
    figures: Mapping[str, int]
    fields: tuple[FieldLine, ...]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """The figures of one unit alone, without the units below it; all units add up to the total."""

    unit_id: int
    code: str
    name: str
    level: str
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """The figures of the dossiers followed from one ministry's system: a part of the total (NĐ 224/2026 Đ15.1.h)."""

    source: str
    name: str
    figures: Mapping[str, int]

    @property
    def identities(self) -> tuple[Identity, ...]:
        """The sums of the form hold for each part too."""
        return identities(self.figures)


@dataclass(frozen=True, slots=True)
class SettlementTable:
    """II.06a of one unit (with everything below it) or of the province, for [from_, to]."""

    from_: date
    to: date
    structure: str
    known_at: datetime | None
    total: Mapping[str, int]
    levels: tuple[LevelPart, ...]
    units: tuple[UnitLine, ...]

    @property
    def identities(self) -> tuple[Identity, ...]:
        """The sums of the form, checked on these figures."""
        return identities(self.total, levels=[part.figures for part in self.levels])

    def as_json(self) -> dict[str, Any]:
        """The machine's form: plain integers; `returned` is a part of c9."""
        return {
            "total": dict(self.total),
            "levels": [{"level": part.level, **part.figures} for part in self.levels],
            "units": [
                {"unit": line.code, "name": line.name, "level": line.level, **line.figures}
                for line in self.units
            ],
            "identities": [
                {"name": i.name, "left": i.left, "right": i.right, "holds": i.holds} for i in self.identities
            ],
        }


def add_up(groups: Iterable[Group]) -> tuple[Counter[str], dict[Any, Counter[str]]]:
    """The total, and the figures by ("level", level), ("field", level, field) and ("unit", unit, level).

    Classes are added up first and spread over the columns once for each line: there are many more groups than lines.
    """
    lines: dict[Any, Counter[tuple[str, str]]] = defaultdict(Counter)
    for group in groups:
        classes = group.way_in, group.outcome
        lines["unit", group.unit_id, group.level][classes] += group.number
        if group.field_id:
            lines["field", group.level, group.field_id][classes] += group.number
    for key in [key for key in lines if key[0] == "unit"]:
        lines["level", key[2]].update(lines[key])
        lines["total",].update(lines[key])
    parts = {
        key: count((*classes, number) for classes, number in line.items()) for key, line in lines.items()
    }
    return parts.pop(("total",), Counter()), parts


def source_lines(groups: Iterable[Group], names: Mapping[str, str]) -> tuple[SourceLine, ...]:
    """One line for each ministry's system that has dossiers in the table, by name."""
    figures: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for group in groups:
        figures[group.source].append((group.way_in, group.outcome, group.number))
    lines = [SourceLine(source, names.get(source, source), plain(count(classes))) for source, classes in figures.items()]
    return tuple(sorted(lines, key=lambda line: (line.name, line.source)))


def level_parts(
    parts: Mapping[Any, Mapping[str, int]], field_names: Mapping[int, tuple[str, str]]
) -> tuple[LevelPart, ...]:
    """Province, district and commune always, another level only with dossiers; fields by name."""
    extra = sorted(key[1] for key in parts if key[0] == "level" and key[1] not in LEVELS)
    return tuple(
        LevelPart(level, plain(parts.get(("level", level), {})), _field_lines(level, parts, field_names))
        for level in (*extra, *LEVELS)
    )


def _field_lines(
    level: str, parts: Mapping[Any, Mapping[str, int]], names: Mapping[int, tuple[str, str]]
) -> tuple[FieldLine, ...]:
    lines = [
        FieldLine(key[2], names.get(key[2], ("", str(key[2])))[1], plain(figures))
        for key, figures in parts.items()
        if key[0] == "field" and key[1] == level
    ]
    return tuple(sorted(lines, key=lambda line: (line.name, line.field_id)))
