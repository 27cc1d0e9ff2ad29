"""The part of the dossier page that tells its proposals and offers new ones."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from motcua.base.actor import Actor
from motcua.dossiers import access
from motcua.dossiers.rules.state import Dossier
from motcua.people.access import actor
from motcua.proposals import queries, words
from motcua.proposals.models import Proposal
from motcua.proposals.rules import Kind, State
from motcua.proposals.services import states_of


def shown(request: HttpRequest, dossier: Dossier) -> SafeString | None:
    """Proposals under consideration with what the officer may do, those settled, and what may be proposed."""
    by = actor(request)
    rows = queries.proposals_of(dossier.id or 0)
    offers = _offers(by, dossier, {row.kind for row in rows if row.state == State.PENDING})
    if not rows and not offers:
        return None
    context = {"rows": [_row(row, by, dossier) for row in rows], "offers": offers}
    return SafeString(render_to_string("proposals/panel.html", context))


def _row(row: Proposal, by: Actor, dossier: Dossier) -> dict[str, Any]:
    pending = row.state == State.PENDING
    return {
        "proposal": row, "kind": words.kind_words(row.kind), "state": words.state_words(row.state),
        "tone": words.TONES[State(row.state)], "url": reverse("proposals_office:show", args=[row.pk]),
        "decides": pending and row.proposer_id != by.id and access.may(by, "settle_proposal", dossier),
    }  # fmt: skip


def _offers(by: Actor, dossier: Dossier, pending: set[str]) -> list[dict[str, Any]]:
    """What may be proposed now. A head acts directly and is not offered to ask another."""
    if not access.may(by, "propose", dossier) or access.may(by, "settle_proposal", dossier):
        return []
    return [
        {"title": words.TITLES[kind], "url": reverse("proposals_office:propose", args=[dossier.id, words.SLUGS[kind]])}
        for kind in Kind
        if dossier.state in states_of(kind) and kind not in pending
    ]
