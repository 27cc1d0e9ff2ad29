"""Proposals and opinions told in the history of their dossier."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.dossiers.history import Data, Units
from motcua.proposals.opinion_rules import OPINION_NAMES, VERDICT_NAMES, OpinionKind, Verdict
from motcua.proposals.rules import KIND_NAMES, Kind


def _about(text: Any) -> Callable[[Data, Units], str]:
    return lambda data, units: str(text) % {"kind": _(KIND_NAMES[Kind(data["kind"])]).lower()}


def _opinion(text: Any) -> Callable[[Data, Units], str]:
    return lambda data, units: str(text) % {
        "what": _(OPINION_NAMES[OpinionKind(data["kind"])]),
        "asked": data["asked"],
        "verdict": _(VERDICT_NAMES[Verdict(data["verdict"])]).lower() if data.get("verdict") else "",
    }


SENTENCES: dict[str, Callable[[Data, Units], str]] = {
    "proposal.proposed": _about(lazy("Đề xuất lãnh đạo: %(kind)s.")),
    "proposal.draft_changed": _about(lazy("Sửa nội dung đề xuất: %(kind)s.")),
    "proposal.taken_back": _about(lazy("Rút đề xuất: %(kind)s.")),
    "proposal.approved": _about(lazy("Lãnh đạo đồng ý đề xuất: %(kind)s.")),
    "proposal.rejected": _about(lazy("Lãnh đạo không đồng ý đề xuất: %(kind)s.")),
    "opinion.asked": _opinion(lazy("%(what)s: gửi %(asked)s.")),
    "opinion.answered": _opinion(lazy("%(asked)s trả lời: %(verdict)s.")),
    "opinion.closed": _opinion(lazy("Kết thúc yêu cầu ý kiến gửi %(asked)s, không chờ trả lời.")),
    "opinion.overdue": _opinion(
        lazy("%(asked)s quá hạn trả lời; cơ quan chủ trì phải thông báo người đứng đầu Bộ phận Một cửa.")
    ),
}
