"""Reads of slips and legs, within the rights of the officer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from motcua.base.actor import Actor
from motcua.base.errors import NotFound
from motcua.base.time import day_end, day_start
from motcua.dossiers.rules.lateness import Timing
from motcua.organisation import queries as units
from motcua.transfers import access
from motcua.transfers.models import Leg, Line, Slip
from motcua.transfers.rules import Kind, LineState, Tally

COUNTED = {
    "lines_all": Count("lines"),
    "lines_open": Count("lines", filter=Q(lines__state=LineState.IN_TRANSIT)),
    "lines_refused": Count("lines", filter=Q(lines__state=LineState.REFUSED)),
}


def slips_of(actor: Actor) -> QuerySet[Slip]:
    """Slips given or taken at the officer's places, the latest first, with how their lines stand."""
    return Slip.objects.filter(access.at_both_ends(actor)).annotate(**COUNTED).order_by("-at", "-pk")


def open_slips(actor: Actor) -> QuerySet[Slip]:
    """Slips with a line under way, those first that had to be confirmed first."""
    return slips_of(actor).filter(settled_at=None).order_by("confirm_by", "pk")


def awaited(actor: Actor) -> QuerySet[Slip]:
    """Open slips that the officer may confirm."""
    return open_slips(actor).filter(to_unit_id__in=access.taking_places(actor)).exclude(giver_id=actor.id or 0)


def slip_of(actor: Actor, slip_id: int) -> Slip:
    """One slip the officer may see. Raises NotFound for any other."""
    slip = slips_of(actor).filter(pk=slip_id).first()
    if slip is None:
        raise NotFound(what="phiếu bàn giao này")
    return slip


def lines_of(slip: Slip) -> list[Line]:
    """The slip's lines in their order."""
    return list(slip.lines.select_related("leg").order_by("position"))


def lines_under_way(slip_id: int) -> list[int]:
    """The numbers of the slip's open lines in their order."""
    rows = Line.objects.filter(slip_id=slip_id, state=LineState.IN_TRANSIT).order_by("position")
    return list(rows.values_list("pk", flat=True))


def legs_of(actor: Actor) -> QuerySet[Leg]:
    """Legs from or to the officer's places."""
    return Leg.objects.filter(access.at_both_ends(actor)).order_by("-sent_at", "-pk")


def leg_of(actor: Actor, leg_id: int) -> Leg:
    """One leg the officer may see. Raises NotFound for any other."""
    leg = legs_of(actor).filter(pk=leg_id).first()
    if leg is None:
        raise NotFound(what="chặng luân chuyển này")
    return leg


def legs_on_dossier(dossier_id: int) -> list[Leg]:
    """The way of a dossier between agencies and levels."""
    return list(Leg.objects.filter(dossier_id=dossier_id).order_by("sent_at", "pk"))


def lines_on_dossier(dossier_id: int) -> list[Line]:
    """The slips a dossier stood on."""
    return list(Line.objects.filter(dossier_id=dossier_id).select_related("slip").order_by("slip__at", "pk"))


def under_way(numbers: Iterable[int]) -> frozenset[int]:
    """Which of these dossiers stand on an open slip."""
    rows = Line.objects.filter(state=LineState.IN_TRANSIT, dossier_id__in=list(numbers))
    return frozenset(rows.values_list("dossier_id", flat=True))


def results_there() -> QuerySet[Line]:
    """Result lines that are under way, or were confirmed after the dossier ended; to leave them out of a list."""
    rows = Line.objects.filter(slip__kind=Kind.RESULTS)
    gone = Q(state=LineState.IN_TRANSIT) | Q(state=LineState.TAKEN, settled_at__gte=F("dossier__ended_at"))
    return rows.filter(gone)


def receiving_units(actor: Actor) -> list[tuple[int, str]]:
    """Units to which legs went that the officer may see, the Provincial Office first (LNK-06), then by name."""
    numbers = legs_of(actor).order_by().values_list("to_unit_id", flat=True).distinct()
    named = [(number, units.latest(number)) for number in numbers]
    named.sort(key=lambda pair: (not _is_provincial_office(pair[1]), pair[1].name))
    return [(number, unit.name) for number, unit in named]


def _is_provincial_office(unit: units.UnitFacts) -> bool:
    return unit.level == "province" and unit.name.startswith("Văn phòng Ủy ban nhân dân")


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a table, both included."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        return day_start(self.first)

    @property
    def end(self) -> datetime:
        return day_end(self.last)


CELLS = ("carried", "new", "early", "on_time", "late", "open_within", "open_overdue")


def cell_condition(cell: str, span: Span) -> Q:
    """The legs behind one figure of the table; the same conditions count and list, so they cannot disagree."""
    done = Q(finished_at__gte=span.start, finished_at__lt=span.end)
    still = Q(sent_at__lt=span.end) & (Q(finished_at=None) | Q(finished_at__gte=span.end))
    return Q(cancelled_at=None) & {
        "carried": Q(sent_at__lt=span.start) & (Q(finished_at=None) | Q(finished_at__gte=span.start)),
        "new": Q(sent_at__gte=span.start, sent_at__lt=span.end),
        "early": done & Q(timing=Timing.EARLY),
        "on_time": done & Q(timing=Timing.ON_DATE),
        "late": done & Q(timing=Timing.LATE),
        "open_within": still & Q(due_at__gte=span.end),
        "open_overdue": still & Q(due_at__lt=span.end),
    }[cell]


def linked_table(actor: Actor, span: Span, *, to_unit: int) -> dict[int, Tally]:
    """The sub-table "liên thông đến …" by sending unit (LNK-06), in one statement."""
    asked = {f"n_{cell}": Count("id", filter=cell_condition(cell, span)) for cell in CELLS}
    rows = legs_of(actor).order_by().filter(to_unit_id=to_unit).values("from_unit_id").annotate(**asked)
    found = {row["from_unit_id"]: Tally(**{cell: row[f"n_{cell}"] for cell in CELLS}) for row in rows}
    return {unit: line for unit, line in found.items() if line.carried + line.new}


def linked_legs(actor: Actor, span: Span, *, to_unit: int, cell: str, from_unit: int | None) -> QuerySet[Leg]:
    """The legs behind a figure."""
    rows = legs_of(actor).filter(cell_condition(cell, span), to_unit_id=to_unit)
    return rows.filter(from_unit_id=from_unit) if from_unit else rows


def total(lines: Mapping[int, Tally]) -> Tally:
    """The sum of the table."""
    return Tally(**{cell: sum(getattr(line, cell) for line in lines.values()) for cell in CELLS})


def by_state(rows: QuerySet[Leg]) -> QuerySet[Leg]:
    """Legs with their state in one word (`state`), for lists and filters."""
    return rows.annotate(
        state=Case(
            When(cancelled_at__isnull=False, then=Value("cancelled")),
            When(finished_at__isnull=False, then=Value("finished")),
            When(received_at__isnull=False, then=Value("received")),
            default=Value("sent"),
        )
    )
