"""Reads of officers, their positions, and people we have served."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from motcua.base.actor import Actor, Duty
from motcua.base.errors import NotFound
from motcua.base.time import local_date
from motcua.journal.remembered import remembered
from motcua.kit.sql import prepared
from motcua.people.actors import actor_of_officer, actors_on
from motcua.people.models import Absence, ApiToken, Assignment, Officer, Person
from motcua.people.rules import ROLE_NAMES, Role

__all__ = ["actor_of_officer", "actors_on"]  # read elsewhere, published here


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What we last knew of a citizen or an enterprise."""

    kind: str
    number: str
    name: str
    born: date | None
    sex: str
    phone: str
    email: str
    address: str


def actor_of(officer: Officer, *, on: date) -> Actor:
    """The officer with the positions held on `on`."""
    return actor_of_officer(officer.pk, on=on)


_OFFICER_OF_TOKEN = """
    SELECT o.id FROM people_apitoken t JOIN people_officer o ON o.id = t.officer_id
    WHERE t.digest = %s AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > %s) AND o.is_active
"""


def actor_of_token(secret: str, *, now: datetime) -> Actor | None:
    """The active officer a valid API key acts for, with today's positions."""
    digest = hashlib.sha256(secret.encode()).digest()
    found = prepared(_OFFICER_OF_TOKEN, [digest, now])
    # A program cannot enter the mode of administration: its key never carries that power.
    return actor_of_officer(found[0][0], on=local_date(now)).without(Role.ADMIN) if found else None


def person(kind: str, number: str) -> PersonFacts | None:
    """The person with this number, or None."""
    found = Person.objects.filter(kind=kind, number=number).first()
    if found is None:
        return None
    return PersonFacts(
        found.kind, found.number, found.name, found.born, found.sex, found.phone, found.email, found.address
    )


@remembered
def colleagues(unit_id: int, *, role: str, on: date) -> tuple[tuple[int, str], ...]:
    """Number and name of the active officers who hold `role` at the unit."""
    rows = Assignment.objects.filter(unit_id=unit_id, role=role, valid__contains=on, officer__is_active=True)
    return tuple(rows.order_by("officer__full_name").values_list("officer_id", "officer__full_name"))


@remembered
def officer_name(officer_id: int | None) -> str:
    """The officer's name, or nothing."""
    if officer_id is None:
        return ""
    return Officer.objects.filter(pk=officer_id).values_list("full_name", flat=True).first() or ""


@dataclass(frozen=True, slots=True)
class Position:
    """Who holds which role where on a day; `label` as in the history of dossiers."""

    officer_id: int
    name: str
    role: str
    unit_id: int
    unit_code: str

    @property
    def label(self) -> str:
        return f"{self.name} ({ROLE_NAMES[Role(self.role)]})"


def positions_on(on: date) -> list[Position]:
    """Every position held on `on`, for lists of staff and writers of many dossiers at once."""
    rows = Assignment.objects.filter(valid__contains=on).order_by("id")
    return [
        Position(*row)
        for row in rows.values_list("officer_id", "officer__full_name", "role", "unit_id", "unit__code")
    ]


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody at work in a position on a day, with the places of its role; `instead_of`: the absent officer stood in for."""

    officer_id: int
    name: str
    email: str
    role: str
    unit_id: int
    places: frozenset[int]
    instead_of: int | None


@remembered
def on_duty(on: date) -> tuple[OnDuty, ...]:
    """Who is at work on `on`: active officers in their positions unless absent there, and those who stand in for them."""
    away = set(Absence.objects.filter(valid__contains=on).values_list("officer_id", "unit_id"))
    accounts = {row[0]: row[1:] for row in Officer.objects.filter(is_active=True).values_list("pk", "full_name", "email")}
    return tuple(
        OnDuty(actor.id or 0, *accounts[actor.id], duty.role, duty.unit_id, _places(duty), duty.on_behalf_id)
        for actor in actors_on(on)
        for duty in actor.duties
        if not duty.procedures and not (duty.own and (actor.id, duty.unit_id) in away)
    )


def _places(duty: Duty) -> frozenset[int]:
    """Where the steps of a role wait for its holder: a counter also works for the units it serves."""
    return duty.units if duty.role in (Role.COUNTER, Role.POST) else frozenset({duty.unit_id})


@dataclass(frozen=True, slots=True)
class OfficerFacts:
    """An account as administrators see it."""

    id: int
    username: str
    full_name: str
    email: str
    is_active: bool
    must_change_password: bool
    last_login: datetime | None


@dataclass(frozen=True, slots=True)
class Held:
    """A position with its span; `until` is the first day it is no longer held."""

    id: int
    unit_id: int
    role: str
    title: str
    since: date
    until: date | None
    decision: str

    def on(self, day: date) -> bool:
        """Whether it is held on `day`."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Key:
    """An API key without its secret."""

    id: int
    label: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


def officer(officer_id: int) -> OfficerFacts:
    """The account with this number."""
    names = OfficerFacts.__dataclass_fields__
    row = Officer.objects.filter(pk=officer_id).values(*names).first()
    if row is None:
        raise NotFound(what="cán bộ này")
    return OfficerFacts(**row)


def positions_of(officer_id: int) -> list[Held]:
    """All positions of an officer, the latest first; one taken back before it began is left out."""
    rows = Assignment.objects.filter(officer_id=officer_id, valid__isempty=False).order_by("-valid", "-id")
    return [Held(r.pk, r.unit_id, r.role, r.title, r.valid.lower, r.valid.upper, r.decision) for r in rows]


def keys_of(officer_id: int) -> list[Key]:
    """The API keys of an officer, newest first."""
    rows = ApiToken.objects.filter(officer_id=officer_id).order_by("-id")
    return [Key(*row) for row in rows.values_list(*Key.__dataclass_fields__)]


def officer_of_key(token_id: int) -> int:
    """Whose key this is."""
    owner = ApiToken.objects.filter(pk=token_id).values_list("officer_id", flat=True).first()
    if owner is None:
        raise NotFound(what="khóa API này")
    return owner


def officer_of_position(assignment_id: int) -> int:
    """Who holds this position."""
    holder = Assignment.objects.filter(pk=assignment_id).values_list("officer_id", flat=True).first()
    if holder is None:
        raise NotFound(what="vị trí công tác này")
    return holder


def officers(units: frozenset[int]) -> QuerySet[Officer]:
    """The accounts an administrator of `units` may see: with a position there, or with none anywhere yet."""
    known = Officer.objects.prefetch_related("assignments")
    return known.filter(Q(assignments__isnull=True) | Q(assignments__unit__in=units)).distinct()


def by_username(usernames: Iterable[str]) -> dict[str, OfficerFacts]:
    """The accounts with these usernames, by username in small letters; capitals do not matter."""
    wanted = {username.lower() for username in usernames}
    names = OfficerFacts.__dataclass_fields__
    rows = Officer.objects.annotate(lower=Lower("username")).filter(lower__in=wanted)
    return {row["username"].lower(): OfficerFacts(**row) for row in rows.values(*names)}


def ever_staffed(unit_id: int) -> bool:
    """Whether anybody holds, held or will hold a position at the unit."""
    return Assignment.objects.filter(unit_id=unit_id, valid__isempty=False).exists()
