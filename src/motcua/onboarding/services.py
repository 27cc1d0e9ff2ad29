"""The verbs on imports: upload, map and check, confirm, undo, discard. What the lines bring about is done by `working`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping as Told
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.text import clean
from motcua.jobs import services as jobs
from motcua.journal.remembered import one_look
from motcua.journal.services import append
from motcua.onboarding.access import import_of, require_administers
from motcua.onboarding.kinds.base import Entry, Verdict
from motcua.onboarding.kinds.registry import sheet_kind
from motcua.onboarding.models import Import, ImportRow, Mapping
from motcua.onboarding.rules.fields import FIELDS, Kind
from motcua.onboarding.rules.mapping import Plan, by_words, guessed, header_line, letter, missing
from motcua.onboarding.rules.refusals import (
    HeaderLineWrong,
    ImportMovedOn,
    MappingNameMissing,
    NeededFieldMissing,
    NothingToImport,
    NothingToUndo,
    RowsAreWrong,
    SheetEmpty,
)
from motcua.onboarding.rules.rows import Problem, read_row
from motcua.onboarding.rules.states import IMPORT_STATE_NAMES, ImportState, RowState
from motcua.onboarding.sheets import Sheet, read_sheet

APPLY, TAKE_BACK = "onboarding.apply", "onboarding.take_back"
_BATCH = 1_000
_WHOLE_LINE = {
    "short": "Dòng có ít ô hơn các dòng trên; có thể dòng bị cắt. Hãy kiểm tra tệp gốc.",
    "long": "Cột {column}: ô dài quá 2.000 ký tự nên bị cắt. Hãy rút ngắn.",
}


@transaction.atomic
def upload(kind: Kind, name: str, content: bytes, *, actor: Actor, now: datetime) -> int:
    """Reads a sheet and keeps its lines; nothing is made of them yet. Gives the import's number.

    Raises the refusals of `sheets.read_sheet`, and SheetEmpty when there is nothing below the header.
    """
    unit = require_administers(actor)
    sheet = read_sheet(name, content)
    rows = [(line.number, line.cells) for line in sheet.lines]
    header = header_line(rows, FIELDS[kind])
    words = next((cells for line, cells in rows if line == header), ())
    if not any(line > header for line, _ in rows):
        raise SheetEmpty(name=sheet.name)
    made = Import.objects.create(
        kind=kind, file_name=sheet.name, digest=hashlib.sha256(content).hexdigest(), format=sheet.format,
        encoding=sheet.encoding, sheet=sheet.sheet[:100], unread_sheets=list(sheet.others), header_line=header,
        header=list(words), plan=Plan(guessed(words, FIELDS[kind])).as_json(), unit_id=unit, officer_id=actor.id,
        officer_label=actor.label[:200], created_at=now,
    )  # fmt: skip
    _keep_lines(made, sheet)
    _record(made, "uploaded", {"kind": kind, "file": sheet.name, "lines": len(sheet.lines)}, actor, now)
    return made.pk


@transaction.atomic
def move_header(number: int, *, line: int, actor: Actor, now: datetime) -> None:
    """Says which line of the sheet is the header; columns are guessed anew. Raises HeaderLineWrong."""
    found = _in_state(number, actor, ImportState.UPLOADED, ImportState.CHECKED)
    row = found.rows.filter(line=line).first()
    if row is None or not found.rows.filter(line__gt=line).exists():
        raise HeaderLineWrong(line=line)
    found.header_line, found.header = line, row.cells
    found.plan = Plan(guessed(row.cells, FIELDS[Kind(found.kind)])).as_json()
    found.state = ImportState.UPLOADED
    found.save(update_fields=["header_line", "header", "plan", "state"])
    found.rows.update(state=RowState.READ, problems=[], action="", key="")
    _record(found, "header_moved", {"line": line}, actor, now)


@transaction.atomic
def check(number: int, plan: Plan, *, actor: Actor, now: datetime, name: str = "") -> None:
    """Reads every line by `plan` and says what would come of it; writes nothing else. `name` keeps the plan for others.

    Raises NeededFieldMissing, ImportMovedOn.
    """
    found = _in_state(number, actor, ImportState.UPLOADED, ImportState.CHECKED)
    kind = Kind(found.kind)
    lacking = missing(FIELDS[kind], plan)
    if lacking:
        raise NeededFieldMissing(fields=", ".join(field.label for field in lacking))
    if name:
        _keep_mapping(found, plan, name, actor, now)
    found.plan, found.state, found.trouble = plan.as_json(), ImportState.CHECKED, ""
    found.save(update_fields=["plan", "state", "trouble"])
    _judge(found, kind, plan, actor, now)
    _record(found, "checked", {}, actor, now)


@transaction.atomic
def confirm(number: int, *, whole: bool, actor: Actor, now: datetime) -> int:
    """Lets the right lines come in, in the background; gives the job's number.

    whole: all or nothing, refused while a line is wrong. Raises RowsAreWrong, NothingToImport, ImportMovedOn.
    """
    found = _in_state(number, actor, ImportState.CHECKED)
    wrong = found.rows.filter(state=RowState.WRONG).count()
    if whole and wrong:
        raise RowsAreWrong(count=wrong)
    ready = found.rows.filter(state=RowState.READY).count()
    if not ready:
        raise NothingToImport
    found.state, found.whole, found.confirmed_at, found.confirmed_by = (
        ImportState.RUNNING,
        whole,
        now,
        actor.label[:200],
    )
    found.save(update_fields=["state", "whole", "confirmed_at", "confirmed_by"])
    _record(found, "confirmed", {"whole": whole, "lines": ready}, actor, now)
    return _ask(APPLY, found, ready, actor, now)


@transaction.atomic
def undo(number: int, *, actor: Actor, now: datetime) -> int:
    """Takes everything back that this import made and nobody has built on, in the background; gives the job's number."""
    found = _in_state(number, actor, ImportState.DONE)
    done = found.rows.filter(state__in=(RowState.DONE, RowState.KEPT))
    count = done.count()
    if not count:
        raise NothingToUndo
    done.update(state=RowState.DONE, problems=[])
    found.state, found.undone_at, found.undone_by = ImportState.UNDOING, now, actor.label[:200]
    found.save(update_fields=["state", "undone_at", "undone_by"])
    _record(found, "undo_asked", {"lines": count}, actor, now)
    return _ask(TAKE_BACK, found, count, actor, now)


