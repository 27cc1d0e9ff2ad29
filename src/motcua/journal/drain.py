"""Delivers what the outbox owes: in order for each stream and destination, many workers side by side.

A delivery is claimed by locking its row (`SKIP LOCKED`), handled, and marked done in the same transaction. A worker killed
in between leaves the row waiting; what the outside has already taken may be sent once more, under the same delivery number.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction

from motcua.journal.models import Delivery, DeliveryState
from motcua.journal.registry import Envelope, listener_of

log = structlog.get_logger("motcua.outbox")
_BACK_OFF = (1, 5, 30, 120, 600, 1800)

_CLAIM = """
    SELECT d.id FROM journal_delivery d
    WHERE d.state = 'waiting' AND d.next_at <= %(now)s
      AND NOT EXISTS (
          SELECT 1 FROM journal_delivery earlier
          WHERE earlier.state = 'waiting' AND earlier.destination = d.destination
            AND earlier.stream = d.stream AND earlier.stream_id = d.stream_id AND earlier.id < d.id)
    ORDER BY d.next_at, d.id
    LIMIT %(limit)s
    FOR UPDATE OF d SKIP LOCKED
"""


class NothingToSend(Exception):
    """Raised by a listener when the event needs no message at this destination; the note says why."""


def drain(now: datetime, *, limit: int = 50) -> int:
    """Handles up to `limit` deliveries that are due; gives how many were claimed.

    Each is its own transaction, so one slow or broken destination holds nothing else back.
    """
    return sum(1 for _ in range(limit) if deliver_next(now))


@transaction.atomic
def deliver_next(now: datetime) -> bool:
    """Claims and handles the next delivery that is due; False when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"now": now, "limit": 1})
        found = cursor.fetchone()
    if found is None:
        return False
    delivery = Delivery.objects.select_related("event").get(pk=found[0])
    _handle(delivery, now)
    delivery.save()
    return True


def _handle(delivery: Delivery, now: datetime) -> None:
    delivery.attempts += 1
    try:
        with transaction.atomic():
            listener_of(delivery.destination)(_envelope(delivery))
    except NothingToSend as reason:
        delivery.state, delivery.done_at, delivery.note = DeliveryState.SKIPPED, now, str(reason)
    except Exception as error:  # noqa: BLE001 - whatever a destination does, the debt stays and is visible
        wait = _BACK_OFF[min(delivery.attempts, len(_BACK_OFF)) - 1]
        delivery.next_at, delivery.note = now + timedelta(seconds=wait), f"{type(error).__name__}: {error}"[:500]
        log.warning("delivery_failed", delivery=delivery.pk, destination=delivery.destination, attempts=delivery.attempts)
    else:
        delivery.state, delivery.done_at, delivery.note = DeliveryState.DONE, now, ""


def _envelope(delivery: Delivery) -> Envelope:
    event = delivery.event
    return Envelope(
        delivery.pk, event.pk, event.stream, event.stream_id, event.name, event.at, event.data, delivery.attempts
    )
