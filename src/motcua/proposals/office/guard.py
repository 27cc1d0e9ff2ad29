"""The rule of every page of one proposal: it exists and the officer may see its dossier."""

from __future__ import annotations

from django.http import HttpRequest

from motcua.people.access import actor
from motcua.proposals import queries
from motcua.proposals.models import Proposal


def sees_the_proposal(request: HttpRequest) -> None:
    """Cán bộ được xem hồ sơ của đề xuất."""
    match = request.resolver_match
    assert match is not None
    request.proposal = queries.proposal(match.kwargs["proposal_id"], actor=actor(request))  # type: ignore[attr-defined]


def proposal_of(request: HttpRequest) -> Proposal:
    """The proposal the rule has loaded; read once a request."""
    return request.proposal  # type: ignore[attr-defined]
