"""The language of the screens: Vietnamese, until the reader chooses another; the choice is kept in a cookie.

What the browser prefers is not asked: the language of a Vietnamese authority is Vietnamese, on every computer.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from motcua.kit.access import public


@public
@csrf_exempt  # changes nothing but the reader's own screen; a token would give every public page a cookie
def choose(request: HttpRequest) -> HttpResponse:
    """Remembers the language and goes back to the page the reader came from, or to its first page."""
    return set_language(request)


class ChosenLanguage:
    """Answers each request in the language its reader chose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        chosen = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen  # type: ignore[attr-defined]
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response
