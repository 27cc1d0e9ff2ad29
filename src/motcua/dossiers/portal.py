"""What the public may know of a dossier: by its code only how far it is; with the secret on the slip the rest.

Law: without identification code and stage only, details to the owner (TT 01/2018 Đ16); late means apology and a new
date (NĐ 61/2018 Đ19). The public part names no procedure, paper or person.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.base.time import local, local_date
from motcua.dossiers import models
from motcua.dossiers.portal_steps import steps_of
from motcua.dossiers.rules.state import BEFORE_ACCEPTANCE, State
from motcua.organisation import queries as organisation
from motcua.slips.rules import Purpose

CODE = re.compile(r"[A-Z0-9][A-Z0-9.\-]{3,59}\Z")
_NOBODYS_SECRET = "-" * 8
_ENDED = (State.STOPPED, State.WITHDRAWN, State.SENT_BACK, State.REFUSED_AT_INTAKE, State.VOIDED)
_COLUMNS = (
    "id", "code", "provisional_code", "state", "unit_id", "intake_unit_id", "holder_unit_id", "own_counter",
    "submitted_at", "accepted_at", "received_at", "promised_at", "due_at", "due_provisional", "reappointed_at",
    "ended_at", "end_kind", "returned_at", "timing", "source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that stands above the steps."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a dossier is, for anybody who holds its code."""

    id: int
    code: str
    stage: str
    messages: tuple[Message, ...]
    dates: tuple[dict[str, str], ...]
    steps: tuple[dict[str, str], ...]


def normal_code(text: str) -> str:
    """A typed or scanned code as it is stored; "" when it cannot be one."""
    code = "".join(text.split()).upper()
    return code if CODE.match(code) else ""


def progress_of(code: str, *, now: datetime) -> Progress | None:
    """How far the dossier with this code or provisional code is (three queries); None when there is none."""
    row = _row(code)
    if row is None:
        return None
    waiting = models.SupplementRecord.objects.filter(dossier_id=row.pk, answered_at=None).order_by("-id").first()
    apology = models.SlipRecord.objects.filter(dossier_id=row.pk, purpose=Purpose.APOLOGY).order_by("-id").first()
    names = _unit_names(row)
    return Progress(
        row.pk, row.code or row.provisional_code, stage_words(row), tuple(_messages(row, waiting, apology, names, now)),
        tuple(_dates(row)), tuple(steps_of(row, names)),
    )  # fmt: skip


def knows_secret(code: str, typed: str) -> int | None:
    """The number of the dossier when `typed` is the secret on its slips. An unknown code takes as long as a wrong secret."""
    row = models.Dossier.objects.filter(_named(code)).values_list("id", "secret").first()
    number, secret = row or (None, _NOBODYS_SECRET)
    right = hmac.compare_digest(secret.encode(), typed.encode())
    return number if right and number is not None else None


def number_of(code: str) -> int | None:
    """The number of the dossier with this code or provisional code."""
    return models.Dossier.objects.filter(_named(code)).values_list("id", flat=True).first()


def normal_secret(text: str) -> str:
    """The secret as printed, however it was typed."""
    return "".join(letter for letter in text.upper() if letter.isalnum())[:40]


def stage_words(row: models.Dossier) -> str:
    """The stage in a few words for the owner."""
    return str(_STAGES[State(row.state)]())


_STAGES: dict[State, Any] = {
    State.SUBMITTED: lambda: _("Đã nộp, chờ tiếp nhận"),
    State.INTAKE_SUPPLEMENT: lambda: _("Chờ bạn hoàn thiện hồ sơ"),
    State.REFUSED_AT_INTAKE: lambda: _("Không được tiếp nhận"),
    State.ACCEPTED: lambda: _("Đã tiếp nhận"),
    State.FORWARDED: lambda: _("Đang chuyển đến cơ quan giải quyết"),
    State.PROCESSING: lambda: _("Đang giải quyết"),
    State.WAITING_SUPPLEMENT: lambda: _("Chờ bạn bổ sung hồ sơ"),
    State.PAUSED: lambda: _("Đang tạm dừng tính thời hạn"),
    State.FINISHED: lambda: _("Đã có kết quả, mời đến nhận"),
    State.RETURNED: lambda: _("Đã trả kết quả"),
    State.STOPPED: lambda: _("Đã dừng giải quyết"),
    State.WITHDRAWN: lambda: _("Đã rút hồ sơ"),
    State.SENT_BACK: lambda: _("Đã trả lại hồ sơ"),
    State.VOIDED: lambda: _("Mã hồ sơ không còn dùng"),
}


def _row(code: str) -> models.Dossier | None:
    return models.Dossier.objects.filter(_named(code)).only(*_COLUMNS).first()


def _named(code: str) -> Q:
    return Q(code=code) | Q(provisional_code=code)


