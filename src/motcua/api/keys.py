"""Who calls: a key acts for one officer, with that officer's positions of today and nothing more."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.security import HttpBearer

from motcua.base.actor import Actor
from motcua.kit import clock
from motcua.people.queries import actor_of_token


class Key(HttpBearer):
    """`Authorization: Bearer <khóa>`; sets `request.auth` to the acting officer."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        return actor_of_token(token, now=clock.now())


def actor(request: HttpRequest) -> Actor:
    """The officer behind the key of this request."""
    return request.auth  # type: ignore[attr-defined]
