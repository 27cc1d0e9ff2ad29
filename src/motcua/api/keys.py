"""Who calls: a key acts for one officer, with that officer's positions of today and nothing more."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.security import HttpBearer

from motcua.base.actor import Actor
from motcua.base.time import local_date
from motcua.kit import clock
from motcua.people.queries import actor_of, officer_of_token


class Key(HttpBearer):
    """`Authorization: Bearer <khóa>`; sets `request.auth` to the acting officer."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        now = clock.now()
        officer = officer_of_token(token, now=now)
        return actor_of(officer, on=local_date(now)) if officer else None


def actor(request: HttpRequest) -> Actor:
    """The officer behind the key of this request."""
    return request.auth  # type: ignore[attr-defined]
