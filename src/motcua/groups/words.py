"""States and events of groups in the words of the counter and of the owner."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.groups.rules import GroupStage, GroupState, Stage

STAGES = {
    Stage.PENDING: lazy("Chờ thủ tục trước có kết quả"),
    Stage.ELSEWHERE: lazy("Chờ hệ thống của bộ"),
    Stage.BLOCKED: lazy("Không mở"),
    Stage.SUBMITTED: lazy("Đã nộp, chờ tiếp nhận"),
    Stage.OPEN: lazy("Đang giải quyết"),
    Stage.WAITING: lazy("Chờ bổ sung"),
    Stage.READY: lazy("Có kết quả, chờ trả"),
    Stage.RETURNED: lazy("Đã trả kết quả"),
    Stage.ENDED: lazy("Kết thúc, không có kết quả"),
}
TONES = {
    Stage.WAITING: "caution",
    Stage.BLOCKED: "alarm",
    Stage.OPEN: "info",
    Stage.READY: "good",
    Stage.RETURNED: "good",
}
GROUP_TONES = {
    GroupStage.IN_PROGRESS: "info",
    GroupStage.WAITING: "caution",
    GroupStage.PARTLY: "info",
    GroupStage.READY: "good",
    GroupStage.DONE: "good",
}
VERSION_STATES = {
    "draft": lazy("Dự thảo"),
    "published": lazy("Đang công bố"),
    "ended": lazy("Đã thay thế hoặc bãi bỏ"),
}
_GROUP_STAGES = {
    GroupStage.NOT_ACCEPTED: lazy("Chưa tiếp nhận"),
    GroupStage.IN_PROGRESS: lazy("Đang giải quyết (%(settled)s/%(total)s thủ tục có kết quả)"),
    GroupStage.WAITING: lazy("Chờ bổ sung"),
    GroupStage.PARTLY: lazy("Có kết quả một phần (%(settled)s/%(total)s thủ tục)"),
    GroupStage.READY: lazy("Có kết quả, chờ trả"),
    GroupStage.DONE: lazy("Hoàn thành"),
    GroupStage.ENDED: lazy("Kết thúc, không có kết quả"),
}
_EVENTS = {
    "group.received": lazy("Tiếp nhận nhóm hồ sơ, cấp mã %(code)s."),
    "group.continued": lazy("Mở hồ sơ tiếp theo của nhóm: thủ tục %(opened)s."),
    "group.joined": lazy("Liên kết hồ sơ %(code)s của hệ thống bộ vào thủ tục %(position)s."),
    "group.returned": lazy("Trả kết quả một lần cho các thủ tục %(positions)s (%(method)s)."),
    "group.withdrawn": lazy("Chủ hồ sơ rút các thủ tục %(positions)s (%(evidence)s)."),
}
"""Every event of `services`; a test holds this list against them."""


def state_words(state: GroupState) -> str:
    """The one state in words, with what ended without a result."""
    words = str(_GROUP_STAGES[state.stage]) % {"settled": state.settled, "total": state.total}
    if state.without_result and state.stage is not GroupStage.ENDED:
        words += "; " + _("%(n)s thủ tục không có kết quả") % {"n": state.without_result}
    return words


def lateness_words(state: GroupState) -> str:
    """The worst lateness of the group, told as it is; empty when nothing is late."""
    late = state.lateness
    if not late.late:
        return ""
    told = {"n": late.late, "days": late.worst_days, "now": late.overdue_now}
    if late.overdue_now:
        return _("%(now)s thủ tục đang quá hạn; thủ tục muộn nhất quá hạn %(days)s ngày.") % told
    return _("%(n)s thủ tục có kết quả muộn hơn ngày hẹn; muộn nhất %(days)s ngày.") % told


def event_words(name: str, data: dict[str, Any]) -> str:
    """What happened, in one sentence."""
    told = {key: ", ".join(map(str, value)) if isinstance(value, list) else value for key, value in data.items()}
    return str(_EVENTS[name]) % told
