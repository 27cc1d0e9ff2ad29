"""Who hands over, who takes over, who sees it; each with a sentence a layman understands."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from motcua.base.actor import Actor
from motcua.base.errors import NotAllowed
from motcua.dossiers import access as dossiers
from motcua.dossiers.rules.state import Dossier
from motcua.organisation import queries as units
from motcua.people.rules import Role
from motcua.transfers.errors import SamePlace, TargetClosed
from motcua.transfers.models import Leg, Line
from motcua.transfers.rules import Kind, LineState

COUNTERS = (Role.COUNTER, Role.POST)
HANDLERS = (Role.SPECIALIST, Role.LEADER, Role.CLERK)
WORKERS = (*COUNTERS, *HANDLERS)


def own_units(actor: Actor) -> frozenset[int]:
    """The units where the officer handles dossiers; not those below, whose papers lie on other desks."""
    return frozenset(duty.unit_id for duty in actor.duties if duty.role in HANDLERS)


def own_places(actor: Actor) -> frozenset[int]:
    """Counters and units where the officer works."""
    return dossiers.counters_of(actor) | own_units(actor)


def seen_places(actor: Actor) -> frozenset[int]:
    """Places whose slips and legs the officer may read: their own, and for overseers all below."""
    return own_places(actor) | actor.units(*dossiers.OVERSEERS)


def taking_places(actor: Actor) -> frozenset[int]:
    """Places for which the officer may take over. Counter staff take over for the counter alone."""
    return own_places(actor) | actor.units(Role.LEADER)


def require_giver(actor: Actor, kind: Kind, unit_id: int) -> None:
    """Dossiers leave a counter by counter staff, results a unit by those who handle, others either way."""
    places = {
        Kind.FORWARD: dossiers.counters_of(actor),
        Kind.RESULTS: own_units(actor),
        Kind.MOVE: own_places(actor),
    }
    if actor.kind != "system" and unit_id not in places[kind]:
        raise NotAllowed(reason="chỉ người làm việc tại nơi giao được bàn giao hồ sơ ở đó.")


def require_taker(actor: Actor, unit_id: int) -> None:
    """Only the receiving side says what it received."""
    if actor.kind != "system" and unit_id not in taking_places(actor):
        raise NotAllowed(reason="chỉ người của bên nhận được xác nhận hoặc từ chối nhận.")


def require_sender(actor: Actor, unit_id: int) -> None:
    """Only the giving side takes back, sends again or redirects."""
    if actor.kind != "system" and unit_id not in own_places(actor) | actor.units(Role.LEADER):
        raise NotAllowed(reason="chỉ người của bên giao được gửi lại, thu hồi hoặc chuyển đến đơn vị khác.")


def require_either(actor: Actor, from_unit: int, to_unit: int) -> None:
    """Something may be set going by either side."""
    if actor.kind != "system" and not {from_unit, to_unit} & (own_places(actor) | actor.units(Role.LEADER)):
        raise NotAllowed(reason="chỉ người của bên giao hoặc bên nhận được gỡ vướng việc luân chuyển này.")


def at_both_ends(actor: Actor) -> Q:
    """The slips and legs an officer may see, as a condition."""
    seen = seen_places(actor)
    return Q(from_unit_id__in=seen) | Q(to_unit_id__in=seen)


def require_open(from_unit: int, to_unit: int, *, on: date, procedure: str = "", field: str = "") -> None:
    """The receiving unit exists today; a closed one is refused with its successor named. Raises UnitUnknown."""
    if from_unit == to_unit:
        raise SamePlace
    if to_unit in units.tree(on):
        return
    heir = units.heir(to_unit, procedure=procedure, field=field, on=on)
    advice = (
        f"Phần việc do {units.latest(heir).name} tiếp nhận; hãy chuyển đến đơn vị đó."
        if heir != to_unit
        else "Chưa khai báo đơn vị kế thừa; hãy đề nghị quản trị hệ thống khai báo."
    )
    raise TargetClosed(name=units.latest(to_unit).name, advice=advice)


def receivers(dossier: Dossier) -> frozenset[int]:
    """The units a leg or slip has brought the dossier to: only their officers can read it as receivers."""
    legs = Leg.objects.filter(dossier_id=dossier.id, cancelled_at=None).values_list("to_unit_id", flat=True)
    lines = Line.objects.filter(dossier_id=dossier.id, state__in=[LineState.IN_TRANSIT, LineState.TAKEN])
    return frozenset(legs) | frozenset(lines.values_list("slip__to_unit_id", flat=True))


def reads_as_receiver(actor: Actor, dossier: Dossier) -> bool:
    """Whether a leg or slip has brought the dossier to a place of the officer; for `dossiers.access.ALSO_VISIBLE`."""
    places = seen_places(actor)
    if not places or dossier.id is None:
        return False
    legs = Leg.objects.filter(dossier_id=dossier.id, to_unit_id__in=places, cancelled_at=None)
    lines = Line.objects.filter(
        dossier_id=dossier.id, slip__to_unit_id__in=places, state__in=[LineState.IN_TRANSIT, LineState.TAKEN]
    )
    return legs.exists() or lines.exists()
