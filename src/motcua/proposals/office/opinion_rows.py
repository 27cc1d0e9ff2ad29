"""How a request for an opinion stands, in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.proposals.models import OpinionRequest
from motcua.proposals.opinion_rules import OPINION_NAMES, VERDICT_NAMES, OpinionKind, Verdict
from motcua.proposals.opinions import name_of


def standing(row: OpinionRequest, now: datetime) -> dict[str, Any]:
    """One request with its state and tone."""
    words, tone = _state(row, now)
    return {
        "row": row, "asked": name_of(row), "what": _(OPINION_NAMES[OpinionKind(row.kind)]), "state": words, "tone": tone,
        "late": row.is_open and row.due_at < now,
    }  # fmt: skip


def _state(row: OpinionRequest, now: datetime) -> tuple[str, str]:
    if row.answered_at:
        return _(VERDICT_NAMES[Verdict(row.verdict)]), "alarm" if row.verdict == Verdict.DISAGREE else "good"
    if row.closed_at:
        return _("Không chờ trả lời"), "neutral"
    return (_("Quá hạn trả lời"), "alarm") if row.due_at < now else (_("Chờ trả lời"), "caution")
