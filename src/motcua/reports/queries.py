"""Reads of the reports: the settlement table, the dossiers behind its figures, closed periods and what came in late."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from motcua.base.time import local_date
from motcua.catalogue.queries import field_names
from motcua.dossiers.queries import followed_sources
from motcua.indicators.rules import Outcome, WayIn
from motcua.organisation import queries as organisation
from motcua.organisation.queries import UnitFacts
from motcua.reports import counting
from motcua.reports.models import ClosedPeriod
from motcua.reports.rules import CellUnknown, Structure, check_period, columns_of, plain
from motcua.reports.structure import HeirOf, as_today, heirs
from motcua.reports.tables import (
    Group,
    SettlementTable,
    SourceLine,
    UnitLine,
    add_up,
    level_parts,
    source_lines,
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for: a period, a unit with everything below it (None: the province), a structure.

    today: decides which units exist "now"; known_at: what was on record at that instant (None: everything); source: None
    counts all, empty our own dossiers, else those followed from one ministry's system.
    """

    from_: date
    to: date
    today: date
    unit: int | None = None
    structure: Structure = Structure.THEN
    known_at: datetime | None = None
    source: str | None = None

    @property
    def structure_on(self) -> date:
        """The day whose units are "now": a closed period keeps the units of its closing."""
        return local_date(self.known_at) if self.known_at else self.today

    def of_unit(self, unit: int) -> Question:
        """The same question for one unit."""
        return replace(self, unit=unit)


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: its column, and optionally one unit, level or field."""

    column: str
    unit_id: int | None = None
    level: str | None = None
    field_id: int | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """A closed period: when, by whom, and its signed figures."""

    form: str
    unit: int | None
    from_: date
    to: date
    structure: str
    cutoff: datetime
    closed_by: str
    figures: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OpeningBalance:
    """What the period before left open (column 11, as closed) beside what this one carried over (column 6)."""

    closed: Closing
    left_open: int
    carried: int

    @property
    def agrees(self) -> bool:
        return self.left_open == self.carried


def settlement_table(
    from_: date,
    to: date,
    *,
    today: date,
    unit: int | None = None,
    structure: str = Structure.THEN,
    known_at: datetime | None = None,
    fields: bool = True,
) -> SettlementTable:
    """II.06a in one pass over `dossier_facts`. Without `fields` the levels have no lines, which counts faster.

    Raises PeriodBackwards, UnitUnknown.
    """
    return table_of(Question(from_, to, today, unit, Structure(structure), known_at), fields=fields)


def table_of(question: Question, *, fields: bool = True) -> SettlementTable:
    """`settlement_table` for a question at hand."""
    check_period(question.from_, question.to)
    total, parts = add_up(_groups(question, fields=fields))
    return SettlementTable(
        question.from_, question.to, question.structure, question.known_at, plain(total),
        level_parts(parts, field_names()), _unit_lines(parts, _names(question)),
    )  # fmt: skip


def dossiers_behind(
    cell: Cell, question: Question, *, offset: int = 0, limit: int | None = None
) -> list[dict[str, Any]]:
    """The dossiers counted in a figure, by code; all of them when `limit` is None. Raises CellUnknown."""
    classes = _classes_of(cell.column)
    then = question.structure is Structure.THEN
    units = _units_then(question) if then else None
    found = counting.list_dossiers(
        question.from_, question.to,
        units=_only(cell.unit_id, units) if then and cell.unit_id is not None else units,
        classes=classes, level=cell.level if then else None, field_id=cell.field_id, known_at=question.known_at,
        limit=limit if then else None, offset=offset if then else 0, source=question.source,
    )  # fmt: skip
    if then:
        return found
    return _under_today(found, cell, question)[offset : None if limit is None else offset + limit]


def by_source(question: Question) -> tuple[SourceLine, ...]:
    """"Trong đó từ hệ thống của bộ": the part of the table that each ministry's system handles; empty without any."""
    names = followed_sources()
    return source_lines(_groups(question, fields=False, by_source=True), names) if names else ()


def unit_asked(code: str, question: Question) -> UnitFacts:
    """The unit with this code as it was in the period (as it is today for structure "now").

    Raises UnitUnknown, or UnitClosed when it did not exist then.
    """
    number = organisation.by_code(code)
    days = (question.to, question.from_) if question.structure is Structure.THEN else (question.structure_on,)
    known = [organisation.tree(day).get(number) for day in days]
    return next(filter(None, known), None) or organisation.unit(number, on=days[0])


def reporting_name(question: Question) -> str:
    """What the reporting unit is called on the printed form."""
    if question.unit is None:
        name = settings.PROVINCE_NAME
        return f"Ủy ban nhân dân {name[:1].lower()}{name[1:]}"
    return (_names(question).get(question.unit) or organisation.latest(question.unit)).name


def closing(form: str, question: Question) -> Closing | None:
    """How this very period was closed, or None while it is open."""
    row = ClosedPeriod.objects.filter(
        form=form,
        unit_id=question.unit,
        from_on=question.from_,
        to_on=question.to,
        structure=question.structure,
    ).first()
    return _closing(row) if row else None


