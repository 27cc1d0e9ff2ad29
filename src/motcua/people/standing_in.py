"""Pure rules of standing in for each other: absence with a substitute, signing for another, terms of counter staff.

Signature forms: NĐ 30/2020/NĐ-CP Điều 13 and Phụ lục I mục II.7 (ký thay, thay mặt, thừa ủy quyền, thừa lệnh).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.base.errors import MotcuaError
from motcua.people.rules import Role


class SignatureForm(StrEnum):
    """Under which form somebody signs in another's place."""

    KT = "KT"
    TM = "TM"
    TUQ = "TUQ"
    TL = "TL"


SIGNATURE_NAMES = {
    SignatureForm.KT: "KT. – ký thay người đứng đầu",
    SignatureForm.TM: "TM. – thay mặt tập thể lãnh đạo",
    SignatureForm.TUQ: "TUQ. – thừa ủy quyền",
    SignatureForm.TL: "TL. – thừa lệnh",
}
GIVERS = frozenset({Role.LEADER, Role.CHAIR, Role.CENTRE})
"""Roles whose holders may let another sign for them and decide absences below them."""


class ItselfSubstitute(MotcuaError):
    code = "substitute_itself"
    sentence = "Người làm thay phải là cán bộ khác, không phải chính người vắng mặt."


class SubstituteAbsent(MotcuaError):
    code = "substitute_absent"
    sentence = "{name} cũng vắng mặt trong khoảng thời gian này nên không thể làm thay. Hãy chọn người khác."


class StandsInAlready(MotcuaError):
    code = "absent_officer_stands_in"
    sentence = (
        "{name} đang được giao làm thay người khác trong khoảng thời gian này. "
        "Hãy chọn người làm thay khác cho việc đó trước, rồi mới ghi vắng mặt."
    )


class SubstituteElsewhere(MotcuaError):
    code = "substitute_elsewhere"
    sentence = (
        "{name} không giữ vị trí nào ở đơn vị này hoặc trong phạm vi bạn phụ trách suốt thời gian vắng mặt. "
        "Hãy chọn cán bộ khác."
    )


class AbsenceOverlaps(MotcuaError):
    code = "absence_overlaps"
    sentence = "Cán bộ đã có ghi vắng mặt tại đơn vị này trong khoảng thời gian trùng nhau. Hãy kết thúc bản ghi cũ trước."


class NoPositionThere(MotcuaError):
    code = "no_position_there"
    sentence = "{name} không giữ vị trí nào tại đơn vị này vào ngày {on:%d/%m/%Y}."


class ReasonForAbsence(MotcuaError):
    code = "absence_reason_missing"
    sentence = "Hãy ghi lý do vắng mặt và người quyết định."


class DelegationIncomplete(MotcuaError):
    code = "delegation_incomplete"
    sentence = "Hãy ghi số quyết định (văn bản) giao ký và chức danh của hai bên; các nội dung này được in trên văn bản."


class DelegationOverlaps(MotcuaError):
    code = "delegation_overlaps"
    sentence = "Cán bộ đã được giao ký theo hình thức này tại đơn vị trong khoảng thời gian trùng nhau. Hãy kết thúc bản ghi cũ."


class NotYoursToDelegate(MotcuaError):
    code = "delegation_not_yours"
    sentence = (
        "Người giao ký phải giữ vị trí lãnh đạo tại chính đơn vị này bằng quyết định của mình; "
        "người được giao ký hoặc làm thay không được giao lại (Điều 13 Nghị định 30/2020/NĐ-CP)."
    )


class ReplacedInMidTerm(MotcuaError):
    code = "replaced_in_mid_term"
    sentence = (
        "Nhiệm kỳ tại quầy đến {planned:%d/%m/%Y} mới hết. Không thay người giữa kỳ khi chưa ghi lý do; "
        "hãy ghi lý do và số văn bản (lý do được đưa vào danh sách theo dõi)."
    )


@dataclass(frozen=True, slots=True)
class Span:
    """Days [since, until); `until` None: no end."""

    since: date
    until: date | None

    def overlaps(self, other: Span) -> bool:
        """Whether the two have a day in common."""
        return (other.until is None or self.since < other.until) and (self.until is None or other.since < self.until)

    def within(self, others: Iterable[Span]) -> bool:
        """Whether one of `others` holds every day of it."""
        return any(
            o.since <= self.since and (o.until is None or (self.until is not None and self.until <= o.until))
            for o in others
        )


def check_substitute(*, officer_id: int, substitute_id: int, name: str, span: Span, away: Iterable[Span]) -> None:
    """Refuses oneself and somebody who is away on a day of `span`: no chains of substitutes."""
    if officer_id == substitute_id:
        raise ItselfSubstitute
    if any(span.overlaps(other) for other in away):
        raise SubstituteAbsent(name=name)


def signature_lines(form: SignatureForm, *, principal: str, own: str, body: str = "") -> tuple[str, ...]:
    """The lines above the name: ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH") (NĐ 30/2020 Phụ lục I II.7).

    principal: title of who is signed for; own: title of who signs; body: the collective, where there is one.
    """
    collective = (f"TM. {body}".upper(),) if body else ()
    if form is SignatureForm.TM:
        return (*(collective or (f"TM. {principal}".upper(),)), own.upper())
    return (*collective, f"{form.value}. {principal}".upper(), own.upper())


def planned_end(since: date, months: int) -> date:
    """The day a term of `months` is over; the 31st falls on the last day of a shorter month."""
    years, month = divmod(since.month - 1 + months, 12)
    year, month = since.year + years, month + 1
    return date(year, month, min(since.day, monthrange(year, month)[1]))


def check_mid_term(*, since: date, months: int | None, until: date, reason: str) -> bool:
    """Whether `until` cuts a planned term short; refuses that without a reason (OSS-15: no change in mid-term)."""
    if months is None or until >= planned_end(since, months):
        return False
    if not reason.strip():
        raise ReplacedInMidTerm(planned=planned_end(since, months))
    return True
