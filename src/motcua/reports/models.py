"""Periods whose figures were closed: signed numbers with the instant up to which acts were known."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from motcua.reports.rules import Structure


class ClosedPeriod(models.Model):
    """One closing of a form for a unit (null: the whole province), a period and a structure. Never changed."""

    form = models.CharField(max_length=20)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, null=True, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField()
    structure = models.CharField(max_length=4, choices=[(s.value, s.value) for s in Structure])
    cutoff = models.DateTimeField()
    figures = models.JSONField()
    closed_by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form", "unit", "from_on", "to_on", "structure"],
                name="period_closed_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(from_on__lte=F("to_on")), name="closed_period_forward"),
        ]
