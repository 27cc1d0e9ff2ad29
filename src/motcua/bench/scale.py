"""The half-year of a whole province, dossier by dossier through the rules, bulk-written: `load-scale` in five minutes."""

from __future__ import annotations

import time
from collections.abc import Iterator

from motcua.base.time import local_date
from motcua.bench.context import Context, Line, at_most
from motcua.demo import scale
from motcua.dossiers.queries import how_many
from motcua.kit import clock
from motcua.reports.queries import settlement_table

SCENARIO, BAR_SECONDS, MILLION = "bac-giang-2024", 300.0, 1_000_000


def run(context: Context) -> Iterator[Line]:
    """Loads into an empty database and compares II.06a with the figures that must come out."""
    begun = time.perf_counter()
    wanted = scale.load(SCENARIO, count=None, now=clock.now(), progress=context.progress)
    seconds = time.perf_counter() - begun
    table = settlement_table(scale.FIRST, scale.LAST, today=local_date(clock.now()))
    if dict(table.total) != wanted["total"]:
        raise AssertionError(f"II.06a is {dict(table.total)}, not {wanted['total']}")
    yield at_most("load-scale", f"{wanted['total']['c3']:,} dossiers", seconds, "s", bar=BAR_SECONDS)


def ensure(context: Context) -> None:
    """Fills the present database with a million dossiers of the same mix, once; later runs find them."""
    if how_many() >= MILLION:
        return
    context.say("Lần đầu: nạp 1.000.000 hồ sơ (vài phút đến vài chục phút), các lần sau dùng lại …")
    scale.load(SCENARIO, count=MILLION, now=clock.now(), progress=context.progress)
