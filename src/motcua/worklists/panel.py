"""On the page of a dossier: what others did since the officer last opened it; opening it notes it as seen."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from motcua.dossiers.rules.state import Dossier
from motcua.kit import clock
from motcua.people.access import actor as actor_of
from motcua.worklists import news, services


def new_since_last_visit(request: HttpRequest, dossier: Dossier) -> SafeString | None:
    """The part of the page, or None when nothing has happened since or the officer opens it for the first time."""
    assert dossier.id is not None
    actor, now = actor_of(request), clock.now()
    before, latest = services.see(dossier.id, actor=actor, now=now)
    if before is None or before >= latest:
        return None
    lines = news.since(dossier.id, actor=actor, after=before, now=now)
    return render_to_string("worklists/_since.html", {"events": lines}) if lines else None
