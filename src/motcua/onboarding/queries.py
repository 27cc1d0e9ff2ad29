"""Reads for the pages of imports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from motcua.base.actor import Actor
from motcua.journal.queries import EventFacts, events_of
from motcua.onboarding.access import visible
from motcua.onboarding.models import Import, ImportRow, Mapping
from motcua.onboarding.rules.mapping import Plan, by_columns
from motcua.onboarding.rules.states import RowState
from motcua.people.rules import Role


def imports_of(actor: Actor) -> QuerySet[Import]:
    """The imports the administrator may see, newest first, with how many lines came in or could not."""
    done = Count("rows", filter=Q(rows__state__in=(RowState.DONE, RowState.KEPT)))
    bad = Count("rows", filter=Q(rows__state__in=(RowState.WRONG, RowState.FAILED)))
    return Import.objects.filter(visible(actor)).annotate(done=done, bad=bad).order_by("-id")


def lines_of(found: Import) -> QuerySet[ImportRow]:
    """The lines below the header."""
    return found.rows.filter(line__gt=found.header_line)


def counts_of(found: Import) -> dict[str, int]:
    """How many lines stand in which state."""
    return dict(lines_of(found).values_list("state").annotate(n=Count("id")).order_by("state"))


@dataclass(frozen=True, slots=True)
class Sample:
    """The first lines of the sheet as its reader sees them, and how wide the sheet is."""

    width: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def sample_of(found: Import, *, size: int = 5) -> Sample:
    """Some lines below the header, padded to the width of the widest of them."""
    rows = list(lines_of(found).order_by("line").values_list("line", "cells")[:200])
    width = max([len(found.header), *(len(cells) for _, cells in rows)])
    return Sample(width, tuple((line, (*cells, *[""] * (width - len(cells)))) for line, cells in rows[:size]))


def all_cells(found: Import) -> list[Sequence[str]]:
    """The cells of every line below the header."""
    return list(lines_of(found).order_by("line").values_list("cells", flat=True))


def mappings_for(actor: Actor, kind: str) -> QuerySet[Mapping]:
    """The kept ways of mapping of this kind, by name."""
    return Mapping.objects.filter(kind=kind, unit_id__in=actor.units(Role.ADMIN)).order_by("name")


def plan_of(mapping: Mapping, header: Sequence[str]) -> Plan:
    """A kept way of mapping on the columns of another sheet."""
    return Plan(by_columns(mapping.columns, header), mapping.constants, mapping.values)


def history_of(found: Import) -> list[EventFacts]:
    """Who did what with this import, newest first."""
    return events_of("import", str(found.pk))
