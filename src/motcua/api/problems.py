"""Refusals as RFC 9457 problem documents: a code for programs, a Vietnamese sentence for people."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import BaseModel

from motcua.api.faults import sentence_of_fault
from motcua.base.errors import MotcuaError

MEDIA_TYPE = "application/problem+json"


class FieldFault(BaseModel):
    """What is wrong with one field of the request."""

    field: str
    message: str


class Problem(BaseModel):
    """`type` is stable and made for programs; `title` and `detail` are for people."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldFault] | None = None


class KeyMissing(MotcuaError):
    code = "key_missing"
    sentence = "Thiếu khóa truy cập, hoặc khóa sai, hết hạn hay đã bị thu hồi. Gửi kèm “Authorization: Bearer …”."
    status = 401


class RequestUnreadable(MotcuaError):
    code = "request_unreadable"
    sentence = "Không đọc được nội dung yêu cầu: phải là JSON đúng cú pháp, mã hóa UTF-8."
    status = 400


class FieldsInvalid(MotcuaError):
    code = "fields_invalid"
    sentence = "Một số trường chưa đúng: {summary}"


class NoSuchAddress(MotcuaError):
    code = "no_such_address"
    sentence = "Không có tài nguyên tại địa chỉ này."
    status = 404


class DatabaseAway(MotcuaError):
    code = "database_away"
    sentence = "Cơ sở dữ liệu tạm thời không phản hồi. Chưa có gì được ghi; hãy gửi lại yêu cầu sau ít phút."
    status = 503


_TITLES = {
    400: "Yêu cầu không đọc được", 401: "Chưa xác thực", 403: "Không có quyền", 404: "Không tìm thấy",
    409: "Dữ liệu đã thay đổi", 413: "Tệp quá lớn", 422: "Không thực hiện được", 503: "Tạm thời gián đoạn",
}  # fmt: skip


def problem(error: MotcuaError, *, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    """The answer to a refused request."""
    body: dict[str, Any] = {
        "type": f"urn:motcua:problem:{error.code}",
        "title": _TITLES.get(error.status, "Không thực hiện được"),
        "status": error.status,
        "code": error.code,
        "detail": error.render(_(error.sentence)),
        "errors": errors,
    }
    text = Problem.model_validate(body).model_dump_json(exclude_none=True)
    response = HttpResponse(text, status=error.status, content_type=MEDIA_TYPE)
    if error.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="motcua"'
    return response


def answer_with_problems(api: NinjaAPI) -> None:
    """Registers one handler for every way a request can be refused."""
    api.add_exception_handler(MotcuaError, lambda _request, error: problem(error))
    api.add_exception_handler(AuthenticationError, lambda _request, _error: problem(KeyMissing()))
    api.add_exception_handler(ValidationError, _fields)
    api.add_exception_handler(Http404, lambda _request, _error: problem(NoSuchAddress()))
    api.add_exception_handler(HttpError, lambda _request, _error: problem(RequestUnreadable()))


def _fields(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [
        {"field": ".".join(str(part) for part in fault["loc"][1:] if part != "body"), "message": sentence_of_fault(fault)}
        for fault in error.errors
    ]
    summary = "; ".join(f"{fault['field']}: {fault['message']}" for fault in faults[:5])
    return problem(FieldsInvalid(summary=summary), errors=faults)
