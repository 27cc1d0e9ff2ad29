"""Units over time: a unit is its code; name, kind and parent hold for a while; succession says who took over what."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from motcua.kit.choices import choices
from motcua.organisation.rules import Level, UnitKind


class Unit(models.Model):
    """An agency or part of one. Its code is never reused (QĐ 20/2020/QĐ-TTg)."""

    code = models.CharField(max_length=35, unique=True)
    level = models.CharField(max_length=10, choices=choices(Level))

    def __str__(self) -> str:
        return self.code


class UnitVersion(models.Model):
    """Name, kind and place in the tree of a unit while `valid`."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=choices(UnitKind))
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="child_versions")
    place = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    valid = DateRangeField()
    citation = models.CharField(max_length=200)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="unit_one_version_a_day",
                expressions=[("unit", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            )
        ]


class CounterService(models.Model):
    """A one-stop counter works for a competent unit while `valid`: intake there is receipt by that unit."""

    counter = models.ForeignKey(Unit, models.PROTECT, related_name="serves")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="served_by")
    valid = DateRangeField()
    citation = models.CharField(max_length=200)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="counter_serves_once",
                expressions=[
                    ("counter", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]


class Succession(models.Model):
    """From `on`, `heir` takes over the work of `unit`: of one procedure, of one field, or all the rest."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    heir = models.ForeignKey(Unit, models.PROTECT, related_name="inheritances")
    on = models.DateField()
    procedure_code = models.CharField(max_length=20, blank=True)
    field_code = models.CharField(max_length=60, blank=True)
    citation = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "procedure_code", "field_code"], name="one_heir_for_each_kind_of_work"
            ),
            models.CheckConstraint(
                condition=models.Q(procedure_code="") | models.Q(field_code=""), name="procedure_or_field_not_both"
            ),
        ]
