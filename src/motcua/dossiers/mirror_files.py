"""A file of records of one ministry's system: JSON lines, CSV or a sheet. Every line is judged by itself."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import python_calamine
from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError
from motcua.dossiers import mirror_records, mirrors
from motcua.dossiers.mirrors import Outcome
from motcua.dossiers.words import sentence_of

KINDS = ("jsonl", "csv", "xlsx")


class FileUnreadable(MotcuaError):
    """A file that is none of the kinds, or is broken."""

    code = "mirror_file_unreadable"
    sentence = "Không đọc được tệp: {why} Hãy dùng tệp JSONL (UTF-8), CSV (UTF-8) hoặc XLSX, dòng đầu của bảng là tên trường."


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one line; `error` is empty when it was taken in."""

    number: int
    external_code: str
    outcome: str
    error: str = ""


@dataclass(slots=True)
class Report:
    """What became of a file."""

    source: str
    checked_only: bool
    lines: list[Line] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        return Counter(line.outcome for line in self.lines)

    @property
    def rejected(self) -> list[Line]:
        return [line for line in self.lines if line.error]

    def as_dict(self) -> dict[str, Any]:
        """The machine's form."""
        return {
            "source": self.source, "check": self.checked_only, "lines": len(self.lines),
            "outcomes": {key: self.counts.get(key, 0) for key in (*(o.value for o in Outcome), "rejected")},
            "by_record": [
                {"line": line.number, "external_code": line.external_code, "outcome": line.outcome, "error": line.error}
                for line in self.lines
            ],
        }  # fmt: skip


def take_in(
    content: bytes, kind: str, *, source: str, check: bool, actor: Actor, now: datetime
) -> Report:
    """Takes every line of a file in, each in a transaction of its own; with `check` nothing stays. Raises FileUnreadable."""
    report = Report(source, check)
    for number, row in rows_of(content, kind):
        report.lines.append(_line(number, row, source, check=check, actor=actor, now=now))
    return report


def rows_of(content: bytes, kind: str) -> Iterator[tuple[int, Any]]:
    """The records with their line numbers; a line that is no record is given as the error it makes."""
    if kind not in KINDS:
        raise FileUnreadable(why="kiểu tệp không được hỗ trợ.")
    if kind == "xlsx":
        return _sheet(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileUnreadable(why="tệp không phải UTF-8.") from error
    return _json_lines(text) if kind == "jsonl" else _table(csv.reader(io.StringIO(text)))


def _line(number: int, row: Any, source: str, *, check: bool, actor: Actor, now: datetime) -> Line:
    code = str(row.get("external_code") or "")[:60] if isinstance(row, dict) else ""
    try:
        if not isinstance(row, dict):
            raise FileUnreadable(why="dòng này không phải một bản ghi.")
        told, owner = mirror_records.read(row, source=source)
        with transaction.atomic():
            _, outcome = mirrors.mirror(told, owner, actor=actor, now=now)
            if check:
                transaction.set_rollback(True)
    except MotcuaError as error:
        return Line(number, code, "rejected", sentence_of(error))
    return Line(number, told.external_code, outcome.value)


def _json_lines(text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except (ValueError, RecursionError):
            yield number, None


def _sheet(content: bytes) -> Iterator[tuple[int, Any]]:
    try:
        rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    except Exception as error:  # the reader has an exception of its own for each kind of damage
        raise FileUnreadable(why="tệp bảng tính hỏng hoặc không phải XLSX.") from error
    return _table(rows)


def _table(rows: Iterable[list[Any]]) -> Iterator[tuple[int, Any]]:
    lines = iter(rows)
    try:
        heads = [str(head).strip() for head in next(lines, [])]
        if "external_code" not in heads:
            raise FileUnreadable(why="dòng đầu không có cột external_code.")
        for number, row in enumerate(lines, 2):
            if any(str(value).strip() for value in row):
                yield number, _record(heads, row)
    except csv.Error as error:
        raise FileUnreadable(why="bảng CSV hỏng.") from error


def _record(heads: list[str], row: list[Any]) -> dict[str, Any] | None:
    if len(row) > len(heads) and any(str(value).strip() for value in row[len(heads) :]):
        return None
    found: dict[str, Any] = {head: value for head, value in zip(heads, row, strict=False) if head and value != ""}
    if isinstance(found.get("steps"), str):
        try:
            found["steps"] = json.loads(found["steps"])
        except ValueError:
            return None
    return found
