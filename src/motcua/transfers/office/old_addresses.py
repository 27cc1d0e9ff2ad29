"""Addresses of the time when slips belonged to the dossiers; bookmarks and printed links keep working."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect

from motcua.kit.access import requires
from motcua.transfers.office import frame


@requires(frame.works_on_dossiers)
def give(request: HttpRequest) -> HttpResponseRedirect:
    """Bàn giao."""
    return redirect("transfers_office:give")


@requires(frame.works_or_oversees)
def slip(request: HttpRequest, slip_id: int) -> HttpResponseRedirect:
    """One slip; its number is what it was."""
    return redirect("transfers_office:slip", slip_id)


@requires(frame.works_or_oversees)
def printed(request: HttpRequest, slip_id: int) -> HttpResponseRedirect:
    """Its paper."""
    return redirect("transfers_office:slip_print", slip_id)
