"""The verbs that take records into the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from motcua.base.actor import Actor
from motcua.catalogue import events, shipped
from motcua.catalogue.acts import record
from motcua.catalogue.models import ImportRun, Procedure
from motcua.catalogue.parsing.files import Progress
from motcua.catalogue.reading import UNCHANGED, Accepted, Report, accepted_records
from motcua.catalogue.storing import Incoming, store

BATCH = 300
IMPORT_LOCK = 7_201_001


@transaction.atomic
def import_files(
    paths: Sequence[Path],
    *,
    actor: Actor,
    now: datetime,
    progress: Progress | None = None,
    on_refusal: Callable[[str], None] | None = None,
) -> Report:
    """Takes the portal's records of all files into the catalogue; the report says what became of each.

    A line that cannot be read is refused and the rest taken. A failure of the database takes nothing.
    """
    run = _begin_run([path.name for path in paths], actor=actor, now=now)
    report = Report()
    records = accepted_records(paths, report=report, progress=progress, on_refusal=on_refusal)
    while batch := list(islice(records, BATCH)):
        _store_batch(batch, run=run, report=report)
    _end_run(run, report.as_dict(), actor=actor, now=now)
    return report


@transaction.atomic
def load_shipped(*, actor: Actor, now: datetime, file_name: str = shipped.FILE_NAME) -> dict[str, int]:
    """Takes one of the project's own facts-only files; gives counts by status.

    Procedures the catalogue already has are left alone, whoever brought them: a second time changes nothing.
    """
    run = _begin_run([file_name], actor=actor, now=now)
    report = Report(files=1)
    records = shipped.records(file_name)
    report.lines = len(records)
    known = set(Procedure.objects.values_list("code", flat=True))
    _store_batch([item for item in records if item.parsed.code not in known], run=run, report=report)
    for item in records:
        if item.parsed.code in known:
            report.take(item, UNCHANGED)
    _end_run(run, report.as_dict(), actor=actor, now=now)
    return dict(report.counts)


def _begin_run(files: list[str], *, actor: Actor, now: datetime) -> ImportRun:
    """Imports wait for each other: two at once would both think themselves the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
    who = {"kind": actor.kind, "id": actor.id, "label": actor.label, "unit": actor.unit}
    return ImportRun.objects.create(at=now, actor=who, files=files, counts={}, report={})


def _store_batch(batch: list[Accepted], *, run: ImportRun, report: Report) -> None:
    first = [item for item in batch if not item.repeated]
    status = store([Incoming(r.parsed, r.raw, r.content_hash) for r in first], run=run)
    for item in batch:
        report.take(item, UNCHANGED if item.repeated else status[item.parsed.code])


def _end_run(run: ImportRun, report: dict[str, Any], *, actor: Actor, now: datetime) -> None:
    run.counts = {key: value for key, value in report.items() if key != "by_record"}
    run.report = report
    run.save(update_fields=["counts", "report"])
    record(
        events.IMPORTED,
        stream=events.IMPORT_STREAM,
        stream_id=str(run.pk),
        data=run.counts,
        actor=actor,
        now=now,
    )
