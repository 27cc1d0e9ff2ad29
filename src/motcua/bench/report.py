"""II.06a of the whole province with all units, beside one hand-written SQL statement that computes the same."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from statistics import median
from typing import Any

from django.db import connection

from motcua.base.time import day_end, day_start
from motcua.kit import clock
from motcua.reports.queries import settlement_table
from motcua.reports.rules import COLUMNS, RETURNED

BAR = 1.5
ROUNDS = 7
FROM, TO = date(2023, 12, 15), date(2024, 6, 30)

FLOOR = """
    SELECT d.unit_id, d.level,
        count(*) AS c3,
        count(*) FILTER (WHERE d.accepted_at >= %(start)s AND d.channel = 'online') AS c4,
        count(*) FILTER (WHERE d.accepted_at >= %(start)s AND d.channel <> 'online') AS c5,
        count(*) FILTER (WHERE d.accepted_at < %(start)s) AS c6,
        count(*) FILTER (WHERE d.ended_at < %(end)s) AS c7,
        count(*) FILTER (WHERE d.ended_at < %(end)s AND d.end_kind IN ('finished', 'refused')
            AND (d.ended_at AT TIME ZONE INTERVAL '07:00')::date < (d.due_at AT TIME ZONE INTERVAL '07:00')::date) AS c8,
        count(*) FILTER (WHERE d.ended_at < %(end)s AND (d.end_kind NOT IN ('finished', 'refused') OR d.due_at IS NULL
            OR (d.ended_at AT TIME ZONE INTERVAL '07:00')::date = (d.due_at AT TIME ZONE INTERVAL '07:00')::date)) AS c9,
        count(*) FILTER (WHERE d.ended_at < %(end)s AND d.end_kind IN ('finished', 'refused')
            AND (d.ended_at AT TIME ZONE INTERVAL '07:00')::date > (d.due_at AT TIME ZONE INTERVAL '07:00')::date) AS c10,
        count(*) FILTER (WHERE d.ended_at IS NULL OR d.ended_at >= %(end)s) AS c11,
        count(*) FILTER (WHERE (d.ended_at IS NULL OR d.ended_at >= %(end)s)
            AND (w.dossier_id IS NOT NULL OR d.due_at IS NULL OR d.due_at >= %(last_day)s)) AS c12,
        count(*) FILTER (WHERE (d.ended_at IS NULL OR d.ended_at >= %(end)s)
            AND w.dossier_id IS NULL AND d.due_at < %(last_day)s) AS c13,
        count(*) FILTER (WHERE d.ended_at < %(end)s AND d.end_kind NOT IN ('finished', 'refused')) AS returned
    FROM dossiers_dossier d
    LEFT JOIN (
        SELECT DISTINCT dossier_id FROM dossiers_pauserecord
        WHERE kind = 'supplement' AND retracted_at IS NULL AND start < %(end)s AND ("end" IS NULL OR "end" >= %(end)s)
    ) w ON w.dossier_id = d.id
    WHERE d.accepted_at < %(end)s AND d.state <> 'voided' AND (d.ended_at IS NULL OR d.ended_at >= %(start)s)
    GROUP BY d.unit_id, d.level
"""


def run(context: Any) -> list[dict[str, Any]]:
    """One measurement over the dossiers of the present database (the harness fills it). `context` is not used here."""
    parameters = {"start": day_start(FROM), "end": day_end(TO), "last_day": day_start(TO)}
    today = clock.now().date()

    def ours() -> dict[str, int]:
        return dict(settlement_table(FROM, TO, today=today, fields=False).total)

    def floor() -> dict[str, int]:
        with connection.cursor() as cursor:
            cursor.execute(FLOOR, parameters)
            by_unit = [row[2:] for row in cursor.fetchall()]
        return dict(zip((*COLUMNS, RETURNED), map(sum, zip(*by_unit, strict=True)), strict=True))

    if ours() != floor():
        raise AssertionError("the report and the hand-written statement differ")
    spent, least = _alternately(ours, floor)
    ratio = spent / least
    return [{
        "bench": "report", "metric": "II.06a whole province, all units", "value": round(spent, 3), "unit": "s",
        "floor": round(least, 3), "ratio": round(ratio, 2), "bar": BAR, "ok": ratio <= BAR,
    }]  # fmt: skip


def _alternately(one: Callable[[], Any], other: Callable[[], Any]) -> tuple[float, float]:
    """The median seconds of both, taken in turn so that a busy machine is unkind to both alike."""
    pairs = [(_seconds(one), _seconds(other)) for _ in range(ROUNDS)]
    return median(a for a, _ in pairs), median(b for _, b in pairs)


def _seconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
