"""The public REST API, version 1. Every operation asks for a key unless it says `auth=None` (public reading)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from motcua.api import acts, dossiers, files, procedures, units
from motcua.api.keys import Key
from motcua.api.problems import MEDIA_TYPE, DatabaseAway, answer_with_problems, problem
from motcua.journal.remembered import one_look
from motcua.kit.access import public

_DESCRIPTION = (
    "Hệ thống một cửa cấp tỉnh. Mọi thời điểm theo giờ Việt Nam (+07:00). Khóa truy cập do quản trị cấp cho một cán bộ; "
    "chương trình làm được đúng những gì vị trí của cán bộ đó được làm. Lời từ chối theo RFC 9457 (application/problem+json)."
)


class Api(NinjaAPI):
    """Ninja's API with our access rule, our problem type and one look at the configuration a request."""

    def _get_urls(self) -> list[Any]:
        """The API authenticates by key in its own layer: the page rule of its addresses is therefore `public`."""
        entries = super()._get_urls()
        for entry in entries:
            entry.callback = public(_looking_once(entry.callback))
        return entries

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        schema = super().get_openapi_schema(**kwargs)
        for operations in schema["paths"].values():
            for operation in operations.values():
                _name_problems(operation["responses"])
        return schema


def _looking_once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def look(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with one_look():
                return _inert(view(request, *args, **kwargs))
        except OperationalError:
            return _inert(problem(DatabaseAway()))

    return look


def _inert(response: HttpResponse) -> HttpResponse:
    """Data are no page: nothing in them may run or be framed. The header stands before the pages' wider one is set."""
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    return response


def _name_problems(responses: dict[Any, dict[str, Any]]) -> None:
    for status, response in responses.items():
        if int(status) >= 400 and "content" in response:
            response["content"] = {MEDIA_TYPE: response["content"].popitem()[1]}


api = Api(
    title="motcua", version="1.0.0", description=_DESCRIPTION, urls_namespace="api", auth=Key(), docs_url=None
)
answer_with_problems(api)
api.add_router("/dossiers", dossiers.router)
api.add_router("/submissions", dossiers.submissions)
api.add_router("/dossiers/{code}/acts", acts.router)
api.add_router("/files", files.router)
api.add_router("/procedures", procedures.router)
api.add_router("/units", units.router)
