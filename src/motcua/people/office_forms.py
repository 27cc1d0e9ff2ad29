"""What the pages of officers ask."""

from __future__ import annotations

import re
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.base.codes import PROCEDURE_CODE
from motcua.kit.forms import DateField, Form
from motcua.organisation import queries as units
from motcua.people.rules import ROLE_NAMES, Role
from motcua.people.standing_in import SIGNATURE_NAMES


class NewPassword(Form):
    password = forms.CharField(
        label=_("Mật khẩu tạm"), strip=False, max_length=128, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Ít nhất 10 ký tự, không chỉ gồm chữ số. Cán bộ phải đổi mật khẩu này ở lần đăng nhập đầu tiên."),
    )  # fmt: skip


class NewOfficer(NewPassword):
    username = forms.CharField(label=_("Tên đăng nhập"), max_length=60)
    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    field_order = ["username", "full_name", "email", "password"]


class NewPosition(Form):
    unit = forms.ChoiceField(label=_("Đơn vị"))
    role = forms.ChoiceField(label=_("Vai trò"), choices=[(role.value, _(ROLE_NAMES[role])) for role in Role])
    title = forms.CharField(label=_("Chức danh"), max_length=120, required=False)
    since = DateField(label=_("Giữ vị trí từ ngày"))
    until = DateField(
        label=_("Đến trước ngày"), required=False,
        help_text=_("Ngày đầu tiên không còn giữ vị trí. Để trống nếu chưa có ngày kết thúc.")
    )
    decision = forms.CharField(label=_("Số quyết định"), max_length=120)
    term_months = forms.IntegerField(
        label=_("Nhiệm kỳ tại quầy (tháng)"), required=False, min_value=1, max_value=120,
        help_text=_("Theo quyết định cử người; thay người trước khi hết nhiệm kỳ phải ghi lý do."),
    )

    def __init__(self, *args: object, allowed: frozenset[int], on: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        rows = [unit for unit in units.tree(on).values() if unit.id in allowed]
        self.fields["unit"].choices = [(unit.id, f"{unit.code} – {unit.name}") for unit in rows]


class EndOfPosition(Form):
    until = DateField(label=_("Thôi giữ vị trí từ ngày"))
    reason = forms.CharField(
        label=_("Lý do, số văn bản"), max_length=500, required=False,
        help_text=_("Bắt buộc khi cán bộ một cửa bị thay trước khi hết nhiệm kỳ."),
    )


class NewKey(Form):
    label = forms.CharField(
        label=_("Tên khóa"), max_length=80, help_text=_("Dùng cho phần mềm nào, ví dụ “Phần mềm một cửa của sở”.")
    )
    expires_on = DateField(label=_("Hết hạn vào cuối ngày"), required=False)


class NewAbsence(Form):
    officer = forms.ChoiceField(label=_("Cán bộ vắng mặt"))
    since = DateField(label=_("Vắng từ ngày"))
    last = DateField(label=_("Đến hết ngày"))
    substitute = forms.ChoiceField(label=_("Người làm thay"))
    reason = forms.CharField(label=_("Lý do"), max_length=500, help_text=_("Ví dụ: nghỉ phép năm, đi học, công tác."))
    decided_by = forms.CharField(label=_("Người quyết định, số văn bản"), max_length=200)

    def __init__(self, *args: object, staff: list[tuple[int, str]], others: list[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].choices = [("", _("Chọn cán bộ")), *staff]
        self.fields["substitute"].choices = [("", _("Chọn cán bộ")), *others]


class EndOfStandIn(Form):
    until = DateField(label=_("Kết thúc kể từ ngày"), help_text=_("Từ ngày này quyền làm thay, ký thay không còn."))


class NewDelegation(Form):
    giver = forms.ChoiceField(label=_("Người giao ký (người đứng đầu)"))
    officer = forms.ChoiceField(label=_("Người được giao ký"))
    form = forms.ChoiceField(label=_("Hình thức ký"), choices=[(f.value, words) for f, words in SIGNATURE_NAMES.items()])
    principal_title = forms.CharField(label=_("Chức danh người giao ký"), max_length=120, help_text=_("Ví dụ: Giám đốc"))
    own_title = forms.CharField(label=_("Chức danh người được giao ký"), max_length=120, help_text=_("Ví dụ: Phó Giám đốc"))
    body = forms.CharField(
        label=_("Tập thể được thay mặt"), max_length=200, required=False,
        help_text=_("Chỉ khi ký thay mặt tập thể, ví dụ: Ủy ban nhân dân xã. In thành “TM. ỦY BAN NHÂN DÂN XÃ”."),
    )  # fmt: skip
    since = DateField(label=_("Từ ngày"))
    last = DateField(label=_("Đến hết ngày"), required=False)
    procedures = forms.CharField(
        label=_("Chỉ các thủ tục"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mã thủ tục, cách nhau bằng dấu phẩy. Để trống: mọi thủ tục của đơn vị."),
    )  # fmt: skip
    decision = forms.CharField(label=_("Số, ngày văn bản giao ký"), max_length=200)

    def __init__(self, *args: object, givers: list[tuple[int, str]], staff: list[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["giver"].choices = [("", _("Chọn cán bộ")), *givers]
        self.fields["officer"].choices = [("", _("Chọn cán bộ")), *staff]

    def clean_procedures(self) -> tuple[str, ...]:
        codes = tuple(filter(None, re.split(r"[\s,;]+", str(self.cleaned_data["procedures"]))))
        wrong = [code for code in codes if not PROCEDURE_CODE.match(code)]
        if wrong:
            raise forms.ValidationError(
                _("Mã thủ tục không đúng: %(codes)s. Mã có dạng 1.001234."), params={"codes": ", ".join(wrong)}
            )
        return codes


class BeginAdminMode(Form):
    reason = forms.CharField(
        label=_("Lý do, việc cần làm"), max_length=300, help_text=_("Được lưu cùng mọi thao tác trong chế độ quản trị.")
    )
    password = forms.CharField(
        label=_("Mật khẩu của bạn"), strip=False, max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip
