"""The list as a file. A short one is sent at once; a long one is a job that keeps pieces on the way and goes on after a kill.

First the dossiers of the list are noted in their order, so that nobody is left out or written twice while urgency moves on. Then
pieces of lines are put aside, one a batch; the file is made from them in the end, line by line, in little memory.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.base.actor import Actor
from motcua.base.time import local_date
from motcua.dossiers import worklist
from motcua.dossiers.office import worklist_columns
from motcua.jobs import services as jobs
from motcua.jobs.running import Run
from motcua.kit.columns import Column
from motcua.kit.export import lines_to_csv, lines_to_xlsx
from motcua.worklists.acting import asker
from motcua.worklists.listing import Listing, listing
from motcua.worklists.rules import ExportNotYours

KIND = "worklists.export"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_PIECE = 2_000
_NUMBERS = "so-ho-so"


def file_name(kind: str, now: datetime) -> str:
    """ "viec-can-lam-20260310.xlsx" """
    return f"viec-can-lam-{local_date(now):%Y%m%d}.{kind}"


def ask(query: str, kind: str, *, total: int, actor: Actor, now: datetime) -> int:
    """Asks for the whole list behind `query` as a file; gives the job's number."""
    title = _("Xuất %(n)s hồ sơ ra tệp %(kind)s") % {"n": total, "kind": kind.upper()}
    parameters = {"query": query, "kind": kind, "at": now.isoformat()}
    return jobs.ask(KIND, actor=actor, now=now, total=total, title=title, parameters=parameters)


def work(run: Run) -> dict[str, Any]:
    """The job's function."""
    at, kind = datetime.fromisoformat(run.parameters["at"]), run.parameters["kind"]
    if "next" not in run.place:
        _note_numbers(run, at)
    while run.place["next"] < run.total:
        _put_aside(run, at)
    with run.result(file_name(kind, at), TYPES[kind]) as path:
        written = _write(run, path, kind)
    return {
        "sentence": _("Tệp có %(n)s hồ sơ, theo danh sách lúc %(at)s.")
        % {"n": written, "at": f"{at:%H:%M %d/%m/%Y}"}
    }


def _list(run: Run, at: datetime) -> tuple[Actor, Listing]:
    actor = asker(run, at)
    if not actor.duties:
        raise ExportNotYours
    return actor, listing(actor, QueryDict(run.parameters["query"]), now=at, columns=worklist_columns.file)


def _note_numbers(run: Run, at: datetime) -> None:
    """Reads the numbers through a cursor of the server and keeps them beside the pieces."""
    ordered = _list(run, at)[1].table.ordered.prefetch_related(None)
    numbers = array("q", ordered.values_list("pk", flat=True).iterator(chunk_size=10_000))
    with run.batch(place={"next": 0}, done=0, total=len(numbers)):
        (run.folder / _NUMBERS).write_bytes(numbers.tobytes())


def _put_aside(run: Run, at: datetime) -> None:
    """The lines of the next piece; what has left the list or the officer's rights meanwhile is left out."""
    actor, found = _list(run, at)
    numbers = array("q", (run.folder / _NUMBERS).read_bytes())
    first = run.place["next"]
    piece = numbers[first : first + _PIECE]
    rows = worklist.by_urgency(worklist.open_dossiers(actor).filter(pk__in=piece), worklist.edges(at))
    read = {row.pk: row for row in worklist.with_details(rows)}
    columns = found.table.columns
    with run.batch(place={"next": first + len(piece)}, done=first + len(piece)):
        lines = (_line(columns, read[number]) for number in piece if number in read)
        _piece(run, first).write_text("\n".join(lines), encoding="utf-8")


def _write(run: Run, path: Path, kind: str) -> int:
    head = [str(column.label) for column in worklist_columns.file(_list(run, _moment(run))[1].reader)]
    count = 0

    def counted() -> Iterator[list[Any]]:
        nonlocal count
        for line in _lines(run):
            count += 1
            yield line

    if kind == "csv":
        with path.open("w", encoding="utf-8", newline="") as target:
            target.writelines(lines_to_csv(head, counted()))
    else:
        with path.open("wb") as target:
            lines_to_xlsx(head, counted(), target)
    return count


def _moment(run: Run) -> datetime:
    return datetime.fromisoformat(run.parameters["at"])


def _lines(run: Run) -> Iterator[list[Any]]:
    for first in range(0, run.total, _PIECE):
        for line in _piece(run, first).read_text(encoding="utf-8").split("\n"):
            if line:
                yield [_back(value) for value in json.loads(line)]


def _piece(run: Run, first: int) -> Path:
    return run.folder / f"doan-{first}"


def _line(columns: tuple[Column, ...], row: Any) -> str:
    """One line of JSON; it holds no line break, JSON writes those as escapes."""
    return json.dumps([_plain(column.exported(row)) for column in columns], ensure_ascii=True)


def _plain(value: Any) -> Any:
    if isinstance(value, (datetime, date)):
        return {"at": value.isoformat()}
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)


def _back(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    text = value["at"]
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
