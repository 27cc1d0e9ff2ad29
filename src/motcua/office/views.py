"""The shell's own pages: home, signing in and out, password."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from motcua.kit import clock
from motcua.kit.access import requires
from motcua.office import navigation
from motcua.office.access import any_officer
from motcua.office.forms import ChangePassword, SignIn
from motcua.people import services
from motcua.people.access import actor


@requires(any_officer)
def home(request: HttpRequest) -> HttpResponse:
    """Sends the officer to the first page of their own work; what everybody has is nobody's own.

    A page of its own only for those who have none yet.
    """
    for entry in navigation.ENTRIES:
        if entry.allowed is not navigation.everybody and entry.allowed(request):
            return redirect(entry.url_name)
    return render(request, "office/home.html")


class Login(LoginView):
    template_name = "office/login.html"
    authentication_form = SignIn
    redirect_authenticated_user = True


class Logout(LogoutView):
    http_method_names = ["post", "options"]


class Password(PasswordChangeView):
    template_name = "office/password.html"
    form_class = ChangePassword
    success_url = reverse_lazy("office:home")

    def get_context_data(self, **context: object) -> dict[str, object]:
        return super().get_context_data(owed=self.request.user.must_change_password, **context)

    def form_valid(self, form: ChangePassword) -> HttpResponse:
        services.set_password(
            username=form.user.get_username(), password=form.cleaned_data["new_password1"], actor=actor(self.request),
            now=clock.now(),
        )  # fmt: skip
        form.user.refresh_from_db()
        update_session_auth_hash(self.request, form.user)
        messages.success(self.request, _("Đã đổi mật khẩu. Lần đăng nhập sau hãy dùng mật khẩu mới."))
        return redirect(self.success_url)
