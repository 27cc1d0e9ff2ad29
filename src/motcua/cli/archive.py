"""The backup archive: one tar file with the database's dump, the stored files and a list of them with checksums.

Order: `database.dump`, `files/…`, and last `manifest-<sha256 of itself>.json`. An archive cut short has no list, and every byte
that matters is covered by a checksum.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from motcua.base.errors import MotcuaError

DUMP, FILES = "database.dump", "files/"
FORMAT = 1
_MANIFEST = re.compile(r"manifest-([0-9a-f]{64})\.json\Z")
_CHUNK = 1024 * 1024


class ArchiveDamaged(MotcuaError):
    """The archive is not whole; nothing was restored."""

    code = "archive_damaged"
    sentence = "Tệp sao lưu {path} bị hỏng hoặc không đầy đủ ({reason}). Chưa có gì bị thay đổi; hãy dùng bản sao lưu khác."


def write(path: Path, *, dump: Path, files: Path, facts: dict[str, Any]) -> dict[str, Any]:
    """Writes the archive beside `path` and renames it when it is whole and on the disk; gives the manifest."""
    unfinished = path.with_name(path.name + ".part")
    sums: dict[str, str] = {}
    try:
        with unfinished.open("wb") as raw, tarfile.open(fileobj=raw, mode="w") as tar:
            for name, source in _members(dump, files):
                sums[name] = _add(tar, name, source)
            manifest = {"format": FORMAT, **facts, "members": sums}
            _add_manifest(tar, manifest)
        _flush(unfinished)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    unfinished.rename(path)
    return manifest


def _members(dump: Path, files: Path) -> Iterator[tuple[str, Path]]:
    yield DUMP, dump
    for source in sorted(files.rglob("*")) if files.is_dir() else ():
        if source.is_file() and not source.is_symlink():
            yield FILES + source.relative_to(files).as_posix(), source


def _add(tar: tarfile.TarFile, name: str, source: Path) -> str:
    with source.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    tar.add(source, arcname=name, recursive=False)
    return digest


def _add_manifest(tar: tarfile.TarFile, manifest: dict[str, Any]) -> None:
    content = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    entry = tarfile.TarInfo(f"manifest-{hashlib.sha256(content).hexdigest()}.json")
    entry.size = len(content)
    tar.addfile(entry, io.BytesIO(content))


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def unpack(path: Path, *, into: Path) -> dict[str, Any]:
    """Unpacks `path` into the empty folder `into` while checking every byte; gives the manifest.

    Raises ArchiveDamaged. Names that point outside, links and the like are refused as damage.
    """
    sums: dict[str, str] = {}
    manifest: dict[str, Any] | None = None
    try:
        with tarfile.open(path, mode="r:") as tar:
            for entry in tar:
                content = tar.extractfile(entry) if entry.isreg() else None
                if content is None or manifest is not None:
                    raise ArchiveDamaged(path=path, reason=f"mục lạ {entry.name}")
                if named := _MANIFEST.match(entry.name):
                    manifest = _read_manifest(content.read(), named[1], path)
                else:
                    sums[entry.name] = _copy(content, _place(into, entry.name, path))
    except (tarfile.TarError, EOFError, UnicodeDecodeError) as error:
        raise ArchiveDamaged(path=path, reason=str(error)) from error
    if manifest is None or manifest["members"] != sums:
        raise ArchiveDamaged(path=path, reason="nội dung không khớp danh mục")
    return manifest


def _read_manifest(content: bytes, expected: str, path: Path) -> dict[str, Any]:
    if hashlib.sha256(content).hexdigest() != expected:
        raise ArchiveDamaged(path=path, reason="danh mục sai mã kiểm tra")
    manifest = json.loads(content)
    if manifest["format"] != FORMAT:
        raise ArchiveDamaged(path=path, reason=f"định dạng {manifest['format']} không được hỗ trợ")
    return manifest


def _place(into: Path, name: str, path: Path) -> Path:
    place = (into / name).resolve()
    if not place.is_relative_to(into.resolve()) or not (name == DUMP or name.startswith(FILES)):
        raise ArchiveDamaged(path=path, reason=f"tên mục không hợp lệ {name}")
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _copy(content: IO[bytes], place: Path) -> str:
    digest = hashlib.sha256()
    with place.open("wb") as file:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()
