"""Working times allowed for a hand-over, as configured: which one holds for a unit on a day, and the verb that changes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F

from motcua.base.actor import Actor
from motcua.base.errors import NotAllowed
from motcua.base.time import local_date
from motcua.deadlines.queries import work_calendar
from motcua.journal.remembered import remembered
from motcua.journal.services import append
from motcua.organisation import queries as units
from motcua.transfers.errors import HoursUnusable, TermMissing, TermStartsTooEarly
from motcua.transfers.models import TransferTerm
from motcua.transfers.rules import TermKind, due_of_leg

_LEAST, _MOST = Decimal("0.5"), Decimal(400)


@dataclass(frozen=True, slots=True)
class TermFacts:
    """One configured time; `unit_id` None holds for every unit without its own."""

    kind: str
    unit_id: int | None
    hours: Decimal
    since: date | None
    until: date | None
    citation: str


@remembered
def terms() -> tuple[TermFacts, ...]:
    """Every configured time, present and past."""
    rows = TransferTerm.objects.order_by("kind", F("unit__code").asc(nulls_first=True), "-valid")
    return tuple(TermFacts(r.kind, r.unit_id, r.hours, r.valid.lower, r.valid.upper, r.citation) for r in rows)


def hours_for(kind: TermKind, unit_id: int, *, on: date) -> Decimal:
    """Working hours allowed at the receiving unit on a day; its own before the general ones. Raises TermMissing."""
    held = {term.unit_id: term.hours for term in terms() if term.kind == kind and _holds(term, on)}
    found = held.get(unit_id, held.get(None))
    if found is None:
        raise TermMissing
    return found


def confirm_by(unit_id: int, now: datetime) -> datetime:
    """By when the unit has to confirm what is handed over `now`."""
    return due_of_leg(now, hours_for(TermKind.CONFIRM, unit_id, on=local_date(now)), work_calendar())


@transaction.atomic
def set_term(
    *, kind: TermKind, unit_id: int | None, hours: Decimal, since: date, citation: str, actor: Actor, now: datetime
) -> None:
    """From `since` the time is `hours`; what held until then ends that day and stays on record.

    Raises NotAllowed, HoursUnusable, TermStartsTooEarly, UnitClosed.
    """
    if actor.kind != "system" and not actor.runs_province():
        raise NotAllowed(reason="chỉ quản trị hệ thống cấp tỉnh được khai báo thời gian luân chuyển.")
    if not _LEAST <= hours <= _MOST:
        raise HoursUnusable
    if unit_id is not None:
        units.unit(unit_id, on=since)
    rows = TransferTerm.objects.select_for_update().filter(kind=kind, unit_id=unit_id)
    latest = rows.order_by("-valid").first()
    if latest is not None:
        if latest.valid.lower >= since:
            raise TermStartsTooEarly(since=latest.valid.lower)
        latest.valid = DateRange(latest.valid.lower, since)
        latest.save(update_fields=["valid"])
    TransferTerm.objects.create(
        kind=kind, unit_id=unit_id, hours=hours, valid=DateRange(since, None), citation=citation
    )
    data = {"kind": kind.value, "unit": unit_id, "hours": str(hours), "since": since.isoformat(), "citation": citation}
    append(stream="transfer_term", stream_id=kind.value, name="transfers.term_set", data=data, actor=actor, at=now)


def _holds(term: TermFacts, on: date) -> bool:
    return (term.since is None or term.since <= on) and (term.until is None or on < term.until)
