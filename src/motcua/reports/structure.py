"""Which unit a dossier counts for: the one it was accepted by, or the one that answers for that work today. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from motcua.organisation.rules import Handover, heir_of
from motcua.reports.tables import Group

_OTHER = "-"
"""Stands for every procedure or field that no succession names, so that each kind of work is followed once."""
HeirOf = Callable[[int, str, str], int]


def heirs(handovers: Collection[Handover], *, on: date) -> HeirOf:
    """(unit, procedure code, field code) → who answers on `on`; each kind of work is followed once, not each dossier."""
    procedures = {h.procedure for h in handovers}
    fields = {h.field for h in handovers}
    giving = {h.unit for h in handovers}

    @cache
    def follow(unit: int, procedure: str, field: str) -> int:
        return heir_of(unit, procedure=procedure, field=field, on=on, handovers=handovers)

    def heir(unit: int, procedure: str, field: str) -> int:
        if unit not in giving:
            return unit
        return follow(
            unit, procedure if procedure in procedures else _OTHER, field if field in fields else _OTHER
        )

    return heir


def as_today(
    groups: Iterable[Group], heir: HeirOf, *, levels: Mapping[int, str], field_codes: Mapping[int, str]
) -> list[Group]:
    """The groups under the units that answer for them today, with those units' levels (there is no district today)."""
    moved = []
    for group in groups:
        unit = heir(group.unit_id, group.procedure_code, field_codes.get(group.field_id, ""))
        moved.append(replace(group, unit_id=unit, level=levels.get(unit, group.level)))
    return moved
