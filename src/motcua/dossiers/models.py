"""The spine row and its records. Personal data sits in `Applicant`, apart from the facts."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from motcua.dossiers import note_words
from motcua.dossiers.name_words import words_of
from motcua.dossiers.rules.state import ON_WORKLIST, Channel, State
from motcua.kit.choices import choices

_PLACES = pgtrigger.Trigger(
    name="places_follow",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    condition=pgtrigger.AnyChange("unit", "intake_unit", "holder_unit"),
    func="""
        UPDATE dossiers_applicant
        SET places = places || ARRAY(
            SELECT DISTINCT place FROM unnest(ARRAY[NEW.unit_id, NEW.intake_unit_id, NEW.holder_unit_id]::int[]) AS place
            WHERE place IS NOT NULL AND NOT place = ANY (places))
        WHERE dossier_id = NEW.id
          AND NOT places @> array_remove(ARRAY[NEW.unit_id, NEW.intake_unit_id, NEW.holder_unit_id]::int[], NULL);
        RETURN NULL;
    """,
)
"""A dossier that comes to another unit is found by its owner's name there too."""


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Dossier(models.Model):
    """One application from submission to result. Columns carry the names of `rules.state.Dossier`."""

    provisional_code = models.CharField(max_length=40, unique=True)
    code = models.CharField(max_length=60, unique=True, null=True)
    secret = models.CharField(max_length=12)
    state = models.CharField(max_length=20, choices=choices(State))
    channel = models.CharField(max_length=6, choices=choices(Channel))
    procedure = models.ForeignKey("catalogue.Procedure", models.PROTECT, related_name="+")
    procedure_code = models.CharField(max_length=20)
    version = models.ForeignKey("catalogue.ProcedureVersion", models.PROTECT, related_name="+")
    case = models.ForeignKey("catalogue.ProcedureCase", models.PROTECT, null=True, related_name="+")
    field = models.ForeignKey("catalogue.Field", models.PROTECT, related_name="+")
    level = models.CharField(max_length=10)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    intake_unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    own_counter = models.BooleanField()
    ruleset = models.CharField(max_length=20, blank=True)
    process_version = models.ForeignKey("processes.ProcessVersion", models.PROTECT, null=True, related_name="+")
    term_amount = models.IntegerField(null=True)
    term_unit = models.CharField(max_length=15, blank=True)
    after_15h = models.BooleanField(default=False)
    result_is_document = models.BooleanField(default=True)
    submitted_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    forward_by = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    due_provisional = models.BooleanField(default=False)
    reappointed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_kind = models.CharField(max_length=10, blank=True)
    timing = models.CharField(max_length=8, blank=True)
    late_by_moment = models.BooleanField(null=True)
    late_cause = models.CharField(max_length=15, blank=True)
    late_note = models.CharField(max_length=500, blank=True)
    returned_at = models.DateTimeField(null=True)
    step_position = models.SmallIntegerField(default=0)
    step_due_at = models.DateTimeField(null=True)
    holder = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+", db_index=False)
    holder_unit = models.ForeignKey("organisation.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    holder_role = models.CharField(max_length=12, blank=True)
    revision = models.IntegerField(default=0)
    recorded_at = models.DateTimeField()
    source = models.CharField(max_length=20, blank=True, default="")
    external_code = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["holder_unit", "holder_role", "due_at", "id"],
                name="dossier_worklist",
                condition=Q(state__in=sorted(ON_WORKLIST)),
            ),
            models.Index(
                fields=["holder", "due_at", "id"], name="dossier_mine", condition=Q(state__in=sorted(ON_WORKLIST))
            ),
            models.Index(fields=["unit", "accepted_at"], name="dossier_unit_accepted"),
            models.Index(fields=["intake_unit", "submitted_at"], name="dossier_counter_day"),
            models.Index(fields=["recorded_at"], name="dossier_recorded"),
            GinIndex(OpClass("code", name="gin_trgm_ops"), name="dossier_code_trgm"),
        ]
        triggers = [_PLACES]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__isnull=True, accepted_at__isnull=True)
                | Q(code__isnull=False, accepted_at__isnull=False),
                name="code_only_on_acceptance",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_kind="") | Q(ended_at__isnull=False) & ~Q(end_kind=""),
                name="end_has_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(source="", external_code="") | ~Q(source="") & ~Q(external_code=""),
                name="source_with_its_code",
            ),
            models.UniqueConstraint(
                fields=["external_code", "source"], name="mirrored_once", condition=~Q(external_code="")
            ),
        ]


