"""What may be proposed, how a proposal ends, and the reasons for a refusal. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from motcua.base.errors import MotcuaError
from motcua.base.time import local


class Kind(StrEnum):
    """What the specialised officer asks the head to decide."""

    SUPPLEMENT = "supplement"
    REFUSE = "refuse"
    PAUSE = "pause"
    STOP = "stop"
    APOLOGY = "apology"


class State(StrEnum):
    """đang xem xét, đồng ý, không đồng ý, rút đề xuất."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    TAKEN_BACK = "taken_back"


KIND_NAMES = {
    Kind.SUPPLEMENT: "Yêu cầu bổ sung hồ sơ",
    Kind.REFUSE: "Từ chối giải quyết (không giải quyết)",
    Kind.PAUSE: "Tạm dừng tính thời hạn",
    Kind.STOP: "Dừng giải quyết, trả lại hồ sơ",
    Kind.APOLOGY: "Xin lỗi, hẹn lại ngày trả",
}
STATE_NAMES = {
    State.PENDING: "Đang xem xét",
    State.APPROVED: "Đồng ý",
    State.REJECTED: "Không đồng ý",
    State.TAKEN_BACK: "Rút đề xuất",
}
ACTS = {
    Kind.SUPPLEMENT: "ask_supplement",
    Kind.REFUSE: "decide",
    Kind.PAUSE: "pause",
    Kind.STOP: "stop",
    Kind.APOLOGY: "apologise",
}
"""The verb of the spine that an approval performs."""
SLIPS = {
    Kind.SUPPLEMENT: "SUPPLEMENT",
    Kind.REFUSE: "REFUSAL",
    Kind.STOP: "STOP",
    Kind.APOLOGY: "APOLOGY",
}
"""The paper that goes out; a pause has none."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is proposed. Which of the later fields count depends on `kind`; `reason_class` is a code of the configured list."""

    kind: Kind
    reason_class: str
    reason: str
    ground: str = ""
    items: tuple[dict[str, str], ...] = ()
    reply_by: datetime | None = None
    override: str = ""
    lookup: str = ""
    looked_up_at: datetime | None = None
    lookup_file_id: int | None = None
    pause_kind: str = ""
    end_kind: str = ""
    new_date: datetime | None = None


class AlreadySettled(MotcuaError):
    """The second of two heads, or a button pressed twice."""

    code = "proposal_settled"
    sentence = "Đề xuất này đã kết thúc ({state}) lúc {at} bởi {by}. Không cần xử lý lại; hãy tải lại trang để xem."
    status = 409


class ProposalChanged(MotcuaError):
    """The head decides on what they have read, not on what was written since."""

    code = "proposal_changed"
    sentence = "Đề xuất vừa được {by} sửa lúc {at}. Hãy đọc lại nội dung mới rồi thực hiện lại."
    status = 409


class OwnProposal(MotcuaError):
    code = "own_proposal"
    sentence = "Người lập đề xuất không được tự quyết định đề xuất của mình. Hãy để lãnh đạo khác có thẩm quyền quyết định."
    status = 403


class NotTheProposer(MotcuaError):
    code = "not_the_proposer"
    sentence = "Chỉ người lập đề xuất ({by}) được sửa hoặc rút đề xuất này."
    status = 403


class ProposedAlready(MotcuaError):
    code = "proposed_already"
    sentence = "Hồ sơ đã có đề xuất “{kind}” đang chờ lãnh đạo xem xét. Hãy sửa hoặc rút đề xuất đó trước."
    status = 409


class RejectionWithoutReason(MotcuaError):
    code = "rejection_without_reason"
    sentence = "Hãy ghi lý do không đồng ý để người đề xuất biết phải làm gì tiếp."


class ReasonClassUnknown(MotcuaError):
    code = "reason_class_unknown"
    sentence = "Hãy chọn nhóm lý do trong danh mục đang áp dụng."


class DraftIncomplete(MotcuaError):
    code = "proposal_incomplete"
    sentence = "Đề xuất còn thiếu: {missing}."


def check(draft: Draft) -> None:
    """Refuses a draft that the act could not carry out, so that no head approves an empty paper. Raises DraftIncomplete."""
    missing = list(_missing(draft))
    if missing:
        raise DraftIncomplete(missing=", ".join(missing))


def _missing(draft: Draft) -> Any:
    if not draft.reason.strip():
        yield "lý do"
    if draft.kind is not Kind.APOLOGY and not draft.ground.strip():
        yield "căn cứ pháp lý"
    if draft.kind is Kind.SUPPLEMENT and not any(item.get("name", "").strip() for item in draft.items):
        yield "giấy tờ, nội dung phải bổ sung"
    if draft.kind is Kind.PAUSE and not draft.pause_kind:
        yield "lý do được dừng tính thời hạn"
    if draft.kind is Kind.STOP and not draft.end_kind:
        yield "hình thức dừng"


def moment_words(moment: datetime) -> str:
    """ "09:30 ngày 10/03/2026"."""
    return f"{local(moment):%H:%M ngày %d/%m/%Y}"
