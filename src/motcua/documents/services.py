"""Verbs on files: check what it really is, store it once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath

import puremagic
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError
from motcua.base.text import clean
from motcua.documents.models import StoredFile
from motcua.documents.rules import ALLOWED, FileEmpty, FileTooLarge, FileTypeForbidden, agrees


class StorageFull(MotcuaError):
    code = "storage_full"
    sentence = "Không lưu được tệp vì ổ lưu trữ đã đầy. Dữ liệu đã nhập vẫn còn; hãy báo quản trị hệ thống."
    status = 507


def store(name: str, chunks: Iterable[bytes], *, actor: Actor, now: datetime) -> int:
    """Stores an uploaded file and gives its number.

    Refuses empty, too large and forbidden files, judged by content and not only by name. Content is kept once.
    """
    name = clean(PurePath(name.replace("\\", "/")).name)[-255:]
    content = _read(name, chunks)
    media_type = _media_type(name, content)
    digest = hashlib.sha256(content).hexdigest()
    path = f"{digest[:2]}/{digest}"
    _write(path, content)
    row = StoredFile.objects.create(
        name=name, media_type=media_type, size=len(content), digest=digest, path=path, uploaded_by_id=actor.id,
        uploaded_at=now,
    )  # fmt: skip
    return row.pk


def _read(name: str, chunks: Iterable[bytes]) -> bytes:
    limit, parts, size = settings.MAX_UPLOAD_BYTES, [], 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise FileTooLarge(name=name, limit=limit // 1024 // 1024)
        parts.append(chunk)
    if not size:
        raise FileEmpty(name=name)
    return b"".join(parts)


def _media_type(name: str, content: bytes) -> str:
    suffix = PurePath(name).suffix.lower()
    try:
        found = {match.extension.lower() for match in puremagic.magic_string(content)}
    except puremagic.PureError:
        found = set()
    if suffix not in ALLOWED or not agrees(suffix, found):
        raise FileTypeForbidden(name=name)
    return ALLOWED[suffix].media_type


def _write(path: str, content: bytes) -> None:
    if default_storage.exists(path):
        return
    try:
        default_storage.save(path, ContentFile(content))
    except OSError as error:
        raise StorageFull from error
