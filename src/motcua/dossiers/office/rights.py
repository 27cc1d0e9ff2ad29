"""Rights in words: why I see this dossier, and who else sees it. Told by the very predicates that let people in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base.actor import Actor, Duty
from motcua.base.time import local_date
from motcua.dossiers import access
from motcua.dossiers.office.guard import dossier_of, sees_the_dossier
from motcua.dossiers.office.page import title_of
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.organisation import queries as units
from motcua.people.access import actor as actor_of
from motcua.people.office_self import position_words
from motcua.people.queries import actors_on


@require_safe
@requires(sees_the_dossier)
def why(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """Every reason that lets the officer see the dossier, and what they may do to it now."""
    dossier, actor = dossier_of(request), actor_of(request)
    reasons = [{"position": _position(duty), "sentence": _(words)} for duty, words in access.why_visible(actor, dossier)]
    return render(request, "dossiers/why.html", {"dossier": dossier, "title": title_of(dossier), "reasons": reasons})


@require_safe
@requires(sees_the_dossier)
def who(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """Everybody who sees the dossier today, by unit, with position and reason."""
    dossier = dossier_of(request)
    found: dict[str, list[dict[str, Any]]] = {}
    for actor, reasons in access.who_sees(actors_on(local_date(clock.now())), dossier):
        for duty, words in _reasons_once(reasons):
            place = units.latest(duty.unit_id).name if duty else _("Được hỏi ý kiến, được chia sẻ")
            found.setdefault(place, []).append({"name": _name(actor), "position": _position(duty), "sentence": _(words)})
    groups = [{"unit": place, "rows": rows} for place, rows in sorted(found.items())]
    context = {"dossier": dossier, "title": title_of(dossier), "groups": groups, "count": sum(len(g["rows"]) for g in groups)}
    return render(request, "dossiers/who.html", context)


def _reasons_once(reasons: list[tuple[Duty | None, str]]) -> list[tuple[Duty | None, str]]:
    """One line a position, its first reason: the list stays readable, and nobody is left out."""
    seen: dict[Duty | None, str] = {}
    for duty, words in reasons:
        seen.setdefault(duty, words)
    return list(seen.items())


def _name(actor: Actor) -> str:
    return actor.label.partition(" (")[0]


def _position(duty: Duty | None) -> str:
    return position_words(duty) if duty else ""
