"""Processes as versioned data: which steps, who, how long, what comes out."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from motcua.kit.choices import choices
from motcua.people.rules import Role
from motcua.processes.rules import PlaceKind, Stage


class Process(models.Model):
    """A line of versions: for one procedure, or (no procedure) the default for all that have none of their own."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=500)
    procedure_code = models.CharField(max_length=20, blank=True, db_index=True)


class ProcessVersion(models.Model):
    """Steps of its own, or a link: while it is in force the process `follows` another one, later versions too."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    published = models.BooleanField(default=False)
    decision_number = models.CharField(max_length=60, blank=True)
    decision_date = models.DateField(null=True)
    valid = DateRangeField(null=True)
    follows = models.ForeignKey(Process, models.PROTECT, null=True, related_name="followers")

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
    """One step: `hours` of working time, or a `share` (percent) of the term when hours are not fixed.

    A draft may still lack role and time. `branches` and `opinions` hold the closed data of `rules.data`.
    """

    version = models.ForeignKey(ProcessVersion, models.PROTECT, related_name="steps")
    position = models.SmallIntegerField()
    stage = models.CharField(max_length=2, choices=choices(Stage))
    name = models.CharField(max_length=300)
    role = models.CharField(max_length=12, choices=choices(Role), blank=True)
    hours = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    share = models.SmallIntegerField(null=True)
    result = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=10, choices=choices(PlaceKind), default=PlaceKind.COMPETENT.value)
    place_unit = models.ForeignKey("organisation.Unit", models.PROTECT, null=True, related_name="+")
    opinions = models.JSONField(default=list)
    requires = ArrayField(models.CharField(max_length=10), default=list)
    forms = ArrayField(models.CharField(max_length=300), default=list)
    branches = models.JSONField(default=list)
    back_to = ArrayField(models.SmallIntegerField(), default=list)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="step_position"),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(share__isnull=True),
                name="step_hours_or_share",
            ),
            models.CheckConstraint(
                condition=Q(place="fixed", place_unit__isnull=False) | ~Q(place="fixed") & Q(place_unit__isnull=True),
                name="step_fixed_place_has_unit",
            ),
        ]
