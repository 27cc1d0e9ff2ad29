"""Opinions of other agencies and field checks: what is asked, how it is answered, and the refusals. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from motcua.base.errors import MotcuaError


class OpinionKind(StrEnum):
    """What is asked (NĐ 61/2018 Đ19.3, Đ19.5)."""

    OPINION = "opinion"
    FIELD_CHECK = "field_check"


class Verdict(StrEnum):
    AGREE = "agree"
    DISAGREE = "disagree"
    OTHER = "other"


OPINION_NAMES = {
    OpinionKind.OPINION: "Lấy ý kiến cơ quan, đơn vị",
    OpinionKind.FIELD_CHECK: "Kiểm tra, xác minh thực địa",
}
VERDICT_NAMES = {Verdict.AGREE: "Đồng ý", Verdict.DISAGREE: "Không đồng ý", Verdict.OTHER: "Ý kiến khác"}


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of whom: a unit of this system, or an `agency` outside whose answer the asker writes down.

    hours: working time to answer. joined: the step is not left before the answer. A field check says where, when, with whom.
    """

    kind: OpinionKind
    content: str
    hours: float
    unit_id: int | None = None
    agency: str = ""
    joined: bool = True
    place: str = ""
    meet_at: datetime | None = None
    participants: str = ""


class OpinionIncomplete(MotcuaError):
    code = "opinion_incomplete"
    sentence = "Yêu cầu ý kiến còn thiếu: {missing}."


class OpinionSettled(MotcuaError):
    code = "opinion_settled"
    sentence = "Yêu cầu ý kiến này đã được trả lời hoặc kết thúc. Hãy tải lại trang để xem."
    status = 409


def check(asking: Asking) -> None:
    """Refuses what nobody could answer. Raises OpinionIncomplete."""
    missing = []
    if not asking.content.strip():
        missing.append("nội dung")
    if (asking.unit_id is None) == (not asking.agency.strip()):
        missing.append("một đơn vị trong danh sách hoặc tên một cơ quan khác")
    if asking.hours <= 0:
        missing.append("thời hạn trả lời lớn hơn 0 giờ làm việc")
    if asking.kind is OpinionKind.FIELD_CHECK and not (asking.place.strip() and asking.meet_at and asking.participants.strip()):
        missing.append("địa điểm, thời gian và thành phần tham gia kiểm tra")
    if missing:
        raise OpinionIncomplete(missing=", ".join(missing))
