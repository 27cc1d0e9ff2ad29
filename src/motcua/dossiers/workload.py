"""How much lies with each officer of a unit, and what could be moved. Three statements whatever the number of dossiers.

Only open dossiers are counted one by one, by their partial index; what was settled is read from the dossiers the unit
took up in the last quarter, by theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from motcua.base.time import local_date
from motcua.dossiers.models import Dossier, PauseRecord, StepRecord, SupplementRecord
from motcua.dossiers.rules.balance import Load
from motcua.dossiers.rules.state import ON_WORKLIST, State
from motcua.dossiers.worklist import edges
from motcua.people.queries import officer_name
from motcua.people.rosters import absent_on, staff_of
from motcua.people.rules import Role

WORKING_ROLES = (Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK)
_RUNNING = (State.ACCEPTED, State.PROCESSING)
_WEEKS = 4
_QUARTER = timedelta(days=90)


def loads(unit_id: int, *, now: datetime) -> tuple[list[Load], Mapping[str, int]]:
    """Each officer of the unit with their open work, and by role how much is in nobody's name yet."""
    counted, free = _open(unit_id, now)
    settled, today = _settled(unit_id, now), local_date(now)
    staff = {(s.officer_id, s.role): s.name for s in staff_of(frozenset({unit_id}), on=today) if s.role in WORKING_ROLES}
    names = staff | {key: officer_name(key[0]) for key in counted if key not in staff}
    away = {number for number, place in absent_on(today) if place == unit_id}
    rows = [
        Load(
            number, name, role, **counted.get((number, role), {"open": 0}), settled_a_week=settled.get(number, 0) / _WEEKS,
            away=number in away or (number, role) not in staff,
        )
        for (number, role), name in names.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda load: (load.role, -load.open, load.name)), free


def _open(unit_id: int, now: datetime) -> tuple[dict[tuple[int, str], dict[str, int]], dict[str, int]]:
    at = edges(now)
    rows = _at(unit_id).values("holder_id", "holder_role").annotate(
        open=Count("id"),
        overdue=Count("id", filter=Q(state__in=_RUNNING, due_at__lt=at.now)),
        week=Count("id", filter=Q(state__in=_RUNNING, due_at__gte=at.now, due_at__lt=at.week)),
        untouched=Count("id", filter=_untouched(now)),
    )  # fmt: skip
    held: dict[tuple[int, str], dict[str, int]] = {}
    free: dict[str, int] = {}
    for row in rows:
        number, role = row.pop("holder_id"), row.pop("holder_role")
        if number is None:
            free[role] = row["open"]
        else:
            held[number, role] = row
    return held, free


def _at(unit_id: int) -> QuerySet[Dossier]:
    return Dossier.objects.filter(holder_unit_id=unit_id, state__in=sorted(ON_WORKLIST), source="")


def _untouched(now: datetime) -> Q:
    """Running, in time, and nothing asked or stopped yet."""
    asked = Exists(SupplementRecord.objects.filter(dossier_id=OuterRef("pk"), at_intake=False))
    stopped = Exists(PauseRecord.objects.filter(dossier_id=OuterRef("pk")))
    return Q(state__in=_RUNNING) & (Q(due_at__isnull=True) | Q(due_at__gte=now)) & ~asked & ~stopped


def untouched_of(officer_id: int, unit_id: int, role: str, *, now: datetime, limit: int) -> list[int]:
    """The newest of an officer's dossiers that nobody has begun, at most `limit`."""
    rows = _at(unit_id).filter(_untouched(now), holder_id=officer_id, holder_role=role)
    return list(rows.order_by("-id").values_list("pk", flat=True)[:limit])


def _settled(unit_id: int, now: datetime) -> dict[int, int]:
    """Steps each officer completed at the unit in the last four weeks."""
    since = now - _QUARTER
    taken_up = Q(dossier__unit_id=unit_id, dossier__accepted_at__gte=since) | Q(
        dossier__intake_unit_id=unit_id, dossier__submitted_at__gte=since
    )
    rows = StepRecord.objects.filter(taken_up, unit_id=unit_id, left_at__gte=now - timedelta(weeks=_WEEKS))
    counted = rows.exclude(holder=None).values_list("holder_id").annotate(n=Count("id"))
    return dict(counted.order_by())
