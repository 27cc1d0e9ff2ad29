"""The rule of every page of one dossier: it exists and the officer may see it."""

from __future__ import annotations

from django.http import HttpRequest

from motcua.dossiers import access, store, worklist
from motcua.dossiers.rules.state import Dossier
from motcua.people.access import actor, roles

works_on_dossiers = roles(*worklist.WORKERS, *access.OVERSEERS)
"""The rule of the lists: everybody with a position on dossiers; what they show is `access.visible`."""


def sees_the_dossier(request: HttpRequest) -> None:
    """Cán bộ của đơn vị tiếp nhận hoặc đơn vị giải quyết hồ sơ, và người giám sát các đơn vị đó."""
    match = request.resolver_match
    assert match is not None
    dossier = store.load(match.kwargs["dossier_id"], lock=False)
    access.require_sees(actor(request), dossier)
    request.dossier = dossier  # type: ignore[attr-defined]


def dossier_of(request: HttpRequest) -> Dossier:
    """The dossier the rule has loaded; read once a request."""
    return request.dossier  # type: ignore[attr-defined]
