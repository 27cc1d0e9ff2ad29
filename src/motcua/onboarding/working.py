"""The background half of an import: line after line in batches, each line with its own outcome. Wired in `site/wiring.py`.

A line's outcome is written in the transaction of its verb, so a worker killed anywhere does nothing twice: the next one goes
on with the lines that are still waiting.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError
from motcua.base.time import local_date
from motcua.jobs.running import Run
from motcua.journal.services import append
from motcua.kit import clock
from motcua.onboarding.access import import_of
from motcua.onboarding.kinds.registry import sheet_kind
from motcua.onboarding.models import Import, ImportRow
from motcua.onboarding.rules.fields import Kind
from motcua.onboarding.rules.mapping import Plan
from motcua.onboarding.rules.refusals import ImportMovedOn, MetMeanwhile, StillWaiting
from motcua.onboarding.rules.rows import Problem, read_row
from motcua.onboarding.rules.states import IMPORT_STATE_NAMES, ImportState, RowState
from motcua.onboarding.services import as_kept
from motcua.people.queries import actor_of_officer

_BATCH = 25


class LineFailed(Exception):
    """A line of an import that is to come in whole could not be done; everything is rolled back."""


def apply(run: Run) -> dict[str, Any]:
    """Does the ready lines of the import `run.parameters["import"]`: one by one, or all in one transaction."""
    found, actor = _opened(run, ImportState.RUNNING)
    if found.whole:
        _whole(run, found, actor)
    else:
        _each(run, found, actor)
    found.refresh_from_db()
    done = found.rows.filter(state=RowState.DONE).count()
    failed = found.rows.filter(state=RowState.FAILED).count()
    if found.state == ImportState.CHECKED:
        return {
            "sentence": _(
                "Không nhập dòng nào vì có dòng không nhập được. Hãy xem lý do ở trang của lần nhập."
            )
        }
    return {
        "sentence": _("Đã nhập %(done)s dòng, %(failed)s dòng không nhập được.")
        % {"done": done, "failed": failed}
    }


def take_back(run: Run) -> dict[str, Any]:
    """Takes the done lines back, the last first; one that others have built on is kept with its reason."""
    found, actor = _opened(run, ImportState.UNDOING)
    total = run.done + found.rows.filter(state=RowState.DONE).count()
    _loosen(found, actor)
    while rows := list(found.rows.filter(state=RowState.DONE).order_by("-place", "-line")[:_BATCH]):
        with run.batch(place={}, done=run.done + len(rows), total=total):
            for row in rows:
                _take_line_back(found, row, actor, clock.now())
    with transaction.atomic():
        kept = found.rows.filter(state=RowState.KEPT).count()
        _end(found, ImportState.DONE if kept else ImportState.UNDONE, "undone", {"kept": kept}, actor)
    back = found.rows.filter(state=RowState.UNDONE).count()
    return {
        "sentence": _("Đã hoàn tác %(back)s dòng, %(kept)s dòng không hoàn tác được.")
        % {"back": back, "kept": kept}
    }


def _opened(run: Run, state: ImportState) -> tuple[Import, Actor]:
    """The import and who asked, with the rights of today."""
    actor = actor_of_officer(run.asked_by, on=local_date(clock.now()))  # type: ignore[arg-type]
    found = import_of(actor, run.parameters["import"])
    if found.state != state:
        raise ImportMovedOn(state=IMPORT_STATE_NAMES[ImportState(found.state)])
    return found, actor


def _each(run: Run, found: Import, actor: Actor) -> None:
    total = run.done + found.rows.filter(state=RowState.READY).count()
    while rows := _waiting(found, _BATCH):
        with run.batch(place={}, done=run.done + len(rows), total=total):
            for row in rows:
                _do_line(found, row, actor, clock.now())
    with transaction.atomic():
        _do_again(found, actor)
        _end(found, ImportState.DONE, "applied", _counts(found), actor)


def _whole(run: Run, found: Import, actor: Actor) -> None:
    """All lines in one transaction; the first that fails rolls everything back and is told on the preview."""
    rows = _waiting(found, None)
    try:
        with run.batch(place={}, done=len(rows), total=len(rows)):
            for row in rows:
                _do_line(found, row, actor, clock.now())
                if row.state == RowState.FAILED:
                    raise LineFailed(row)
            _do_again(found, actor)
            _end(found, ImportState.DONE, "applied", _counts(found), actor)
    except LineFailed as failure:
        row = failure.args[0]
        with transaction.atomic():
            ImportRow.objects.filter(pk=row.pk).update(state=RowState.WRONG, problems=row.problems)
            found.trouble = f"Dòng {row.line}: {row.problems[0]['text']}"
            _end(found, ImportState.CHECKED, "rolled_back", {"line": row.line}, actor)


def _waiting(found: Import, limit: int | None) -> list[ImportRow]:
    return list(found.rows.filter(state=RowState.READY).order_by("place", "line")[:limit])


def _do_line(found: Import, row: ImportRow, actor: Actor, now: datetime) -> None:
    kind, plan = Kind(found.kind), Plan.of(found.plan)
    try:
        with transaction.atomic():
            data, problems = read_row(kind, row.cells, plan)
            made = sheet_kind(kind).apply(data, actor=actor, now=now) if data is not None else None
            row.state, row.made, row.problems = (RowState.DONE if made else RowState.SAME), made or {}, []
    except MotcuaError as error:
        row.state, row.problems = RowState.FAILED, [as_kept(Problem("", error.message), plan)]
    except IntegrityError:
        row.state, row.problems = RowState.FAILED, [as_kept(Problem("", MetMeanwhile().message), plan)]
    row.save(update_fields=["state", "made", "problems"])


def _do_again(found: Import, actor: Actor) -> None:
    """The lines that waited for another one; what still cannot be done is told beside what was."""
    for row in found.rows.filter(state=RowState.DONE, made__again=True).order_by("place", "line"):
        made = {key: value for key, value in row.made.items() if key != "again"}
        _do_line(found, row, actor, clock.now())
        waits_still = row.made.get("again") and [as_kept(Problem("", StillWaiting().message), Plan())]
        row.state, row.made = RowState.DONE, made | {k: v for k, v in row.made.items() if k != "again"}
        row.problems = waits_still or row.problems
        row.save(update_fields=["state", "made", "problems"])


@transaction.atomic
def _loosen(found: Import, actor: Actor) -> None:
    kind = sheet_kind(Kind(found.kind))
    for row in found.rows.filter(state=RowState.DONE, made__has_key="served"):
        row.made = kind.loosen(row.made, actor=actor, now=clock.now())
        row.save(update_fields=["made"])


def _take_line_back(found: Import, row: ImportRow, actor: Actor, now: datetime) -> None:
    try:
        with transaction.atomic():
            sheet_kind(Kind(found.kind)).take_back(row.made, actor=actor, now=now)
            row.state, row.problems = RowState.UNDONE, []
    except MotcuaError as error:
        row.state, row.problems = RowState.KEPT, [as_kept(Problem("", error.message), Plan())]
    row.save(update_fields=["state", "problems"])


def _end(found: Import, state: ImportState, name: str, data: dict[str, Any], actor: Actor) -> None:
    now = clock.now()
    found.state, found.finished_at = state, now
    found.save(update_fields=["state", "finished_at", "trouble"])
    append(
        stream="import", stream_id=str(found.pk), name=f"onboarding.{name}", data=data, actor=actor, at=now
    )


def _counts(found: Import) -> dict[str, Any]:
    states = found.rows.values_list("state", flat=True)
    return {state: count for state in RowState if (count := sum(known == state for known in states))}
