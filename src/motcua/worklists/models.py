"""What an officer keeps of lists: saved views, chosen columns, what was seen, what is to be digitised later."""

from __future__ import annotations

from django.db import models
from django.db.models import F

OFFICER, DOSSIER, UNIT = "people.Officer", "dossiers.Dossier", "organisation.Unit"


class SavedView(models.Model):
    """A list under a name: the filters as they stand in the address, and the columns. It holds no dossiers and no rights.

    `unit` with `role` (or every role when it is empty): with whom it is shared.
    """

    owner = models.ForeignKey(OFFICER, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    query = models.TextField(blank=True)
    columns = models.JSONField(default=list)
    unit = models.ForeignKey(UNIT, models.CASCADE, null=True, related_name="+", db_index=False)
    role = models.CharField(max_length=12, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="view_name_once")]
        indexes = [
            models.Index(fields=["unit", "role"], name="view_shared", condition=models.Q(unit__isnull=False))
        ]


class Preference(models.Model):
    """How an officer likes the worklist: the columns, and the view it opens with."""

    officer = models.OneToOneField(OFFICER, models.CASCADE, primary_key=True, related_name="+")
    columns = models.JSONField(default=list)
    view = models.ForeignKey(SavedView, models.SET_NULL, null=True, related_name="+")


class DossierSeen(models.Model):
    """The latest event of a dossier an officer has seen, by opening its page."""

    officer = models.ForeignKey(OFFICER, models.CASCADE, related_name="+", db_index=False)
    dossier = models.ForeignKey(DOSSIER, models.CASCADE, related_name="+", db_index=False)
    event = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "dossier"], name="seen_once")]


class ToDigitise(models.Model):
    """A dossier whose papers are to be digitised later; `done_at` when somebody took it off the list."""

    dossier = models.ForeignKey(DOSSIER, models.CASCADE, related_name="+")
    by = models.ForeignKey(OFFICER, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], name="to_digitise_once", condition=models.Q(done_at=None)
            ),
            models.CheckConstraint(
                condition=models.Q(done_at=None) | models.Q(done_at__gte=F("at")),
                name="digitised_after_marking",
            ),
        ]
