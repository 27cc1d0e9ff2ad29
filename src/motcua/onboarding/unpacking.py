"""Reads one uploaded sheet in a process of its own and says on standard output what stands in it.

A sheet is a hostile place: it may unpack to gigabytes, claim a billion cells, or crash its reader. Here memory and time are
bounded by the operating system, and whatever happens, only this process ends. Run by `sheets`, never imported by it.
"""

from __future__ import annotations

import csv
import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from motcua.onboarding.rules.values import plain

COLUMNS = 200
CELL = 2_000
"""The widest line and the longest cell that are looked at."""
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_DELIMITERS = (";", "\t", ",")


class Refused(Exception):
    """The file cannot be taken; `args` are the refusal's code and its data."""


def main() -> None:
    """Reads the file from standard input within the limits of the arguments: rows, bytes of memory, seconds."""
    rows, memory, seconds = (int(word) for word in sys.argv[1:4])
    content = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    try:
        answer = read(content, rows=rows, unpacked=memory // 4)
    except Refused as refusal:
        code, *reason = refusal.args
        answer = {"refusal": code, "reason": reason[0] if reason else ""}
    except MemoryError:
        answer = {"refusal": "big", "reason": ""}
    json.dump(answer, sys.stdout)


def read(content: bytes, *, rows: int, unpacked: int) -> dict[str, Any]:
    """What stands in the file: format, encoding, sheet, unread sheets, lines with their number, cells and flaws."""
    if content.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in content:
            raise Refused("encrypted")
        return _workbook(content, "Excel (xls)", rows)
    if content.startswith(_ZIP):
        return _workbook(content, _kind_of_archive(content, unpacked), rows)
    return _text(content, rows)


def _kind_of_archive(content: bytes, unpacked: int) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if sum(entry.file_size for entry in archive.infolist()) > unpacked:
                raise Refused("big")
            if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
                return "Excel (xlsx)"
            if "content.xml" in names and b"spreadsheet" in archive.read("mimetype")[:200]:
                return _open_document(archive, names)
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError) as error:
        raise Refused("broken", "tệp nén bên trong bị hỏng") from error
    raise Refused("type")


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Refused("encrypted")
    return "OpenDocument (ods)"


def _workbook(content: bytes, kind: str, limit: int) -> dict[str, Any]:
    from python_calamine import (  # loading it costs memory, bounded first
        CalamineError,
        CalamineWorkbook,
        PasswordError,
    )

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        filled = None
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height and (filled := (name, sheet)):
                break
    except PasswordError as error:
        raise Refused("encrypted") from error
    except CalamineError as error:
        raise Refused("broken", "cấu trúc bảng tính bị hỏng") from error
    if filled is None:
        raise Refused("empty")
    name, sheet = filled
    lines = _gathered(_merged(sheet), limit)
    others = [plain(other) for other in book.sheet_names if other != name]
    return {"format": kind, "encoding": "", "sheet": plain(name), "others": others, "rows": lines}


def _merged(sheet: Any) -> Iterator[tuple[int, list[str], list[str]]]:
    """Lines with their number from 1; a cell merged over several lines says the same in each of them."""
    rows = sheet.to_python(skip_empty_area=False)
    spread = _spread(sheet, rows)
    for line, cells in enumerate(rows):
        texts = [_words(cell) for cell in cells]
        for column, source in spread.get(line, {}).items():
            texts[column] = texts[column] or source
        yield line + 1, texts, []


def _spread(sheet: Any, rows: list[list[Any]]) -> dict[int, dict[int, str]]:
    """Line → column → words of the cell merged over it downwards; one merged sideways is a title and says it once."""
    found: dict[int, dict[int, str]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top < len(rows) and left < len(rows[top]) and left == right:
            for line in range(top + 1, min(bottom + 1, len(rows))):
                found.setdefault(line, {})[left] = _words(rows[top][left])
    return found


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time.min else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, (time, timedelta)):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def _gathered(lines: Iterator[tuple[int, list[str], list[str]]], limit: int) -> list[list[Any]]:
    """The lines that say anything, cells cleaned; refuses more than `limit` of them."""
    found: list[list[Any]] = []
    for line, cells, flaws in lines:
        long = [str(place) for place, cell in enumerate(cells[:COLUMNS]) if len(cell) > CELL]
        texts = [plain(cell[:CELL]) for cell in cells[:COLUMNS]]
        if not any(texts):
            continue
        if len(found) > limit:
            raise Refused("rows")
        while texts and not texts[-1]:
            texts.pop()
        found.append([line, texts, [*flaws, *(f"long:{place}" for place in long)]])
    if not found:
        raise Refused("empty")
    return found


def _text(content: bytes, limit: int) -> dict[str, Any]:
    text, encoding = _decoded(content)
    if not text.strip():
        raise Refused("empty")
    lines = _gathered(_lines(text), limit)
    return {"format": "CSV", "encoding": encoding, "sheet": "", "others": [], "rows": lines}


def _decoded(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; one without mark that is not UTF-8 is taken for Windows-1258 and said so."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode(content, "utf-16"), "UTF-16"
    if content.startswith(b"\xef\xbb\xbf"):
        return _decode(content[3:], "utf-8"), "UTF-8"
    if b"\x00" in content:
        return _without_mark(content)
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    # More than tabs and line ends below the space: no text of any single-byte encoding.
    if any(byte < 32 and byte not in b"\t\n\r\f\x1a" for byte in content):
        raise Refused("type")
    return _decode(content, "cp1258"), "Windows-1258"


def _without_mark(content: bytes) -> tuple[str, str]:
    """UTF-16 without its mark shows zeros at every second place of plain letters; other zeros are no text."""
    head = content[:2_000]
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if zeros.count(0) > 0.3 * len(zeros) and len(content) % 2 == 0:
            return _decode(content, name), "UTF-16"
    raise Refused("type")


def _decode(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("broken", "không rõ bảng mã chữ; hãy lưu lại dạng CSV UTF-8 hoặc xlsx") from error


def _lines(text: str) -> Iterator[tuple[int, list[str], list[str]]]:
    """The records of a CSV; one with fewer cells than the widest line above it may have been cut."""
    csv.field_size_limit(len(text) + 1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    begun, widest = 1, 0
    try:
        for cells in reader:
            short = 0 < len(cells) < widest
            widest = max(widest, len(cells))
            yield begun, cells, ["short"] * (short and any(cells))
            begun = reader.line_num + 1
    except csv.Error as error:
        raise Refused("broken", f"dòng {begun} bị cắt hoặc thiếu dấu nháy đóng") from error


def _delimiter(text: str) -> str:
    """What divides the first lines into most cells."""
    head = "\n".join(text.splitlines()[:20])
    return max(_DELIMITERS, key=head.count)


if __name__ == "__main__":
    main()
