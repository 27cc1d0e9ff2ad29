"""The part of the dossier page that tells of time used, warnings, the letter and what is stuck."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from motcua.alerts import queries, rules, words
from motcua.alerts.rules import OWING, LetterState
from motcua.dossiers import access, services
from motcua.dossiers.quick_clock import quick
from motcua.dossiers.rules.state import IN_HAND, ON_WORKLIST, Dossier
from motcua.dossiers.watch_queries import RUNNING
from motcua.kit import clock
from motcua.organisation.queries import latest
from motcua.people.access import actor


def panel(request: HttpRequest, dossier: Dossier) -> SafeString | None:
    """Time used and warnings of a dossier in hand; nothing once it ended."""
    if dossier.state not in ON_WORKLIST or dossier.id is None:
        return None
    share, stuck = _share(dossier), queries.stuck_of(dossier.id)
    if share is None and not stuck:
        return None
    state = _letter(dossier)
    told = {
        "share": share, "bar": min(share or 0, 100), "running": dossier.state in RUNNING,
        "alerts": [{"level": words.level(p), "at": at} for p, at, holds in queries.alerts_of(dossier.id) if holds],
        "letter": words.LETTERS[state], "owing": state in OWING, "dossier": dossier,
        "may_write": state in {LetterState.TO_WRITE, *OWING} and access.may(actor(request), "draft_apology", dossier),
        "stuck": [_obstacle(row) for row in stuck],
    }  # fmt: skip
    return render_to_string("alerts/panel.html", told, request)


def _share(dossier: Dossier) -> int | None:
    start = dossier.received_at or dossier.forward_by
    if dossier.state not in IN_HAND or dossier.due_at is None or start is None:
        return None
    between = quick(services.clock_of(dossier).calendar).session_time_between
    stops = rules.stops_of(dossier.pauses)
    return rules.share_used(start=start, due=dossier.due_at, at=clock.now(), stops=stops, between=between)


def _letter(dossier: Dossier) -> LetterState:
    if dossier.due_at is None or dossier.is_mirrored or dossier.state not in RUNNING:
        return LetterState.NOT_YET
    by = services.clock_of(dossier)
    draft_at = rules.draft_from(dossier.due_at, lead_days=by.rules.apology_lead_days, calendar=by.calendar)
    letters = [
        (slip.issued_at, rules.moment(slip.facts.get("new_date")))
        for slip in dossier.slips
        if slip.purpose == "APOLOGY"
    ]
    return rules.letter_state(due=dossier.due_at, letters=letters, draft_at=draft_at, now=clock.now())


def _obstacle(row: Any) -> dict[str, Any]:
    unit = row.detail.get("unit")
    why = words.why_stuck(row.reason, row.detail, latest(unit).name if unit else "")
    return {"why": why, "remedy": words.REMEDIES[row.reason], "since": row.since}
