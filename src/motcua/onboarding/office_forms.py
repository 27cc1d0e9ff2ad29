"""What the pages of imports ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from motcua.base.text import fold
from motcua.kit.forms import Form
from motcua.onboarding.rules.choices import LABELS
from motcua.onboarding.rules.fields import Field
from motcua.onboarding.rules.mapping import Plan, labels

ACCEPTED = ".xlsx,.xls,.ods,.csv,.txt"


class Upload(Form):
    file = forms.FileField(
        label=_("Tệp bảng tính"), widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("Excel (xlsx, xls), OpenDocument (ods) hoặc CSV. Trang tính đầu tiên có dữ liệu được đọc."),
    )  # fmt: skip


class HeaderLine(Form):
    line = forms.IntegerField(
        label=_("Dòng tiêu đề"), min_value=1, help_text=_("Số dòng trong tệp, nơi ghi tên các cột.")
    )


class MappingForm(Form):
    """For every field a column or one value for all lines; for strange words what they mean."""

    def __init__(
        self, data: Any = None, *, fields: Sequence[Field], header: Sequence[str], width: int, plan: Plan,
        strange: Mapping[str, Sequence[str]],
    ) -> None:  # fmt: skip
        super().__init__(data)
        self.asked, self.strange = fields, strange
        columns = [
            ("", _("Không có trong tệp")),
            *((str(n), label) for n, label in enumerate(labels(header, width))),
        ]
        for field in fields:
            place = plan.columns.get(field.key)
            self.fields[f"col_{field.key}"] = forms.ChoiceField(
                choices=columns, required=False, initial="" if place is None else str(place)
            )
            self.fields[f"all_{field.key}"] = _constant(field, plan.constants.get(field.key, ""))
        for key, number, word in self.strange_words():
            choices = [("", _("Chưa chọn")), *LABELS[key].items()]
            self.fields[f"word_{key}_{number}"] = forms.ChoiceField(
                label=word, choices=choices, required=False
            )
        self.fields["name"] = forms.CharField(
            label=_("Lưu cách ghép cột này với tên"), max_length=80, required=False,
            help_text=_("Để dùng lại cho tệp khác cùng mẫu. Tên đã có thì được ghi đè."),
        )  # fmt: skip

    def strange_words(self) -> Iterator[tuple[str, int, str]]:
        """Field, number and word of everything not understood yet."""
        for key, words in self.strange.items():
            for number, word in enumerate(words):
                yield key, number, word

    def lines(self) -> Iterator[tuple[Field, BoundField, BoundField]]:
        """Field by field: the choice of its column and its value for all lines."""
        for field in self.asked:
            yield field, self[f"col_{field.key}"], self[f"all_{field.key}"]

    def words(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Label of the field and its strange words."""
        names = {field.key: field.label for field in self.asked}
        for key, words in self.strange.items():
            yield names[key], [self[f"word_{key}_{number}"] for number in range(len(words))]

    def plan(self, before: Plan) -> Plan:
        """What was chosen; words told earlier stay told."""
        data = self.cleaned_data
        columns = {f.key: int(data[f"col_{f.key}"]) for f in self.asked if data[f"col_{f.key}"]}
        constants = {f.key: data[f"all_{f.key}"] for f in self.asked if data[f"all_{f.key}"]}
        values = {key: dict(words) for key, words in before.values.items()}
        for key, number, word in self.strange_words():
            if data[f"word_{key}_{number}"]:
                values.setdefault(key, {})[fold(word)] = data[f"word_{key}_{number}"]
        return Plan(columns, constants, values)


def _constant(field: Field, value: str) -> forms.Field:
    if field.key in LABELS:
        choices = [("", _("Không có")), *LABELS[field.key].items()]
        return forms.ChoiceField(choices=choices, required=False, initial=value)
    return forms.CharField(max_length=300, required=False, initial=value)


class Confirmation(Form):
    mode = forms.ChoiceField(
        label=_("Cách nhập"), widget=forms.RadioSelect, initial="right",
        choices=[("right", _("Chỉ nhập dòng đúng")), ("whole", _("Nhập tất cả hoặc không nhập gì"))],
    )  # fmt: skip
