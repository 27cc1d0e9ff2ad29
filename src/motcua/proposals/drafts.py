"""What a proposal's paper would say: the facts the act would put on it, printed as a draft."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from motcua.base.errors import NotFound
from motcua.base.time import local
from motcua.dossiers import papers as printed
from motcua.dossiers.held_data import Lookup, with_lookup
from motcua.dossiers.page_queries import papers_of
from motcua.dossiers.rules.state import Dossier
from motcua.dossiers.store import load
from motcua.proposals.models import Proposal
from motcua.proposals.rules import SLIPS, Kind
from motcua.slips.rules import Purpose


def pdf(proposal: Proposal, *, now: datetime) -> bytes:
    """The draft slip as PDF, marked so. Raises NotFound for a kind that issues none."""
    purpose = SLIPS.get(Kind(proposal.kind))
    if purpose is None:
        raise NotFound(what="phiếu dự thảo: việc tạm dừng không phát hành phiếu")
    papers = papers_of(load(proposal.dossier_id, lock=False))
    facts = facts_of(proposal, papers.dossier)
    return printed.draft(papers, Purpose(purpose), facts, officer="", now=now)


def facts_of(proposal: Proposal, dossier: Dossier) -> dict[str, Any]:
    """The facts the approved slip carries; a test holds them against the slips the verbs issue."""
    told = {"reason": proposal.reason, "ground": proposal.ground}
    match Kind(proposal.kind):
        case Kind.SUPPLEMENT:
            return {**told, "items": _items(proposal, dossier), "reply_by": _plain(proposal.reply_by)}
        case Kind.REFUSE:
            return {**told, "after_appraisal": True}
        case Kind.STOP:
            return {**told, "kind": proposal.end_kind}
        case _:
            return {
                "reason": proposal.reason, "old_date": _iso(dossier.due_at), "new_date": _iso(proposal.new_date)
            }  # fmt: skip


def _items(proposal: Proposal, dossier: Dossier) -> list[dict[str, Any]]:
    lookup = Lookup(proposal.lookup, proposal.looked_up_at or proposal.proposed_at, proposal.lookup_file_id)
    return with_lookup(proposal.items, dossier.version_id, lookup if proposal.lookup else None)


def _plain(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _iso(moment: datetime | None) -> str | None:
    return local(moment).isoformat() if moment else None
