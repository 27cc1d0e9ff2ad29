"""Figures for a monitoring system, in the Prometheus text format. For the own machine, or for the bearer of the token."""

from __future__ import annotations

import hmac
import os

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from motcua.base.errors import NotAllowed
from motcua.kit.access import public
from motcua.site.health import outbox

REGISTRY = CollectorRegistry()
_LABELS = ("method", "route", "status")
_REQUESTS = Counter("motcua_requests", "Requests answered", _LABELS, registry=REGISTRY)
_SECONDS = Histogram(
    "motcua_request_seconds",
    "Seconds to answer",
    ("route",),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 10),
    registry=REGISTRY,
)
_STATE = {"registry": REGISTRY, "multiprocess_mode": "mostrecent"}
_OUTBOX = Gauge("motcua_outbox_pending", "Deliveries that are due and not yet made", **_STATE)
_OUTBOX_AGE = Gauge("motcua_outbox_oldest_seconds", "How long the oldest of them has been due", **_STATE)
_DATABASE_UP = Gauge("motcua_database_up", "1 while the database answers", **_STATE)


def observe(*, method: str, route: str, status: int, seconds: float) -> None:
    """Counts one answered request. `route` is a pattern's name, so that codes never become labels."""
    _REQUESTS.labels(method, route, str(status)).inc()
    _SECONDS.labels(route).observe(seconds)


@public
def page(request: HttpRequest) -> HttpResponse:
    """Requests of all processes, the outbox, the database."""
    if not _may_read(request):
        raise NotAllowed(
            reason="số liệu giám sát chỉ đọc được từ chính máy chủ hoặc với mã truy cập đã cấu hình."
        )
    _measure_outbox()
    return HttpResponse(generate_latest(_all_processes()), content_type=CONTENT_TYPE_LATEST)


def _all_processes() -> CollectorRegistry:
    """The sum over the server's processes when it has several: they meet in a folder that the server names."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    together = CollectorRegistry()
    MultiProcessCollector(together)
    return together


def _may_read(request: HttpRequest) -> bool:
    """With a token configured only its bearer; otherwise only the own machine, and not through a proxy on it."""
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "").encode()
        return hmac.compare_digest(given, f"Bearer {settings.METRICS_TOKEN}".encode())
    local = request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1")
    return local and "X-Forwarded-For" not in request.headers


def _measure_outbox() -> None:
    try:
        state = outbox()
    except DatabaseError:
        _DATABASE_UP.set(0)
        return
    _DATABASE_UP.set(1)
    _OUTBOX.set(state["pending"])
    _OUTBOX_AGE.set(state["oldest_seconds"])
