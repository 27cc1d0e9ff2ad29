"""Reads files of records line by line with bounded memory, however broken or hostile they are."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

GZIP_MAGIC = b"\x1f\x8b"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
UTF8_MARK = b"\xef\xbb\xbf"
CHUNK = 1 << 16


@dataclass(frozen=True)
class Limits:
    """How much one file may ask of us. The longest real record has about 120 kB; real files pack about eight
    to one.
    """

    line_bytes: int = 4 * 1024 * 1024
    file_bytes: int = 1024 * 1024 * 1024
    pack_ratio: int = 200
    ratio_from: int = 32 * 1024 * 1024


DEFAULT_LIMITS = Limits()
Progress = Callable[[Path, int, int], None]


@dataclass(frozen=True)
class Line:
    """One line of a file: either `record`, or the sentence why there is none. `number` 0 is about the file as
    a whole.
    """

    path: Path
    number: int
    record: dict[str, Any] | None = None
    problem: str = ""

    @property
    def place(self) -> str:
        """File name and line number, as shown to people."""
        return f"{self.path.name}:{self.number}" if self.number else self.path.name


class _FileStops(Exception):
    """The rest of the file cannot be read; the text is the sentence."""


def read_lines(
    path: Path, *, limits: Limits = DEFAULT_LIMITS, progress: Progress | None = None
) -> Iterator[Line]:
    """Every non-empty line of a `.jsonl` or `.jsonl.gz` file (told by content, not name), in order."""
    number = 0
    try:
        if path.is_dir():
            raise _FileStops("Đây là thư mục, không phải tệp.")
        with path.open("rb") as source:
            for number, line in enumerate(_raw_lines(source, limits, path, progress), start=1):  # noqa: B007
                if not isinstance(line, bytes) or line.strip():
                    yield _read(path, number, line)
    except FileNotFoundError:
        yield Line(path, 0, problem="Không tìm thấy tệp.")
    except (OSError, EOFError, zlib.error) as error:
        yield Line(path, number, problem=f"Không đọc được tệp: {error}.")
    except _FileStops as stop:
        yield Line(path, number, problem=str(stop))


def _raw_lines(
    source: IO[bytes], limits: Limits, path: Path, progress: Progress | None
) -> Iterator[bytes | str]:
    """Lines as bytes; a sentence instead of a line that is too long, whose rest is skipped without keeping
    it.
    """
    size = path.stat().st_size
    stream: IO[bytes] = gzip.GzipFile(fileobj=source) if _starts_with(source, GZIP_MAGIC) else source
    first = True
    read = 0
    while line := stream.readline(limits.line_bytes + 1):
        if first:
            line = _without_mark(line)
        first = False
        read += len(line)
        if len(line) > limits.line_bytes:
            for part in _rest_of_line(stream, line):
                read += part
                _check_size(read, source.tell(), limits)
            yield f"Dòng dài quá {limits.line_bytes // (1024 * 1024) or 1} MB."
        else:
            yield line
        _check_size(read, source.tell(), limits)
        if progress:
            progress(path, source.tell(), size)


def _starts_with(source: IO[bytes], magic: bytes) -> bool:
    start = source.read(len(magic))
    source.seek(0)
    return start == magic


def _without_mark(line: bytes) -> bytes:
    if line.startswith(UTF16_MARKS):
        raise _FileStops("Tệp không ở bảng mã UTF-8 (có dấu hiệu UTF-16); hãy lưu lại tệp bằng UTF-8.")
    return line.removeprefix(UTF8_MARK)


def _rest_of_line(stream: IO[bytes], line: bytes) -> Iterator[int]:
    while line and not line.endswith(b"\n"):
        line = stream.readline(CHUNK)
        yield len(line)


def _check_size(read: int, packed: int, limits: Limits) -> None:
    bomb = read > limits.ratio_from and read > limits.pack_ratio * max(packed, 1)
    if bomb or read > limits.file_bytes:
        raise _FileStops(
            "Nội dung giải nén lớn bất thường; dừng đọc tệp. Hãy kiểm tra lại hoặc chia nhỏ tệp."
        )


def _not_json(word: str) -> None:
    raise ValueError(word)


def _read(path: Path, number: int, line: bytes | str) -> Line:
    if isinstance(line, str):
        return Line(path, number, problem=line)
    try:
        record = json.loads(line.decode("utf-8"), parse_constant=_not_json)
    except UnicodeDecodeError:
        return Line(path, number, problem="Dòng không ở bảng mã UTF-8.")
    except json.JSONDecodeError as error:
        return Line(path, number, problem=f"Dòng không phải JSON hoàn chỉnh (cột {error.colno}).")
    except (ValueError, RecursionError):
        return Line(path, number, problem="Dòng JSON lồng nhau quá sâu hoặc có số không hợp lệ.")
    if not isinstance(record, dict):
        return Line(path, number, problem="Dòng không phải một đối tượng JSON.")
    return Line(path, number, record=record)
