"""What the designer asks: the head of a process, one step with all its parts, who and how long, the decision, a sample."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import MotcuaError
from motcua.kit.forms import DateField, Form
from motcua.people.rules import ROLE_NAMES, Role
from motcua.processes.rules import parse_time
from motcua.processes.words import STAGE_WORDS

TIME_HELP = lazy("Ví dụ: 4 giờ; 1 buổi (nửa ngày); 1,5 ngày; 20 % (của thời hạn giải quyết).")


def role_choices() -> list[tuple[str, Any]]:
    """Every role, none first: a draft may still lack it."""
    return [("", lazy("Hãy chọn")), *((role.value, lazy(ROLE_NAMES[role])) for role in Role)]


class TimeField(forms.CharField):
    """The time of a step as written; gives (hours, share)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=30, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None, None
        try:
            return parse_time(text)
        except MotcuaError as error:
            raise ValidationError(error.render(_(error.sentence))) from error


class HoursField(TimeField):
    """A time that does not depend on the term of a procedure: hours, half days, days."""

    def clean(self, value: Any) -> Any:
        hours, share = super().clean(value)
        if share is not None:
            raise ValidationError(_("Thời gian cho ý kiến ghi bằng giờ, buổi hoặc ngày, không ghi bằng %."))
        return hours


class Head(Form):
    """Which process: its code and name, and how it begins."""

    start = forms.ChoiceField(
        label=lazy("Bắt đầu từ"), widget=forms.RadioSelect, initial="default",
        choices=[
            ("default", lazy("Năm bước mặc định, sửa lại cho đúng")),
            ("copy", lazy("Bản sao của một quy trình: từ nay hai quy trình độc lập, sửa bên này không đổi bên kia")),
            ("link", lazy("Liên kết với một quy trình: luôn theo quy trình đó, kể cả các phiên bản ban hành sau này")),
        ],
    )  # fmt: skip
    source = forms.TypedChoiceField(
        label=lazy("Quy trình được sao chép hoặc liên kết"), required=False, coerce=int, empty_value=None
    )
    code = forms.RegexField(
        r"^[A-Z0-9][A-Z0-9.-]*$", label=lazy("Mã quy trình"), max_length=40,
        help_text=lazy("Chữ hoa, chữ số, dấu chấm và gạch nối, ví dụ QT-1.001193."),
        error_messages={"invalid": lazy("Mã quy trình chỉ gồm chữ hoa không dấu, chữ số, dấu chấm và gạch nối.")},
    )  # fmt: skip
    name = forms.CharField(label=lazy("Tên quy trình"), max_length=500)

    def __init__(self, *args: Any, sources: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [("", _("Hãy chọn")), *sources]  # type: ignore[attr-defined]
        self.fields["source"].show_as_required = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("start") in ("copy", "link") and not data.get("source"):
            self.add_error("source", _("Hãy chọn quy trình được sao chép hoặc liên kết."))
        return data


class Quick(Form):
    """Who does one step and how long it takes: nothing else."""

    role = forms.ChoiceField(label=lazy("Người thực hiện"), choices=role_choices)
    time = TimeField(label=lazy("Thời gian"))


QuickRows = forms.formset_factory(Quick, extra=0, max_num=60)


class Decision(Form):
    """By what and from when; every part is needed."""

    decision_number = forms.CharField(label=lazy("Số quyết định"), max_length=60)
    decision_date = DateField(label=lazy("Ngày quyết định"))
    since = DateField(label=lazy("Có hiệu lực từ ngày"))


class Upload(Form):
    file = forms.FileField(
        label=lazy("Tệp BPMN 2.0 (.bpmn, .xml)"),
        help_text=lazy("Không quá 1 MB. Chỉ đọc các bước và đường nối; không có gì trong tệp được thực thi."),
    )


STAGE_CHOICES = [(stage.value, words) for stage, words in STAGE_WORDS.items()]
