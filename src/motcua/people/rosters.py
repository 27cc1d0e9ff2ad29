"""Reads of who stands in for whom, who signs for whom, who serves where and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from motcua.base.errors import NotFound
from motcua.journal.remembered import remembered
from motcua.people.models import Absence, AdminMode, Assignment, Delegation, MidTermChange, Officer
from motcua.people.rules import Role
from motcua.people.standing_in import planned_end


@dataclass(frozen=True, slots=True)
class Staff:
    """An active officer in a position."""

    officer_id: int
    name: str
    role: str
    unit_id: int
    title: str


@remembered
def staff_of(units: frozenset[int], *, on: date) -> tuple[Staff, ...]:
    """The positions held at these units on `on` by officers whose account is open, by name."""
    rows = Assignment.objects.filter(unit_id__in=units, valid__contains=on, officer__is_active=True)
    values = rows.order_by("officer__full_name", "id")
    return tuple(Staff(*row) for row in values.values_list("officer_id", "officer__full_name", "role", "unit_id", "title"))


@remembered
def absent_on(on: date) -> frozenset[tuple[int, int]]:
    """Officer and unit of every absence that runs on `on`."""
    return frozenset(Absence.objects.filter(valid__contains=on).values_list("officer_id", "unit_id"))


@dataclass(frozen=True, slots=True)
class AbsenceFacts:
    """An absence; `until` is the first day the officer is back."""

    id: int
    officer: str
    officer_id: int
    unit_id: int
    substitute: str
    since: date
    until: date
    reason: str
    decided_by: str

    def runs(self, day: date) -> bool:
        """Whether it runs on `day`."""
        return self.since <= day < self.until


def absences(units: frozenset[int], *, since: date) -> list[AbsenceFacts]:
    """The absences at these units that were not over by `since`, the latest first."""
    rows = Absence.objects.filter(unit_id__in=units, valid__isempty=False, valid__endswith__gt=since)
    return [
        AbsenceFacts(
            a.pk, a.officer.full_name, a.officer_id, a.unit_id, a.substitute.full_name, a.valid.lower, a.valid.upper,
            a.reason, a.decided_by,
        )
        for a in rows.select_related("officer", "substitute").order_by("-valid", "-id")
    ]  # fmt: skip


def absence(absence_id: int) -> AbsenceFacts:
    """One absence."""
    a = Absence.objects.select_related("officer", "substitute").filter(pk=absence_id).first()
    if a is None or a.valid.isempty:
        raise NotFound(what="bản ghi vắng mặt này")
    return AbsenceFacts(
        a.pk, a.officer.full_name, a.officer_id, a.unit_id, a.substitute.full_name, a.valid.lower, a.valid.upper,
        a.reason, a.decided_by,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class DelegationFacts:
    """A delegation of signature; `until` is the first day it no longer holds."""

    id: int
    officer: str
    giver: str
    unit_id: int
    form: str
    principal_title: str
    own_title: str
    body: str
    procedures: tuple[str, ...]
    since: date
    until: date | None
    decision: str

    def holds(self, day: date) -> bool:
        """Whether it holds on `day`."""
        return self.since <= day and (self.until is None or day < self.until)


def delegations(units: frozenset[int], *, since: date) -> list[DelegationFacts]:
    """The delegations at these units that were not over by `since`, the latest first."""
    open_or_later = Q(valid__upper_inf=True) | Q(valid__endswith__gt=since)
    rows = Delegation.objects.filter(open_or_later, unit_id__in=units, valid__isempty=False)
    return [_delegation(d) for d in rows.select_related("officer", "giver").order_by("-valid", "-id")]


def delegation(delegation_id: int) -> DelegationFacts:
    """One delegation."""
    found = Delegation.objects.select_related("officer", "giver").filter(pk=delegation_id).first()
    if found is None or found.valid.isempty:
        raise NotFound(what="việc giao ký này")
    return _delegation(found)


def _delegation(d: Delegation) -> DelegationFacts:
    return DelegationFacts(
        d.pk, d.officer.full_name, d.giver.full_name, d.unit_id, d.form, d.principal_title, d.own_title, d.body,
        tuple(d.procedures), d.valid.lower, d.valid.upper, d.decision,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """A planned term at a counter that runs now."""

    assignment_id: int
    officer_id: int
    officer: str
    unit_id: int
    since: date
    months: int
    decision: str

    @property
    def planned_until(self) -> date:
        """The day the term is over."""
        return planned_end(self.since, self.months)


def running_terms(units: frozenset[int], *, on: date) -> list[Term]:
    """Counter positions with a planned term at these units, the one that ends first on top."""
    rows = Assignment.objects.filter(unit_id__in=units, role=Role.COUNTER, term_months__isnull=False, valid__contains=on)
    terms = [
        Term(a.pk, a.officer_id, a.officer.full_name, a.unit_id, a.valid.lower, a.term_months or 0, a.decision)
        for a in rows.select_related("officer").order_by("id")
    ]
    return sorted(terms, key=lambda term: term.planned_until)


@dataclass(frozen=True, slots=True)
class Change:
    """A counter position that ended in mid-term."""

    officer: str
    unit_id: int
    ended_on: date
    planned_until: date
    reason: str
    by: str
    at: datetime


def mid_term_changes(units: frozenset[int]) -> list[Change]:
    """What changed in mid-term at these units, the latest first."""
    rows = MidTermChange.objects.filter(assignment__unit_id__in=units).select_related("assignment__officer")
    return [
        Change(c.assignment.officer.full_name, c.assignment.unit_id, c.ended_on, c.planned_until, c.reason, c.by, c.at)
        for c in rows.order_by("-at", "-id")
    ]


@dataclass(frozen=True, slots=True)
class ModeFacts:
    """One span of the mode of administration."""

    id: int
    officer: str
    reason: str
    started_at: datetime
    ends_at: datetime
    closed_at: datetime | None


def running_mode(mode_id: int, officer_id: int, *, now: datetime) -> ModeFacts | None:
    """The mode with this number while it runs and is this officer's."""
    rows = AdminMode.objects.filter(pk=mode_id, officer_id=officer_id, closed_at=None, started_at__lte=now, ends_at__gt=now)
    found = rows.values_list(*_MODE).first()
    return ModeFacts(*found) if found else None


def modes(*, limit: int = 50) -> list[ModeFacts]:
    """The latest spans of the mode of administration of everybody."""
    return [ModeFacts(*row) for row in AdminMode.objects.order_by("-started_at").values_list(*_MODE)[:limit]]


_MODE = ("id", "officer__full_name", "reason", "started_at", "ends_at", "closed_at")


def active_officers(numbers: set[int]) -> dict[int, str]:
    """Names of those whose account is open."""
    return dict(Officer.objects.filter(pk__in=numbers, is_active=True).values_list("pk", "full_name"))
