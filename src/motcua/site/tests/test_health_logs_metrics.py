"""What a monitoring system sees, and what a log line never says."""

from __future__ import annotations

import json
import logging

import pytest
import structlog
from django.db import DatabaseError

from motcua.site import health, metrics
from motcua.site.logging import configure


def test_alive_touches_no_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_ready_tells_database_tables_and_outbox(client, db):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok", "database": True, "pending_migrations": 0, "outbox": {"pending": 0, "oldest_seconds": 0.0},
    }  # fmt: skip


def test_not_ready_without_database(client, monkeypatch):
    def away() -> int:
        raise DatabaseError("secret host name")

    monkeypatch.setattr(health, "pending_migrations", away)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "secret" not in answer.content.decode()


def test_not_ready_on_tables_of_another_version(client, db, monkeypatch):
    monkeypatch.setattr(health, "pending_migrations", lambda: 3)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (503, "outdated")


def test_an_old_outbox_is_told_but_people_still_work(client, db, monkeypatch):
    late = health.Outbox(pending=4, oldest_seconds=health.OUTBOX_WARNING_SECONDS + 1)
    monkeypatch.setattr(health, "outbox", lambda: late)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")


def test_metrics_count_by_route_name(client, db):
    client.get("/healthz?ten=Nguyen+Van+Thu")
    text = client.get("/metrics").content.decode()
    assert 'motcua_requests_total{method="GET",route="healthz",status="200"}' in text
    assert "motcua_outbox_pending 0.0" in text
    assert "Nguyen" not in text


@pytest.mark.parametrize(
    ("token", "headers", "address", "status"),
    [
        ("", {}, "10.0.0.9", 403),
        ("", {"X-Forwarded-For": "10.0.0.9"}, "127.0.0.1", 403),
        ("", {}, "127.0.0.1", 200),
        ("khoa", {}, "127.0.0.1", 403),
        ("khoa", {"Authorization": "Bearer sai"}, "10.0.0.9", 403),
        ("khoa", {"Authorization": "Bearer khoa"}, "10.0.0.9", 200),
    ],
)
def test_metrics_are_for_this_machine_or_the_bearer_of_the_token(
    client, db, settings, token, headers, address, status
):
    settings.METRICS_TOKEN = token
    assert client.get("/metrics", headers=headers, REMOTE_ADDR=address).status_code == status


def test_a_request_line_has_no_path_no_query_and_no_names(client, db):
    with structlog.testing.capture_logs() as lines:
        answer = client.get("/khong-co/000.00.01.H99-261121-0001?cccd=001099000001&ten=Nguyễn+Văn+Thử")
    line = next(line for line in lines if line["event"] == "request")
    assert line["route"] == "unmatched"
    assert answer.headers["X-Request-Id"]
    assert not any(
        secret in json.dumps(line, ensure_ascii=False) for secret in ("261121", "001099000001", "Nguyễn")
    )
    assert set(line) <= {"event", "log_level", "method", "route", "status", "ms", "officer", "request_id"}


def test_django_s_own_error_lines_lose_their_path(capsys, rf):
    configure()
    request = rf.get("/ho-so/000.00.01.H99-261121-0001?ten=Nguyen")
    logging.getLogger("django.request").error(
        "Internal Server Error: %s", request.get_full_path(), extra={"request": request, "status_code": 500}
    )
    line = json.loads(capsys.readouterr().err)
    assert line["event"] == "django:500"
    assert "Nguyen" not in json.dumps(line) and "261121" not in json.dumps(line)


def test_metrics_say_when_the_database_is_away(client, monkeypatch):
    def away() -> health.Outbox:
        raise DatabaseError

    monkeypatch.setattr(metrics, "outbox", away)
    assert "motcua_database_up 0.0" in client.get("/metrics").content.decode()
