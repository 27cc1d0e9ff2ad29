"""Logs: one JSON object a line on stderr, made for machines, without personal data.

A request is logged with its number, method, route (the pattern, never the path: paths carry dossier codes), status, duration and
the officer's number. Query strings, bodies, names and identity numbers never reach a log line.
"""

from __future__ import annotations

import logging
import sys
import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from motcua.site import metrics

_SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=False),
]
_QUIET = {"django.request": logging.ERROR, "django.server": logging.ERROR, "procrastinate": logging.WARNING}


def configure(_settings: dict[str, object] | None = None) -> None:
    """Joins Python's logging and structlog to one JSON stream on stderr. Django calls it with LOGGING."""
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_SHARED, _without_request],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [*(h for h in root.handlers if not isinstance(h, logging.StreamHandler)), handler]
    root.setLevel(logging.INFO)
    for name in ("django", "django.server"):
        logging.getLogger(name).handlers[:] = []  # Django's own would print paths
        logging.getLogger(name).propagate = True
    for name, level in _QUIET.items():
        logging.getLogger(name).setLevel(level)
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def _without_request(_logger: object, _name: str, event: dict[str, object]) -> dict[str, object]:
    """Django hands whole requests to its log records and puts paths into its messages; neither may be written."""
    record = event.get("_record")
    if isinstance(record, logging.LogRecord) and hasattr(record, "request"):
        event["event"] = f"django:{getattr(record, 'status_code', 'error')}"
    event.pop("request", None)
    return event


class RequestLog:
    """Gives each request a number (sent back as X-Request-Id), times it, logs it and counts it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.log = structlog.get_logger("motcua.request")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = uuid.uuid4().hex
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=number):
            response = self.get_response(request)
            self._record(request, response, seconds=time.perf_counter() - started)
        response["X-Request-Id"] = number
        return response

    def _record(self, request: HttpRequest, response: HttpResponse, *, seconds: float) -> None:
        route = _route(request)
        metrics.observe(
            method=request.method or "", route=route, status=response.status_code, seconds=seconds
        )
        self.log.info(
            "request",
            method=request.method,
            route=route,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
            officer=_officer(request),
        )


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.view_name or match.route or "unnamed") if match else "unmatched"


def _officer(request: HttpRequest) -> int | None:
    """The officer's number if the page or the key has looked the officer up; logging must not cause a query of its own."""
    signed_in = getattr(getattr(request, "_cached_user", None), "pk", None)
    return signed_in or getattr(getattr(request, "auth", None), "id", None)
