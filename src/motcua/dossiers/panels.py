"""Rooms above may add a part to the dossier page (post, messages …). Filled in `site/wiring.py`."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

from motcua.dossiers.rules.state import Dossier

Panel = Callable[[HttpRequest, Dossier], SafeString | None]
"""Gives a rendered `section.mc-card`, or None when it has nothing to say. Runs within the page's request."""
PANELS: list[Panel] = []


def rendered(request: HttpRequest, dossier: Dossier) -> list[SafeString]:
    """What the rooms above add to this dossier's page."""
    return [part for panel in PANELS if (part := panel(request, dossier)) is not None]