@transaction.atomic
def discard(number: int, *, actor: Actor, now: datetime) -> None:
    """Throws away an import of which nothing was made: its lines hold personal data nobody needs."""
    found = _in_state(number, actor, ImportState.UPLOADED, ImportState.CHECKED)
    _record(found, "discarded", {"file": found.file_name}, actor, now)
    found.delete()


def _in_state(number: int, actor: Actor, *states: ImportState) -> Import:
    """The import, locked: of two administrators the second finds it moved on."""
    found = import_of(actor, number, lock=True)
    if found.state not in states:
        raise ImportMovedOn(state=IMPORT_STATE_NAMES[ImportState(found.state)])
    return found


def _keep_lines(made: Import, sheet: Sheet) -> None:
    rows = (
        ImportRow(imported=made, line=line.number, cells=list(line.cells), flaws=list(line.flaws))
        for line in sheet.lines
    )
    ImportRow.objects.bulk_create(rows, batch_size=_BATCH)


def _keep_mapping(found: Import, plan: Plan, name: str, actor: Actor, now: datetime) -> None:
    if not clean(name):
        raise MappingNameMissing
    told = {
        "columns": by_words(plan.columns, found.header), "constants": dict(plan.constants),
        "values": {key: dict(words) for key, words in plan.values.items()}, "officer_label": actor.label[:200], "at": now,
    }  # fmt: skip
    Mapping.objects.update_or_create(
        unit_id=found.unit_id, kind=found.kind, name=clean(name)[:80], defaults=told
    )


def _judge(found: Import, kind: Kind, plan: Plan, actor: Actor, now: datetime) -> None:
    found.rows.filter(line__lte=found.header_line).update(state=RowState.READ, problems=[], action="", key="")
    rows = list(found.rows.filter(line__gt=found.header_line).order_by("line"))
    read = {row.line: read_row(kind, row.cells, plan) for row in rows}
    entries = [Entry(line, data) for line, (data, _) in read.items() if data is not None]
    with one_look():
        verdicts = sheet_kind(kind).examine(entries, actor=actor, now=now)
    for row in rows:
        _note(row, verdicts.get(row.line), read[row.line][1], plan)
    ImportRow.objects.bulk_update(
        rows, ["state", "key", "action", "place", "problems", "made"], batch_size=_BATCH
    )


def _note(row: ImportRow, verdict: Verdict | None, unread: Sequence[Problem], plan: Plan) -> None:
    """Writes what was found onto the line: flaws of the file, cells that cannot be read, what the rooms say."""
    problems = [*flaw_problems(row.flaws), *unread, *(verdict.problems if verdict else ())]
    row.state = RowState.WRONG if problems or verdict is None else verdict.state
    row.key, row.action = (verdict.key[:200], verdict.action[:300]) if verdict else ("", "")
    row.place, row.made = verdict.place if verdict else 0, {}
    row.problems = [as_kept(problem, plan) for problem in problems]


def as_kept(problem: Problem, plan: Plan) -> dict[str, Any]:
    """A problem as it is kept with the line: field, number of its column if it has one, sentence."""
    return {"field": problem.field, "column": plan.columns.get(problem.field), "text": problem.text}


def flaw_problems(flaws: Sequence[str]) -> list[Problem]:
    """What reading the file noticed, in sentences."""
    told = [flaw.partition(":") for flaw in flaws]
    return [
        Problem("", _WHOLE_LINE[name].format(column=letter(int(place)) if place else ""))
        for name, _, place in told
    ]


def _ask(work: str, found: Import, total: int, actor: Actor, now: datetime) -> int:
    title = f"{'Nhập' if work == APPLY else 'Hoàn tác nhập'} dữ liệu từ tệp “{found.file_name}”"
    number = jobs.ask(work, parameters={"import": found.pk}, actor=actor, now=now, total=total, title=title)
    Import.objects.filter(pk=found.pk).update(job=number)
    return number


def _record(found: Import, name: str, data: Told[str, Any], actor: Actor, now: datetime) -> None:
    append(
        stream="import",
        stream_id=str(found.pk),
        name=f"onboarding.{name}",
        data=dict(data),
        actor=actor,
        at=now,
    )
