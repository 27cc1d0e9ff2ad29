"""An import with its lines, from the upload to its undo; ways of mapping kept for other sheets."""

from __future__ import annotations

from django.db import models

from motcua.kit.choices import choices
from motcua.onboarding.rules.fields import Kind
from motcua.onboarding.rules.states import ImportState, RowState


class Import(models.Model):
    """One uploaded sheet. Its lines are kept as they were read; what was made of each is kept with it."""

    kind = models.CharField(max_length=10, choices=choices(Kind))
    state = models.CharField(max_length=10, choices=choices(ImportState), default=ImportState.UPLOADED)
    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    format = models.CharField(max_length=30)
    encoding = models.CharField(max_length=20, blank=True)
    sheet = models.CharField(max_length=100, blank=True)
    unread_sheets = models.JSONField(default=list)
    header_line = models.IntegerField()
    header = models.JSONField()
    plan = models.JSONField(default=dict)
    whole = models.BooleanField(default=False)
    trouble = models.TextField(blank=True)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    officer = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    officer_label = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    job = models.BigIntegerField(null=True)
    handed_out = models.JSONField(default=list)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=200, blank=True)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "-created_at"], name="import_of_unit")]


class ImportRow(models.Model):
    """A line of the sheet. `made` names what it brought about, so that it is never done twice and can be taken back."""

    imported = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    line = models.IntegerField()
    cells = models.JSONField()
    flaws = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=choices(RowState), default=RowState.READ)
    place = models.IntegerField(default=0)
    key = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=300, blank=True)
    problems = models.JSONField(default=list)
    made = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["imported", "state", "place"], name="import_row_next")]
        constraints = [models.UniqueConstraint(fields=["imported", "line"], name="import_line_once")]


class Mapping(models.Model):
    """A way of mapping by the words of the header, kept under a name for sheets of the same make."""

    kind = models.CharField(max_length=10, choices=choices(Kind))
    name = models.CharField(max_length=80)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    columns = models.JSONField()
    constants = models.JSONField()
    values = models.JSONField(default=dict)
    officer_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "name"], name="mapping_named_once")]
