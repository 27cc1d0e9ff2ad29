"""Linked groups: what belongs together by which text, and the cases in which a citizen filed once for several procedures."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models


class GroupDefinition(models.Model):
    """A group of procedures under a stable code."""

    code = models.CharField(max_length=20, unique=True)


class GroupVersion(models.Model):
    """What the group consists of, by decision and for a while. What was published is never edited."""

    class State(models.TextChoices):
        DRAFT = "draft", "Dự thảo"
        PUBLISHED = "published", "Đang công bố"
        ENDED = "ended", "Đã thay thế hoặc bãi bỏ"

    definition = models.ForeignKey(GroupDefinition, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    citation = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    decision_number = models.CharField(max_length=100, blank=True)
    decision_date = models.DateField(null=True)
    valid = DateRangeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["definition", "number"], name="group_version_number_once"),
            ExclusionConstraint(
                name="one_group_version_a_day",
                expressions=[("definition", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                condition=models.Q(valid__isnull=False),
            ),
        ]


class Member(models.Model):
    """One procedure of a group: after which others it opens, whether it may be left out, and on whose system it runs."""

    version = models.ForeignKey(GroupVersion, models.CASCADE, related_name="members")
    position = models.PositiveSmallIntegerField()
    procedure_code = models.CharField(max_length=8)
    after = ArrayField(models.PositiveSmallIntegerField(), default=list)
    optional = models.BooleanField(default=False)
    source = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="member_position_once"),
            models.UniqueConstraint(fields=["version", "procedure_code"], name="member_procedure_once"),
        ]


class Group(models.Model):
    """One filing for several procedures: one code and secret for the owner."""

    code = models.CharField(max_length=60, unique=True)
    secret = models.CharField(max_length=12)
    version = models.ForeignKey(GroupVersion, models.PROTECT, related_name="groups")
    intake_unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["intake_unit", "-opened_at"], name="group_counter_day")]


class Child(models.Model):
    """One procedure of a filed group. `intake` holds what was handed in until its dossier opens, then nothing."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="children")
    position = models.PositiveSmallIntegerField()
    procedure_code = models.CharField(max_length=8)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    after = ArrayField(models.PositiveSmallIntegerField(), default=list)
    source = models.CharField(max_length=20, blank=True)
    dossier = models.OneToOneField("dossiers.Dossier", models.PROTECT, null=True, related_name="+")
    intake = models.JSONField(null=True)
    opened_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["group", "position"], name="child_position_once"),
            models.CheckConstraint(
                condition=models.Q(dossier__isnull=True) | models.Q(intake__isnull=True), name="intake_until_opened"
            ),
        ]


class GroupReturn(models.Model):
    """Results handed over in one trip: one receiver for several dossiers."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="returns")
    at = models.DateTimeField()
    receiver = models.CharField(max_length=300)
    receiver_number = models.CharField(max_length=20, blank=True)
    method = models.CharField(max_length=100)
    officer = models.CharField(max_length=200)
    positions = ArrayField(models.PositiveSmallIntegerField())