class Applicant(models.Model):
    """Owner and submitter as they were when the dossier came in. Masked, logged and purged apart from the facts.

    `places`: numbers of the units it was taken in at, is settled by or has lain at, kept by a trigger of the spine, so
    that a name is looked for within an officer's units by one index.
    """

    dossier = models.OneToOneField(Dossier, models.CASCADE, primary_key=True, related_name="applicant")
    kind = models.CharField(max_length=10)
    number = models.CharField(max_length=20, db_index=True)
    name = models.CharField(max_length=300)
    folded_name = models.CharField(max_length=300)
    places = ArrayField(models.IntegerField(), default=list)
    born = models.DateField(null=True)
    sex = models.CharField(max_length=5, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.CharField(max_length=254, blank=True)
    address = models.CharField(max_length=300, blank=True)
    submitter_name = models.CharField(max_length=300, blank=True)
    submitter_number = models.CharField(max_length=20, blank=True)
    submitter_phone = models.CharField(max_length=30, blank=True)

    class Meta:
        indexes = [
            GinIndex(F("places"), words_of("folded_name"), name="applicant_places_words"),
            models.Index(fields=["phone"], name="applicant_phone"),
        ]


class Component(models.Model):
    """A paper on the checklist: what was asked and what came in."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="components")
    position = models.SmallIntegerField()
    code = models.CharField(max_length=60, blank=True)
    name = models.TextField()
    required = models.BooleanField()
    received = models.BooleanField()
    originals = models.SmallIntegerField(default=0)
    copies = models.SmallIntegerField(default=0)
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)


class FeeLine(models.Model):
    """A fee told at acceptance, in VND, and who pays it. Payments live with the money axis."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="fees")
    position = models.SmallIntegerField()
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=500)
    amount = models.BigIntegerField()
    payer = models.CharField(max_length=300)
    paid = models.BooleanField(default=False)


class StepRecord(models.Model):
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="steps")
    position = models.SmallIntegerField()
    stage = models.CharField(max_length=2)
    name = models.CharField(max_length=300)
    role = models.CharField(max_length=12)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    holder = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+", db_index=False)
    entered_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    left_by = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        # Few steps have a note, and none at intake: the index costs the counters nothing.
        indexes = [GinIndex(note_words.words_of("note"), name="step_note_words", condition=~Q(note=""))]


class PauseRecord(models.Model):
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="pauses")
    kind = models.CharField(max_length=24)
    mode = models.CharField(max_length=8)
    start = models.DateTimeField()
    end = models.DateTimeField(null=True)
    reason = models.TextField()
    ground = models.TextField()
    approver = models.CharField(max_length=300)
    reply_by = models.DateTimeField(null=True)
    retracted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["start", "end"], name="pause_span", condition=Q(kind="supplement"))]
        constraints = [
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="pause_ends_after_start"),
            models.UniqueConstraint(
                fields=["dossier"],
                name="one_open_pause",
                condition=Q(end__isnull=True, retracted_at__isnull=True),
            ),
        ]


class SupplementRecord(models.Model):
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="supplements")
    at_intake = models.BooleanField()
    items = models.JSONField()
    reason = models.TextField()
    ground = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    reply_by = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)


class DueRecord(models.Model):
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="dues")
    due_at = models.DateTimeField(null=True)
    provisional = models.BooleanField()
    cause = models.CharField(max_length=40)
    at = models.DateTimeField()


class SlipRecord(models.Model):
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="slips")
    purpose = models.CharField(max_length=20)
    form_set = models.CharField(max_length=20, blank=True)
    number = models.IntegerField()
    facts = models.JSONField()
    issued_at = models.DateTimeField()
    officer = models.CharField(max_length=200)


class ResultRecord(models.Model):
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="results")
    number = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=500)
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    signed_by = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class DailySequence(models.Model):
    """The last number given by a unit on a day. One row is the lock that keeps the sequence without gaps."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=12)
    last = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "day", "kind"], name="sequence_of_the_day")]


class SourceSystem(models.Model):
    """A ministry's system whose dossiers are followed here (NĐ 224/2026 Đ15.1.h), by decision and for a while."""

    code = models.CharField(max_length=20)
    name = models.CharField(max_length=300)
    ministry = models.CharField(max_length=300)
    valid = DateRangeField()
    citation = models.CharField(max_length=300)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="source_system_once_a_day",
                expressions=[("code", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            )
        ]


class Mirror(models.Model):
    """What a ministry's system last said of a dossier. `own`: the dossier is ours and only told about elsewhere."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, primary_key=True, related_name="mirror")
    source = models.CharField(max_length=20)
    external_code = models.CharField(max_length=40)
    own = models.BooleanField(default=False)
    told_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=choices(State))
    state_words = models.CharField(max_length=200, blank=True)
    steps = models.JSONField(default=list)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "external_code"], name="told_once")]


class DossierAlias(models.Model):
    """The code a dossier had on another system; released when its take-over was undone."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="aliases")
    system = models.CharField(max_length=60)
    code = models.CharField(max_length=80)
    at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [GinIndex(OpClass("code", name="gin_trgm_ops"), name="alias_code_trgm")]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "code"], name="taken_over_once", condition=Q(released_at__isnull=True)
            )
        ]
