"""Proposals and opinions told in the history of their dossier."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.dossiers.history import Data, Units
from motcua.proposals.rules import KIND_NAMES, Kind


def _about(text: Any) -> Callable[[Data, Units], str]:
    return lambda data, units: str(text) % {"kind": _(KIND_NAMES[Kind(data["kind"])]).lower()}


SENTENCES: dict[str, Callable[[Data, Units], str]] = {
    "proposal.proposed": _about(lazy("Đề xuất lãnh đạo: %(kind)s.")),
    "proposal.draft_changed": _about(lazy("Sửa nội dung đề xuất: %(kind)s.")),
    "proposal.taken_back": _about(lazy("Rút đề xuất: %(kind)s.")),
    "proposal.approved": _about(lazy("Lãnh đạo đồng ý đề xuất: %(kind)s.")),
    "proposal.rejected": _about(lazy("Lãnh đạo không đồng ý đề xuất: %(kind)s.")),
}
