"""Proposals of the specialised officer and the decisions of the head on them; opinions asked of other agencies."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from motcua.kit.choices import choices
from motcua.proposals.opinion_rules import OpinionKind, Verdict
from motcua.proposals.rules import Kind, State


class ReasonClass(models.Model):
    """Why dossiers are stopped, refused or sent back for more (SOS-07): a class while `valid`, with its citation."""

    code = models.SlugField(max_length=30)
    name = models.CharField(max_length=200)
    kinds = ArrayField(models.CharField(max_length=12, choices=choices(Kind)))
    citation = models.CharField(max_length=300)
    position = models.SmallIntegerField()
    valid = DateRangeField()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            ExclusionConstraint(
                name="reason_class_once_at_a_time",
                expressions=[("code", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            )
        ]


class Proposal(models.Model):
    """One thing proposed for one dossier, what it would say, and what became of it."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=choices(Kind))
    state = models.CharField(max_length=12, choices=choices(State), default=State.PENDING.value)
    reason_class = models.ForeignKey(ReasonClass, models.PROTECT, related_name="+")
    reason = models.TextField()
    ground = models.TextField(blank=True)
    items = models.JSONField(default=list)
    reply_by = models.DateTimeField(null=True)
    override = models.CharField(max_length=300, blank=True)
    lookup = models.TextField(blank=True)
    looked_up_at = models.DateTimeField(null=True)
    lookup_file = models.ForeignKey("documents.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    pause_kind = models.CharField(max_length=24, blank=True)
    end_kind = models.CharField(max_length=10, blank=True)
    new_date = models.DateTimeField(null=True)
    proposer = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+")
    proposer_label = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    dossier_revision = models.IntegerField()
    revision = models.IntegerField(default=0)
    decider = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+", db_index=False)
    decider_label = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(blank=True)
    slip = models.OneToOneField("dossiers.SlipRecord", models.CASCADE, null=True, related_name="+")
    pause = models.OneToOneField("dossiers.PauseRecord", models.CASCADE, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["unit", "proposed_at"], name="proposal_waiting", condition=Q(state="pending")),
            models.Index(fields=["decided_at"], name="proposal_decided"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "kind"], name="one_open_proposal_a_kind", condition=Q(state="pending")
            ),
            models.CheckConstraint(
                condition=Q(state="pending", decided_at__isnull=True) | ~Q(state="pending") & Q(decided_at__isnull=False),
                name="settled_proposal_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(decision_note=""), name="rejection_has_a_reason"
            ),
        ]


class OpinionRequest(models.Model):
    """An opinion or a field check asked for one dossier, with its own due moment, and what came of it."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="+")
    lead = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, null=True, related_name="+")
    agency = models.CharField(max_length=300, blank=True)
    role = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=12, choices=choices(OpinionKind))
    content = models.TextField()
    joined = models.BooleanField()
    passage = models.BigIntegerField(null=True)
    place = models.CharField(max_length=300, blank=True)
    meet_at = models.DateTimeField(null=True)
    participants = models.TextField(blank=True)
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, blank=True, choices=choices(Verdict))
    answer = models.TextField(blank=True)
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    closed_reason = models.TextField(blank=True)
    closed_by = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "due_at"], name="opinion_owed", condition=Q(answered_at=None, closed_at=None)),
            models.Index(fields=["lead", "due_at"], name="opinion_asked", condition=Q(answered_at=None, closed_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=True) & ~Q(agency="") | Q(unit__isnull=False, agency=""),
                name="opinion_asked_of_one",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(closed_reason=""), name="closed_opinion_has_a_reason"
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.closed_at is None
