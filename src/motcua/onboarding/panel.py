"""On the page of a dossier that came from another system: its code there."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from motcua.dossiers.queries import old_codes
from motcua.dossiers.rules.state import Dossier


def origin(request: HttpRequest, dossier: Dossier) -> SafeString | None:
    """Old code and system; a dossier received here says nothing and costs nothing."""
    if dossier.taken_over_at is None or dossier.id is None:
        return None
    context = {
        "codes": old_codes(dossier.id),
        "since": dossier.taken_over_at,
        "kept": dossier.promise_taken_over,
    }
    return render_to_string("onboarding/_origin.html", context)
