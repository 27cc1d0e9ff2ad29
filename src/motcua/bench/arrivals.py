"""Dossiers that keep coming in over HTTP while something else is measured, from a process of their own."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager

from motcua.base.actor import SYSTEM
from motcua.base.errors import MotcuaError
from motcua.base.time import local_date
from motcua.bench import clients
from motcua.catalogue.queries import version_for_intake
from motcua.dossiers.models import Dossier
from motcua.kit import clock
from motcua.organisation.queries import unit
from motcua.people import services as people
from motcua.people.queries import positions_on
from motcua.people.rules import Role

PATH = "/api/v1/dossiers"
_COUNTERS = 20


@contextmanager
def arriving(address: tuple[str, int], a_second: float) -> Iterator[None]:
    """`a_second` dossiers a second are received as long as the block runs; one that is not is a failure."""
    spawning = multiprocessing.get_context("spawn")
    stop, (here, there) = spawning.Event(), spawning.Pipe()
    work = (there, address, _accepted(address), a_second, stop)
    process = spawning.Process(target=clients.send_evenly, args=work, daemon=True)
    process.start()
    there.close()  # otherwise a sender that died would be waited for
    try:
        yield
    finally:
        stop.set()
        tally = here.recv()
        process.join()
    if tally.failures:
        raise AssertionError(f"{tally.failures} dossiers were not received, the first: {tally.first_failure}")


def _accepted(address: tuple[str, int]) -> list[bytes]:
    """A request for each of some counters of today, like the last dossier taken in there; only those that succeed."""
    line = clients.Line(address)
    tried = [request for request in _requests() if b" 201 " in line.ask(_somebody(request))[:20]]
    if not tried:
        raise AssertionError("no counter of today receives a dossier")
    return tried


def _somebody(request: bytes) -> bytes:
    return request.replace(clients.PLACEHOLDER, b"001090000001")


def _requests() -> list[bytes]:
    today = local_date(clock.now())
    counters = {p.unit_id: p.officer_id for p in positions_on(today) if p.role == Role.COUNTER}
    found = [_like_the_last(counter, officer) for counter, officer in sorted(counters.items())[: _COUNTERS * 2]]
    return [request for request in found if request][:_COUNTERS]


def _like_the_last(counter: int, officer: int) -> bytes | None:
    now = clock.now()
    like = Dossier.objects.filter(intake_unit_id=counter, accepted_at__isnull=False).order_by("-submitted_at").first()
    if like is None:
        return None
    try:
        version = version_for_intake(like.procedure_code, on=local_date(now))
        unit_code = unit(like.unit_id, on=local_date(now)).code
    except MotcuaError:  # the procedure or the unit has ended since
        return None
    body = {
        "procedure": like.procedure_code, "unit": unit_code, "intake_unit": unit(counter, on=local_date(now)).code,
        "channel": "direct",
        "owner": {
            "kind": "citizen", "number": clients.PLACEHOLDER.decode(), "name": "Nguyễn Văn Thử",
            "phone": "0900000001", "address": "xã Mẫu",
        },
        "components": [{"component": paper.id, "originals": 1} for paper in version.components],
    }  # fmt: skip
    key = people.issue_token(officer_id=officer, label="đo tốc độ", actor=SYSTEM, now=now)
    return clients.post(PATH, key=key, body=json.dumps(body, ensure_ascii=False).encode())
