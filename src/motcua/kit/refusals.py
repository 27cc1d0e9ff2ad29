"""One handler that turns a refusal raised anywhere behind a page into a clear page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from motcua.base.errors import MotcuaError


def refuse(request: HttpRequest, error: MotcuaError) -> HttpResponse:
    """The page that says what was refused and what to do, in the shell the request came from."""
    shell = "office" if request.path.startswith("/office/") else "portal"
    context = {"sentence": error.render(gettext(error.sentence)), "code": error.code}
    return render(request, f"{shell}/refusal.html", context, status=error.status)


class Refusals:
    """Answers a `MotcuaError` that a view raised; other errors stay errors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refuse(request, error) if isinstance(error, MotcuaError) else None
