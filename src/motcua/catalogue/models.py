"""Tables of the catalogue: a procedure is its national code; what it says holds per version, by decision, for
a while.
"""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from motcua.catalogue.rules import Channel, ComponentKind, FeeKind, Level, MergedTerm
from motcua.deadlines.rules import TermUnit


class Field(models.Model):
    """Lĩnh vực. `sector` is the key by which competence is given to departments and vertical agencies."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=300)
    sector = models.CharField(max_length=40, blank=True)
    valid = DateRangeField()

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """A procedure under its national code; versions say what it asks and promises."""

    class Origin(models.TextChoices):
        CENTRAL = "central", "Trung ương quy định"
        LOCAL = "local", "Địa phương quy định"

    code = models.CharField(max_length=8, unique=True)
    field = models.ForeignKey(Field, models.PROTECT, null=True, related_name="procedures")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.CENTRAL)
    is_internal = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.code


class ProcedureAlias(models.Model):
    """Another code under which a procedure is known (a local system's own, or with a place suffix)."""

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="aliases")
    code = models.CharField(max_length=60, unique=True)


class ImportRun(models.Model):
    """One reading of files, with its whole report."""

    at = models.DateTimeField()
    actor = models.JSONField()
    files = ArrayField(models.TextField())
    counts = models.JSONField()
    report = models.JSONField()


class ProcedureVersion(models.Model):
    """What a procedure says. Once published it is never edited: a change is a further version by a further
    decision.
    """

    class Source(models.TextChoices):
        IMPORT = "import", "Nhập từ Cơ sở dữ liệu quốc gia"
        DECISION = "decision", "Sửa tại địa phương"

    class State(models.TextChoices):
        DRAFT = "draft", "Dự thảo"
        PUBLISHED = "published", "Đang công bố"
        REPLACED = "replaced", "Đã thay thế"
        CLOSED = "closed", "Đã bãi bỏ"

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=10, choices=Source)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    import_run = models.ForeignKey(ImportRun, models.PROTECT, null=True, related_name="versions")
    raw = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64, blank=True)
    name = models.TextField()
    folded_name = models.TextField()
    levels = ArrayField(models.CharField(max_length=10, choices=[(v.value, v.value) for v in Level]))
    channels = ArrayField(models.CharField(max_length=10, choices=[(v.value, v.value) for v in Channel]))
    applicants = ArrayField(models.CharField(max_length=30), default=list)
    category = models.CharField(max_length=200, blank=True)
    decision_number = models.CharField(max_length=100, blank=True)
    decision_date = models.DateField(null=True)
    valid = DateRangeField(null=True)
    online_level = models.CharField(max_length=20, blank=True)
    after_15h = models.BooleanField(default=False)
    texts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="version_number_once"),
            models.CheckConstraint(
                name="what_was_published_has_validity",
                condition=models.Q(state="draft") | models.Q(state="closed") | models.Q(valid__isnull=False),
            ),
            ExclusionConstraint(
                name="one_published_version_a_day",
                expressions=[("procedure", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                condition=models.Q(state__in=["published", "replaced", "closed"])
                & models.Q(valid__isnull=False),
            ),
        ]
        indexes = [
            GinIndex(OpClass("folded_name", name="gin_trgm_ops"), name="version_folded_name_trgm"),
            GinIndex(fields=["levels"], name="version_levels"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id}/{self.number}"


class ProcedureCase(models.Model):
    """Trường hợp: one term for certain channels. A term without a unit cannot be promised to anybody."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="cases")
    position = models.PositiveIntegerField()
    name = models.TextField()
    channels = ArrayField(models.CharField(max_length=10))
    term_amount = models.PositiveIntegerField(null=True)
    term_unit = models.CharField(max_length=20, blank=True, choices=[(v.value, v.value) for v in TermUnit])
    term_text = models.TextField(blank=True)
    description = models.TextField(blank=True)
    is_default = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="case_position_once")]


class Component(models.Model):
    """Thành phần hồ sơ with the numbers of originals and copies; `case` null means every case asks for it.

    `held_by`: the database from which an agency takes the same data (NĐ 118/2025 Đ4.2a); empty where there is none.
    """

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="components")
    case = models.ForeignKey(ProcedureCase, models.CASCADE, null=True, related_name="components")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=30)
    group = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=[(v.value, v.value) for v in ComponentKind])
    name = models.TextField()
    originals = models.PositiveIntegerField(default=0)
    copies = models.PositiveIntegerField(default=0)
    required = models.BooleanField()
    form_name = models.TextField(blank=True)
    text = models.TextField(blank=True)
    held_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="component_code_once")]


class Tariff(models.Model):
    """A line of fee or charge; `amount` in VND, null where only words say it."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="tariffs")
    case = models.ForeignKey(ProcedureCase, models.CASCADE, null=True, related_name="tariffs")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=[(v.value, v.value) for v in FeeKind])
    name = models.TextField()
    amount = models.PositiveBigIntegerField(null=True)
    per_unit = models.CharField(max_length=100, blank=True)
    text = models.TextField(blank=True)
    payer_rule = models.TextField(blank=True)
    channel = models.CharField(max_length=10, blank=True)
    valid = DateRangeField(null=True)

    class Meta:
        ordering = ["position"]


class ResultType(models.Model):
    """Kết quả giải quyết; a document cannot be returned without its file."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="results")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=40, blank=True)
    name = models.TextField()
    is_document = models.BooleanField(default=True)

    class Meta:
        ordering = ["position"]


class LegalBasis(models.Model):
    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="legal_bases")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=60)
    title = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]


class Merger(models.Model):
    """Thủ tục ghép, gộp (PUB-22): this version was made of two published ones, its term by `term_rule` as `citation` says."""

    version = models.OneToOneField(ProcedureVersion, models.CASCADE, related_name="merger")
    first = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="+")
    second = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="+")
    term_rule = models.CharField(max_length=10, choices=[(v.value, v.value) for v in MergedTerm])
    citation = models.CharField(max_length=500)


class Finding(models.Model):
    """A remark the import made on a version (see `findings.py` for the kinds and their sentences)."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=40, db_index=True)
    field = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)


class Competence(models.Model):
    """Which unit settles what: one procedure, or all of a field at the unit's level, while `valid`, by
    `decision`.
    """

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="competences")
    procedure = models.ForeignKey(Procedure, models.PROTECT, null=True, related_name="competences")
    field = models.ForeignKey(Field, models.PROTECT, null=True, related_name="competences")
    level = models.CharField(max_length=10, choices=[(v.value, v.value) for v in Level])
    valid = DateRangeField()
    decision = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="competence_for_procedure_or_field",
                condition=models.Q(procedure__isnull=True) ^ models.Q(field__isnull=True),
            ),
            ExclusionConstraint(
                name="competence_for_procedure_once",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("procedure", RangeOperators.EQUAL),
                    ("level", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(procedure__isnull=False),
            ),
            ExclusionConstraint(
                name="competence_for_field_once",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("field", RangeOperators.EQUAL),
                    ("level", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(field__isnull=False),
            ),
        ]
