"""Reads of units. The tree on a date is small (hundreds)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from motcua.journal.remembered import remembered
from motcua.organisation.models import CounterService, Succession, Unit, UnitVersion
from motcua.organisation.rules import Handover, UnitClosed, UnitUnknown, below, heir_of


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit as it is on a date."""

    id: int
    code: str
    name: str
    short_name: str
    kind: str
    level: str
    parent_id: int | None
    place: str
    address: str
    phone: str
    email: str


@remembered
def tree(on: date) -> Mapping[int, UnitFacts]:
    """Every unit that exists on `on`, by number."""
    versions = UnitVersion.objects.filter(valid__contains=on).select_related("unit").order_by("unit__code")
    return {
        v.unit_id: UnitFacts(
            v.unit_id, v.unit.code, v.name, v.short_name, v.kind, v.unit.level, v.parent_id,
            v.place, v.address, v.phone, v.email,
        )
        for v in versions
    }  # fmt: skip


@remembered
def unit(unit_id: int, *, on: date) -> UnitFacts:
    """The unit as it is on `on`; a closed unit is refused by name."""
    version = UnitVersion.objects.filter(unit_id=unit_id, valid__contains=on).select_related("unit").first()
    if version is None:
        raise _closed(unit_id, on)
    return UnitFacts(
        unit_id, version.unit.code, version.name, version.short_name, version.kind, version.unit.level,
        version.parent_id, version.place, version.address, version.phone, version.email,
    )  # fmt: skip


@remembered
def latest(unit_id: int) -> UnitFacts:
    """The unit as it last was, also when it is closed (for names on old dossiers)."""
    v = UnitVersion.objects.filter(unit_id=unit_id).select_related("unit").order_by("-valid").first()
    if v is None:
        raise UnitUnknown(code=unit_id)
    return UnitFacts(
        unit_id, v.unit.code, v.name, v.short_name, v.kind, v.unit.level, v.parent_id, v.place, v.address, v.phone,
        v.email,
    )  # fmt: skip


@remembered
def by_code(code: str) -> int:
    """The number of the unit with this identification code."""
    unit_id = Unit.objects.filter(code=code).values_list("pk", flat=True).first()
    if unit_id is None:
        raise UnitUnknown(code=code)
    return unit_id


@remembered
def subtree(root: int, *, on: date) -> frozenset[int]:
    """The unit and all below it on `on`."""
    pairs = UnitVersion.objects.filter(valid__contains=on).values_list("unit_id", "parent_id")
    return below(root, dict(pairs))


@remembered
def ever_below(root: int) -> frozenset[int]:
    """The unit and all that ever stood below it, closed ones too: a dossier of a closed commune stays visible."""
    children: dict[int | None, set[int]] = {}
    for unit_id, parent_id in UnitVersion.objects.values_list("unit_id", "parent_id"):
        children.setdefault(parent_id, set()).add(unit_id)
    found, waiting = {root}, [root]
    while waiting:
        fresh = children.get(waiting.pop(), set()) - found
        found |= fresh
        waiting.extend(fresh)
    return frozenset(found)


@remembered
def served_units(counter_id: int, *, on: date) -> frozenset[int]:
    """The competent units a counter works for on `on`."""
    rows = CounterService.objects.filter(counter_id=counter_id, valid__contains=on)
    return frozenset(rows.values_list("unit_id", flat=True))


def handovers(on: date) -> list[Handover]:
    """All successions in force by `on`."""
    return [
        Handover(s.unit_id, s.heir_id, s.on, s.procedure_code, s.field_code)
        for s in Succession.objects.filter(on__lte=on)
    ]


def heir(unit_id: int, *, procedure: str, field: str, on: date) -> int:
    """Who answers on `on` for a unit's old work."""
    return heir_of(unit_id, procedure=procedure, field=field, on=on, handovers=handovers(on))


def _closed(unit_id: int, on: date) -> Exception:
    try:
        return UnitClosed(name=latest(unit_id).name, on=on)
    except UnitUnknown as unknown:
        return unknown


def as_on(unit_ids: Iterable[int], *, on: date) -> dict[int, UnitFacts]:
    """The named units as they are on `on`; one that does not exist that day as it last was."""
    found: dict[int, UnitFacts] = {}
    versions = UnitVersion.objects.filter(unit_id__in=set(unit_ids)).select_related("unit").order_by("valid")
    for v in versions:
        if v.unit_id in found and v.valid.lower is not None and v.valid.lower > on:
            continue
        found[v.unit_id] = UnitFacts(
            v.unit_id, v.unit.code, v.name, v.short_name, v.kind, v.unit.level, v.parent_id, v.place, v.address,
            v.phone, v.email,
        )  # fmt: skip
    return found


def services_on(on: date) -> frozenset[tuple[int, int]]:
    """Every pair (counter, competent unit) in force on `on`, for writers of many dossiers at once."""
    return frozenset(CounterService.objects.filter(valid__contains=on).values_list("counter_id", "unit_id"))


def outline(on: date) -> list[tuple[int, UnitFacts]]:
    """The tree on `on` from top to bottom: depth and unit, brothers in order of code."""
    units = tree(on)
    children: dict[int | None, list[UnitFacts]] = {}
    for facts in units.values():
        children.setdefault(facts.parent_id if facts.parent_id in units else None, []).append(facts)
    found: list[tuple[int, UnitFacts]] = []
    waiting = [(0, facts) for facts in reversed(children.get(None, []))]
    while waiting:
        depth, facts = waiting.pop()
        found.append((depth, facts))
        waiting.extend((depth + 1, child) for child in reversed(children.get(facts.id, [])))
    return found


@dataclass(frozen=True, slots=True)
class Span:
    """One version of a unit; `until` is the first day it no longer holds."""

    name: str
    kind: str
    parent_id: int | None
    place: str
    since: date | None
    until: date | None
    citation: str


def spans_of(unit_id: int) -> list[Span]:
    """All versions of a unit, the latest first."""
    rows = UnitVersion.objects.filter(unit_id=unit_id, valid__isempty=False).order_by("-valid")
    return [Span(v.name, v.kind, v.parent_id, v.place, v.valid.lower, v.valid.upper, v.citation) for v in rows]


@dataclass(frozen=True, slots=True)
class SuccessionFacts:
    """Who takes over what from when; with neither procedure nor field: all the rest."""

    unit_id: int
    heir_id: int
    on: date
    procedure_code: str
    field_code: str
    citation: str


def successions(unit_id: int | None = None) -> list[SuccessionFacts]:
    """The succession table, or what concerns one unit as giver or heir."""
    rows = Succession.objects.order_by("on", "unit__code", "procedure_code", "field_code")
    rows = rows if unit_id is None else rows.filter(Q(unit=unit_id) | Q(heir=unit_id))
    return [SuccessionFacts(*row) for row in rows.values_list(*SuccessionFacts.__dataclass_fields__)]


def counters_of(unit_id: int) -> list[tuple[int, int, date, date | None, str]]:
    """Counter, competent unit, from, until (first day no longer) and citation of every service of or for a unit."""
    rows = CounterService.objects.filter(Q(counter=unit_id) | Q(unit=unit_id), valid__isempty=False).order_by("valid")
    return [(row.counter_id, row.unit_id, row.valid.lower, row.valid.upper, row.citation) for row in rows]


def change_days() -> list[date]:
    """The days on which a unit or a counter's service begins or is over, in order; between them nothing changes."""
    spans = [*UnitVersion.objects.values_list("valid", flat=True), *CounterService.objects.values_list("valid", flat=True)]
    return sorted({day for span in spans for day in (span.lower, span.upper) if day})
