"""Pages at a million dossiers while others keep arriving, and the report over all of them. The database is made once."""

from __future__ import annotations

import os
import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from importlib import import_module
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model

from motcua.base.time import local_date
from motcua.bench import plain_rows, report
from motcua.bench import scale as million
from motcua.bench.context import Context, Line, at_most, percentile, running
from motcua.demo.staff import ACCOUNTS
from motcua.dossiers.queries import listed
from motcua.kit import clock
from motcua.people.queries import actor_of
from motcua.people.rules import Role

BAR_P95_MS, ARRIVALS, REQUESTS, WARM_UP = 150.0, 30, 300, 20
OFFICERS = tuple(a.username for a in ACCOUNTS if a.role in (Role.COUNTER, Role.SPECIALIST, Role.LEADER))
LEADER = next(a.username for a in ACCOUNTS if a.role is Role.LEADER)
_WORDS = ("nguyễn văn", "trần thị", "nguyen van an", "H99.10", "0900", "hoàng")
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def report_table(context: Context) -> list[Line]:
    """II.06a over the whole province."""
    million.ensure(context)
    return report.run(context)


def worklist(context: Context) -> Iterator[Line]:
    """What waits for a counter officer, a specialist and a leader."""
    yield _measured(context, "worklist", lambda draw: "/office/viec-can-lam/")


def dossier_page(context: Context) -> Iterator[Line]:
    """Any dossier of the province, opened by an officer who may see it."""
    million.ensure(context)
    numbers = _numbers()
    yield _measured(context, "dossier-page", lambda draw: f"/office/ho-so/{draw.choice(numbers)}/", usernames=(LEADER,))


def search(context: Context) -> Iterator[Line]:
    """Common names, parts of codes, telephone numbers."""
    yield _measured(context, "search", lambda draw: f"/office/search?q={quote(draw.choice(_WORDS))}")


def _measured(context: Context, name: str, path, usernames: tuple[str, ...] = OFFICERS) -> Line:  # type: ignore[no-untyped-def]
    million.ensure(context)
    sessions = [_signed_in(username) for username in usernames]
    draw, spent = random.Random(1), []
    port = _free_port()
    with running(context.serve(port, context.state / "bench-server.log")), _arrivals():
        line = HTTPConnection("127.0.0.1", port, timeout=60)
        for number in range(WARM_UP + REQUESTS):
            begun = time.perf_counter()
            line.request("GET", path(draw), headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={draw.choice(sessions)}"})
            answer = line.getresponse()
            answer.read()
            if answer.status != 200:
                raise AssertionError(f"{name} answered {answer.status}")
            if number >= WARM_UP:
                spent.append((time.perf_counter() - begun) * 1000)
    context.say(f"{name}: p50 {percentile(spent, 0.5):.0f} ms, chậm nhất {max(spent):.0f} ms")
    metric = f"p95 at a million dossiers, {ARRIVALS} arrivals a second"
    return at_most(name, metric, percentile(spent, 0.95), "ms", bar=BAR_P95_MS)


@contextmanager
def _arrivals() -> Iterator[None]:
    """Thirty dossiers a second come in meanwhile, as rows with all their triggers."""
    ended = threading.Event()
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url) as connection:
        (last,) = connection.execute("SELECT max(id) FROM dossiers_dossier WHERE code IS NOT NULL").fetchone()  # type: ignore[misc]
        sample = plain_rows.sample_of(connection, last)
    feeder = threading.Thread(target=plain_rows.write_steadily, args=(url, sample, ARRIVALS, ended))
    feeder.start()
    try:
        yield
    finally:
        ended.set()
        feeder.join()


def _signed_in(username: str) -> str:
    """The key of a session of this officer, as the sign-in page would open it."""
    officer = get_user_model().objects.get(username=username)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(officer.pk), _BACKEND
    store[HASH_SESSION_KEY] = officer.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def _numbers() -> list[int]:
    """A few hundred dossiers that the leader of the demo's department may see."""
    actor = actor_of(get_user_model().objects.get(username=LEADER), on=local_date(clock.now()))
    return [facts.id for facts in listed(actor, states=frozenset(), after=0, limit=500)]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
