"""Reads of proposals: what waits, one in hand, those of a dossier, the reason classes of a day."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from motcua.base.actor import Actor
from motcua.base.errors import NotFound
from motcua.dossiers import access, store
from motcua.people.rules import Role
from motcua.proposals.models import Proposal, ReasonClass
from motcua.proposals.rules import Kind, State


def seen(actor: Actor) -> QuerySet[Proposal]:
    """Proposals of the officer's own units: a part of what `dossiers.access.visible` opens, answered by one index."""
    units = actor.units(Role.SPECIALIST, *access.OVERSEERS)
    rows = Proposal.objects.filter(unit_id__in=units)
    return rows.select_related("reason_class", "dossier__version", "dossier__applicant")


def waiting(actor: Actor) -> QuerySet[Proposal]:
    """What waits for the officer's decision as a head: never what they proposed themselves. The oldest first."""
    heads = actor.units(Role.LEADER)
    rows = seen(actor).filter(unit_id__in=heads, state=State.PENDING).exclude(proposer_id=actor.id)
    return rows.order_by("proposed_at", "pk")


def proposal(proposal_id: int, *, actor: Actor) -> Proposal:
    """One proposal. A dossier the officer may not see has none: raises NotFound and NotAllowed as its page does."""
    found = Proposal.objects.select_related("reason_class", "slip").filter(pk=proposal_id).first()
    if found is None:
        raise NotFound(what="đề xuất này")
    access.require_sees(actor, store.load(found.dossier_id, lock=False))
    return found


def proposals_of(dossier_id: int) -> list[Proposal]:
    """Every proposal of a dossier, the latest first. The caller has checked who may see the dossier."""
    rows = Proposal.objects.filter(dossier_id=dossier_id).select_related("reason_class")
    return list(rows.order_by("-proposed_at", "-pk"))


def reason_classes(kind: Kind | None = None, *, on: date) -> list[ReasonClass]:
    """The classes in force on `on`, those for `kind` when one is given."""
    rows = ReasonClass.objects.filter(valid__contains=on)
    return list(rows.filter(kinds__contains=[kind]) if kind else rows)
