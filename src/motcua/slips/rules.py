"""Forms are keyed by purpose: "Mẫu số 05" is the control slip in 2018 and the stop notice in 2025."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from motcua.base.errors import MotcuaError
from motcua.base.time import local
from motcua.slips import content as papers


class Purpose(StrEnum):
    """Why a paper is printed. Stored; never renamed."""

    ACKNOWLEDGEMENT = "ACKNOWLEDGEMENT"
    RECEIPT = "RECEIPT"
    SUPPLEMENT = "SUPPLEMENT"
    REFUSAL = "REFUSAL"
    APOLOGY = "APOLOGY"
    STOP = "STOP"
    CONTROL = "CONTROL"
    REGISTER = "REGISTER"
    HANDOVER = "HANDOVER"
    WITHDRAWAL = "WITHDRAWAL"
    RETURN = "RETURN"


CONTENTS: Mapping[Purpose, type[papers.Slip]] = {
    Purpose.ACKNOWLEDGEMENT: papers.AcknowledgementContent,
    Purpose.RECEIPT: papers.ReceiptContent,
    Purpose.SUPPLEMENT: papers.SupplementContent,
    Purpose.REFUSAL: papers.RefusalContent,
    Purpose.APOLOGY: papers.ApologyContent,
    Purpose.STOP: papers.StopContent,
    Purpose.CONTROL: papers.ControlContent,
    Purpose.REGISTER: papers.RegisterContent,
    Purpose.HANDOVER: papers.HandoverContent,
    Purpose.WITHDRAWAL: papers.WithdrawalContent,
    Purpose.RETURN: papers.ReturnContent,
}


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form of a set; `number` ("Mẫu số 01") and `citation` are empty where no circular prescribes it."""

    purpose: Purpose
    form_set: str
    title: str
    paper: str
    layout: str
    number: str = ""
    citation: str = ""


class UnknownForm(MotcuaError):
    code = "unknown_form"
    sentence = "Bộ biểu mẫu {form_set} không có mẫu dùng cho việc {purpose}."


class WrongContent(MotcuaError):
    """Data handed in do not belong to the form, or stored data cannot be read back."""

    code = "wrong_slip_content"
    sentence = "Nội dung phiếu không đúng với mẫu {purpose}: {reason}"


def day_words(day: date) -> str:
    """A date in a document: day below 10 and months 1, 2 with a leading zero (NĐ 30/2020 Phụ lục I)."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def moment_words(moment: datetime) -> str:
    """ "16 giờ 05 phút, ngày 03 tháng 02 năm 2026", on a Vietnamese clock."""
    there = local(moment)
    return f"{there.hour:02d} giờ {there.minute:02d} phút, {day_words(there.date())}"


def to_json(content: papers.Slip) -> dict[str, Any]:
    """`content` as plain values for a jsonb column; `from_json` gives an equal content back."""
    return _plain(content)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def from_json(purpose: Purpose, data: Mapping[str, Any]) -> papers.Slip:
    """The content stored by `to_json`. Later fields take their default; `WrongContent` otherwise."""
    try:
        return _built(CONTENTS[purpose], data)
    except (TypeError, ValueError) as fault:
        raise WrongContent(purpose=purpose, reason=str(fault)) from fault


def _built(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if is_dataclass(kind):
        return _built_record(kind, value)
    if isinstance(kind, UnionType):
        return _built(get_args(kind)[0], value)
    if get_origin(kind) is tuple:
        return tuple(_built(get_args(kind)[0], item) for item in value)
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    return value


def _built_record(kind: Any, value: Mapping[str, Any]) -> Any:
    hints = get_type_hints(kind)
    missing = [field.name for field in fields(kind) if field.name not in value and field.default is MISSING]
    unknown = sorted(set(value) - set(hints))
    if missing or unknown:
        raise ValueError(", ".join([*missing, *unknown]))
    return kind(**{name: _built(hints[name], item) for name, item in value.items()})
