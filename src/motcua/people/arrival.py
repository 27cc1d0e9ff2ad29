"""Who comes in with a request: the actor for the pages, and the way to a new password where one is owed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from motcua.people.access import actor

OPEN_TO_ALL = ("office:password", "office:logout", "office:login")


class Arrival:
    """Puts `request.actor` on the request (read only when asked for).

    An officer whose password was set by somebody else sees only the password page until it is changed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.path.startswith("/office/") or not getattr(request.user, "must_change_password", False):
            return None
        match = request.resolver_match
        if match is not None and match.view_name in OPEN_TO_ALL:
            return None
        return HttpResponseRedirect(reverse("office:password"))
