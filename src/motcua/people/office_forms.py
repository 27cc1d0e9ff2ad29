"""What the pages of officers ask."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.kit.forms import DateField, Form
from motcua.organisation import queries as units
from motcua.people.rules import ROLE_NAMES, Role


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

    def __init__(self, *args: object, allowed: frozenset[int], on: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        rows = [unit for unit in units.tree(on).values() if unit.id in allowed]
        self.fields["unit"].choices = [(unit.id, f"{unit.code} – {unit.name}") for unit in rows]


class EndOfPosition(Form):
    until = DateField(label=_("Thôi giữ vị trí từ ngày"))


class NewKey(Form):
    label = forms.CharField(
        label=_("Tên khóa"), max_length=80, help_text=_("Dùng cho phần mềm nào, ví dụ “Phần mềm một cửa của sở”.")
    )
    expires_on = DateField(label=_("Hết hạn vào cuối ngày"), required=False)
