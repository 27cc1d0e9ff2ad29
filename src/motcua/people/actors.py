"""Who an officer is on a day: own positions, those of absent officers they stand in for, signing for another.

One builder serves the single actor of a request and the list of everybody ("ai xem được hồ sơ này?"), so that the two
cannot disagree. A right is a matter of the day: nothing has to be switched on or off when a delegation begins or ends.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from motcua.base.actor import Actor, Duty
from motcua.journal.remembered import remembered
from motcua.organisation import queries as units
from motcua.people.models import Absence, Assignment, Delegation, Officer
from motcua.people.rules import ROLE_NAMES, Role
from motcua.people.standing_in import GIVERS, SignatureForm, signature_lines

_WIDE_ROLES = {Role.LEADER, Role.CENTRE, Role.CONTROL, Role.CHAIR, Role.ADMIN}
_LABEL = 200
_SEAL_ROLES = (Role.LEADER, Role.CHAIR)


@dataclass(frozen=True)
class _Books:
    """What the tables say of one day: names, positions by holder, absences by substitute, delegations by holder."""

    names: dict[int, str]
    held: dict[int, list[Assignment]]
    absences: dict[int, list[Absence]]
    delegations: dict[int, list[Delegation]]


@remembered
def actor_of_officer(officer_id: int, *, on: date) -> Actor:
    """Positions and reach.

    Leaders and controllers also cover all units below theirs, closed ones too; counters the units they serve.
    """
    return _actor(officer_id, _read(on, officer_id), on)


@remembered
def actors_on(on: date) -> tuple[Actor, ...]:
    """Every active officer with a duty on `on`, without the power of administration, which is never lasting."""
    books = _read(on)
    numbers = set(books.held) | set(books.absences) | set(books.delegations)
    everybody = (_actor(number, books, on) for number in sorted(numbers) if number in books.names)
    return tuple(actor for actor in everybody if actor.duties)


def _read(on: date, only: int | None = None) -> _Books:
    names = Officer.objects.filter(is_active=True) if only is None else Officer.objects.filter(pk=only)
    absences = Absence.objects.filter(valid__contains=on).select_related("officer").order_by("id")
    delegations = Delegation.objects.filter(valid__contains=on).order_by("id")
    held = Assignment.objects.filter(valid__contains=on).select_related("unit").order_by("id")
    if only is not None:
        absences, delegations = absences.filter(substitute_id=only), delegations.filter(officer_id=only)
        others = {a.officer_id for a in absences} | {d.giver_id for d in delegations}
        held = held.filter(officer_id__in={only, *others})
    books = _Books(dict(names.values_list("pk", "full_name")), defaultdict(list), defaultdict(list), defaultdict(list))
    if only is not None and only not in books.names:
        raise Officer.DoesNotExist
    for row in held:
        books.held[row.officer_id].append(row)
    for absence in absences:
        books.absences[absence.substitute_id].append(absence)
    for delegation in delegations:
        books.delegations[delegation.officer_id].append(delegation)
    return books


def _actor(officer_id: int, books: _Books, on: date) -> Actor:
    name, held = books.names[officer_id], books.held.get(officer_id, [])
    duties = [_own(name, row, on) for row in held]
    for absence in books.absences.get(officer_id, []):
        duties += [_instead(name, absence, row, held, on) for row in books.held.get(absence.officer_id, [])
                   if row.unit_id == absence.unit_id and row.role != Role.ADMIN]  # fmt: skip
    duties += [_signing(name, given, held) for given in books.delegations.get(officer_id, []) if _stands(given, books)]
    label = duties[0].label if duties else name
    return Actor("officer", label, officer_id, held[0].unit.code if held else "", tuple(duties))


def _own(name: str, row: Assignment, on: date) -> Duty:
    role = Role(row.role)
    label = f"{name} ({ROLE_NAMES[role]})"[:_LABEL]
    return Duty(role, row.unit_id, reach(role, row.unit_id, on=on), label, top=row.unit.code == settings.PROVINCE_CODE)


def _instead(name: str, absence: Absence, row: Assignment, held: list[Assignment], on: date) -> Duty:
    role = Role(row.role)
    label = f"{name} ({ROLE_NAMES[role]}, thay ông/bà {absence.officer.full_name})"[:_LABEL]
    own = next((mine.title for mine in held if mine.title), "")
    signs = role in _SEAL_ROLES and row.title and own
    return Duty(
        role, row.unit_id, reach(role, row.unit_id, on=on), label, on_behalf_id=absence.officer_id,
        on_behalf_of=absence.officer.full_name,
        signature=signature_lines(SignatureForm.KT, principal=row.title, own=own) if signs else (),
    )  # fmt: skip


def _signing(name: str, given: Delegation, held: list[Assignment]) -> Duty:
    """The right to decide as a leader at the unit alone: units below have their own heads."""
    lines = signature_lines(
        SignatureForm(given.form), principal=given.principal_title, own=given.own_title, body=given.body
    )
    role = ROLE_NAMES[Role(held[0].role)] if held else given.own_title
    label = f"{name} ({role}, {', '.join(lines[:-1])})"[:_LABEL]
    return Duty(
        Role.LEADER, given.unit_id, frozenset({given.unit_id}), label, signature=lines, procedures=frozenset(given.procedures)
    )


def _stands(given: Delegation, books: _Books) -> bool:
    """A delegation falls with the position of who gave it: the successor decides anew."""
    return any(row.unit_id == given.unit_id and row.role in GIVERS for row in books.held.get(given.giver_id, []))


def reach(role: Role, unit_id: int, *, on: date) -> frozenset[int]:
    """The units a position covers."""
    if role in _WIDE_ROLES:
        return units.ever_below(unit_id)
    if role in (Role.COUNTER, Role.POST):
        return frozenset({unit_id}) | units.served_units(unit_id, on=on)
    return frozenset({unit_id})
