"""A plain record of a ministry's system, line by line of a file, turned into a message; every wrong field is named.

Names of the fields are the heads of a sheet and the keys of a JSON line alike. Moments are ISO 8601 or day first; without a
zone they are read on a Vietnamese clock.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from motcua.base.errors import InvalidInput
from motcua.base.text import clean
from motcua.base.time import VN
from motcua.dossiers.rules.mirroring import STAGES, Told, ToldStep
from motcua.dossiers.rules.state import Channel, State
from motcua.people.queries import PersonFacts
from motcua.people.rules import PersonKind

FIELDS: dict[str, str] = {
    "external_code": "mã hồ sơ trên hệ thống nguồn",
    "told_at": "thời điểm của bản ghi",
    "procedure": "mã thủ tục",
    "unit": "mã đơn vị giải quyết",
    "intake_unit": "mã nơi tiếp nhận (nếu khác)",
    "channel": "hình thức nộp: direct, post, online",
    "state": "trạng thái: " + ", ".join(state.value for state in STAGES),
    "state_name": "trạng thái theo lời hệ thống nguồn",
    "submitted_at": "thời điểm nộp",
    "accepted_at": "thời điểm tiếp nhận",
    "due_at": "hạn trả",
    "ended_at": "thời điểm kết thúc giải quyết",
    "end_kind": "cách kết thúc: finished, refused, stopped, withdrawn, sent_back",
    "returned_at": "thời điểm trả kết quả",
    "own_code": "mã hồ sơ của tỉnh, nếu cùng một hồ sơ",
    "owner_kind": "loại chủ hồ sơ: citizen, enterprise, agency, other",
    "owner_number": "số định danh hoặc mã số thuế",
    "owner_name": "tên chủ hồ sơ",
    "owner_phone": "điện thoại",
    "owner_email": "thư điện tử",
    "owner_address": "địa chỉ",
    "steps": "các bước: danh sách {name, state, at, holder}",
}
"""Every field of a record with its meaning; the page and the guide print this list."""

_LENGTHS = {"state_name": 200, "owner_name": 300, "owner_phone": 30, "owner_email": 254, "owner_address": 300, "owner_number": 20}
_MOST_STEPS = 100
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s+(\d{1,2}):(\d{2}))?\Z")
_MOMENTS = ("submitted_at", "accepted_at", "due_at", "ended_at", "returned_at")


def read(row: Mapping[str, Any], *, source: str) -> tuple[Told, PersonFacts]:
    """The message and the owner in one record. Raises InvalidInput that names the field."""
    unknown = sorted(str(name) for name in row if name not in FIELDS)
    if unknown:
        raise InvalidInput(field=unknown[0][:60], reason="trường này không có trong mẫu bản ghi.")
    moments = {name: _moment(row, name) for name in _MOMENTS}
    if moments["submitted_at"] is None:
        raise InvalidInput(field="submitted_at", reason="thiếu thời điểm nộp.")
    told_at = _moment(row, "told_at")
    if told_at is None:
        raise InvalidInput(field="told_at", reason="thiếu thời điểm của bản ghi.")
    told = Told(
        source=source, external_code=_text(row, "external_code").upper(), told_at=told_at,
        procedure_code=_needed(row, "procedure"), unit_code=_needed(row, "unit"),
        channel=_one_of(row, "channel", {channel.value for channel in Channel}, "online"),
        state=State(_one_of(row, "state", {state.value for state in STAGES}, "")), end_kind=_text(row, "end_kind"),
        state_words=_text(row, "state_name"), intake_unit_code=_text(row, "intake_unit"),
        own_code=_text(row, "own_code").upper(), steps=_steps(row.get("steps")), **moments,
    )  # fmt: skip
    return told, _owner(row)


def _owner(row: Mapping[str, Any]) -> PersonFacts:
    kind = _one_of(row, "owner_kind", {kind.value for kind in PersonKind}, PersonKind.CITIZEN.value)
    number, name = _text(row, "owner_number"), _needed(row, "owner_name")
    return PersonFacts(
        kind, number, name, None, "", _text(row, "owner_phone"), _text(row, "owner_email"), _text(row, "owner_address")
    )


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a sheet knows no whole numbers
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        raise InvalidInput(field=name, reason="phải là chữ hoặc số.")
    text = clean(str(value))
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in text):
        raise InvalidInput(field=name, reason="có ký tự điều khiển.")
    most = _LENGTHS.get(name, 100)
    if len(text) > most:
        raise InvalidInput(field=name, reason=f"dài quá {most} ký tự.")
    return text


def _needed(row: Mapping[str, Any], name: str) -> str:
    text = _text(row, name)
    if not text:
        raise InvalidInput(field=name, reason="không được để trống.")
    return text


def _one_of(row: Mapping[str, Any], name: str, allowed: set[str], default: str) -> str:
    text = _text(row, name) or default
    if text not in allowed:
        raise InvalidInput(field=name, reason=f"phải là một trong: {', '.join(sorted(allowed))}.")
    return text


def _moment(row: Mapping[str, Any], name: str) -> datetime | None:
    value = row.get(name)
    if value in (None, ""):
        return None
    try:
        return _read_moment(value)
    except (ValueError, OverflowError) as error:
        raise InvalidInput(field=name, reason="không phải ngày giờ. Ví dụ: 2026-11-21T08:30:00+07:00.") from error


def _read_moment(value: Any) -> datetime:
    if isinstance(value, datetime):
        found = value
    elif isinstance(value, date):
        found = datetime(value.year, value.month, value.day, tzinfo=VN)
    elif isinstance(value, str):
        match = _DAY_FIRST.match(value.strip())
        day, month, year, hour, minute = (int(part or 0) for part in match.groups()) if match else (0,) * 5
        found = datetime(year, month, day, hour, minute, tzinfo=VN) if match else datetime.fromisoformat(value.strip())
    else:
        raise ValueError("no moment")
    if not 1990 <= found.year <= 2200:
        raise ValueError("year out of reach")
    return found if found.tzinfo else found.replace(tzinfo=VN)


def _steps(value: Any) -> tuple[ToldStep, ...]:
    if value in (None, ""):
        return ()
    if not isinstance(value, list) or len(value) > _MOST_STEPS or not all(isinstance(step, dict) for step in value):
        raise InvalidInput(field="steps", reason=f"phải là danh sách tối đa {_MOST_STEPS} bước.")
    return tuple(
        ToldStep(
            _needed(step, "name"), _one_of(step, "state", {"done", "now", "next"}, "done"), _moment(step, "at"),
            _text(step, "holder"),
        )
        for step in value
    )  # fmt: skip
