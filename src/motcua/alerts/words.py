"""What alerts, letters and obstacles are called on screen, and what to do about an obstacle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.alerts.rules import LetterState, Obstacle, Plan, Recipient
from motcua.people.queries import officer_name
from motcua.people.rules import ROLE_NAMES, Role

RECIPIENTS = {
    Recipient.HOLDER: lazy("Cán bộ đang giữ"),
    Recipient.LEADER: lazy("Lãnh đạo đơn vị"),
    Recipient.CENTRE: lazy("Giám đốc Trung tâm"),
    Recipient.CHAIR: lazy("Chủ tịch"),
}
RUNGS = {1: lazy("lãnh đạo đơn vị"), 2: lazy("giám đốc Trung tâm và Chủ tịch")}
OBSTACLES = {
    Obstacle.IDLE: lazy("Không có thao tác"),
    Obstacle.TRANSFER: lazy("Chuyển chưa đến nơi"),
    Obstacle.UNDELIVERED: lazy("Tin gửi đi chưa được"),
    Obstacle.NOBODY: lazy("Không ai giữ bước"),
    Obstacle.ABSENT: lazy("Người giữ vắng mặt"),
}
REMEDIES = {
    Obstacle.IDLE: lazy("Cán bộ đang giữ xử lý bước này hoặc lãnh đạo phân công người khác."),
    Obstacle.TRANSFER: lazy(
        "Nơi nhận xác nhận đã nhận hồ sơ; nếu chưa nhận được, hai bên gọi nhau và chuyển lại."
    ),
    Obstacle.UNDELIVERED: lazy(
        "Quản trị xem Hộp thư đi và gửi lại; trong lúc chờ, báo chủ hồ sơ qua điện thoại."
    ),
    Obstacle.NOBODY: lazy("Quản trị phân vai trò này cho một cán bộ của đơn vị."),
    Obstacle.ABSENT: lazy("Lãnh đạo phân công cán bộ khác giữ bước này."),
}
LETTERS = {
    LetterState.NOT_YET: lazy("chưa cần"),
    LetterState.TO_WRITE: lazy("cần gửi trước khi hết hạn nếu không kịp trả kết quả"),
    LetterState.SENT: lazy("đã gửi"),
    LetterState.OWED: lazy("quá hạn, chưa có thư xin lỗi"),
    LetterState.OWED_AGAIN: lazy("đã qua ngày hẹn lại, phải gửi thư tiếp; không được hẹn lại lần nữa"),
}


def level(percent: int) -> str:
    """ "Mức 80 %"."""
    return _("Mức %(percent)s %%") % {"percent": percent}


def level_tone(percent: int) -> str:
    """Late is red, the last levels before it amber."""
    return "alarm" if percent >= 100 else "caution" if percent >= 75 else ""


def to_words(plan: Plan) -> list[str]:
    """The levels of a plan, a line each."""
    return [
        f"{level.percent} %: " + ", ".join(str(RECIPIENTS[who]) for who in level.to) for level in plan.levels
    ]


def why_stuck(reason: str, detail: Mapping[str, Any], place: str) -> str:
    """The reason in a sentence; `place` is the name of the unit it happened at."""
    role = str(_(ROLE_NAMES[Role(detail["role"])])).lower() if detail.get("role") else ""
    values = {
        "place": place,
        "role": role,
        "name": officer_name(detail.get("holder")),
        "to": destination(detail),
    }
    sentences = {
        Obstacle.IDLE: _("Không ai thao tác trên hồ sơ, quá số giờ làm việc cho phép."),
        Obstacle.TRANSFER: _(
            "Đã chuyển đi nhưng %(place)s chưa xác nhận nhận hồ sơ khi đã quá giờ phải nhận."
        ),
        Obstacle.UNDELIVERED: _("%(to)s gửi nhiều lần chưa được."),
        Obstacle.NOBODY: _("Tại %(place)s hôm nay không có ai làm %(role)s."),
        Obstacle.ABSENT: _("%(name)s đang giữ bước nhưng hôm nay không làm %(role)s tại %(place)s."),
    }
    return sentences[Obstacle(reason)] % values


def destination(detail: Mapping[str, Any]) -> str:
    """What could not be delivered, in words."""
    names = {"email.applicant": _("Thư báo chủ hồ sơ"), "email.unit": _("Thư báo đơn vị")}
    return names.get(detail.get("destination", ""), _("Tin gửi hệ thống khác"))


def _escalated(data: Mapping[str, Any], units: Mapping[int, str]) -> str:
    return _("Quá hạn chưa có thư xin lỗi: báo cáo %(to)s.") % {"to": RUNGS[data["rung"]]}


SENTENCES = {"alerts.letter_escalated": _escalated}
"""What this room writes into the history of a dossier."""
