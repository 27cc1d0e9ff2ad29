"""The part of the dossier page that tells its opinions and field checks, and offers to ask."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from motcua.dossiers import access
from motcua.dossiers.rules.state import IN_HAND, Dossier
from motcua.kit import clock
from motcua.people.access import actor
from motcua.proposals import opinion_queries
from motcua.proposals.office.opinion_rows import standing


def shown(request: HttpRequest, dossier: Dossier) -> SafeString | None:
    """Requests with their answers; None when there is none and the officer may not ask."""
    rows = opinion_queries.opinions_of(dossier.id or 0)
    may_ask = dossier.state in IN_HAND and access.may(actor(request), "ask_opinion", dossier)
    if not rows and not may_ask:
        return None
    context: dict[str, Any] = {
        "rows": [standing(row, clock.now()) for row in rows], "dossier": dossier, "may_ask": may_ask
    }  # fmt: skip
    return SafeString(render_to_string("proposals/opinion_panel.html", context))
