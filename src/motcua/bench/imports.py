"""The real records of the national portal into an empty catalogue; without them the shipped catalogue, and it says so."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from motcua.base.actor import SYSTEM
from motcua.bench.context import Context, Line, at_most
from motcua.catalogue.services import import_files, load_shipped
from motcua.kit import clock

RECORDS, BAR_SECONDS = 2_039, 20.0
REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "tthc"


def run(context: Context) -> Iterator[Line]:
    """One import with parsing, findings and storing; fewer records get so much less time."""
    files = sorted(REAL.glob("*.jsonl*"))
    context.say(", ".join(file.name for file in files) or "không có tệp của Cổng quốc gia: đo bằng danh mục kèm theo")
    begun = time.perf_counter()
    number = _import(files, now=clock.now())
    seconds = time.perf_counter() - begun
    source = "the portal" if files else "the shipped catalogue"
    bar = BAR_SECONDS * min(1.0, number / RECORDS)
    yield at_most("import", f"{number:,} records of {source}", seconds, "s", bar=round(bar, 2))


def _import(files: list[Path], *, now: datetime) -> int:
    if files:
        return int(import_files(files, actor=SYSTEM, now=now).as_dict()["records"])
    return sum(load_shipped(actor=SYSTEM, now=now).values())
