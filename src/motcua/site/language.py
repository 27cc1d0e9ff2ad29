"""The language of the screens: the reader's choice, kept in a cookie; until then what the browser asks for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from motcua.kit.access import public


@public
@csrf_exempt  # changes nothing but the reader's own screen; a token would give every public page a cookie
def choose(request: HttpRequest) -> HttpResponse:
    """Remembers the language and goes back to the page the reader came from, or to its first page."""
    return set_language(request)
