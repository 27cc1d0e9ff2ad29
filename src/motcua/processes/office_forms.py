"""What the pages of processes ask: the head of a process, its steps row by row, the decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.deadlines.errors import TermUnreadable, TermWithoutUnit
from motcua.deadlines.rules import Term, parse_term
from motcua.kit.forms import DateField, Form
from motcua.people.rules import ROLE_NAMES, Role
from motcua.processes.rules import Stage, StepPlan
from motcua.processes.words import STAGE_WORDS


class TermField(forms.CharField):
    """A legal term as written: "5 ngày làm việc"."""

    def clean(self, value: Any) -> Term | None:
        text = super().clean(value)
        try:
            return parse_term(text) if text else None
        except (TermUnreadable, TermWithoutUnit) as error:
            raise ValidationError(error.message) from error


class Head(Form):
    code = forms.RegexField(
        r"^[A-Z0-9][A-Z0-9.-]*$", label=lazy("Mã quy trình"), max_length=40,
        help_text=lazy("Chữ hoa, chữ số, dấu chấm và gạch nối, ví dụ QT-1.001193."),
        error_messages={"invalid": lazy("Mã quy trình chỉ gồm chữ hoa không dấu, chữ số, dấu chấm và gạch nối.")},
    )  # fmt: skip
    name = forms.CharField(label=lazy("Tên quy trình"), max_length=500)
    procedure_code = forms.RegexField(
        r"^\d\.\d{6}$", label=lazy("Mã thủ tục"), max_length=8,
        error_messages={"invalid": lazy("Mã thủ tục gồm một chữ số, dấu chấm và sáu chữ số, ví dụ 1.001193.")},
    )  # fmt: skip
    term = TermField(
        label=lazy("Thời hạn giải quyết để đối chiếu"), required=False, max_length=60,
        help_text=lazy("Ví dụ 5 ngày làm việc. Tổng thời gian các bước không được dài hơn thời hạn này."),
    )  # fmt: skip


class TermOnly(Form):
    term = Head.base_fields["term"]


class Row(Form):
    """One step; a row without a name is left out."""

    stage = forms.ChoiceField(label=lazy("Giai đoạn"), choices=[(s.value, f"{s.value} – {STAGE_WORDS[s]}") for s in Stage])
    name = forms.CharField(label=lazy("Tên bước"), max_length=300, required=False)
    role = forms.ChoiceField(label=lazy("Người thực hiện"), choices=[(role.value, lazy(ROLE_NAMES[role])) for role in Role])
    hours = forms.DecimalField(
        label=lazy("Giờ làm việc"), required=False, min_value=0, max_digits=7, decimal_places=2, localize=True
    )
    share = forms.IntegerField(label=lazy("hoặc % thời hạn"), required=False, min_value=0, max_value=100)
    result = forms.CharField(label=lazy("Kết quả của bước"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_as_required = True  # the rule of a row is told once above all rows
            if isinstance(field, (forms.IntegerField, forms.DecimalField)):
                field.error_messages["invalid"] = _("Hãy nhập bằng chữ số.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors or not data.get("name"):
            return data
        if (data.get("hours") is None) == (data.get("share") is None):
            self.add_error("hours", _("Mỗi bước ghi số giờ làm việc hoặc tỷ lệ %, một trong hai."))
        return data


Rows = forms.formset_factory(Row, extra=3, max_num=60)


def initial_rows(steps: tuple[StepPlan, ...]) -> list[dict[str, Any]]:
    """The steps of a version as typed."""
    names = ("stage", "name", "role", "hours", "share", "result")
    return [{name: getattr(step, name) for name in names} for step in steps]


def steps_from(rows: Any) -> list[StepPlan]:
    """The steps a valid formset tells, numbered in the order they stand."""
    told = [row.cleaned_data for row in rows if row.cleaned_data.get("name")]
    return [
        StepPlan(number, Stage(r["stage"]), r["name"], r["role"], r["hours"], r["share"], r["result"])
        for number, r in enumerate(told, 1)
    ]


class Decision(Form):
    """By what and from when; every part is needed."""

    decision_number = forms.CharField(label=lazy("Số quyết định"), max_length=60)
    decision_date = DateField(label=lazy("Ngày quyết định"))
    since = DateField(label=lazy("Có hiệu lực từ ngày"))
