"""The desk at full depth with 300 officers' rights: lists, views, acts, counts, bulk acts and long files."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.time import local_date
from motcua.bench import desk_cast, worklist
from motcua.bench.arrivals import arriving
from motcua.bench.context import Context, Line, at_most, free_port, percentile, running
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.state import EndKind, State
from motcua.jobs.queries import outcome_of
from motcua.jobs.rules import JobState
from motcua.jobs.running import run_now
from motcua.kit import clock
from motcua.people.queries import actor_of_officer
from motcua.people.rules import Role
from motcua.proposals import services as proposals
from motcua.proposals.rules import Draft, Kind
from motcua.worklists import bulk, export
from motcua.worklists import queries as lists

OFFICERS = 300
BAR_ACT_MS, BAR_COUNTS_MS, BAR_BULK_S, BAR_EXPORT_S, BAR_MEMORY_MB = 300.0, 50.0, 10.0, 60.0, 300.0
ACTS, CHOSEN, EXPORTED = 100, 1_000, 100_000
_DRAFT = Draft(
    Kind.STOP, "ineligible", "Hồ sơ mẫu không đủ điều kiện (đo tốc độ)", "Quyết định mẫu 01/QĐ-MẪU (dữ liệu đo tốc độ)",
    end_kind=EndKind.STOPPED.value,
)  # fmt: skip


def run(context: Context) -> Iterator[Line]:
    """The long file first: the memory told is that of a process that has done nothing else."""
    yield from _export(context)
    desk_cast.staff(OFFICERS)
    officers = desk_cast.officers(OFFICERS)
    context.say(f"{len(officers)} cán bộ")
    yield _counts(officers)
    yield _bulk_assign(context)
    yield from _acts(context)
    yield from _pages(context, officers)


def _pages(context: Context, officers: list[int]) -> Iterator[Line]:
    views = desk_cast.views(officers)
    yield worklist.measure(context, "desk worklist", lambda officer: [worklist.LIST], officers=officers)
    yield worklist.measure(context, "desk saved view", lambda officer: [views[officer]], officers=officers)
    yield worklist.measure(context, "desk dossier-page", worklist.pages_of, officers=officers)
    yield worklist.measure(context, "desk search", worklist.questions_of, officers=officers)


def _counts(officers: list[int]) -> Line:
    """All groups of urgency for every officer, each their own and, where they oversee, the whole unit's."""
    now, spent = clock.now(), []
    for number in officers * 2:  # the first round warms up
        actor = actor_of_officer(number, on=local_date(now))
        for unit in (False, True):
            spent.append(_milliseconds(lambda actor=actor, unit=unit: lists.counts(actor, unit=unit, now=now)))
    return at_most("desk", "counts p95", percentile(spent[len(spent) // 2 :], 0.95), "ms", bar=BAR_COUNTS_MS)


def _bulk_assign(context: Context) -> Line:
    """One thousand dossiers of the busiest step get a holder."""
    now = clock.now()
    leader, numbers, holder = desk_cast.to_assign(CHOSEN, now=now)
    ticket = f"đo tốc độ {now.isoformat()}"
    begun = time.perf_counter()
    job = bulk.ask("assign", numbers, options={"holder": holder}, actor=leader, now=now, ticket=ticket)
    run_now(job)
    seconds = time.perf_counter() - begun
    _require_done(job)
    context.say(f"phân công {len(numbers):,} hồ sơ")
    return at_most("desk", f"bulk assign of {len(numbers):,}", seconds, "s", bar=BAR_BULK_S)


class _TakenBack(Exception):
    """Ends the transaction in which rows were planted."""


def _export(context: Context) -> Iterator[Line]:
    """The list of somebody who sees the whole province, with as many open dossiers as the file shall have.

    Closed dossiers are opened for it within a transaction that is rolled back.
    """
    now, seconds, rows = clock.now(), 0.0, 0
    chair = desk_cast.overseer(on=local_date(now))
    try:
        with transaction.atomic():
            rows = desk_cast.plant_open(EXPORTED)
            begun = time.perf_counter()
            job = export.ask("scope=unit", "xlsx", total=0, actor=chair, now=now)
            run_now(job)
            seconds = time.perf_counter() - begun
            _require_done(job)
            raise _TakenBack
    except _TakenBack:
        context.say(f"tệp XLSX của {rows:,} hồ sơ")
    desk_cast.sweep()
    yield at_most("desk", f"export of {rows:,} rows", seconds, "s", bar=BAR_EXPORT_S)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield at_most("desk", "export memory", megabytes, "MB", bar=BAR_MEMORY_MB)


def _require_done(job: int) -> None:
    state, outcome = outcome_of(job)
    if state is not JobState.DONE:
        raise AssertionError(f"job {job}: {state} {outcome}")


def _acts(context: Context) -> Iterator[Line]:
    """Verbs as the pages call them, while the server takes in dossiers."""
    server = ("127.0.0.1", free_port())
    spent: list[float] = []
    with (
        running(context.serve(server[1], context.state / "bench-server.log")),
        arriving(server, worklist.ARRIVALS_A_SECOND),
    ):
        spent += _forwarded()
        proposed, approved = _proposed()
    yield at_most("desk", "forward p95", percentile(spent, 0.95), "ms", bar=BAR_ACT_MS)
    yield at_most("desk", "propose p95", percentile(proposed, 0.95), "ms", bar=BAR_ACT_MS)
    yield at_most("desk", "approve p95", percentile(approved, 0.95), "ms", bar=BAR_ACT_MS)


def _forwarded() -> list[float]:
    chosen = desk_cast.drawn(Dossier.objects.filter(state=State.ACCEPTED, source=""), ACTS)
    who = [(n, desk_cast.somebody(Role.COUNTER, counter)) for n, counter in chosen.values_list("pk", "intake_unit_id")]
    now = clock.now()
    return [
        _milliseconds(lambda n=n, actor=actor: dossiers.forward(n, actor=actor, now=now)) for n, actor in who if actor
    ]


def _proposed() -> tuple[list[float], list[float]]:
    """A stop proposed by a specialist of the unit and approved by its head."""
    now, proposed, approved = clock.now(), [], []
    chosen = desk_cast.drawn(Dossier.objects.filter(state=State.PROCESSING, holder_role=Role.SPECIALIST), ACTS * 2)
    for number, unit in chosen.values_list("pk", "unit_id"):
        officer, head = desk_cast.somebody(Role.SPECIALIST, unit), desk_cast.somebody(Role.LEADER, unit)
        if officer is None or head is None or len(approved) == ACTS:
            continue
        made: list[int] = []
        proposed.append(_milliseconds(lambda: made.append(_propose(number, officer))))
        approved.append(_milliseconds(lambda: proposals.approve(made[0], actor=head, now=now)))
    return proposed, approved


def _propose(number: int, officer: Actor) -> int:
    return proposals.propose(number, draft=_DRAFT, actor=officer, now=clock.now())


def _milliseconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000
