"""What the pages of the catalogue ask: the head of a draft, its parts row by row, decisions, competence, files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.catalogue.rules import ComponentKind, FeeKind
from motcua.catalogue.words import CHANNEL_WORDS, COMPONENT_WORDS, FEE_WORDS, LEVEL_WORDS, UNIT_WORDS
from motcua.kit.forms import DateField, Form

IMPORT_BYTES = 50 * 1024 * 1024
"""A whole national catalogue packs to a few megabytes; unpacked size and lines have limits of their own."""


def _several(label: Any, words: Mapping[Any, Any]) -> forms.MultipleChoiceField:
    choices = [(key.value, text) for key, text in words.items()]
    return forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple)


def _lines(label: Any, *, required: bool = True, rows: int = 2) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=4000, widget=forms.Textarea(attrs={"rows": rows}))


class HeadForm(Form):
    """The draft's own columns."""

    name = _lines(lazy("Tên thủ tục"))
    levels = _several(lazy("Cấp thực hiện"), LEVEL_WORDS)
    channels = _several(lazy("Cách thức nộp hồ sơ"), CHANNEL_WORDS)
    online_level = forms.ChoiceField(
        label=lazy("Mức cung cấp trực tuyến"), required=False,
        choices=[("", lazy("Chưa cung cấp")), ("toan_trinh", lazy("Toàn trình")), ("mot_phan", lazy("Một phần"))],
    )  # fmt: skip
    after_15h = forms.BooleanField(label=lazy("Có quy định riêng cho hồ sơ tiếp nhận sau 15 giờ"), required=False)
    category = forms.CharField(label=lazy("Loại thủ tục"), max_length=200, required=False)


class RowForm(Form):
    """One row of a part; `key` names the column without which the row is left out."""

    key = "name"
    id = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, cases: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "case_id" in self.fields:
            self.fields["case_id"].choices = [("", _("Mọi trường hợp")), *cases]
        for field in self.fields.values():
            field.show_as_required = True  # told once above all rows
            if isinstance(field, forms.IntegerField):
                field.error_messages["invalid"] = _("Hãy nhập số nguyên.")

    def told(self) -> dict[str, Any] | None:
        """The row as `rewrite` takes it; None for one left out."""
        if not self.cleaned_data.get(self.key):
            return None
        data = {name: self.cleaned_data[name] for name in self.fields}
        return {**data, "case_id": int(data["case_id"]) if data["case_id"] else None} if "case_id" in data else data


