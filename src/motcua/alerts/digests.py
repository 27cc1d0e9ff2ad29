"""The morning's message: one for each officer and day, made once, frozen, sent through the outbox."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from motcua.alerts import queries
from motcua.alerts.desks import reported_to
from motcua.alerts.models import Alert, Digest, Escalation
from motcua.alerts.plans import plan_for
from motcua.base.actor import SYSTEM, Actor
from motcua.base.time import local, local_date
from motcua.deadlines.queries import work_calendar
from motcua.dossiers.watch_queries import late_without_letter, seen
from motcua.journal.remembered import one_look
from motcua.journal.services import append
from motcua.people.queries import OnDuty, actor_of_officer, on_duty

SHOWN = 15
"""Dossiers named in one section; the rest is a number and a link."""
SECTIONS = ("new", "soon", "late", "letter")


def send_digests(now: datetime) -> int:
    """Makes today's messages that are due and not made yet; gives how many have something to say.

    On working days, from the hour of the plan of the officer's unit. Each officer is a transaction of their own, so a pass
    that is killed goes on where it stopped and nobody is told twice.
    """
    today = local_date(now)
    if not work_calendar().is_working_day(today):
        return 0
    made = set(Digest.objects.filter(day=today).values_list("officer_id", flat=True))
    with one_look():
        waiting = {duty.officer_id for duty in on_duty(today) if duty.email and _is_time(duty, now)} - made
        return sum(_make(officer, today, now) for officer in sorted(waiting))


def _is_time(duty: OnDuty, now: datetime) -> bool:
    return local(now).time() >= plan_for(duty.unit_id, on=local_date(now)).digest_at


@transaction.atomic
def _make(officer_id: int, day: date, now: datetime) -> bool:
    last = (
        Digest.objects.filter(officer_id=officer_id)
        .order_by("-day")
        .values_list("made_at", flat=True)
        .first()
    )
    content = content_for(
        actor_of_officer(officer_id, on=day), since=last or now - timedelta(days=1), now=now
    )
    told = any(section["count"] for section in content.values())
    digest, new = Digest.objects.get_or_create(
        officer_id=officer_id, day=day, defaults={"made_at": now, "content": content if told else {}}
    )
    if new and told:
        data = {"digest": digest.pk}
        append(
            stream="digest",
            stream_id=str(officer_id),
            name="alerts.digest_made",
            data=data,
            actor=SYSTEM,
            at=now,
        )
    return new and told


def content_for(actor: Actor, *, since: datetime, now: datetime) -> dict[str, Any]:
    """What concerns the officer, by section: new since `since`, about to be late, late, late without a letter."""
    rows = _lines(queries.alerts(actor, mine=True, on=local_date(now)))
    owed = _owed(actor, [row["number"] for row in rows], now)
    sections = {
        "new": [row for row in rows if row["raised_at"] > since],
        "soon": [row for row in rows if row["due_at"] >= now],
        "late": [row for row in rows if row["due_at"] < now],
        "letter": owed,
    }
    return {
        name: {"count": len(found), "lines": [_plain(row) for row in found[:SHOWN]]}
        for name, found in sections.items()
    }


def _lines(rows: QuerySet[Alert]) -> list[dict[str, Any]]:
    columns = ("dossier__code", "dossier__version__name", "due_at", "percent", "raised_at", "dossier_id")
    names = ("code", "procedure", "due_at", "percent", "raised_at", "number")
    return [dict(zip(names, row, strict=True)) for row in rows.values_list(*columns)]


def _owed(actor: Actor, numbers: list[int], now: datetime) -> list[dict[str, Any]]:
    """Of the dossiers warned of, and of those reported to the actor, the ones whose letter is owed."""
    reported = Escalation.objects.filter(reported_to(actor, on=local_date(now)), over_at=None)
    rows = late_without_letter(seen(actor), now)
    rows = rows.filter(pk__in=numbers) | rows.filter(pk__in=reported.values("dossier_id"))
    found = rows.order_by("due_at", "pk").values_list("code", "version__name", "due_at", "pk")
    return [dict(zip(("code", "procedure", "due_at", "number"), row, strict=True)) for row in found]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name != "raised_at"}
    return {**kept, "due_at": local(row["due_at"]).isoformat()}
