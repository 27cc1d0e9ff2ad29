"""Who may take a group in, see it, act on it, define it; each with a sentence."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from motcua.base.actor import Actor
from motcua.base.errors import NotAllowed
from motcua.dossiers.access import OVERSEERS
from motcua.groups.models import Child, Group
from motcua.people.rules import Role

COUNTERS = (Role.COUNTER, Role.POST)
DEFINERS = (Role.ADMIN, Role.CONTROL)
READERS = (*COUNTERS, Role.SPECIALIST, Role.CLERK, *OVERSEERS)


def counters_of(actor: Actor) -> frozenset[int]:
    """The counters at which the officer sits."""
    return frozenset(duty.unit_id for duty in actor.duties if duty.role in COUNTERS)


def visible(actor: Actor) -> Q:
    """The groups an officer may see: taken in at their counter, or with a procedure settled by their unit."""
    overseen, handled = actor.units(*OVERSEERS), actor.units(Role.SPECIALIST, Role.CLERK)
    settled = Child.objects.filter(group=OuterRef("pk"), unit_id__in=overseen | handled)
    return Q(intake_unit_id__in=overseen | counters_of(actor)) | Q(Exists(settled))


def sees(actor: Actor, group_id: int) -> bool:
    """Whether the officer may see this group."""
    return actor.kind == "system" or Group.objects.filter(visible(actor), pk=group_id).exists()


def require_counter(actor: Actor, counter_id: int) -> None:
    """Refuses what only the counter of the group does. Raises NotAllowed."""
    if actor.kind != "system" and counter_id not in counters_of(actor):
        raise NotAllowed(reason="việc này do công chức một cửa tại nơi tiếp nhận nhóm hồ sơ thực hiện.")


def require_definer(actor: Actor) -> None:
    """Refuses defining groups to all but administrators and procedure control. Raises NotAllowed."""
    if actor.kind != "system" and not any(actor.holds(role) for role in DEFINERS):
        raise NotAllowed(reason="nhóm thủ tục do quản trị hệ thống hoặc kiểm soát thủ tục hành chính khai báo.")
