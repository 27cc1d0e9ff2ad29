"""What the pages of the calendar ask."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import MotcuaError, check_span
from motcua.deadlines.calendar import KIND_WORDS, DayKind, DayPart, Session, SessionHours, Sessions
from motcua.kit.forms import DateField, Form

PART_WORDS = {DayPart.ALL: lazy("Cả ngày"), DayPart.MORNING: lazy("Buổi sáng"), DayPart.AFTERNOON: lazy("Buổi chiều")}
_SESSION = re.compile(r"\s*(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*\Z")


def notice(label: Any = None) -> forms.CharField:
    return forms.CharField(label=label or lazy("Số văn bản thông báo"), max_length=300)


class NewDay(Form):
    date = DateField(label=lazy("Ngày"))
    kind = forms.ChoiceField(label=lazy("Loại"), choices=[(k.value, words.capitalize()) for k, words in KIND_WORDS.items()])
    part = forms.ChoiceField(label=lazy("Phần ngày"), choices=[(p.value, words) for p, words in PART_WORDS.items()])
    name = forms.CharField(label=lazy("Tên ngày"), max_length=200, required=False, help_text=lazy("Ví dụ Tết Nguyên đán."))
    notice = notice()
    scope = forms.CharField(
        label=lazy("Chỉ áp dụng cho đơn vị mang mã"), max_length=35, required=False,
        help_text=lazy("Để trống nếu áp dụng cả nước."),
    )

    def clean_kind(self) -> DayKind:
        return DayKind(self.cleaned_data["kind"])

    def clean_part(self) -> DayPart:
        return DayPart(self.cleaned_data["part"])


class Withdrawal(Form):
    notice = notice(lazy("Căn cứ thu hồi"))


class Confirmation(Form):
    notice = notice()


class SessionsField(forms.CharField):
    """Sessions as typed: "07:00-11:30, 13:30-17:00"."""

    def clean(self, value: Any) -> Sessions:
        text = super().clean(value)
        return tuple(self._session(part) for part in text.split(",")) if text else ()

    def _session(self, part: str) -> Session:
        match = _SESSION.match(part)
        try:
            hours = [int(group) for group in match.groups()] if match else []
            return Session(time(hours[0], hours[1]), time(hours[2], hours[3]))
        except (IndexError, ValueError) as error:
            raise ValidationError(_("Hãy ghi các buổi như 07:00-11:30, 13:30-17:00.")) from error


class NewPlan(Form):
    valid_from = DateField(label=lazy("Áp dụng từ ngày"))
    valid_to = DateField(label=lazy("Đến trước ngày"), required=False, help_text=lazy("Để trống nếu chưa có ngày kết thúc."))
    sessions = SessionsField(
        label=lazy("Buổi làm việc thứ Hai đến thứ Sáu"), max_length=120,
        help_text=lazy("Ví dụ 07:00-11:30, 13:30-17:00"),
    )  # fmt: skip
    saturday = SessionsField(label=lazy("Buổi làm việc thứ Bảy"), required=False, max_length=120)
    citation = notice(lazy("Căn cứ"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        try:
            check_span(data["valid_from"], data["valid_to"])
            data["plan"] = self._plan(data)
        except MotcuaError as error:
            raise ValidationError(error.message) from error
        return data

    def _plan(self, data: dict[str, Any]) -> SessionHours:
        weekdays = {5: data["saturday"]} if data["saturday"] else {}
        return SessionHours(data["valid_from"], data["valid_to"], data["sessions"], weekdays, data["citation"])


class EndOfPlan(Form):
    ends_on = DateField(label=lazy("Thôi áp dụng từ ngày"))
    citation = notice(lazy("Căn cứ"))


def year_of(text: str, *, today: date) -> int:
    """The year asked for in an address; this year when it is none."""
    return int(text) if text.isdecimal() and 1990 <= int(text[:5]) <= 2100 else today.year
