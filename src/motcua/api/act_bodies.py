"""The bodies of the acts and the verb each calls. A body knows how to do its act; the verb judges."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AwareDatetime, Field

from motcua.api.dossier_shapes import Strict
from motcua.api.files import number_of
from motcua.api.words import Area, Id, Line, Note, Number
from motcua.base.actor import Actor
from motcua.base.errors import InvalidInput
from motcua.base.time import local_date
from motcua.deadlines.rules import PauseKind
from motcua.dossiers import services
from motcua.dossiers.held_data import Lookup
from motcua.dossiers.routing import route_of
from motcua.dossiers.rules import way
from motcua.dossiers.rules.state import EndKind, LateCause, ResultRecord
from motcua.dossiers.store import load
from motcua.people.queries import colleagues

Revision = Annotated[int, Field(ge=0, le=2**31 - 1)]
Position = Annotated[int, Field(ge=1, le=32_767)]
Items = Annotated[list[Annotated[Line, Field(min_length=1)]], Field(min_length=1, max_length=100)]


@dataclass(frozen=True)
class Call:
    """Which dossier, by whom and when."""

    id: int
    actor: Actor
    now: datetime


class Act(Strict):
    """`revision` as last read; if somebody acted in between the request is refused (409). Omitted: not checked."""

    verb: ClassVar[str]
    summary: ClassVar[str]
    revision: Revision | None = None

    def arguments(self, call: Call) -> dict[str, Any]:
        """What the verb is given besides actor, instant and revision."""
        return self.model_dump(exclude={"revision"})

    def perform(self, call: Call) -> None:
        verb = getattr(services, self.verb)
        verb(call.id, actor=call.actor, now=call.now, revision=self.revision, **self.arguments(call))


class Noted(Act):
    note: Note = ""


class Reasoned(Act):
    reason: Area


class Grounded(Reasoned):
    ground: Area


class Accept(Act):
    verb, summary = "accept", "Tiếp nhận hồ sơ đã nộp"


class RefuseAtIntake(Grounded):
    verb, summary = "refuse_at_intake", "Từ chối tiếp nhận"


class LookupIn(Strict):
    """A look-up in a database of the State that failed (`file` from `POST /files`)."""

    text: Area
    at: AwareDatetime
    file: Annotated[Line, Field(max_length=300)] = ""


class Asking(Reasoned):
    """Papers asked of the owner. `lookup`: needed for what a database of the State holds (NĐ 118/2025 Đ4.2a)."""

    items: Items
    lookup: LookupIn | None = None

    def arguments(self, call: Call) -> dict[str, Any]:
        told = self.lookup
        found = told and Lookup(told.text, told.at, number_of(told.file, actor=call.actor))
        return {**super().arguments(call), "items": [{"name": name} for name in self.items], "lookup": found}


class AskSupplementAtIntake(Asking):
    verb, summary = "ask_supplement_at_intake", "Yêu cầu hoàn thiện trước khi tiếp nhận"
    ground: Area = ""


class AnswerIntakeSupplement(Act):
    verb, summary = "answer_intake_supplement", "Nhận giấy tờ hoàn thiện"
    answer: Area = ""
    received_components: Annotated[list[Id], Field(max_length=200)] = []


class Forward(Noted):
    verb, summary = "forward", "Chuyển đến cơ quan có thẩm quyền"


class Receive(Act):
    verb, summary = "receive", "Cơ quan có thẩm quyền xác nhận đã nhận"


class Assign(Act):
    verb, summary = "assign", "Phân công cán bộ thụ lý"
    holder_id: Id

    def arguments(self, call: Call) -> dict[str, Any]:
        dossier = load(call.id, lock=False)
        _require_colleague(self.holder_id, dossier.holder_unit_id, dossier.holder_role, call)
        return {"holder_id": self.holder_id}


class Advance(Noted):
    verb, summary = "advance", "Hoàn thành bước, chuyển bước tiếp theo"
    position: Position
    holder_id: Id | None = None

    def arguments(self, call: Call) -> dict[str, Any]:
        if self.holder_id is not None:
            dossier = load(call.id, lock=False)
            route = route_of(dossier)
            ahead = way.following(dossier, route)
            unit_id = way.unit_for(dossier, ahead, route) if ahead else dossier.unit_id
            _require_colleague(self.holder_id, unit_id, ahead.role if ahead else "", call)
        return super().arguments(call)


class SendBack(Reasoned):
    verb, summary = "send_back", "Chuyển trả bước trước để làm lại"
    position: Position
    to: Position


class AskSupplement(Asking):
    verb, summary = "ask_supplement", "Yêu cầu bổ sung sau khi tiếp nhận"
    ground: Area
    reply_by: AwareDatetime | None = None
    override: Line = ""


class AnswerSupplement(Act):
    verb, summary = "answer_supplement", "Nhận giấy tờ bổ sung"
    answer: Area


class Pause(Grounded):
    verb, summary = "pause", "Tạm dừng tính thời hạn"
    kind: PauseKind


class Resume(Noted):
    verb, summary = "resume", "Tiếp tục tính thời hạn"


class Apologise(Reasoned):
    verb, summary = "apologise", "Xin lỗi, hẹn lại"
    new_date: AwareDatetime | None = None


class ResultIn(Strict):
    """A result with its file (`file` from `POST /files`)."""

    number: Annotated[Line, Field(max_length=100)] = ""
    title: Line
    file: Annotated[Line, Field(max_length=300)] = ""
    signed_by: Annotated[Line, Field(max_length=200)] = ""


class Decide(Act):
    verb, summary = "decide", "Ban hành kết quả hoặc từ chối giải quyết"
    granted: bool
    result: ResultIn | None = None
    reason: Area = ""
    ground: Area = ""
    late_cause: LateCause | None = None
    late_note: Annotated[Line, Field(max_length=300)] = ""

    def arguments(self, call: Call) -> dict[str, Any]:
        given = self.result
        record = given and ResultRecord(
            given.number, given.title, number_of(given.file, actor=call.actor), given.signed_by, call.now
        )
        return {**super().arguments(call), "result": record}


class GiveBack(Act):
    verb, summary = "give_back", "Trả kết quả"
    receiver: Line
    receiver_number: Number = ""
    method: Literal["trực tiếp", "bưu chính công ích", "trực tuyến"]


class Stop(Grounded):
    verb, summary = "stop", "Dừng giải quyết hoặc trả lại hồ sơ"
    kind: Literal[EndKind.STOPPED, EndKind.SENT_BACK]


class Withdraw(Reasoned):
    """The owner's request: its file (`file` from `POST /files`) or the reference of an electronic one (`request`)."""

    verb, summary = "withdraw", "Chủ hồ sơ rút hồ sơ"
    evidence: Line = ""
    file: Annotated[Line, Field(max_length=300)] = ""
    request: Annotated[Line, Field(max_length=100)] = ""

    def arguments(self, call: Call) -> dict[str, Any]:
        given = self.model_dump(exclude={"revision", "file"})
        return {**given, "file_id": number_of(self.file, actor=call.actor)}


