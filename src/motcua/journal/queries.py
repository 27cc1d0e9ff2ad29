"""Reads of the journal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from motcua.journal.models import Delivery, DeliveryState, Event, InboxMessage
from motcua.kit.sql import rows


@dataclass(frozen=True, slots=True)
class EventFacts:
    """One event as a history shows it."""

    id: int
    name: str
    at: datetime
    actor_label: str
    data: dict[str, Any]


def events_of(stream: str, stream_id: str) -> list[EventFacts]:
    """What happened in one stream, newest first."""
    rows = Event.objects.filter(stream=stream, stream_id=stream_id).order_by("-id")
    return [EventFacts(*row) for row in rows.values_list("id", "name", "at", "actor_label", "data")]


def events_since(stream: str, stream_id: str, *, after: int, not_by: int | None) -> list[EventFacts]:
    """What others did in one stream behind the event `after`, newest first."""
    rows = Event.objects.filter(stream=stream, stream_id=stream_id, id__gt=after).exclude(actor_id=not_by)
    return [EventFacts(*row) for row in rows.order_by("-id").values_list("id", "name", "at", "actor_label", "data")]


_LATEST = """
    SELECT asked.stream_id, found.id, found.name, found.at, found.actor_label, found.data
    FROM unnest(%(ids)s::text[], %(after)s::bigint[]) AS asked (stream_id, after)
    CROSS JOIN LATERAL (
        SELECT id, name, at, actor_label, data FROM journal_event
        WHERE stream = %(stream)s AND stream_id = asked.stream_id AND id > asked.after
          AND actor_id IS DISTINCT FROM %(not_by)s
        ORDER BY id DESC LIMIT 1) AS found
"""


def latest_since(stream: str, after: Mapping[str, int], *, not_by: int | None) -> dict[str, EventFacts]:
    """The latest event of each stream behind the number given for it, by anybody but `not_by`; streams without are left out."""
    found = rows(_LATEST, {"stream": stream, "ids": list(after), "after": list(after.values()), "not_by": not_by})
    return {row.pop("stream_id"): EventFacts(**{**row, "data": json.loads(row["data"])}) for row in found}


def taken_in(source: str, external_id: str) -> dict[str, Any]:
    """What is kept of a message that was taken in before; InboxMessage.DoesNotExist when none was."""
    payload: dict[str, Any] = InboxMessage.objects.get(source=source, external_id=external_id).payload
    return payload


def owed(*, failed: bool) -> QuerySet[Delivery]:
    """The waiting deliveries, oldest first: those tried in vain, or those not tried yet."""
    rows = Delivery.objects.filter(state=DeliveryState.WAITING).select_related("event").order_by("id")
    return rows.filter(attempts__gt=0) if failed else rows.filter(attempts=0)


@dataclass(frozen=True, slots=True)
class Failing:
    """A delivery that was tried in vain: to where, since when it is owed, how often it was tried."""

    stream_id: str
    destination: str
    since: datetime
    attempts: int


def failing(stream: str, *, attempts: int) -> list[Failing]:
    """What `stream` owes and could not deliver in at least `attempts` tries, oldest first."""
    rows = Delivery.objects.filter(state=DeliveryState.WAITING, stream=stream, attempts__gte=attempts).order_by("id")
    return [Failing(*row) for row in rows.values_list("stream_id", "destination", "event__at", "attempts")]


@dataclass(frozen=True, slots=True)
class Destination:
    """How one destination stands."""

    name: str
    waiting: int
    failed: int
    done: int
    skipped: int
    oldest: datetime | None


def destinations() -> list[Destination]:
    """Every destination that is or was owed something: waiting untried, tried in vain, done, nothing to send."""
    waiting = Q(state=DeliveryState.WAITING)
    rows = Delivery.objects.values("destination").annotate(
        waiting=Count("id", filter=waiting & Q(attempts=0)),
        failed=Count("id", filter=waiting & Q(attempts__gt=0)),
        done=Count("id", filter=Q(state=DeliveryState.DONE)),
        skipped=Count("id", filter=Q(state=DeliveryState.SKIPPED)),
        oldest=Min("event__at", filter=waiting),
    )
    names = ("destination", "waiting", "failed", "done", "skipped", "oldest")
    return [Destination(*(row[name] for name in names)) for row in rows.order_by("destination")]
