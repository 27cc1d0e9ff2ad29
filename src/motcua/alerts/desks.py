"""Who sits where on a day, and who answers for a unit: the nearest place upwards where somebody holds the role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from motcua.alerts.rules import Recipient
from motcua.base.actor import Actor
from motcua.journal.remembered import remembered
from motcua.organisation import queries as units
from motcua.organisation.rules import UnitUnknown
from motcua.people.queries import OnDuty, on_duty
from motcua.people.rules import Role

_HANDLERS = (Role.SPECIALIST, Role.LEADER, Role.CLERK)
_COUNTERS = (Role.COUNTER, Role.POST)


@dataclass(frozen=True)
class Desks:
    """The positions of one day by place and role, and the tree they stand in."""

    staffed: Mapping[tuple[int, str], tuple[OnDuty, ...]]
    parents: Mapping[int, int | None]

    def at(self, unit_id: int | None, role: str) -> tuple[OnDuty, ...]:
        """Who can take a step of `role` at the unit."""
        return self.staffed.get((unit_id or 0, role), ())

    def covered(self, unit_id: int | None, role: str) -> frozenset[int]:
        """Officers whose steps of `role` at the unit are in somebody's hands: at work there, or stood in for."""
        here = self.at(unit_id, role)
        return frozenset(d.officer_id for d in here) | frozenset(
            d.instead_of for d in here if d.instead_of is not None
        )

    def answering(self, unit_id: int, role: str) -> int | None:
        """The nearest unit upwards, the unit itself first, where somebody holds `role`; None when nobody does."""
        here: int | None = unit_id
        while here is not None:
            if any(duty.unit_id == here for duty in self.at(here, role)):
                return here
            here = self._parent(here)
        return None

    def _parent(self, unit_id: int) -> int | None:
        if unit_id in self.parents:
            return self.parents[unit_id]
        try:
            return units.latest(unit_id).parent_id
        except UnitUnknown:
            return None


@remembered
def desks(on: date) -> Desks:
    """The desks as they are staffed on `on`."""
    staffed: dict[tuple[int, str], tuple[OnDuty, ...]] = {}
    for duty in on_duty(on):
        role = Role.COUNTER if duty.role in _COUNTERS else duty.role
        for place in duty.places:
            staffed[place, role] = (*staffed.get((place, role), ()), duty)
    return Desks(staffed, {number: unit.parent_id for number, unit in units.tree(on).items()})


def holding(actor: Actor) -> Q:
    """Rows about a dossier whose step lies with the actor: by name, or with a role and place of theirs and nobody yet."""
    free = Q()
    for duty in actor.duties:
        if duty.role in _COUNTERS:
            free |= Q(dossier__holder_role=Role.COUNTER, dossier__holder_unit_id__in=duty.units)
        elif duty.role in _HANDLERS:
            free |= Q(dossier__holder_role=duty.role, dossier__holder_unit_id=duty.unit_id)
    named = Q(dossier__holder_id=actor.id)
    for duty in actor.duties:  # steps of an absent officer, as long as the absence runs
        if duty.on_behalf_id is not None:
            named |= Q(dossier__holder_id=duty.on_behalf_id, dossier__holder_unit_id=duty.unit_id)
    return named | Q(dossier__holder_id=None) & free if free else named


def answers_for(actor: Actor, role: str, *, on: date) -> frozenset[int]:
    """The units for which the actor is the nearest holder of `role`."""
    today = desks(on)
    return frozenset(
        unit
        for duty in actor.duties
        if duty.role == role and not duty.procedures
        for unit in duty.units
        if today.answering(unit, role) == duty.unit_id
    )


def addressed(actor: Actor, *, on: date) -> Q:
    """Alerts that are meant for the actor."""
    return (
        Q(to__contains=[Recipient.HOLDER]) & holding(actor)
        | Q(to__contains=[Recipient.LEADER], dossier__unit_id__in=answers_for(actor, Role.LEADER, on=on))
        | Q(
            to__contains=[Recipient.CENTRE],
            dossier__intake_unit_id__in=answers_for(actor, Role.CENTRE, on=on),
        )
        | Q(to__contains=[Recipient.CHAIR], dossier__unit_id__in=answers_for(actor, Role.CHAIR, on=on))
    )


def reported_to(actor: Actor, *, on: date) -> Q:
    """Escalations that reached the actor: the first rung the head, the second the centre's director and the chair."""
    return (
        Q(rung=1, dossier__unit_id__in=answers_for(actor, Role.LEADER, on=on))
        | Q(rung=2, dossier__intake_unit_id__in=answers_for(actor, Role.CENTRE, on=on))
        | Q(rung=2, dossier__unit_id__in=answers_for(actor, Role.CHAIR, on=on))
    )
