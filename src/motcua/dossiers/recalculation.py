"""Which open dossiers' due moments a change of calendar moves: all counted at once, so that only those are touched."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

import numpy as np

from motcua.deadlines import queries as deadlines
from motcua.deadlines.bulk import MODE_CODES, OPEN, UNIT_CODES, PauseArrays, due_many, local_seconds
from motcua.deadlines.rules import PauseMode, RuleSetFacts, TermUnit
from motcua.dossiers.models import Dossier, PauseRecord
from motcua.dossiers.rules.state import IN_HAND

_COLUMNS = ("id", "ruleset", "received_at", "forward_by", "term_unit", "term_amount", "after_15h", "due_at")


def moved(now: datetime) -> list[int]:
    """Numbers of the open dossiers whose due moment is another one under the present calendar.

    The vectorised twin only selects; the verb counts each of them again by the scalar rules. "Sau 15 giờ" procedures
    are always selected, since their start is shifted before it is counted.
    """
    rows = Dossier.objects.filter(state__in=[s.value for s in IN_HAND]).exclude(term_unit="").order_by("ruleset", "id")
    found: list[int] = []
    for code, group in groupby(rows.values(*_COLUMNS).iterator(chunk_size=20_000), key=lambda row: row["ruleset"]):
        found += _moved_under(deadlines.ruleset(code), list(group), now)
    return sorted(found)


def _moved_under(rules: RuleSetFacts, rows: list[dict[str, Any]], now: datetime) -> Iterable[int]:
    counted = due_many(
        start=np.array([local_seconds(row["received_at"] or row["forward_by"]) for row in rows]),
        unit=np.array([UNIT_CODES[TermUnit(row["term_unit"])] for row in rows], dtype=np.int8),
        amount=np.array([row["term_amount"] for row in rows]),
        calendar=deadlines.work_calendar(),
        pauses=_pauses({row["id"]: place for place, row in enumerate(rows)}),
        count=rules.day_count,
        same_day_cutoff=rules.same_day_cutoff,
        now=local_seconds(now),
    )
    known = np.array([local_seconds(row["due_at"]) if row["due_at"] else -1 for row in rows])
    return (row["id"] for row, other in zip(rows, counted != known, strict=True) if other or row["after_15h"])


def _pauses(places: dict[int, int]) -> PauseArrays:
    rows = PauseRecord.objects.filter(dossier_id__in=places, retracted_at=None)
    values = list(rows.values_list("dossier_id", "start", "end", "mode"))
    return PauseArrays(
        row=np.array([places[number] for number, *_ in values], dtype=np.int64),
        start=np.array([local_seconds(start) for _, start, _, _ in values], dtype=np.int64),
        end=np.array([local_seconds(end) if end else OPEN for _, _, end, _ in values], dtype=np.int64),
        mode=np.array([MODE_CODES[PauseMode(mode)] for *_, mode in values], dtype=np.int8),
    )
