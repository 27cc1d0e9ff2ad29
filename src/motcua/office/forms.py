"""Signing in and changing the password."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from motcua.kit.forms import SaysWhatIsMissing


class SignIn(SaysWhatIsMissing, AuthenticationForm):
    error_messages = {
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra và nhập lại."),
        "inactive": _("Tài khoản này đã bị khóa. Hãy liên hệ quản trị hệ thống của đơn vị."),
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Tên đăng nhập")
        self.fields["password"].label = _("Mật khẩu")


class ChangePassword(SaysWhatIsMissing, PasswordChangeForm):
    error_messages = {
        "password_incorrect": _("Mật khẩu hiện tại không đúng. Hãy nhập lại."),
        "password_same": _("Mật khẩu mới phải khác mật khẩu hiện tại."),
        "password_mismatch": _("Hai lần nhập mật khẩu mới không giống nhau. Hãy nhập lại."),
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Mật khẩu hiện tại")
        self.fields["new_password1"].label = _("Mật khẩu mới")
        self.fields["new_password1"].help_text = _(
            "Ít nhất 10 ký tự, không chỉ gồm chữ số, không giống tên của bạn và không phải mật khẩu phổ biến."
        )
        self.fields["new_password2"].label = _("Nhập lại mật khẩu mới")

    def clean_new_password1(self) -> str:
        new = str(self.cleaned_data["new_password1"])
        if self.user.check_password(new):
            raise ValidationError(self.error_messages["password_same"], code="password_same")
        return new
