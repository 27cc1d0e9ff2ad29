"""What was warned of, which letters wait as drafts, what is stuck, and how each unit wants to be warned."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from motcua.alerts.rules import Obstacle
from motcua.kit.choices import choices

_OPEN = Q(over_at=None)


class WatchPlan(models.Model):
    """How the dossiers of a unit and those below it are watched while `valid`; without unit: the whole province."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, null=True, related_name="+")
    valid = DateRangeField()
    levels = models.JSONField()
    idle_hours = models.PositiveSmallIntegerField()
    escalate_hours = models.PositiveSmallIntegerField()
    escalate_again_hours = models.PositiveSmallIntegerField()
    extension_days = models.PositiveSmallIntegerField()
    digest_at = models.TimeField()
    citation = models.CharField(max_length=300)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="watch_plan_one_a_day",
                expressions=[("unit", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
            ExclusionConstraint(
                name="watch_plan_province_once",
                expressions=[("valid", RangeOperators.OVERLAPS)],
                condition=Q(unit=None),
            ),
            models.CheckConstraint(condition=~Q(citation=""), name="watch_plan_has_citation"),
        ]


class Alert(models.Model):
    """A dossier passed a share of its time. Kept for good; over when the dossier moved on or its due moment changed."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="+", db_index=False)
    percent = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    share = models.PositiveIntegerField()
    to = models.JSONField()
    raised_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "percent", "due_at"], name="warned_once")]
        indexes = [
            models.Index(fields=["dossier", "percent"], name="alert_open", condition=_OPEN),
            models.Index(fields=["raised_at"], name="alert_recent", condition=_OPEN),
        ]


class LetterDraft(models.Model):
    """A letter of apology waiting for the head's word: made by the system, its reason and date edited by the officer."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="+")
    due_at = models.DateTimeField()
    again = models.BooleanField()
    reason = models.TextField()
    new_date = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    edited_by = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier"], name="one_open_draft", condition=_OPEN)]


class Escalation(models.Model):
    """A late dossier without its letter was reported one rung higher: 1 the head, 2 the centre's director and the chair."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="+", db_index=False)
    rung = models.PositiveSmallIntegerField()
    owed_since = models.DateTimeField()
    at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "rung", "owed_since"], name="escalated_once")
        ]
        indexes = [models.Index(fields=["dossier", "rung"], name="escalation_open", condition=_OPEN)]


class Stuck(models.Model):
    """A dossier that does not move on, and why, as last looked; over when the reason is gone."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="+", db_index=False)
    reason = models.CharField(max_length=12, choices=choices(Obstacle))
    since = models.DateTimeField()
    detail = models.JSONField(default=dict)
    found_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "reason"], name="stuck_once", condition=_OPEN)
        ]


class Digest(models.Model):
    """The morning's message to one officer, frozen as it was made. Made once a day; empty when there was nothing to say."""

    officer = models.ForeignKey("people.Officer", models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    made_at = models.DateTimeField()
    content = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "day"], name="digest_once_a_day")]


class BacklogCheck(models.Model):
    """The opening backlog of a period, looked through for late dossiers without a letter."""

    period_start = models.DateField()
    checked_at = models.DateTimeField()
    checked_by = models.CharField(max_length=200)
    open_count = models.PositiveIntegerField()
    late_count = models.PositiveIntegerField()
    missing_count = models.PositiveIntegerField()


class BacklogLine(models.Model):
    """A dossier of the opening backlog that was late and had no letter."""

    check_of = models.ForeignKey(BacklogCheck, models.CASCADE, related_name="lines")
    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="+")
    due_at = models.DateTimeField()
