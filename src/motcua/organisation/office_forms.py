"""What the pages of units ask."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.kit.forms import DateField, Form
from motcua.organisation import queries
from motcua.organisation.rules import Level
from motcua.organisation.services import UnitData
from motcua.organisation.words import KIND_WORDS, LEVEL_WORDS

UNTIL = _("Ngày đầu tiên không còn hiệu lực. Để trống nếu chưa có ngày kết thúc.")


def citation() -> forms.CharField:
    return forms.CharField(label=_("Căn cứ"), max_length=200, help_text=_("Số, ngày của nghị quyết hoặc quyết định."))


def unit_choices(on: date) -> list[tuple[str, str]]:
    """The units that exist on `on`, by code."""
    return [(unit.code, f"{unit.code} – {unit.name}") for unit in queries.tree(on).values()]


class UnitFields(Form):
    """The data of one version of a unit. `on`: the day whose units are offered as parents."""

    name = forms.CharField(label=_("Tên đơn vị"), max_length=200)
    short_name = forms.CharField(label=_("Tên ngắn"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("Loại đơn vị"), choices=[(k.value, words) for k, words in KIND_WORDS.items()])
    parent = forms.ChoiceField(label=_("Đơn vị cấp trên"), required=False)
    place = forms.CharField(label=_("Địa danh ghi trên văn bản"), max_length=100, required=False)
    address = forms.CharField(label=_("Địa chỉ"), max_length=200, required=False)
    phone = forms.CharField(label=_("Điện thoại"), max_length=30, required=False)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    since = DateField(label=_("Áp dụng từ ngày"))
    citation = citation()

    def __init__(self, *args: object, on: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", _("Không có")), *unit_choices(on)]

    def unit_data(self) -> UnitData:
        """The data without the span it holds for."""
        return UnitData(**{name: self.cleaned_data[name] for name in UnitData.__dataclass_fields__})


class NewUnit(UnitFields):
    code = forms.CharField(
        label=_("Mã định danh"), max_length=35,
        help_text=_("Theo Quyết định 20/2020/QĐ-TTg, ví dụ H99.10. Mã không bao giờ được dùng lại.")
    )
    level = forms.ChoiceField(label=_("Cấp"), choices=[(lv.value, LEVEL_WORDS[lv]) for lv in Level])
    until = DateField(label=_("Đến trước ngày"), required=False, help_text=UNTIL)
    field_order = ["code", "level"]


class Closing(Form):
    on = DateField(label=_("Kết thúc hoạt động từ ngày"))
    citation = citation()


class NewSuccession(Form):
    heir = forms.ChoiceField(label=_("Đơn vị kế thừa"))
    on = DateField(label=_("Kế thừa từ ngày"))
    procedure_code = forms.CharField(label=_("Chỉ thủ tục mang mã"), max_length=20, required=False)
    field_code = forms.CharField(
        label=_("Hoặc chỉ lĩnh vực mang mã"), max_length=60, required=False,
        help_text=_("Để trống cả hai ô nếu kế thừa toàn bộ phần việc còn lại.")
    )
    citation = citation()

    def __init__(self, *args: object, on: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heir"].choices = unit_choices(on)

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        if data.get("procedure_code") and data.get("field_code"):
            self.add_error("field_code", _("Chỉ chọn thủ tục hoặc lĩnh vực, không chọn cả hai."))
        return data


class NewService(Form):
    unit = forms.ChoiceField(label=_("Đơn vị có thẩm quyền"))
    since = DateField(label=_("Tiếp nhận thay từ ngày"))
    until = DateField(label=_("Đến trước ngày"), required=False, help_text=UNTIL)
    citation = citation()

    def __init__(self, *args: object, on: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = unit_choices(on)
