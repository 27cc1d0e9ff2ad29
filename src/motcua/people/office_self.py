"""Pages of an officer's own standing: the mode of administration, the positions held and the one worked in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.base.actor import Duty
from motcua.base.errors import MotcuaError, NotAllowed
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import REFUSED, Page, ask, bound
from motcua.organisation import queries as units
from motcua.people import admin_mode, rosters
from motcua.people.access import (
    MODE_KEY,
    POSITION_KEY,
    actor,
    chosen_position,
    position_key,
    whole_actor,
)
from motcua.people.office_forms import BeginAdminMode
from motcua.people.rules import ROLE_NAMES, Role


class WrongPassword(MotcuaError):
    code = "wrong_own_password"
    sentence = "Mật khẩu không đúng. Hãy nhập lại mật khẩu bạn dùng để đăng nhập."


def appointed_administrator(request: HttpRequest) -> None:
    """Dành cho cán bộ giữ vị trí quản trị hệ thống, cả khi chưa bật chế độ quản trị."""
    if not whole_actor(request).holds(Role.ADMIN):
        raise NotAllowed(reason="trang này dành cho quản trị hệ thống.")


def any_officer(request: HttpRequest) -> None:
    """Mọi cán bộ đã đăng nhập."""


@requires(appointed_administrator)
def mode(request: HttpRequest) -> HttpResponse:
    """Explains the mode of administration, begins it, and lists who was in it and why."""
    actor(request)
    running = request.admin_mode  # type: ignore[attr-defined]
    page = Page(
        _("Chế độ quản trị"), _("Bật chế độ quản trị"), reverse("office:home"), template="people/admin_mode.html",
    )  # fmt: skip
    context = {"running": running, "modes": rosters.modes(), "minutes": settings.ADMIN_MODE_MINUTES}

    def do(data: dict[str, Any]) -> str:
        # Through the sign-in's own check, so that guessing is counted and locked out as at the sign-in page.
        if authenticate(request, username=request.user.get_username(), password=data["password"]) is None:
            raise WrongPassword
        request.session[MODE_KEY] = admin_mode.begin(
            reason=data["reason"], minutes=settings.ADMIN_MODE_MINUTES, actor=whole_actor(request), now=clock.now()
        )
        return _next(request)

    done = _("Đã bật chế độ quản trị trong %(n)s phút.") % {"n": settings.ADMIN_MODE_MINUTES}
    return ask(request, page, bound(request, BeginAdminMode), do=do, done=done, **context)


@require_POST
@requires(appointed_administrator)
def leave_mode(request: HttpRequest) -> HttpResponse:
    """Ends the mode of administration at once."""
    number = request.session.pop(MODE_KEY, None)
    if number:
        admin_mode.end(mode_id=number, actor=whole_actor(request), now=clock.now())
    messages.success(request, _("Đã tắt chế độ quản trị."))
    return redirect("people_office:admin_mode")


@require_safe
@requires(any_officer)
def positions(request: HttpRequest) -> HttpResponse:
    """Every position the officer works in today, in words, and the choice of one."""
    whole = whole_actor(request)
    chosen = chosen_position(request, whole)
    rows = [
        {"key": position_key(duty), "words": position_words(duty), "how": _how(duty), "current": duty is chosen}
        for duty in whole.duties
        if duty.role != Role.ADMIN
    ]
    return render(request, "people/positions.html", {"rows": rows, "chosen": chosen})


@require_POST
@requires(any_officer)
def choose_position(request: HttpRequest) -> HttpResponse:
    """Works in one position alone, or in all of them again; an unknown one changes nothing."""
    key = request.POST.get("position", "")
    known = {position_key(duty): duty for duty in whole_actor(request).duties if duty.role != Role.ADMIN}
    if key and key not in known:
        messages.error(request, _("Bạn không còn giữ vị trí này. Hãy chọn lại."))
        return render(request, "people/positions.html", {"rows": [], "chosen": None}, status=REFUSED)
    if key:
        request.session[POSITION_KEY] = key
        words = position_words(known[key])
        messages.success(request, _("Đang làm việc với vai trò: %(words)s.") % {"words": words})
    else:
        request.session.pop(POSITION_KEY, None)
        messages.success(request, _("Đang làm việc với mọi vai trò bạn giữ."))
    return redirect("people_office:positions")


def position_words(duty: Duty) -> str:
    """ "Công chức một cửa, Phường Ví Dụ (thay ông/bà …)" of a position."""
    words = f"{_(ROLE_NAMES[Role(duty.role)])}, {units.latest(duty.unit_id).name}"
    if duty.on_behalf_of:
        return words + _(" (thay ông/bà %(name)s)") % {"name": duty.on_behalf_of}
    return f"{words} ({duty.signature[-2]})" if duty.signature else words


def _how(duty: Duty) -> str:
    if duty.on_behalf_of:
        return _("Làm thay trong thời gian ông/bà %(name)s vắng mặt.") % {"name": duty.on_behalf_of}
    if duty.signature:
        limit = _(" Chỉ các thủ tục: %(codes)s.") % {"codes": ", ".join(sorted(duty.procedures))} if duty.procedures else ""
        return _("Được giao ký: %(lines)s.") % {"lines": " / ".join(duty.signature)} + limit
    return _("Vị trí công tác của bạn.")


def _next(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}) and target.startswith("/office/"):
        return target
    return reverse("people_office:list")
