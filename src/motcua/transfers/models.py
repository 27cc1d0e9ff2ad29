"""Slips with two sides, legs between units, what stood still and for how long, and the times allowed for it."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from motcua.dossiers.rules.lateness import Timing
from motcua.kit.choices import choices
from motcua.transfers.rules import Kind, LineState, Move, RefusalKind, TermKind

IN_TRANSIT = Q(state=LineState.IN_TRANSIT.value)


class TransferTerm(models.Model):
    """Working hours allowed while `valid`, for one receiving unit or (without unit) for all others."""

    kind = models.CharField(max_length=10, choices=choices(TermKind))
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, null=True, related_name="+")
    hours = models.DecimalField(max_digits=5, decimal_places=1)
    valid = DateRangeField()
    citation = models.CharField(max_length=300)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="transfer_term_once_a_day",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    (Coalesce("unit_id", 0), RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]


class Slip(models.Model):
    """Phiếu bàn giao: what one place hands to another. Closed once every line is settled."""

    number = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=choices(Kind))
    from_unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    officer = models.CharField(max_length=200)
    giver = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+", db_index=False)
    confirm_by = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["to_unit", "confirm_by"], name="slip_awaited", condition=Q(settled_at=None)),
            models.Index(fields=["from_unit", "at"], name="slip_given"),
            models.Index(fields=["to_unit", "at"], name="slip_taken"),
        ]


class Leg(models.Model):
    """One way of a dossier from unit to unit with its own working time (LNK-05). `step` is the passage it belongs to."""

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="+")
    from_unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=300)
    step = models.ForeignKey("dossiers.StepRecord", models.PROTECT, null=True, related_name="+", db_index=False)
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=200)
    receive_by = models.DateTimeField()
    due_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    received_by = models.CharField(max_length=200, blank=True)
    finished_at = models.DateTimeField(null=True)
    finished_by = models.CharField(max_length=200, blank=True)
    result = models.CharField(max_length=1000, blank=True)
    timing = models.CharField(max_length=8, blank=True, choices=choices(Timing))
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=200, blank=True)
    cancel_reason = models.CharField(max_length=1000, blank=True)
    instead = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["dossier"], name="leg_of_dossier"),
            models.Index(fields=["to_unit", "sent_at"], name="leg_to_unit"),
            models.Index(fields=["from_unit", "sent_at"], name="leg_from_unit"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "to_unit"], name="one_open_leg_to_a_unit",
                condition=Q(finished_at=None, cancelled_at=None),
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, timing="") | Q(finished_at__isnull=False) & ~Q(timing=""),
                name="finished_leg_has_timing",
            ),
        ]  # fmt: skip


class Line(models.Model):
    """One dossier on a slip with its papers; the receiver takes it or refuses it with a reason."""

    slip = models.ForeignKey(Slip, models.PROTECT, related_name="lines")
    position = models.SmallIntegerField()
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="+")
    originals = models.SmallIntegerField(default=0)
    copies = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=12, choices=choices(LineState))
    due_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=200, blank=True)
    reason_kind = models.CharField(max_length=15, blank=True, choices=choices(RefusalKind))
    reason = models.CharField(max_length=1000, blank=True)
    leg = models.OneToOneField(Leg, models.PROTECT, null=True, related_name="line")

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="line_under_way", condition=IN_TRANSIT)]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], name="one_open_line_for_a_dossier", condition=IN_TRANSIT),
            models.UniqueConstraint(fields=["slip", "dossier"], name="dossier_once_on_a_slip"),
        ]


class Stoppage(models.Model):
    """Working minutes lost between two desks: from the due moment until somebody set the dossier going again (LNK-07)."""

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="+", db_index=False)
    leg = models.ForeignKey(Leg, models.PROTECT, null=True, related_name="+", db_index=False)
    due_at = models.DateTimeField()
    resumed_at = models.DateTimeField()
    minutes = models.IntegerField()
    move = models.CharField(max_length=12, choices=choices(Move))
    reason = models.CharField(max_length=1000, blank=True)
    officer = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["unit", "resumed_at"], name="stoppage_of_unit")]
