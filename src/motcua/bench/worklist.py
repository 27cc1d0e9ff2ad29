"""Worklist, dossier page and search as officers open them, at many dossiers and with new ones coming in.

Pages are read over HTTP from the real server, one after the other, by officers of several roles who are signed in.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote

from django.conf import settings
from django.test import Client

from motcua.base.time import local_date
from motcua.bench import clients
from motcua.bench.arrivals import arriving
from motcua.bench.context import Context, Line, at_most, free_port, percentile, running
from motcua.dossiers import access, search
from motcua.dossiers.models import Applicant, Dossier
from motcua.dossiers.rules.state import ON_WORKLIST
from motcua.kit import clock
from motcua.people.models import Officer
from motcua.people.queries import actor_of, positions_on
from motcua.people.rules import Role

BAR_P95_MS = 150.0
LIST = "/office/viec-can-lam/"
ARRIVALS_A_SECOND = 30
SECONDS = 20.0
OFFICERS = 12
WARM_UP = 60
_READERS = (Role.COUNTER, Role.SPECIALIST, Role.LEADER)

Addresses = Callable[[int], list[str]]
"""Paths of pages for the officer of a number."""
Requests = Sequence[Sequence[bytes]]
"""For each officer the bytes of what they open."""


def worklist(context: Context) -> Iterator[Line]:
    """The first page of the worklist of officers of every kind."""
    yield measure(context, "worklist", lambda officer: [LIST])


def dossier_page(context: Context) -> Iterator[Line]:
    """Pages of dossiers the officer may see, open and closed."""
    yield measure(context, "dossier-page", pages_of)


def looking_up(context: Context) -> Iterator[Line]:
    """Searches as typed at a counter: whole names, beginnings of names, numbers, fragments of codes, nothing found."""
    yield measure(context, "search", questions_of)


def measure(context: Context, bench: str, addresses: Addresses, *, officers: Sequence[int] = ()) -> Line:
    """p95 of opening pages while dossiers come in; by a sample of those who have work when no `officers` are named."""
    signed = [(number, _cookie(number)) for number in officers or at_work()]
    asked = [[clients.get(path, cookie=cookie) for path in addresses(number)] for number, cookie in signed]
    asked = [requests for requests in asked if requests]  # somebody new at a unit without dossiers has no page to open
    server = ("127.0.0.1", free_port())
    with running(context.serve(server[1], context.state / "bench-server.log")), arriving(server, ARRIVALS_A_SECOND):
        milliseconds = _read(server, asked, SECONDS)
    name, _, what = bench.partition(" ")
    return at_most(name, f"{what} p95".strip(), percentile(milliseconds, 0.95), "ms", bar=BAR_P95_MS)


def _read(server: tuple[str, int], asked: Requests, seconds: float) -> list[float]:
    """Opens pages one after the other for `seconds`; the first rounds of every officer warm up and are not counted."""
    line = clients.Line(server)
    for requests in (*asked, *asked, *asked)[:WARM_UP]:
        _open(line, requests[0])
    draw, spent, end = random.Random(7), [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        spent.append(_open(line, draw.choice(draw.choice(asked))))
    return spent


def _open(line: clients.Line, request: bytes) -> float:
    begun = time.perf_counter()
    answer = line.ask(request)
    milliseconds = (time.perf_counter() - begun) * 1000
    if not answer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 302")) or b"/office/login/" in answer[:2000]:
        raise AssertionError(f"{request[:80]!r}: {answer[:200]!r}")
    return milliseconds


def at_work(most: int = OFFICERS) -> list[int]:
    """Officers of every role that reads lists, at units where dossiers lie."""
    positions = [p for p in positions_on(local_date(clock.now())) if p.role in _READERS]
    lying = Dossier.objects.filter(state__in=sorted(ON_WORKLIST)).values_list("holder_unit_id", flat=True)
    busy = set(lying.distinct())
    working = sorted({p.officer_id for p in positions if p.unit_id in busy} or {p.officer_id for p in positions})
    return random.Random(11).sample(working, min(most, len(working)))


def _cookie(officer_id: int) -> str:
    client = Client()
    client.force_login(Officer.objects.get(pk=officer_id), backend="django.contrib.auth.backends.ModelBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def _visible(officer_id: int, amount: int) -> list[int]:
    """Numbers of some dossiers the officer may see, spread over the years."""
    actor = actor_of(Officer.objects.get(pk=officer_id), on=local_date(clock.now()))
    numbers = list(Dossier.objects.filter(access.visible(actor)).values_list("pk", flat=True)[:5_000])
    return random.Random(officer_id).sample(numbers, min(amount, len(numbers)))


def pages_of(officer_id: int) -> list[str]:
    """Pages of dossiers the officer may see."""
    return [f"/office/ho-so/{number}/" for number in _visible(officer_id, 200)]


def questions_of(officer_id: int) -> list[str]:
    """What somebody at the officer's counter would have looked up."""
    owners = Applicant.objects.filter(pk__in=_visible(officer_id, 40)).select_related("dossier")
    typed = ["không có người này", "000000-0000"]
    for owner in owners:
        typed += [owner.name, " ".join(owner.name.split()[-2:]), owner.number, owner.phone]
        typed.append((owner.dossier.code or "").partition("-")[2])
    return [
        f"/office/search?q={quote(text)}"
        for text in typed
        if search.question(text).kind is not search.Kind.TOO_SHORT
    ]
