"""How each unit wants its dossiers watched: the nearest plan upwards, setting one from a day on, ending one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.alerts.errors import NoPlanToEnd, PlanBeginsEarlier, PlanInThePast
from motcua.alerts.models import WatchPlan
from motcua.alerts.rules import Plan, check_plan, levels_from, shipped_plan
from motcua.base.actor import Actor
from motcua.base.errors import NotAllowed
from motcua.base.time import local_date
from motcua.journal.remembered import remembered
from motcua.journal.services import append
from motcua.organisation import queries as units
from motcua.organisation.rules import UnitUnknown
from motcua.people.rules import Role


@remembered
def plans_on(on: date) -> Mapping[int | None, Plan]:
    """The plans in force on `on` by unit; None stands for the province, where the shipped plan fills in."""
    rows = WatchPlan.objects.filter(valid__contains=on)
    return {None: shipped_plan()} | {row.unit_id: _plan(row) for row in rows}


def plan_for(unit_id: int, *, on: date) -> Plan:
    """The plan of the nearest configured unit upwards, the unit itself first; else the province's."""
    known, tree = plans_on(on), units.tree(on)
    here: int | None = unit_id
    while here is not None and here not in known:
        here = tree[here].parent_id if here in tree else _last_parent(here)
    return known[here]


def _last_parent(unit_id: int) -> int | None:
    try:
        return units.latest(unit_id).parent_id
    except UnitUnknown:
        return None


@dataclass(frozen=True, slots=True)
class PlanSpan:
    """A plan with its unit and validity; `until` is the first day it no longer holds."""

    id: int
    unit_id: int | None
    since: date
    until: date | None
    plan: Plan


def spans(*, on: date) -> list[PlanSpan]:
    """Plans in force on `on` or later: the province's first, then by unit and day."""
    rows = WatchPlan.objects.filter(valid__endswith__isnull=True) | WatchPlan.objects.filter(
        valid__endswith__gt=on
    )
    found = [PlanSpan(row.pk, row.unit_id, row.valid.lower, row.valid.upper, _plan(row)) for row in rows]
    return sorted(found, key=lambda span: (span.unit_id is not None, span.unit_id or 0, span.since))


def _plan(row: WatchPlan) -> Plan:
    return Plan(
        levels_from(row.levels), row.idle_hours, row.escalate_hours, row.escalate_again_hours, row.extension_days,
        row.digest_at, row.citation,
    )  # fmt: skip


@transaction.atomic
def set_plan(*, unit_id: int | None, plan: Plan, since: date, actor: Actor, now: datetime) -> None:
    """Puts `plan` in force for the unit (None: the province) from `since`, today or later; the one before ends that day.

    One that begins on the same day is replaced. Raises NotAllowed, the refusals of `check_plan`, PlanInThePast,
    PlanBeginsEarlier, UnitClosed.
    """
    _require_administrator(actor)
    check_plan(plan)
    if since < local_date(now):
        raise PlanInThePast(today=local_date(now))
    if unit_id is not None:
        units.unit(unit_id, on=since)
    last = _of(unit_id).select_for_update().order_by("-valid").first()
    if last is not None and last.valid.lower > since:
        raise PlanBeginsEarlier(since=last.valid.lower)
    if last is not None and last.valid.lower == since:
        last.delete()
    elif last is not None and (last.valid.upper is None or last.valid.upper > since):
        last.valid = DateRange(last.valid.lower, since)
        last.save(update_fields=["valid"])
    WatchPlan.objects.create(unit_id=unit_id, valid=DateRange(since, None), **_columns(plan))
    _record(unit_id, "plan_set", {"since": since.isoformat(), **_told(plan)}, actor, now)


@transaction.atomic
def end_plan(*, unit_id: int | None, actor: Actor, now: datetime) -> None:
    """Ends the unit's own plan today, plans to come included; from then on the nearest one upwards holds."""
    _require_administrator(actor)
    today = local_date(now)
    rows = [
        row for row in _of(unit_id).select_for_update() if row.valid.upper is None or row.valid.upper > today
    ]
    if not rows:
        raise NoPlanToEnd
    for row in rows:
        if row.valid.lower >= today:
            row.delete()
        else:
            row.valid = DateRange(row.valid.lower, today)
            row.save(update_fields=["valid"])
    _record(unit_id, "plan_ended", {"until": today.isoformat()}, actor, now)


def _of(unit_id: int | None):  # noqa: ANN202 - a queryset of this room
    return WatchPlan.objects.filter(unit_id=unit_id)


def _columns(plan: Plan) -> dict[str, object]:
    columns = asdict(plan)
    columns["levels"] = [[level.percent, list(level.to)] for level in plan.levels]
    return columns


def _told(plan: Plan) -> dict[str, object]:
    return {**_columns(plan), "digest_at": f"{plan.digest_at:%H:%M}"}


def _require_administrator(actor: Actor) -> None:
    if actor.kind != "system" and not actor.holds(Role.ADMIN):
        raise NotAllowed(reason="chỉ quản trị hệ thống được đặt mức cảnh báo.")


def _record(unit_id: int | None, name: str, data: dict[str, object], actor: Actor, now: datetime) -> None:
    append(
        stream="watch_plan",
        stream_id=str(unit_id or 0),
        name=f"alerts.{name}",
        data=data,
        actor=actor,
        at=now,
    )
