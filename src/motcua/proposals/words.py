"""Proposals in the words of the office."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.proposals.rules import KIND_NAMES, STATE_NAMES, Kind, State

SLUGS = {
    Kind.SUPPLEMENT: "bo-sung",
    Kind.REFUSE: "tu-choi",
    Kind.PAUSE: "tam-dung",
    Kind.STOP: "dung",
    Kind.APOLOGY: "xin-loi",
}
BY_SLUG = {slug: kind for kind, slug in SLUGS.items()}
TITLES = {
    Kind.SUPPLEMENT: lazy("Đề xuất yêu cầu bổ sung hồ sơ"),
    Kind.REFUSE: lazy("Đề xuất từ chối giải quyết"),
    Kind.PAUSE: lazy("Đề xuất tạm dừng tính thời hạn"),
    Kind.STOP: lazy("Đề xuất dừng giải quyết, trả lại hồ sơ"),
    Kind.APOLOGY: lazy("Đề xuất xin lỗi, hẹn lại"),
}
TONES = {State.PENDING: "caution", State.APPROVED: "good", State.REJECTED: "alarm", State.TAKEN_BACK: "neutral"}


def kind_words(kind: str) -> str:
    """What is proposed."""
    return _(KIND_NAMES[Kind(kind)])


def state_words(state: str) -> str:
    """Where the proposal stands."""
    return _(STATE_NAMES[State(state)])


def consequence(kind: Kind) -> Any:
    """What an approval brings about, for the head who is asked."""
    return {
        Kind.SUPPLEMENT: _("Phiếu yêu cầu bổ sung được phát hành ngay cho chủ hồ sơ; thời hạn dừng tính theo quy định."),
        Kind.REFUSE: _("Phiếu từ chối được phát hành ngay; việc giải quyết kết thúc với kết quả từ chối."),
        Kind.PAUSE: _("Thời hạn dừng tính ngay; người đồng ý được ghi là người cho phép tạm dừng."),
        Kind.STOP: _("Thông báo dừng được phát hành ngay; việc giải quyết kết thúc, không có kết quả."),
        Kind.APOLOGY: _("Phiếu xin lỗi được phát hành ngay cho chủ hồ sơ; hạn để tính đúng hạn, quá hạn không đổi."),
    }[kind]
