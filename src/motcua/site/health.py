"""Is the system alive, and is it ready for work? Addresses for a load balancer, a container host and a monitoring system."""

from __future__ import annotations

from typing import TypedDict

import structlog
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from motcua.kit import clock
from motcua.kit.access import public

OUTBOX_WARNING_SECONDS = 900
"""A delivery older than this means that the worker stands still or a destination is down. People still can work."""


class Outbox(TypedDict):
    pending: int
    oldest_seconds: float


@public
def live(request: HttpRequest) -> HttpResponse:
    """The process answers. Touches nothing else: a restart would not cure a missing database."""
    return JsonResponse({"status": "ok"})


@public
def ready(request: HttpRequest) -> HttpResponse:
    """Database reachable and up to date: 200; otherwise 503. An old outbox is reported but does not take the site down."""
    try:
        pending = pending_migrations()
        waiting = Outbox(pending=0, oldest_seconds=0.0) if pending else outbox()
    except DatabaseError as error:
        structlog.get_logger("motcua.health").error("database unavailable", kind=type(error).__name__)
        return JsonResponse({"status": "unavailable", "database": False}, status=503)
    slow = waiting["oldest_seconds"] > OUTBOX_WARNING_SECONDS
    status = "outdated" if pending else "degraded" if slow else "ok"
    body = {"status": status, "database": True, "pending_migrations": pending, "outbox": waiting}
    return JsonResponse(body, status=503 if pending else 200)


def pending_migrations() -> int:
    """How many migrations of this version the database has not seen yet."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def outbox() -> Outbox:
    """Deliveries that are due and not made, and how long the oldest of them has been due, in seconds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*), min(next_at) from journal_delivery where state = 'waiting' and next_at <= %s",
            [clock.now()],
        )
        pending, oldest = cursor.fetchone()
    return {"pending": pending, "oldest_seconds": (clock.now() - oldest).total_seconds() if oldest else 0.0}
