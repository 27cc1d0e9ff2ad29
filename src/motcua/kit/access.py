"""Access is declared on the view, in a sentence; a view that declares nothing is refused.

A view is decorated with `public` or `requires(rule)`. A rule is a function `(request) -> None` that raises `NotAllowed`;
its docstring is the sentence shown by "who may see this page?".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from motcua.base.actor import ADMINISTRATOR, Actor
from motcua.base.errors import MotcuaError, NotAllowed
from motcua.kit.refusals import refuse

Rule = Callable[[HttpRequest], None]
View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Anybody may open the page."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def requires(rule: Rule) -> Callable[[View], View]:
    """Only signed-in officers who satisfy `rule` may open the page."""

    def declare(view: View) -> View:
        view.access = rule  # type: ignore[attr-defined]
        return view

    return declare


def acting(request: HttpRequest) -> Actor:
    """The signed-in officer with today's positions; `people.arrival` puts it on the request."""
    return request.actor  # type: ignore[attr-defined]


def administers(request: HttpRequest) -> bool:
    """Whether the officer administers the system; for menus."""
    return request.user.is_authenticated and acting(request).holds(ADMINISTRATOR)


class AdminModeNeeded(NotAllowed):
    """An administrator outside the mode of administration (`people.admin_mode`)."""

    code = "admin_mode_needed"
    sentence = "Việc này chỉ làm được trong chế độ quản trị. Hãy bật chế độ quản trị, ghi lý do, rồi mở lại trang."


def administrator(request: HttpRequest) -> None:
    """Dành cho quản trị hệ thống đang ở chế độ quản trị."""
    if administers(request):
        return
    if getattr(request, "admin_mode_off", False):
        raise AdminModeNeeded
    raise NotAllowed(reason="trang này dành cho quản trị hệ thống.")


def provincial_administrator(request: HttpRequest) -> None:
    """Dành cho quản trị hệ thống cấp tỉnh đang ở chế độ quản trị."""
    administrator(request)
    require_province(acting(request))


def require_province(actor: Actor) -> None:
    """Refuses whoever does not administer the province's own unit: units, calendar and outbox are everybody's."""
    if not actor.runs_province():
        raise NotAllowed(reason="việc này dành cho quản trị hệ thống cấp tỉnh.")


class RefuseByDefault:
    """Runs the rule a view declares before the view; a view without one is refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        access = getattr(view, "access", None)
        if access == "public":
            return None
        if access is None:
            return refuse(request, NotAllowed(reason="trang này chưa khai báo quyền truy cập."))
        if not request.user.is_authenticated:
            target = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{target}")
        try:
            access(request)
        except MotcuaError as error:
            return refuse(request, error)
        return None
