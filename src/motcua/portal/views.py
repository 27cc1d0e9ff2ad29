"""The public shell's own pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.base.time import local_date
from motcua.kit import clock
from motcua.kit.access import public
from motcua.portal.hours import coming_week


@public
def home(request: HttpRequest) -> HttpResponse:
    """What can be done here, in the order of what people come for."""
    return render(request, "portal/home.html", {"openings": coming_week(local_date(clock.now()))})


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """What we promise to people with keyboards, readers, large type or old telephones; whom to tell."""
    return render(request, "portal/accessibility.html")
