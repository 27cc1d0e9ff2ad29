"""Long work in the background: who asked for it, how far it is, what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.jobs.rules import OPEN, JobState
from motcua.kit.choices import choices


class Job(models.Model):
    """One piece of long work. `place` is where it stands; it is written with the work itself, in one transaction.

    `takes` counts how often a worker took it up: only the latest taker may write (a fence against a worker that was
    thought dead). `tries` counts the takes since the last batch that was done. `key` makes an asking unique.
    """

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120, unique=True, null=True)
    title = models.CharField(max_length=300)
    asked_by_id = models.BigIntegerField(null=True)
    asked_by_label = models.CharField(max_length=200)
    unit = models.CharField(max_length=35, blank=True)
    parameters = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=choices(JobState), default=JobState.WAITING)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    place = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    file_type = models.CharField(max_length=100, blank=True)
    stop_asked = models.BooleanField(default=False)
    takes = models.IntegerField(default=0)
    tries = models.IntegerField(default=0)
    not_before = models.DateTimeField()
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="job_open", condition=Q(state__in=sorted(OPEN))),
            models.Index(fields=["asked_by_id", "-id"], name="job_mine"),
            models.Index(fields=["finished_at"], name="job_finished"),
        ]


class JobLine(models.Model):
    """What became of one thing the job worked on; `refusal` is empty when it was done."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="lines")
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=300)
    refusal = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "key"], name="job_line_once")]
