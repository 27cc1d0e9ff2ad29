"""Who acts in a request, and rules by role for pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest

from motcua.base.actor import Actor, Duty
from motcua.base.errors import NotAllowed
from motcua.base.time import local_date
from motcua.kit.access import AdminModeNeeded
from motcua.kit import clock
from motcua.people.queries import actor_of
from motcua.people.rosters import ModeFacts, running_mode
from motcua.people.rules import ROLE_NAMES, Role

MODE_KEY = "admin_mode"
POSITION_KEY = "position"


def actor(request: HttpRequest) -> Actor:
    """The signed-in officer with today's positions; read once a request.

    The power of administration counts only while its mode runs; a chosen position narrows the rest.
    """
    known: Actor | None = getattr(request, "_actor", None)
    if known is None:
        known = _narrowed(request, whole_actor(request))
        request._actor = known  # type: ignore[attr-defined]
    return known


def whole_actor(request: HttpRequest) -> Actor:
    """The signed-in officer with every position held today, whatever mode or choice."""
    return actor_of(request.user, on=local_date(clock.now()))  # type: ignore[arg-type]


def _narrowed(request: HttpRequest, whole: Actor) -> Actor:
    mode = _mode(request, whole)
    request.admin_mode = mode  # type: ignore[attr-defined]
    request.several_positions = len(whole.without(Role.ADMIN).duties) > 1  # type: ignore[attr-defined]
    request.admin_mode_off = mode is None and whole.holds(Role.ADMIN)  # type: ignore[attr-defined]
    known = replace(whole, reason=mode.reason) if mode else whole.without(Role.ADMIN)
    chosen = chosen_position(request, whole)
    if chosen is None:
        return known
    return replace(known, label=chosen.label, duties=tuple(d for d in known.duties if d is chosen or d.role == Role.ADMIN))


def _mode(request: HttpRequest, whole: Actor) -> ModeFacts | None:
    number = _session(request).get(MODE_KEY) if whole.holds(Role.ADMIN) else None
    return running_mode(number, whole.id or 0, now=clock.now()) if number else None


def chosen_position(request: HttpRequest, whole: Actor) -> Duty | None:
    """The position the officer chose to work in, if it is still held today."""
    key = _session(request).get(POSITION_KEY)
    return next((duty for duty in whole.duties if position_key(duty) == key), None) if key else None


def position_key(duty: Duty) -> str:
    """A position in the session and in forms."""
    return f"{duty.role}:{duty.unit_id}:{duty.on_behalf_id or ''}:{'|'.join(duty.signature)}"


def _session(request: HttpRequest) -> dict[str, object]:
    return getattr(request, "session", None) or {}


def has_role(request: HttpRequest, *roles: Role) -> bool:
    """Whether the officer holds one of `roles` anywhere; for menus."""
    return request.user.is_authenticated and any(duty.role in roles for duty in actor(request).duties)


def roles(*allowed: Role) -> Callable[[HttpRequest], None]:
    """A page rule: only officers who hold one of `allowed` somewhere."""
    names = ", ".join(ROLE_NAMES[role].lower() for role in allowed)

    def rule(request: HttpRequest) -> None:
        if has_role(request, *allowed):
            return
        if Role.ADMIN in allowed and getattr(request, "admin_mode_off", False):
            raise AdminModeNeeded
        raise NotAllowed(reason=f"trang này dành cho {names}.")

    rule.__doc__ = f"Dành cho {names}."
    return rule