class CaseRow(RowForm):
    name = _lines(lazy("Tên trường hợp"), required=False, rows=1)
    term_amount = forms.IntegerField(label=lazy("Thời hạn"), required=False, min_value=1, max_value=9999)
    term_unit = forms.ChoiceField(
        label=lazy("Đơn vị thời hạn"), required=False,
        choices=[("", lazy("Chưa rõ")), *((u.value, w) for u, w in UNIT_WORDS.items())],
    )
    channels = _several(lazy("Cách thức nộp"), CHANNEL_WORDS)
    description = _lines(lazy("Mô tả"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channels"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("term_amount") and data.get("term_unit") == "":
            self.add_error("term_unit", _("Thời hạn có số nhưng thiếu đơn vị. Hãy chọn đơn vị."))
        if data.get("name") and not data.get("channels"):
            self.add_error("channels", _("Hãy chọn ít nhất một cách thức nộp."))
        return data


class ComponentRow(RowForm):
    name = _lines(lazy("Tên giấy tờ"), required=False)
    kind = forms.ChoiceField(
        label=lazy("Nộp hay xuất trình"), initial=ComponentKind.SUBMIT.value,
        choices=[(k.value, w) for k, w in COMPONENT_WORDS.items()],
    )
    originals = forms.IntegerField(label=lazy("Bản chính"), initial=1, min_value=0, max_value=999)
    copies = forms.IntegerField(label=lazy("Bản sao"), initial=0, min_value=0, max_value=999)
    required = forms.BooleanField(label=lazy("Bắt buộc"), initial=True, required=False)
    case_id = forms.ChoiceField(label=lazy("Trường hợp"), required=False)
    form_name = forms.CharField(label=lazy("Mẫu đơn, tờ khai"), required=False, max_length=500)
    held_by = forms.CharField(
        label=lazy("Cơ sở dữ liệu có thể thay"), required=False, max_length=200,
        help_text=lazy("Ví dụ: CSDL quốc gia về dân cư. Chỉ được yêu cầu nộp giấy tờ khi không khai thác được."),
    )


class TariffRow(RowForm):
    name = _lines(lazy("Tên khoản thu"), required=False, rows=1)
    kind = forms.ChoiceField(
        label=lazy("Loại"), initial=FeeKind.CHARGE.value, choices=[(k.value, w) for k, w in FEE_WORDS.items()]
    )
    amount = forms.IntegerField(label=lazy("Số tiền (đồng)"), required=False, min_value=0, max_value=10**12)
    channel = forms.ChoiceField(
        label=lazy("Cách thức nộp"), required=False,
        choices=[("", lazy("Mọi cách thức")), *((c.value, w) for c, w in CHANNEL_WORDS.items())],
    )
    case_id = forms.ChoiceField(label=lazy("Trường hợp"), required=False)
    payer_rule = forms.CharField(label=lazy("Miễn, giảm"), required=False, max_length=500)


class ResultRow(RowForm):
    name = _lines(lazy("Tên kết quả"), required=False, rows=1)
    code = forms.CharField(label=lazy("Mã kết quả"), required=False, max_length=40)
    is_document = forms.BooleanField(label=lazy("Là giấy tờ (phải có tệp khi trả)"), initial=True, required=False)


class BasisRow(RowForm):
    key = "number"
    number = forms.CharField(label=lazy("Số văn bản"), required=False, max_length=60)
    title = _lines(lazy("Tên văn bản"), required=False)


@dataclass(frozen=True)
class Part:
    """A part of a draft that is edited on its own page."""

    slug: str
    name: str
    title: Any
    row: type[RowForm]


PARTS = (
    Part("truong-hop", "cases", lazy("Trường hợp và thời hạn"), CaseRow),
    Part("thanh-phan", "components", lazy("Thành phần hồ sơ"), ComponentRow),
    Part("phi-le-phi", "tariffs", lazy("Phí, lệ phí"), TariffRow),
    Part("ket-qua", "results", lazy("Kết quả giải quyết"), ResultRow),
    Part("can-cu", "legal_bases", lazy("Căn cứ pháp lý"), BasisRow),
)
BY_SLUG = {part.slug: part for part in PARTS}


class Decision(Form):
    """By what and from when."""

    decision_number = forms.CharField(label=lazy("Số quyết định công bố"), max_length=100)
    decision_date = DateField(label=lazy("Ngày quyết định"))
    valid_from = DateField(label=lazy("Có hiệu lực từ ngày"))


class Abolition(Form):
    decision_number = forms.CharField(label=lazy("Số quyết định bãi bỏ"), max_length=100)
    decision_date = DateField(label=lazy("Ngày quyết định"))
    from_date = DateField(label=lazy("Bãi bỏ từ ngày"))


class CompetenceForm(Form):
    """Which unit settles what. One of procedure and field."""

    unit = forms.ChoiceField(label=lazy("Đơn vị"))
    level = forms.ChoiceField(label=lazy("Cấp giải quyết"), choices=[(lv.value, words) for lv, words in LEVEL_WORDS.items()])
    procedure_code = forms.CharField(label=lazy("Mã thủ tục"), required=False, max_length=8)
    field_code = forms.ChoiceField(label=lazy("Hoặc toàn bộ lĩnh vực"), required=False)
    valid_from = DateField(label=lazy("Từ ngày"))
    valid_to = DateField(label=lazy("Đến trước ngày"), required=False, help_text=lazy("Để trống nếu chưa có ngày kết thúc."))
    decision = forms.CharField(label=lazy("Số quyết định"), max_length=200)

    def __init__(self, *args: Any, units: list[tuple[Any, str]], fields: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units
        self.fields["field_code"].choices = [("", _("Không chọn")), *fields]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if bool(data.get("procedure_code")) == bool(data.get("field_code")):
            raise ValidationError(_("Hãy nhập mã thủ tục hoặc chọn lĩnh vực, một trong hai."))
        return data


class ImportForm(Form):
    file = forms.FileField(
        label=lazy("Tệp .jsonl hoặc .jsonl.gz"),
        help_text=lazy("Bản ghi của Cơ sở dữ liệu quốc gia về thủ tục hành chính, tối đa 50 MB."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith((".jsonl", ".jsonl.gz")):
            raise ValidationError(_("Chỉ nhận tệp .jsonl hoặc .jsonl.gz."))
        if file.size > IMPORT_BYTES:
            raise ValidationError(_("Tệp lớn hơn 50 MB. Hãy tách tệp, hoặc dùng lệnh import-procedures trên máy chủ."))
        return file
