"""Who may see and work on an import: administrators who cover the unit it was uploaded for. Rows hold personal data."""

from __future__ import annotations

from django.db.models import Q

from motcua.base.actor import Actor
from motcua.base.errors import NotAllowed, NotFound
from motcua.onboarding.models import Import
from motcua.people.rules import Role


def visible(actor: Actor) -> Q:
    """The imports an administrator may see, as a condition: every list and address goes through it."""
    return Q(unit_id__in=actor.units(Role.ADMIN))


def require_administers(actor: Actor) -> int:
    """The unit an administrator acts for; refuses everybody else."""
    units = [duty.unit_id for duty in actor.duties if duty.role == Role.ADMIN]
    if not units:
        raise NotAllowed(reason="chỉ quản trị hệ thống được nhập dữ liệu từ tệp.")
    return units[0]


def import_of(actor: Actor, number: int, *, lock: bool = False) -> Import:
    """The import with this number; one the actor may not see is not found, as if it did not exist."""
    require_administers(actor)
    rows = Import.objects.select_for_update() if lock else Import.objects.all()
    found = rows.filter(visible(actor), pk=number).first()
    if found is None:
        raise NotFound(what="lần nhập dữ liệu này")
    return found