def _unit_names(row: models.Dossier) -> dict[int, str]:
    numbers = {row.unit_id, row.intake_unit_id, row.holder_unit_id} - {None}
    units = organisation.as_on(numbers, on=local_date(row.submitted_at))
    return {number: unit.name for number, unit in units.items()}


def _messages(
    row: models.Dossier, waiting: models.SupplementRecord | None, apology: models.SlipRecord | None,
    names: dict[int, str], now: datetime,
) -> list[Message]:  # fmt: skip
    found = []
    if row.source:
        return [Message(_("Hồ sơ này do hệ thống của bộ giải quyết; tỉnh chỉ theo dõi. Kết quả và giấy tờ nhận theo "
                          "hướng dẫn của hệ thống đó."), "info")]  # fmt: skip
    if row.state in (State.WAITING_SUPPLEMENT, State.INTAKE_SUPPLEMENT):
        found.append(_waiting(row, waiting))
    if row.state == State.PAUSED:
        text = _("Thời hạn giải quyết đang tạm dừng theo quy định; ngày hẹn trả sẽ được tính lại khi tiếp tục.")
        found.append(Message(text, "caution"))
    if row.state == State.FINISHED:
        place = names.get(row.intake_unit_id, "")
        text = _("Đã có kết quả. Mời đến nhận tại %(place)s, mang theo giấy tiếp nhận.") % {"place": place}
        found.append(Message(text, "good"))
    if row.state == State.VOIDED:
        found.append(Message(_("Mã này đã hủy do ghi nhầm. Hãy hỏi nơi đã nhận hồ sơ để biết mã đúng."), "caution"))
    if row.state in _ENDED[:4]:
        found.append(Message(_("Lý do ghi trên phiếu gửi chủ hồ sơ. Nhập mã bảo mật bên dưới để xem phiếu."), "info"))
    if late := _late(row, apology, names, now):
        found.append(late)
    return found


def _waiting(row: models.Dossier, asked: models.SupplementRecord | None) -> Message:
    text = _("Hồ sơ đang chờ bạn bổ sung giấy tờ")
    if asked is not None:
        text += _(", theo yêu cầu ngày %(day)s") % {"day": day_words(asked.asked_at)}
    text += _(", chậm nhất ngày %(day)s.") % {"day": day_words(asked.reply_by)} if asked and asked.reply_by else "."
    text += " " + _("Nhập mã bảo mật bên dưới để xem cần bổ sung gì.")
    if row.state == State.WAITING_SUPPLEMENT:
        text += " " + _("Ngày hẹn trả sẽ được tính lại khi nhận đủ.")
    return Message(text, "caution")


def _late(
    row: models.Dossier, apology: models.SlipRecord | None, names: dict[int, str], now: datetime
) -> Message | None:
    unit = names.get(row.unit_id, "")
    if row.timing == "late":
        return Message(_("Kết quả có muộn hơn ngày hẹn. %(unit)s xin lỗi vì sự chậm trễ này.") % {"unit": unit}, "alarm")
    running = row.state in (State.ACCEPTED, State.FORWARDED, State.PROCESSING)
    if not running or row.due_at is None or local_date(now) <= local_date(row.due_at):
        return None
    text = _("Hồ sơ đã quá ngày hẹn trả. %(unit)s xin lỗi vì sự chậm trễ này.") % {"unit": unit}
    if apology is not None:
        text += " " + _("Văn bản xin lỗi đã gửi ngày %(day)s.") % {"day": day_words(apology.issued_at)}
    if row.reappointed_at is not None:
        return Message(text + " " + _("Ngày hẹn mới: %(day)s.") % {"day": moment_words(row.reappointed_at)}, "alarm")
    return Message(text + " " + _("Ngày hẹn mới chưa có; hãy gọi nơi tiếp nhận để được trả lời."), "alarm")


def _dates(row: models.Dossier) -> list[dict[str, str]]:
    """The promised date, the present one where it moved, the new one after an apology."""
    if row.state in BEFORE_ACCEPTANCE or row.state in _ENDED:
        return []
    provisional = _(" (dự kiến)") if row.due_provisional else ""
    rows = [(_("Ngày hẹn trả"), moment_words(row.promised_at) or _("thủ tục này không quy định thời hạn"))]
    if row.due_at and row.due_at != row.promised_at:
        rows.append((_("Ngày hẹn tính lại"), moment_words(row.due_at) + provisional))
    if row.reappointed_at:
        rows.append((_("Ngày hẹn mới sau xin lỗi"), moment_words(row.reappointed_at)))
    return [{"label": label, "value": value} for label, value in rows]


def day_words(moment: datetime) -> str:
    """"26/02/2026" on a Vietnamese calendar."""
    return f"{local(moment):%d/%m/%Y}"


def moment_words(moment: datetime | None) -> str:
    """"17:00 ngày 26/02/2026", or nothing."""
    return f"{local(moment):%H:%M ngày %d/%m/%Y}" if moment else ""
