"""The journal's verbs. `append` is called inside the transaction of the verb it records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from motcua.base.actor import Actor
from motcua.journal import writing
from motcua.journal.models import Delivery, DeliveryState, Event, InboxMessage
from motcua.journal.registry import destinations_of
from motcua.journal.remembered import touch
from motcua.kit.access import require_province

BUSINESS = frozenset({"digest", "dossier", "group", "job", "view", "worklist"})
"""Streams that tell of work; every other one tells of configuration, and what was remembered of it counts no more."""


@dataclass(frozen=True)
class NewEvent:
    """An event about to be written: its own name, the instant of the act, who acted and the data of the case."""

    name: str
    at: datetime
    actor: Actor
    data: dict[str, Any] = field(default_factory=dict)
    version: int = 1


def append(
    *,
    stream: str,
    stream_id: str,
    name: str,
    data: dict[str, Any],
    actor: Actor,
    at: datetime,
    version: int = 1,
) -> int:
    """Writes one event with the deliveries its name owes; gives the event's number."""
    event = NewEvent(name=name, at=at, actor=actor, data=data, version=version)
    return append_all(stream=stream, stream_id=stream_id, events=[event])[0]


def append_all(*, stream: str, stream_id: str, events: Sequence[NewEvent]) -> list[int]:
    """Writes several events of one stream in their order. Any stream outside `BUSINESS` is configuration."""
    if stream not in BUSINESS:
        touch()
    return writing.write(stream, stream_id, documents(events))


def documents(events: Sequence[NewEvent]) -> list[dict[str, Any]]:
    """The events with the deliveries they owe, as `writing.parts` takes them within another room's statement."""
    return [_document(event) for event in events]


def _document(event: NewEvent) -> dict[str, Any]:
    return {
        "name": event.name, "version": event.version, "at": event.at.isoformat(), "actor_kind": event.actor.kind,
        "actor_id": event.actor.id, "actor_label": event.actor.label, "actor_unit": event.actor.unit,
        "data": _with_reason(event), "destinations": destinations_of(event.name),
    }  # fmt: skip


def _with_reason(event: NewEvent) -> dict[str, Any]:
    """Whatever is done in the mode of administration keeps the reason the mode was begun with."""
    return {**event.data, "admin_reason": event.actor.reason} if event.actor.reason else event.data


def event_row(stream: str, stream_id: str, event: NewEvent) -> Event:
    """The table row of `event`; the bulk writer of the dossiers uses the same mapping."""
    return Event(
        stream=stream,
        stream_id=stream_id,
        name=event.name,
        version=event.version,
        at=event.at,
        actor_kind=event.actor.kind,
        actor_id=event.actor.id,
        actor_label=event.actor.label,
        actor_unit=event.actor.unit,
        data=_with_reason(event),
    )


def take_in(
    *,
    source: str,
    external_id: str,
    payload: dict[str, Any],
    at: datetime,
    handle: Callable[[dict[str, Any]], None],
) -> bool:
    """Handles a message from `source` exactly once; False when `external_id` was taken in before.

    Runs inside the caller's transaction, so a handler that fails leaves no trace and the sender may repeat. What
    `handle` adds to `payload` is kept with it, so that a repeated message can be answered as the first was.
    """
    message, new = InboxMessage.objects.get_or_create(
        source=source, external_id=external_id, defaults={"payload": payload, "received_at": at}
    )
    if new:
        handle(payload)
        message.handled_at = at
        message.save(update_fields=["payload", "handled_at"])
    return new


@transaction.atomic
def retry(*, now: datetime, actor: Actor, destination: str = "", delivery_id: int | None = None) -> int:
    """Makes waiting deliveries due at once (one, those of a destination, or all); gives how many.

    The order of a stream holds: an earlier delivery that still fails keeps the later ones back.
    """
    require_province(actor)
    rows = Delivery.objects.filter(destination=destination) if destination else Delivery.objects.all()
    rows = rows.filter(pk=delivery_id) if delivery_id is not None else rows
    number = _due_at_once(rows, now)
    if number:
        data = {"destination": destination, "delivery": delivery_id, "number": number}
        append(
            stream="outbox",
            stream_id=destination or "*",
            name="journal.retried",
            data=data,
            actor=actor,
            at=now,
        )
    return number


def retry_for_its_owner(delivery_id: int, *, now: datetime) -> int:
    """Makes one waiting delivery due at once, for the room whose business it is: that room checks the right and tells it."""
    return _due_at_once(Delivery.objects.filter(pk=delivery_id), now)


def _due_at_once(rows: QuerySet[Delivery], now: datetime) -> int:
    return rows.filter(state=DeliveryState.WAITING, attempts__gt=0).update(next_at=now)
