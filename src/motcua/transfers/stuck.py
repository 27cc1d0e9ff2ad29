"""What stands still between two desks: not confirmed in time, not received in time, or a message that could not be sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from motcua.base.actor import Actor
from motcua.base.time import VN, local_date
from motcua.deadlines.queries import work_calendar
from motcua.dossiers import desks
from motcua.dossiers.access import counters_of
from motcua.journal.queries import owed
from motcua.people.rules import Role
from motcua.transfers import access, terms
from motcua.transfers.models import Leg, Line, Stoppage
from motcua.transfers.rules import LineState, TermKind, latest_start, minutes_lost

AT_MOST = 500


@dataclass(frozen=True, slots=True)
class Stuck:
    """One thing that stands still. `what`: "line", "leg", "dossier" or "delivery"; `id` is its number."""

    what: str
    id: int
    dossier_id: int
    from_unit: int
    to_unit: int
    due: datetime
    minutes: int
    words: str = ""
    of_a_step: bool = False


def found(actor: Actor, *, now: datetime) -> list[Stuck]:
    """Everything that stands still at the officer's places, the longest first."""
    stuck = [*_lines(actor, now), *_legs(actor, now), *_loose(actor, now), *_deliveries(actor, now)]
    return sorted(stuck, key=lambda one: (one.due, one.what, one.id))


def failed_deliveries(actor: Actor) -> Sequence[Any]:
    """Messages about the officer's dossiers that were tried in vain, the oldest first."""
    rows = list(owed(failed=True).filter(stream="dossier")[:AT_MOST])
    seen = desks.seen_among(actor, {int(row.stream_id) for row in rows})
    return [row for row in rows if int(row.stream_id) in seen]


def due_of_loose(dossier_id: int) -> datetime | None:
    """By when a dossier forwarded without a slip had to be received; None when it is not under way."""
    row = desks.under_way_one(dossier_id)
    return terms.confirm_by(row.unit_id, row.left_counter_at) if row and row.left_counter_at else None


@dataclass(frozen=True, slots=True)
class Lost:
    """Working minutes lost at one unit in one month, and how often."""

    unit_id: int
    month: date
    times: int
    minutes: int


def lost(actor: Actor, *, since: datetime, until: datetime) -> list[Lost]:
    """Minutes lost in [since, until) at the places the officer sees, by month and unit."""
    rows = _stoppages(actor, since, until).annotate(month=TruncMonth("resumed_at", tzinfo=VN))
    counted = rows.values("unit_id", "month").annotate(sum=Sum("minutes"), times=Count("id"))
    found = counted.order_by("-month", "-sum", "unit_id").values_list("unit_id", "month", "times", "sum")
    return [Lost(unit, local_date(month), times, minutes) for unit, month, times, minutes in found]


def lost_of(actor: Actor, *, unit_id: int, since: datetime, until: datetime) -> QuerySet[Stoppage]:
    """The single stoppages behind one figure."""
    return _stoppages(actor, since, until).filter(unit_id=unit_id).order_by("-resumed_at", "-pk")


def _stoppages(actor: Actor, since: datetime, until: datetime) -> QuerySet[Stoppage]:
    return Stoppage.objects.filter(
        unit_id__in=access.seen_places(actor), resumed_at__gte=since, resumed_at__lt=until
    )


def _lines(actor: Actor, now: datetime) -> list[Stuck]:
    seen = access.seen_places(actor)
    rows = Line.objects.filter(state=LineState.IN_TRANSIT, due_at__lt=now).filter(
        Q(slip__from_unit_id__in=seen) | Q(slip__to_unit_id__in=seen)
    )
    rows = rows.select_related("slip").order_by("due_at", "pk")[:AT_MOST]
    return [
        Stuck(
            "line", row.pk, row.dossier_id, row.slip.from_unit_id, row.slip.to_unit_id, row.due_at,
            _minutes(row.due_at, now), row.slip.number,
        )
        for row in rows
        if row.due_at is not None
    ]  # fmt: skip


def _legs(actor: Actor, now: datetime) -> list[Stuck]:
    """Legs on a slip are told by their line."""
    rows = Leg.objects.filter(access.at_both_ends(actor), received_at=None, finished_at=None, cancelled_at=None)
    rows = rows.filter(receive_by__lt=now).exclude(line__state=LineState.IN_TRANSIT)
    return [
        Stuck(
            "leg", row.pk, row.dossier_id, row.from_unit_id, row.to_unit_id, row.receive_by,
            _minutes(row.receive_by, now), row.purpose, row.step_id is not None,
        )
        for row in rows.order_by("receive_by", "pk")[:AT_MOST]
    ]  # fmt: skip


def _loose(actor: Actor, now: datetime) -> list[Stuck]:
    """Forwarded from the dossier page, without a slip, and not received in time."""
    shortest = min(term.hours for term in terms.terms() if term.kind == TermKind.CONFIRM)
    rows = desks.under_way_since(actor, latest_start(now, shortest, work_calendar()))
    on_slips = Line.objects.filter(state=LineState.IN_TRANSIT).values("dossier_id")
    stuck = []
    for row in rows.exclude(pk__in=on_slips)[:AT_MOST]:
        due = terms.confirm_by(row.unit_id, row.left_counter_at)
        if due < now:
            stuck.append(
                Stuck("dossier", row.pk, row.pk, row.intake_unit_id, row.unit_id, due, _minutes(due, now))
            )
    return stuck


def _deliveries(actor: Actor, now: datetime) -> list[Stuck]:
    rows = failed_deliveries(actor)
    places = desks.places_of({int(row.stream_id) for row in rows})
    return [
        Stuck(
            "delivery", row.pk, int(row.stream_id), *places[int(row.stream_id)], row.event.at, _minutes(row.event.at, now),
            row.note,
        )
        for row in rows
    ]  # fmt: skip


def _minutes(due: datetime, now: datetime) -> int:
    return minutes_lost(due, now, work_calendar())


def at_either_side(actor: Actor, one: Stuck) -> tuple[bool, bool]:
    """Whether the officer acts for the giving and for the receiving side of something that stands still."""
    own = access.own_places(actor) | actor.units(Role.LEADER)
    giving = one.from_unit in (counters_of(actor) if one.what == "dossier" else own)
    return giving, one.to_unit in own
