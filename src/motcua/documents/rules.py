"""Which files may be brought in. Pure."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from motcua.base.errors import MotcuaError


class FileTooLarge(MotcuaError):
    code = "file_too_large"
    sentence = "Tệp “{name}” lớn hơn {limit} MB. Hãy nén hoặc tách tệp rồi tải lại."
    status = 413


class FileEmpty(MotcuaError):
    code = "file_empty"
    sentence = "Tệp “{name}” không có nội dung. Hãy chọn tệp khác."


class FileTypeForbidden(MotcuaError):
    code = "file_type_forbidden"
    sentence = "Không nhận tệp “{name}”: chỉ nhận PDF, ảnh JPG/PNG, Word (docx), Excel (xlsx) đúng định dạng."


@dataclass(frozen=True)
class FileKind:
    """A permitted kind: its media type and the signatures its content may show."""

    media_type: str
    signatures: frozenset[str]


_OFFICE = "application/vnd.openxmlformats-officedocument."
ALLOWED = {
    ".pdf": FileKind("application/pdf", frozenset({".pdf", ".ai"})),
    ".jpg": FileKind("image/jpeg", frozenset({".jpg", ".jpeg", ".jfif"})),
    ".jpeg": FileKind("image/jpeg", frozenset({".jpg", ".jpeg", ".jfif"})),
    ".png": FileKind("image/png", frozenset({".png"})),
    ".docx": FileKind(_OFFICE + "wordprocessingml.document", frozenset({".docx"})),
    ".xlsx": FileKind(_OFFICE + "spreadsheetml.sheet", frozenset({".xlsx"})),
}


def agrees(suffix: str, found: Set[str]) -> bool:
    """Whether the signatures found in the content fit what the name promises."""
    return bool(ALLOWED[suffix].signatures & found) if suffix in ALLOWED else False
