"""Reads of the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.journal.models import Event, InboxMessage


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


def taken_in(source: str, external_id: str) -> dict[str, Any]:
    """What is kept of a message that was taken in before; InboxMessage.DoesNotExist when none was."""
    payload: dict[str, Any] = InboxMessage.objects.get(source=source, external_id=external_id).payload
    return payload
