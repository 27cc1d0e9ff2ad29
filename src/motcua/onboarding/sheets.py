"""Uploaded sheets into lines of text, read in a bounded process of their own (`unpacking`)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings

import motcua
from motcua.base.text import clean
from motcua.onboarding.rules.refusals import (
    SheetBroken,
    SheetEmpty,
    SheetEncrypted,
    SheetTooBig,
    SheetTooLarge,
    SheetTooManyRows,
    SheetTypeForbidden,
)

_MB = 1024 * 1024
_READER = "motcua.onboarding.unpacking"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that says anything: its number in the sheet, its cells, what reading them noticed."""

    number: int
    cells: tuple[str, ...]
    flaws: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in an uploaded file. `encoding` of a CSV; `others`: its sheets that are not read."""

    name: str
    format: str
    encoding: str
    sheet: str
    others: tuple[str, ...]
    lines: tuple[Line, ...]


def read_sheet(name: str, content: bytes) -> Sheet:
    """The first filled sheet of an XLSX, XLS or ODS workbook, or a CSV in UTF-8, UTF-16 or Windows-1258.

    Raises SheetTooLarge, SheetTypeForbidden, SheetEncrypted, SheetBroken, SheetTooBig, SheetTooManyRows, SheetEmpty.
    """
    name = clean(PurePath(name.replace("\\", "/")).name)[-255:] or "tệp"
    if len(content) > settings.MAX_UPLOAD_BYTES:
        raise SheetTooLarge(name=name, limit=settings.MAX_UPLOAD_BYTES // _MB)
    if not content:
        raise SheetEmpty(name=name)
    answer = _read_apart(name, content)
    if "refusal" in answer:
        raise _refusal(name, answer)
    lines = tuple(Line(number, tuple(cells), tuple(flaws)) for number, cells, flaws in answer["rows"])
    return Sheet(name, answer["format"], answer["encoding"], answer["sheet"], tuple(answer["others"]), lines)


def _read_apart(name: str, content: bytes) -> dict[str, Any]:
    limits = (settings.IMPORT_MAX_ROWS, settings.IMPORT_MEMORY_MB * _MB, settings.IMPORT_SECONDS)
    source = str(Path(motcua.__file__).resolve().parents[1])
    try:
        done = subprocess.run(
            [sys.executable, "-m", _READER, *map(str, limits)], input=content, capture_output=True, check=False,
            timeout=settings.IMPORT_SECONDS * 2, env={**os.environ, "PYTHONPATH": source},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise SheetTooBig(name=name) from error
    if done.returncode < 0:  # ended by the system: out of memory or time
        raise SheetTooBig(name=name)
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        if b"MemoryError" in done.stderr or b"memory allocation" in done.stderr:
            raise SheetTooBig(name=name) from error
        raise SheetBroken(name=name, reason="cấu trúc bảng tính bị hỏng") from error
    return answer


def _refusal(name: str, answer: dict[str, str]) -> Exception:
    match answer["refusal"]:
        case "type":
            return SheetTypeForbidden(name=name)
        case "encrypted":
            return SheetEncrypted(name=name)
        case "big":
            return SheetTooBig(name=name)
        case "rows":
            return SheetTooManyRows(name=name, limit=settings.IMPORT_MAX_ROWS)
        case "empty":
            return SheetEmpty(name=name)
    return SheetBroken(name=name, reason=answer["reason"])
