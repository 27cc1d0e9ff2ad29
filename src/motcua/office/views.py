"""The shell's own pages: home, signing in and out, password."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from motcua.kit.access import requires
from motcua.office import navigation
from motcua.office.access import any_officer
from motcua.office.forms import ChangePassword, SignIn


@requires(any_officer)
def home(request: HttpRequest) -> HttpResponse:
    """Sends the officer to the first page of their own work.

    A page of its own only for those who have none yet.
    """
    for entry in navigation.ENTRIES:
        if entry.url_name != "office:home" and entry.allowed(request):
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

    def form_valid(self, form: ChangePassword) -> HttpResponse:
        messages.success(self.request, _("Đã đổi mật khẩu. Lần đăng nhập sau hãy dùng mật khẩu mới."))
        return super().form_valid(form)
