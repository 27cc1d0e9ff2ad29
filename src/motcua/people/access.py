"""Who acts in a request, and rules by role for pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from motcua.base.actor import Actor
from motcua.base.errors import NotAllowed
from motcua.base.time import local_date
from motcua.kit.clock import now
from motcua.people.queries import actor_of
from motcua.people.rules import ROLE_NAMES, Role


def actor(request: HttpRequest) -> Actor:
    """The signed-in officer with today's positions; read once a request."""
    known: Actor | None = getattr(request, "_actor", None)
    if known is None:
        known = actor_of(request.user, on=local_date(now()))  # type: ignore[arg-type]
        request._actor = known  # type: ignore[attr-defined]
    return known


def has_role(request: HttpRequest, *roles: Role) -> bool:
    """Whether the officer holds one of `roles` anywhere; for menus."""
    return request.user.is_authenticated and any(duty.role in roles for duty in actor(request).duties)


def roles(*allowed: Role) -> Callable[[HttpRequest], None]:
    """A page rule: only officers who hold one of `allowed` somewhere."""
    names = ", ".join(ROLE_NAMES[role].lower() for role in allowed)

    def rule(request: HttpRequest) -> None:
        if not has_role(request, *allowed):
            raise NotAllowed(reason=f"trang này dành cho {names}.")

    rule.__doc__ = f"Dành cho {names}."
    return rule
