"""Worklist, dossier page and search as officers open them, at many dossiers and with new ones coming in.

Works in the present database, which the harness has filled; each officer of the sample signs in once. Reading goes
through the Django test client (routing, rights, queries, templates; no network), arriving through the verb, in threads
of their own with connections of their own.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from django.db import connection
from django.test import Client

from motcua.base.time import local_date
from motcua.bench.context import Line, at_most, percentile
from motcua.catalogue.queries import version_for_intake
from motcua.dossiers import access, search, services
from motcua.dossiers.intake import ComponentInput, Intake
from motcua.dossiers.models import Applicant, Dossier
from motcua.dossiers.rules.state import ON_WORKLIST, Channel
from motcua.kit import clock
from motcua.people.models import Officer
from motcua.people.queries import PersonFacts, actor_of, positions_on
from motcua.people.rules import Role

BAR_P95_MS = 150.0
ARRIVALS_A_SECOND = 30
SECONDS = 20.0
OFFICERS = 12
_WORKERS = 2
_READERS = (Role.COUNTER, Role.SPECIALIST, Role.LEADER)

Addresses = Callable[[int], list[str]]


def run(
    context: Any = None, *, seconds: float = SECONDS, arrivals: int = ARRIVALS_A_SECOND
) -> Iterator[Line]:
    """The three measurements, one after the other. `context` is not used here."""
    yield from worklist(seconds=seconds, arrivals=arrivals)
    yield from dossier_page(seconds=seconds, arrivals=arrivals)
    yield from looking_up(seconds=seconds, arrivals=arrivals)


def worklist(
    context: Any = None, *, seconds: float = SECONDS, arrivals: int = ARRIVALS_A_SECOND
) -> Iterator[Line]:
    """The first page of the worklist of officers of every kind."""
    yield _measure("worklist", lambda officer: ["/office/viec-can-lam/"], seconds, arrivals)


def dossier_page(
    context: Any = None, *, seconds: float = SECONDS, arrivals: int = ARRIVALS_A_SECOND
) -> Iterator[Line]:
    """Pages of dossiers the officer may see, open and closed."""
    yield _measure("dossier-page", _pages_of, seconds, arrivals)


def looking_up(
    context: Any = None, *, seconds: float = SECONDS, arrivals: int = ARRIVALS_A_SECOND
) -> Iterator[Line]:
    """Searches as typed at a counter: whole names, beginnings of names, numbers, fragments of codes, nothing found."""
    yield _measure("search", _questions_of, seconds, arrivals)


def _measure(bench: str, addresses: Addresses, seconds: float, arrivals: int) -> Line:
    readers = [(client, addresses(number)) for number, client in _signed_in()]
    with arriving(arrivals):
        milliseconds = _read(readers, seconds)
    return at_most(bench, "p95", percentile(milliseconds, 0.95), "ms", bar=BAR_P95_MS)


def _read(readers: Sequence[tuple[Client, list[str]]], seconds: float) -> list[float]:
    """Opens pages one after the other for `seconds`; the first round of every officer warms up and is not counted."""
    for client, addresses in readers:
        _open(client, addresses[0])
    draw, spent, end = random.Random(7), [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        client, addresses = draw.choice(readers)
        spent.append(_open(client, draw.choice(addresses)))
    return spent


def _open(client: Client, address: str) -> float:
    begun = time.perf_counter()
    response = client.get(address)
    milliseconds = (time.perf_counter() - begun) * 1000
    if response.status_code not in (200, 302):
        raise AssertionError(f"{address}: {response.status_code}")
    return milliseconds


def _signed_in() -> list[tuple[int, Client]]:
    """Officers who have work, of every role that reads lists, each with a session."""
    positions = [p for p in positions_on(local_date(clock.now())) if p.role in _READERS]
    busy = set(
        Dossier.objects.filter(state__in=sorted(ON_WORKLIST))
        .values_list("holder_unit_id", flat=True)
        .distinct()
    )
    working = [p.officer_id for p in positions if p.unit_id in busy] or [p.officer_id for p in positions]
    chosen = random.Random(11).sample(sorted(set(working)), min(OFFICERS, len(set(working))))
    return [(number, _client(number)) for number in chosen]


def _client(officer_id: int) -> Client:
    client = Client()
    officer = Officer.objects.get(pk=officer_id)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _visible(officer_id: int, amount: int) -> list[int]:
    """Numbers of some dossiers the officer may see, spread over the years."""
    actor = actor_of(Officer.objects.get(pk=officer_id), on=local_date(clock.now()))
    numbers = list(Dossier.objects.filter(access.visible(actor)).values_list("pk", flat=True)[:20_000])
    return random.Random(officer_id).sample(numbers, min(amount, len(numbers)))


def _pages_of(officer_id: int) -> list[str]:
    return [f"/office/ho-so/{number}/" for number in _visible(officer_id, 200)]


def _questions_of(officer_id: int) -> list[str]:
    owners = Applicant.objects.filter(pk__in=_visible(officer_id, 40)).select_related("dossier")
    typed = ["không có người này", "000000-0000"]
    for owner in owners:
        typed += [owner.name, " ".join(owner.name.split()[-2:]), owner.number, owner.phone]
        typed.append((owner.dossier.code or "").partition("-")[2])
    return [
        f"/office/search?q={text}"
        for text in typed
        if search.question(text).kind is not search.Kind.TOO_SHORT
    ]


@contextmanager
def arriving(a_second: int) -> Iterator[None]:
    """Dossiers come in through the verb at an even pace as long as the block runs."""
    stop, failures = threading.Event(), []
    work = _arrival() if a_second else None
    pace = threading.Semaphore(0)
    threads = (
        [threading.Thread(target=_take_in, args=(work, pace, stop, failures)) for _ in range(_WORKERS)]
        if work
        else []
    )
    threads.append(threading.Thread(target=_beat, args=(a_second, pace, stop)))
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    if failures:
        raise failures[0]


def _beat(a_second: int, pace: threading.Semaphore, stop: threading.Event) -> None:
    while a_second and not stop.wait(1 / a_second):
        pace.release()


def _take_in(
    work: Callable[[], None], pace: threading.Semaphore, stop: threading.Event, failures: list[Exception]
) -> None:
    try:
        while not stop.is_set():
            if pace.acquire(timeout=0.2):
                work()
    except Exception as fault:  # told by `arriving` once the threads have ended
        failures.append(fault)
    finally:
        with suppress(Exception):
            connection.close()


def _arrival() -> Callable[[], None]:
    """Receives one more dossier like the last one a counter officer of today took in."""
    today = local_date(clock.now())
    counters = {p.unit_id: p.officer_id for p in positions_on(today) if p.role == Role.COUNTER}
    like = (
        Dossier.objects.filter(intake_unit_id__in=counters, accepted_at__isnull=False).order_by("-pk").first()
    )
    if like is None:
        raise AssertionError("no dossier was received at a counter that is at work today")
    actor = actor_of(Officer.objects.get(pk=counters[like.intake_unit_id]), on=today)
    version = version_for_intake(like.procedure_code, on=today)
    papers = tuple(ComponentInput(c.id, received=True, originals=1) for c in version.components)
    owner = PersonFacts("citizen", "001090000001", "Nguyễn Văn Thử", None, "", "0900000001", "", "xã Mẫu")
    intake = Intake(
        like.procedure_code, like.unit_id, like.intake_unit_id, Channel.DIRECT, owner, components=papers
    )
    return lambda: services.receive_at_counter(intake, actor=actor, now=clock.now()) and None
