"""The public list of apologies: how many each unit sent, and what each said, without a word about people (SOS-10).

A code is shown without its last digits: its owner knows it again, others cannot look the dossier up with it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.base.time import day_start, local_date
from motcua.dossiers.watch_queries import PublicLetter, letters, public_letters
from motcua.kit import clock
from motcua.kit.access import public
from motcua.organisation import queries as units

_PAGE = 50
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month by its first day."""

    first: date

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def words(self) -> str:
        return f"{self.first:%m/%Y}"

    @property
    def edges(self) -> tuple[datetime, datetime]:
        """Its first instant, and the first that no longer belongs to it."""
        return day_start(self.first), day_start((self.first + timedelta(days=32)).replace(day=1))


def months(today: date) -> list[Month]:
    """The present month and the eleven before it, newest first."""
    found = [Month(today.replace(day=1))]
    while len(found) < _MONTHS:
        found.append(Month((found[-1].first - timedelta(days=1)).replace(day=1)))
    return found


def masked(code: str) -> str:
    """The code without its last two digits: "H99.02-260310-00••"."""
    return f"{code[:-2]}••"


@public
@require_safe
def apologies(request: HttpRequest) -> HttpResponse:
    """Numbers by unit and the letters of a month."""
    offered = months(local_date(clock.now()))
    chosen = next((month for month in offered if month.key == request.GET.get("thang")), offered[0])
    rows = letters(*chosen.edges)
    by_unit = Counter(rows.order_by().values_list("dossier__unit_id", flat=True))
    unit = _unit(request.GET.get("don-vi", ""), by_unit)
    number = _page(request.GET.get("trang", ""))
    shown = rows.filter(dossier__unit_id=unit) if unit else rows
    start = (number - 1) * _PAGE
    found = public_letters(shown[start : start + _PAGE + 1])
    names = {n: facts.name for n, facts in units.as_on(by_unit, on=local_date(clock.now())).items()}
    context = {
        "months": offered, "month": chosen, "units": _counts(by_unit, names), "unit": unit, "unit_name": names.get(unit or 0, ""),
        "letters": [_shown(letter, names) for letter in found[:_PAGE]], "total": sum(by_unit.values()),
        "before": number - 1, "after": number + 1 if len(found) > _PAGE else 0,
    }  # fmt: skip
    return render(request, "alerts/portal_apologies.html", context)


def _counts(by_unit: Counter[int], names: dict[int, str]) -> list[dict[str, Any]]:
    rows = [
        {"id": number, "name": names.get(number, ""), "count": count} for number, count in by_unit.items()
    ]
    return sorted(rows, key=lambda row: (-row["count"], row["name"]))


def _shown(letter: PublicLetter, names: dict[int, str]) -> dict[str, Any]:
    return {"letter": letter, "code": masked(letter.code), "unit": names.get(letter.unit_id, "")}


def _unit(text: str, known: Counter[int]) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 and int(text) in known else None


def _page(text: str) -> int:
    return max(1, int(text)) if text.isdecimal() and len(text) < 6 else 1
