"""Guessing is limited: wrong secrets per dossier, wrong secrets and unknown codes per client address, in an hour.

A try is counted before it is judged and taken back when it was right, so parallel tries cannot slip through. The hour
begins with the first wrong try; refused tries do not lengthen it.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from motcua.portal.models import Guess

WINDOW = timedelta(hours=1)
KEPT = timedelta(days=1)
PER_DOSSIER = 10
PER_ADDRESS = 30

_COUNT = """
    INSERT INTO portal_guess AS g (key, since, count) VALUES (%(key)s, %(now)s, 1)
    ON CONFLICT (key) DO UPDATE SET
        since = CASE WHEN g.since <= %(expired)s THEN EXCLUDED.since ELSE g.since END,
        count = CASE WHEN g.since <= %(expired)s THEN 1 ELSE g.count + 1 END
    RETURNING since, count
"""
_TAKE_BACK = "UPDATE portal_guess SET count = count - 1 WHERE key = %s AND count > 0"


@dataclass(frozen=True, slots=True)
class Target:
    """What is being guessed against, and how many wrong tries it bears in an hour."""

    kind: str
    value: str
    limit: int

    @property
    def key(self) -> str:
        """A digest that only this installation can make."""
        text = f"{self.kind}:{self.value}".encode()
        return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()


def dossier(code: str) -> Target:
    """The dossier with this code, whether it exists or not."""
    return Target("dossier", code, PER_DOSSIER)


def address(request: HttpRequest) -> Target:
    """The client's address; an IPv6 network of one customer (/64) counts as one."""
    return Target("address", _network(_client(request)), PER_ADDRESS)


def closed_until(target: Target, *, now: datetime) -> datetime | None:
    """When tries are taken again, or None while they are."""
    row = Guess.objects.filter(pk=target.key, since__gt=now - WINDOW, count__gte=target.limit).first()
    return row.since + WINDOW if row else None


def count(target: Target, *, now: datetime) -> datetime | None:
    """Counts one try. Gives when tries are taken again if it was one too many."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": target.key, "now": now, "expired": now - WINDOW})
        since, number = cursor.fetchone()
    if number == 1:
        Guess.objects.filter(since__lt=now - KEPT).delete()
    return since + WINDOW if number > target.limit else None


def take_back(target: Target) -> None:
    """The try was right."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_BACK, [target.key])


def _client(request: HttpRequest) -> str:
    """Behind our proxy the address it saw itself (the last one named); otherwise the connection's."""
    if settings.SECURE_PROXY_SSL_HEADER:
        named = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        return named or request.META["REMOTE_ADDR"]
    return request.META["REMOTE_ADDR"]


def _network(text: str) -> str:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return text[:64]
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
