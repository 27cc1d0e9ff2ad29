"""The citizens' pages of the catalogue: search, one procedure on a day, its QR code. Open to everybody."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.base.time import local_date
from motcua.catalogue import queries
from motcua.catalogue.errors import ProcedureNotInForce, ProcedureUnknown
from motcua.catalogue.portal_page import shown, version_rows
from motcua.catalogue.portal_search import Search
from motcua.kit import clock
from motcua.kit.access import public

_CODE = re.compile(r"[0-9A-Za-z.\-]{3,60}\Z")
QR_SECONDS = 24 * 3600


@public
@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """Procedures in force: found by words with or without accents, by code, by field and level."""
    search = Search(request.GET, on=local_date(clock.now()))
    return render(request, "catalogue/portal_search.html", {"search": search, "form": search.form})


@public
@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """What a procedure asks and promises, today or on the day `ngay`."""
    today = local_date(clock.now())
    on = _day(request.GET.get("ngay", ""))
    try:
        page = queries.procedure_page(_well_formed(code), on=on or today)
    except ProcedureNotInForce:
        return _not_in_force(request, code, on=on or today, today=today)
    except ProcedureUnknown as unknown:
        raise Http404(code) from unknown
    if page.facts.code != code:
        return HttpResponseRedirect(_address(page.facts.code, request.GET.urlencode()))
    context = shown(page, on=on or today, today=today)
    if not context["versions"]:
        raise Http404(code)  # an internal procedure (TTHC nội bộ) is none of the public's
    context["unread_day"] = bool(request.GET.get("ngay")) and on is None
    return render(request, "catalogue/portal_procedure.html", context)


@public
@require_safe
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """The QR code that opens the page of a procedure, for notice boards."""
    if not queries.is_public_code(_well_formed(code)):
        raise Http404(code)
    drawing = BytesIO()
    address = settings.PUBLIC_URL.rstrip("/") + _address(code)
    segno.make(address, micro=False, error="m").save(drawing, kind="svg", scale=4, border=4, xmldecl=True)
    response = HttpResponse(drawing.getvalue(), content_type="image/svg+xml")
    response["Cache-Control"] = f"public, max-age={QR_SECONDS}"
    return response


def _not_in_force(request: HttpRequest, code: str, *, on: date, today: date) -> HttpResponse:
    versions = version_rows(code, shown_id=0, today=today)
    if not versions:
        raise Http404(code)
    context = {"code": code, "on": on, "name": versions[0]["name"], "versions": versions}
    return render(request, "catalogue/portal_not_in_force.html", context, status=404)


def _address(code: str, query: str = "") -> str:
    path = reverse("portal:procedure", args=[code])
    return f"{path}?{query}" if query else path


def _well_formed(code: str) -> str:
    if not _CODE.match(code):
        raise Http404("code")
    return code


def _day(text: str) -> date | None:
    """A day as written in addresses (2026-01-31) or by people (31/01/2026)."""
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text.strip())
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(text.strip())
    except ValueError:
        return None
