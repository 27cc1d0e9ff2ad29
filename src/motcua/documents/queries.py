"""Reads of files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.storage import default_storage

from motcua.base.errors import NotFound
from motcua.documents.models import StoredFile


@dataclass(frozen=True, slots=True)
class FileFacts:
    id: int
    name: str
    media_type: str
    size: int
    path: str


def file(file_id: int) -> FileFacts:
    """The file with this number."""
    row = StoredFile.objects.filter(pk=file_id).first()
    if row is None:
        raise NotFound(what="tệp này")
    return FileFacts(row.pk, row.name, row.media_type, row.size, row.path)


def names(file_ids: Iterable[int]) -> dict[int, str]:
    """Name of each file by number."""
    return dict(StoredFile.objects.filter(pk__in=list(file_ids)).values_list("pk", "name"))


def content(file_id: int) -> bytes:
    """The bytes of a file."""
    with default_storage.open(file(file_id).path) as stream:
        return stream.read()
