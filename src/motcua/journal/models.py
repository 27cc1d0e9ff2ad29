"""The journal's tables: what happened, what we owe to whom, what came in."""

from __future__ import annotations

import pgtrigger
from django.db import models


class Event(models.Model):
    """One act, in its own name. Never changed, never removed; a correction is a further event."""

    stream = models.CharField(max_length=20)
    stream_id = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    version = models.SmallIntegerField(default=1)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    actor_unit = models.CharField(max_length=35, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["stream", "stream_id", "id"], name="event_stream")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class DeliveryState(models.TextChoices):
    WAITING = "waiting"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"


class Delivery(models.Model):
    """What is owed to one destination for one event. Kept as a business record after it is done."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="deliveries")
    destination = models.CharField(max_length=40)
    stream = models.CharField(max_length=20)
    stream_id = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_at", "id"], name="delivery_due", condition=models.Q(state="waiting")),
            models.Index(
                fields=["destination", "stream", "stream_id", "id"],
                name="delivery_order",
                condition=models.Q(state="waiting"),
            ),
            models.Index(fields=["event"], name="delivery_event"),
        ]


class ConfigurationStamp(models.Model):
    """One row that changes whenever configuration does; see `remembered`."""

    value = models.BigIntegerField()


class InboxMessage(models.Model):
    """A message from outside, taken in once however often it is repeated."""

    source = models.CharField(max_length=40)
    external_id = models.CharField(max_length=120)
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    payload = models.JSONField()
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="inbox_once")]
