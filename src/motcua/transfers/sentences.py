"""The events of this room told in the history of the dossier; for `dossiers.history.ALSO_TOLD`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.dossiers.history import moment_words
from motcua.transfers.rules import RefusalKind
from motcua.transfers.words import REFUSAL_KINDS, TIMINGS

Data = Mapping[str, Any]
Sentence = Callable[[Data, Mapping[int, str]], str]


def _plain(text: Any) -> Sentence:
    return lambda data, units: str(text) % _printable(data)


def _printable(data: Data) -> dict[str, Any]:
    kinds = {kind.value: words for kind, words in REFUSAL_KINDS.items()}
    timing = TIMINGS.get(data.get("timing", ""), ("", ""))[0]
    return {
        **data, "due": moment_words(data.get("due")), "timing": str(timing).lower(),
        "kind_words": str(kinds.get(RefusalKind(data["reason_kind"]), "")).lower() if data.get("reason_kind") else "",
    }  # fmt: skip


def _finished(data: Data, units: Mapping[int, str]) -> str:
    return _("%(to_unit_name)s kết thúc chặng liên thông (%(timing)s).") % _printable(data)


SENTENCES: dict[str, Sentence] = {
    "transfers.handed_over": _plain(
        lazy("%(from_unit_name)s bàn giao cho %(to_unit_name)s theo phiếu %(number)s, chờ bên nhận xác nhận.")
    ),
    "transfers.taken_over": _plain(lazy("%(to_unit_name)s xác nhận đã nhận theo phiếu %(number)s.")),
    "transfers.line_refused": _plain(
        lazy("%(to_unit_name)s từ chối nhận theo phiếu %(number)s (%(kind_words)s).")
    ),
    "transfers.line_resent": _plain(
        lazy("%(from_unit_name)s gửi lại theo phiếu %(number)s; %(to_unit_name)s phải xác nhận trước %(due)s.")
    ),
    "transfers.line_taken_back": _plain(lazy("%(from_unit_name)s thu hồi dòng đã giao trên phiếu %(number)s.")),
    "transfers.line_redirected": _plain(
        lazy("%(from_unit_name)s rút khỏi phiếu %(number)s để chuyển đến đơn vị khác.")
    ),
    "transfers.leg_sent": _plain(
        lazy("%(from_unit_name)s gửi liên thông đến %(to_unit_name)s: %(purpose)s; hạn của chặng %(due)s.")
    ),
    "transfers.leg_received": _plain(lazy("%(to_unit_name)s xác nhận nhận hồ sơ liên thông.")),
    "transfers.leg_finished": _finished,
    "transfers.leg_cancelled": _plain(lazy("Thu hồi chặng liên thông đến %(to_unit_name)s.")),
    "transfers.leg_resent": _plain(
        lazy("%(from_unit_name)s gửi lại chặng liên thông; %(to_unit_name)s phải xác nhận trước %(due)s.")
    ),
    "transfers.delivery_retried": _plain(lazy("Gửi lại tin lỗi đến %(destination)s.")),
}
"""One for each event that `records.tell` is called with; a test holds the two together."""