def closings(form: str, *, unit: int | None) -> list[Closing]:
    """The closed periods of a unit, latest first."""
    found = ClosedPeriod.objects.filter(form=form, unit_id=unit).order_by("-to_on", "-from_on", "structure")
    return [_closing(row) for row in found]


def as_closed(form: str, question: Question) -> Question:
    """The question as it was answered at the closing when the period is closed; else unchanged."""
    closed = closing(form, question)
    return replace(question, known_at=closed.cutoff) if closed else question


def late_entries(closed: Closing, *, today: date) -> list[dict[str, Any]]:
    """Dossiers whose class now differs from their class at the closing, with both (null: not counted)."""
    question = Question(
        closed.from_, closed.to, today, closed.unit, Structure(closed.structure), closed.cutoff
    )
    then = question.structure is Structure.THEN
    found = counting.changes_since(
        closed.from_, closed.to, units=_units_then(question) if then else None, cutoff=closed.cutoff
    )
    return found if then else _under_today(found, Cell(""), question)


def opening_balance(form: str, table: SettlementTable, *, unit: int | None) -> OpeningBalance | None:
    """The closing that ends the day before this period beside this period's column 6; a difference is a warning."""
    row = (
        ClosedPeriod.objects.filter(
            form=form, unit_id=unit, to_on=table.from_ - timedelta(days=1), structure=table.structure
        )
        .order_by("-cutoff")
        .first()
    )
    return OpeningBalance(_closing(row), row.figures["total"]["c11"], table.total["c6"]) if row else None


def _groups(question: Question, *, fields: bool, by_source: bool = False) -> list[Group]:
    then = question.structure is Structure.THEN
    by: tuple[str, ...] = ("field_id",) if fields else ()
    if not then:
        by = ("field_id", "procedure_code")  # who inherited depends on both
    by += ("source",) if by_source else ()
    groups = counting.count_groups(
        question.from_,
        question.to,
        units=_units_then(question) if then else None,
        by=by,
        known_at=question.known_at,
        source=question.source,
    )
    return groups if then else _moved(groups, question)


def _moved(groups: list[Group], question: Question) -> list[Group]:
    units = organisation.tree(question.structure_on)
    codes = {number: code for number, (code, _) in field_names().items()}
    moved = as_today(
        groups, _heir(question), levels={u.id: u.level for u in units.values()}, field_codes=codes
    )
    if question.unit is None:
        return moved
    below = organisation.subtree(question.unit, on=question.structure_on)
    return [group for group in moved if group.unit_id in below]


def _under_today(found: list[dict[str, Any]], cell: Cell, question: Question) -> list[dict[str, Any]]:
    """The rows whose work lies today with the asked unit, level or subtree; `unit_id` becomes that of today."""
    heir, codes = _heir(question), {number: code for number, (code, _) in field_names().items()}
    units = organisation.tree(question.structure_on)
    below = None if question.unit is None else organisation.subtree(question.unit, on=question.structure_on)
    kept = []
    for row in found:
        unit = heir(row["unit_id"], row["procedure_code"], codes.get(row["field_id"], ""))
        level = units[unit].level if unit in units else row.get("level")
        outside = below is not None and unit not in below
        if not outside and cell.unit_id in (None, unit) and cell.level in (None, level):
            kept.append(row | {"unit_id": unit, "level": level})
    return kept


def _heir(question: Question) -> HeirOf:
    return heirs(organisation.handovers(question.structure_on), on=question.structure_on)


def _units_then(question: Question) -> frozenset[int] | None:
    """The asked unit with all that ever stood below it; None, which reads everything, for the province."""
    return None if question.unit is None else organisation.ever_below(question.unit)


def _only(unit: int, allowed: Collection[int] | None) -> frozenset[int]:
    return frozenset({unit}) if allowed is None or unit in allowed else frozenset()


def _names(question: Question) -> dict[int, UnitFacts]:
    """Units by number as they are called in the period (or today)."""
    if question.structure is Structure.NOW:
        return dict(organisation.tree(question.structure_on))
    return {**organisation.tree(question.from_), **organisation.tree(question.to)}


def _unit_lines(parts: dict[Any, Any], names: dict[int, UnitFacts]) -> tuple[UnitLine, ...]:
    lines = []
    for key, figures in parts.items():
        if key[0] == "unit":
            unit = names.get(key[1]) or organisation.latest(key[1])
            lines.append(UnitLine(unit.id, unit.code, unit.name, key[2], plain(figures)))
    return tuple(sorted(lines, key=lambda line: (line.code, line.level)))


def _classes_of(column: str) -> tuple[list[str], list[str]]:
    """The ways in and outcomes that count in a column; a column of one side leaves the other side open."""
    ways = [way.value for way in WayIn]
    outcomes = [outcome.value for outcome in Outcome]
    in_column = [(w, o) for w in ways for o in outcomes if column in columns_of(w, o)]
    if not in_column:
        raise CellUnknown(column=column)
    return sorted({w for w, _ in in_column}), sorted({o for _, o in in_column})


def _closing(row: ClosedPeriod) -> Closing:
    return Closing(
        row.form, row.unit_id, row.from_on, row.to_on, row.structure, row.cutoff, row.closed_by, row.figures
    )