class GiveLateCause(Act):
    verb, summary = "give_late_cause", "Ghi nguyên nhân quá hạn"
    cause: LateCause
    note: Line = ""


class ReverseReturn(Reasoned):
    verb, summary = "reverse_return", "Hủy việc trả đã ghi nhầm"


class ReverseEnd(Reasoned):
    verb, summary = "reverse_end", "Hủy việc kết thúc đã ghi nhầm"


class Void(Reasoned):
    verb, summary = "void", "Hủy tiếp nhận do nhầm lẫn"


BODIES: tuple[type[Act], ...] = (
    Accept, RefuseAtIntake, AskSupplementAtIntake, AnswerIntakeSupplement, Forward, Receive, Assign, Advance, SendBack,
    AskSupplement, AnswerSupplement, Pause, Resume, Apologise, Decide, GiveBack, Stop, Withdraw, GiveLateCause,
    ReverseReturn, ReverseEnd, Void,
)  # fmt: skip


def _require_colleague(officer_id: int, unit_id: int | None, role: str, call: Call) -> None:
    known = colleagues(unit_id, role=role, on=local_date(call.now)) if unit_id else []
    if officer_id not in {number for number, _name in known}:
        raise InvalidInput(field="holder_id", reason="không phải cán bộ giữ vai trò của bước này tại đơn vị.")
