"""PDF/A-2b from typst layouts. Data enter a layout as JSON values only; user text never becomes markup."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from pypdf import PdfWriter

from motcua.base.time import local
from motcua.kit import fonts

PACKAGE = Path(__file__).resolve().parents[1]
STANDARD = "a-2b"  # ISO 19005-2 level B: archivable, looks the same in fifty years


class Layout:
    """One typst file, compiled once in a process and filled many times.

    The first filling reads fonts and layout; later ones reuse both, which keeps a receipt within 30 ms.
    """

    def __init__(self, path: Path) -> None:
        self._lock = Lock()
        self._compiler = typst.Compiler(path, root=PACKAGE, font_paths=_fonts(fonts.font_dir()))

    def fill(self, data: Mapping[str, Any], *, created_at: datetime) -> bytes:
        """The document as PDF/A-2b. The same data and `created_at` give the same bytes."""
        values = json.dumps(_printable(dict(data)), ensure_ascii=False)
        inputs = {"data": values, "families": json.dumps(fonts.families())}
        with self._lock:
            return self._compiler.compile(
                format="pdf", pdf_standards=STANDARD, sys_inputs=inputs, timestamp=local(created_at).replace(microsecond=0)
            )


@cache
def layout(path: Path) -> Layout:
    """The process-wide layout at `path`, a file below the package folder."""
    return Layout(path)


@cache
def _fonts(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


def join(parts: Iterable[Path], target: Path) -> None:
    """One document with the pages of all `parts`, in their order, for printing. Fonts that parts share are kept once."""
    with PdfWriter() as book:
        for part in parts:
            book.append(part, import_outline=False)
        book.compress_identical_objects(remove_unreferenced=True)
        book.write(target)


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return fonts.printable(value)
    if isinstance(value, Mapping):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(item) for item in value]
    return value
