"""What all pages of this room share: who may open them, the row of pages above, names of units, choices of places."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.time import local_date
from motcua.dossiers.access import OVERSEERS
from motcua.kit import clock
from motcua.organisation.queries import latest, tree
from motcua.people.access import has_role, roles
from motcua.transfers import access

works_or_oversees = roles(*access.WORKERS, *OVERSEERS)
works_on_dossiers = roles(*access.WORKERS)


def name(unit_id: int) -> str:
    """The unit's name, as it last was when it is closed."""
    return latest(unit_id).name


def unit_choices() -> list[tuple[str, str]]:
    """Every unit of today, by name."""
    units = sorted(tree(local_date(clock.now())).values(), key=lambda unit: unit.name)
    return [(str(unit.id), f"{unit.name} ({unit.code})") for unit in units]


def number(text: str) -> int:
    """A number of the address or the form; 0 for anything else."""
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The page under the row of this room's pages."""
    return render(request, f"transfers/{template}.html", {"tabs": _tabs(request), **context}, status=status)


def _tabs(request: HttpRequest) -> list[dict[str, Any]]:
    works = has_role(request, *access.WORKERS)
    pages = (
        (_("Chờ tôi nhận"), "awaited", works),
        (_("Bàn giao"), "give", works),
        (_("Phiếu bàn giao"), "slips", True),
        (_("Chặng liên thông"), "legs", True),
        (_("Luân chuyển bị vướng"), "stuck", True),
        (_("Bảng liên thông"), "linked", True),
    )
    listed = [(words, reverse(f"transfers_office:{page}")) for words, page, shown in pages if shown]
    return [
        {"name": words, "url": url, "current": request.path == url} for words, url in listed
    ]
