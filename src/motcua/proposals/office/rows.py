"""What the pages show of a proposal, and who is offered which answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from motcua.base.actor import Actor
from motcua.deadlines.rules import PauseKind
from motcua.dossiers import access
from motcua.dossiers.rules.state import Dossier
from motcua.dossiers.words import END_KINDS, PAUSE_KINDS
from motcua.kit.columns import shown
from motcua.proposals.models import Proposal
from motcua.proposals.rules import Kind


def may_decide(actor: Actor, proposal: Proposal, dossier: Dossier) -> bool:
    """A head of the competent agency who did not propose it."""
    return proposal.proposer_id != actor.id and access.may(actor, "settle_proposal", dossier)


def answers(proposal: Proposal) -> list[dict[str, Any]]:
    """The proposal as a summary list."""
    told = [(_("Nhóm lý do"), proposal.reason_class.name), *_content(proposal), ("Lý do", proposal.reason)]
    if proposal.ground:
        told.append((_("Căn cứ pháp lý"), proposal.ground))
    if proposal.lookup and proposal.looked_up_at:
        told.append((_("Tra cứu không thành công"), f"{shown(proposal.looked_up_at)}: {proposal.lookup}"))
    if proposal.override:
        told.append((_("Lý do yêu cầu thêm lần nữa"), proposal.override))
    told.append((_("Người đề xuất"), f"{proposal.proposer_label}, {shown(proposal.proposed_at)}"))
    if proposal.decided_at:
        told.append((_("Người quyết định"), f"{proposal.decider_label}, {shown(proposal.decided_at)}"))
    if proposal.decision_note:
        told.append((_("Ý kiến, lý do"), proposal.decision_note))
    return [{"label": label, "value": value} for label, value in told]


def _content(proposal: Proposal) -> Iterator[tuple[str, Any]]:
    """What only this kind says."""
    match Kind(proposal.kind):
        case Kind.SUPPLEMENT:
            yield _("Phải bổ sung"), "; ".join(item["name"] for item in proposal.items)
            if proposal.reply_by:
                yield _("Nộp bổ sung trước"), shown(proposal.reply_by)
        case Kind.PAUSE:
            yield _("Dừng tính vì"), PAUSE_KINDS[PauseKind(proposal.pause_kind)]
        case Kind.STOP:
            yield _("Hình thức"), END_KINDS[proposal.end_kind]
        case Kind.APOLOGY:
            yield _("Ngày hẹn lại"), shown(proposal.new_date) if proposal.new_date else _("Không hẹn lại")
