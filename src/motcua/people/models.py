"""Officers with their positions; citizens and enterprises we have served."""

from __future__ import annotations

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Lower

from motcua.kit.choices import choices
from motcua.people.rules import PersonKind, Role
from motcua.people.standing_in import SignatureForm


class OfficerManager(BaseUserManager["Officer"]):
    def get_by_natural_key(self, username: str | None) -> Officer:
        return self.get(username__iexact=username)


@pghistory.track(exclude=["password", "last_login"])
class Officer(AbstractBaseUser):
    """Somebody who signs in to the office."""

    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    objects = OfficerManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("username"), name="officer_username_once")]

    def __str__(self) -> str:
        return self.full_name


@pghistory.track()
class Assignment(models.Model):
    """A position: a role at a unit while `valid`, by decision."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=choices(Role))
    title = models.CharField(max_length=120, blank=True)
    valid = DateRangeField()
    decision = models.CharField(max_length=120, blank=True)
    term_months = models.SmallIntegerField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="position_held_once",
                expressions=[
                    ("officer", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]


@pghistory.track()
class Absence(models.Model):
    """An officer is away from their positions at a unit while `valid`; the substitute has their duties there."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="absences")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    substitute = models.ForeignKey(Officer, models.PROTECT, related_name="stands_in")
    valid = DateRangeField()
    reason = models.CharField(max_length=500)
    decided_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="absent_once",
                expressions=[
                    ("officer", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]


@pghistory.track()
class Delegation(models.Model):
    """While `valid`, `officer` signs and decides for `giver` at a unit, in one of the forms of NĐ 30/2020 Điều 13.

    procedures: codes it is limited to; empty: every procedure of the unit.
    """

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="delegations")
    giver = models.ForeignKey(Officer, models.PROTECT, related_name="delegations_given")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    form = models.CharField(max_length=3, choices=choices(SignatureForm))
    principal_title = models.CharField(max_length=120)
    own_title = models.CharField(max_length=120)
    body = models.CharField(max_length=200, blank=True)
    procedures = ArrayField(models.CharField(max_length=20), default=list)
    valid = DateRangeField()
    decision = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="delegated_once",
                expressions=[
                    ("officer", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("form", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]


class MidTermChange(models.Model):
    """A counter position that ended before its planned term, and why (OSS-15). Never edited."""

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="mid_term_change")
    ended_on = models.DateField()
    planned_until = models.DateField()
    reason = models.CharField(max_length=500)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()


@pghistory.track()
class CounterLimit(models.Model):
    """How many dossiers a day one person at a unit's counters should have at most, from `since` on, by decision."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    a_day = models.PositiveSmallIntegerField()
    since = models.DateField()
    decision = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "since"], name="counter_limit_once")]


class AdminMode(models.Model):
    """A span of minutes in which an administrator has the power of the role: begun with a reason and the password."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="admin_modes")
    reason = models.CharField(max_length=300)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["officer", "started_at"], name="admin_mode_of_officer")]


class ApiToken(models.Model):
    """A key with which a program acts for an officer's position. Only its digest is kept."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="tokens")
    digest = models.BinaryField(max_length=32, unique=True)
    label = models.CharField(max_length=80)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class Person(models.Model):
    """A citizen, enterprise or agency known by number; the latest data they gave. Dossiers keep their own copy."""

    kind = models.CharField(max_length=10, choices=choices(PersonKind))
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=300)
    folded_name = models.CharField(max_length=300)
    born = models.DateField(null=True)
    sex = models.CharField(max_length=5, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.CharField(max_length=254, blank=True)
    address = models.CharField(max_length=300, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="person_once")]
