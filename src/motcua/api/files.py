"""Files sent ahead of an act that needs them (the result of a decision)."""

from __future__ import annotations

from django.core import signing
from django.http import HttpRequest
from ninja import File, Router, Status, UploadedFile
from pydantic import BaseModel

from motcua.api.keys import actor
from motcua.api.problems import Problem
from motcua.base.actor import Actor
from motcua.base.errors import InvalidInput
from motcua.documents.services import store
from motcua.kit import clock

router = Router(tags=["files"])
_SALT = "motcua.api.files"


class FileOut(BaseModel):
    """`file` stands for the stored file in the next act of the same officer."""

    file: str
    name: str
    size: int


@router.post("", response={201: FileOut, 400: Problem, 401: Problem, 422: Problem}, operation_id="send_file", summary="Gửi tệp")
def send_file(request: HttpRequest, file: File[UploadedFile]) -> Status[FileOut]:
    """Kiểm tra nội dung thật của tệp (PDF, ảnh, văn bản …) rồi lưu; quá lớn hoặc loại cấm bị từ chối."""
    by = actor(request)
    number = store(file.name or "", file.chunks(), actor=by, now=clock.now())
    token = signing.dumps([number, by.id], salt=_SALT)
    return Status(201, FileOut(file=token, name=file.name or "", size=file.size or 0))


def number_of(token: str, *, actor: Actor) -> int | None:
    """The stored file behind `token`; None without one. Raises InvalidInput for a forged one or somebody else's."""
    if not token:
        return None
    try:
        number, officer = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        officer = None
    if officer != actor.id:
        raise InvalidInput(field="file", reason="không phải tệp bạn đã gửi; hãy gửi tệp trước bằng POST /files.")
    return int(number)
