"""Tables of the calendar and the rule sets. Validity is half-open [from, to); overlaps are refused here."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from motcua.deadlines.rules import DayCount, DayKind, DayPart, PauseKind, PauseMode
from motcua.kit.choices import choices

NATIONAL = "VN"


class Calendar(models.Model):
    """One working calendar."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.code


class CalendarYear(models.Model):
    """Whether the holiday notice of a year has been issued. Years without a row are provisional."""

    CONFIRMED, PROVISIONAL = "confirmed", "provisional"

    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=[(CONFIRMED, CONFIRMED), (PROVISIONAL, PROVISIONAL)])
    notice = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calendar", "year"], name="calendar_year_once"),
            models.CheckConstraint(condition=~models.Q(notice=""), name="calendar_year_has_notice"),
        ]


class CalendarDay(models.Model):
    """A date declared by a notice. A wrong declaration is withdrawn, never edited or deleted.

    `scope` is "" for the whole country or the code of the unit the declaration binds.
    """

    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="days")
    day = models.DateField()
    kind = models.CharField(max_length=15, choices=choices(DayKind))
    part = models.CharField(max_length=12, choices=choices(DayPart), default=DayPart.ALL)
    name = models.CharField(max_length=200, blank=True)
    notice = models.CharField(max_length=300)
    scope = models.CharField(max_length=35, blank=True)
    declared_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_notice = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "day", "scope"],
                condition=models.Q(withdrawn_at=None),
                name="calendar_day_declared_once",
            ),
            models.CheckConstraint(condition=~models.Q(notice=""), name="calendar_day_has_notice"),
        ]


class SessionPlan(models.Model):
    """Sessions of a working day while `valid`: [["07:00", "11:30"], …]; `weekday_sessions` {"4": [...]}
    replaces them.
    """

    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="plans")
    valid = DateRangeField()
    sessions = models.JSONField()
    weekday_sessions = models.JSONField(default=dict)
    citation = models.CharField(max_length=300)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="session_plan_one_a_day",
                expressions=[("calendar", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            )
        ]


class RuleSet(models.Model):
    """What the one-stop law says about the clock while `valid`; `family` separates the linked groups of NĐ
    63/2024.
    """

    code = models.CharField(max_length=40, unique=True)
    family = models.CharField(max_length=20, default="general")
    valid = DateRangeField()
    citation = models.CharField(max_length=300)
    day_count = models.CharField(max_length=10, choices=choices(DayCount), default=DayCount.CLOSING)
    cutoff_forward = models.TimeField()
    same_day_cutoff = models.TimeField()
    online_ack_hours = models.PositiveSmallIntegerField()
    appraisal_return_days = models.PositiveSmallIntegerField()
    reappoint_max = models.PositiveSmallIntegerField()
    apology_lead_days = models.PositiveSmallIntegerField()
    apology_citation = models.CharField(max_length=300, default="")
    form_set = models.CharField(max_length=20)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="rule_set_one_a_day",
                expressions=[("family", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return self.code


class PauseRule(models.Model):
    """Whether and how one kind of pause stops the clock. Empty limits mean no limit; `max_days` in working
    days.
    """

    ruleset = models.ForeignKey(RuleSet, models.PROTECT, related_name="pause_rules")
    kind = models.CharField(max_length=30, choices=choices(PauseKind))
    mode = models.CharField(max_length=10, choices=choices(PauseMode))
    max_times = models.PositiveSmallIntegerField(null=True)
    max_days = models.PositiveSmallIntegerField(null=True)
    approver_role = models.CharField(max_length=20, blank=True)
    citation = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ruleset", "kind"], name="pause_rule_once_a_set"),
            models.CheckConstraint(condition=~models.Q(citation=""), name="pause_rule_has_citation"),
        ]
