"""Processes as versioned data: which steps, who, how long, what comes out."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from motcua.kit.choices import choices
from motcua.people.rules import Role
from motcua.processes.rules import Stage


class Process(models.Model):
    """A line of versions: for one procedure, or (no procedure) the default for all that have none of their own."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=500)
    procedure_code = models.CharField(max_length=20, blank=True, db_index=True)


class ProcessVersion(models.Model):
    process = models.ForeignKey(Process, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    published = models.BooleanField(default=False)
    decision_number = models.CharField(max_length=60, blank=True)
    decision_date = models.DateField(null=True)
    valid = DateRangeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="process_version_number"),
            ExclusionConstraint(
                name="process_one_version_in_force",
                expressions=[("process", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                condition=Q(published=True),
            ),
        ]


class Step(models.Model):
    """One step: `hours` of working time, or a `share` (percent) of the term when hours are not fixed."""

    version = models.ForeignKey(ProcessVersion, models.PROTECT, related_name="steps")
    position = models.SmallIntegerField()
    stage = models.CharField(max_length=2, choices=choices(Stage))
    name = models.CharField(max_length=300)
    role = models.CharField(max_length=12, choices=choices(Role))
    hours = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    share = models.SmallIntegerField(null=True)
    result = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="step_position"),
            models.CheckConstraint(
                condition=Q(hours__isnull=False, share__isnull=True) | Q(hours__isnull=True, share__isnull=False),
                name="step_hours_or_share",
            ),
        ]
