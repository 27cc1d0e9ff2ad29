"""One job in the hands of one worker.

A worker holds the job by a lock of its database session: when the worker dies the lock is gone at once and the next worker
takes the job up, without waiting for a sign of life that does not come. Should a worker only seem dead (its connection broke),
the number of the take keeps it from writing: see `services.report_progress`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError, connection, transaction

from motcua.base.errors import MotcuaError
from motcua.jobs import files, services
from motcua.jobs.models import Job
from motcua.jobs.registry import kind_of, known
from motcua.jobs.rules import OPEN, TRIES_WITHOUT_PROGRESS, GaveUp, JobState, UnexpectedFault
from motcua.journal.remembered import one_look
from motcua.kit.clock import now as present

log = structlog.get_logger("motcua.jobs")
_LOCKS = 7660
"""First half of the session locks' numbers; the second is the job's."""


class StopAsked(Exception):
    """Somebody asked for the end of this job; raised between two batches."""


class WorkerEnds(Exception):
    """The worker is told to end; the job goes on with the next one."""


@dataclass
class Run:
    """What a work function gets: what was asked, where the work stands, and the means to go on.

    The function works in batches, each in `with run.batch(place=…, done=…):`. The new place is written in the transaction
    of the batch, so a worker killed anywhere leaves either the whole batch or nothing of it. `place` is {} at the beginning.
    """

    job_id: int
    take: int
    asked_by: int | None
    parameters: dict[str, Any]
    place: dict[str, Any]
    done: int
    total: int
    ends: Callable[[], bool] = field(default=lambda: False)
    result_file: tuple[str, str] | None = None

    @contextmanager
    def batch(self, *, place: dict[str, Any], done: int, total: int | None = None) -> Iterator[None]:
        """One transaction of work, after which the job stands at `place` with `done` of `total` things done."""
        total = self.total if total is None else total
        with transaction.atomic(), one_look():
            yield
            stop = services.report_progress(self.job_id, self.take, done=done, total=total, place=place)
        self.place, self.done, self.total = place, done, total
        if stop:
            raise StopAsked
        if self.ends():
            raise WorkerEnds

    def lines(self, lines: list[tuple[str, str, str]]) -> None:
        """Keeps what became of single things (key, label, refusal or nothing); call it within a batch."""
        services.note_lines(self.job_id, lines)

    @property
    def folder(self) -> Path:
        """A private folder for what is put aside between batches."""
        return files.folder(self.job_id)

    @contextmanager
    def result(self, name: str, media_type: str) -> Iterator[Path]:
        """Where to write the result; it counts once it is whole."""
        unfinished = self.folder / "ket-qua.dang-ghi"
        yield unfinished
        unfinished.replace(files.result(self.job_id))
        self.result_file = (name, media_type)


def run_next(*, ends: Callable[[], bool] = lambda: False) -> bool:
    """Takes up one job nobody has in hand and works on it until it is over, or the worker is to end. False: none."""
    for number in _candidates(present()):
        if _lock(number):
            try:
                run = _take(number, present())
                if run is not None:
                    _work(run, ends)
                    return True
            finally:
                _unlock(number)
    return False


def run_now(number: int) -> None:
    """Does one job before giving back, unless somebody has it in hand or it is over. For short work a page waits for."""
    if not _lock(number):
        return
    try:
        run = _take(number, present())
        if run is not None:
            _work(run, lambda: False)
    finally:
        _unlock(number)


def _candidates(now: datetime) -> list[int]:
    rows = Job.objects.filter(state__in=sorted(OPEN), not_before__lte=now, kind__in=known()).order_by("id")
    return list(rows.values_list("pk", flat=True)[:50])


def _take(number: int, now: datetime) -> Run | None:
    """The job as it stands now that it is ours; None when it was done or stopped meanwhile."""
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=number, state__in=sorted(OPEN)).first()
        if job is None:
            return None
        job.state, job.started_at = JobState.RUNNING, job.started_at or now
        job.takes, job.tries = job.takes + 1, job.tries + 1
        job.save(update_fields=["state", "started_at", "takes", "tries"])
    run = Run(job.pk, job.takes, job.asked_by_id, job.parameters, job.place, job.done, job.total)
    if job.tries > TRIES_WITHOUT_PROGRESS:
        services.fail(run.job_id, run.take, sentence=GaveUp(tries=TRIES_WITHOUT_PROGRESS).message, now=now)
        return None
    return run


def _work(run: Run, ends: Callable[[], bool]) -> None:
    run.ends = ends
    kind = Job.objects.values_list("kind", flat=True).get(pk=run.job_id)
    told = log.bind(job=run.job_id, kind=kind, take=run.take)
    told.info("job_taken_up", done=run.done)
    try:
        outcome = kind_of(kind).function(run) or {}
        services.finish(run.job_id, run.take, outcome=outcome, now=present(), file=run.result_file)
        files.keep_only_result(run.job_id) if run.result_file else files.remove(run.job_id)
        told.info("job_done", done=run.done)
    except StopAsked:
        services.stopped(run.job_id, run.take, now=present())
    except WorkerEnds:
        told.info("job_left_for_the_next_worker", done=run.done)
    except services.LostJob:
        told.warning("job_taken_by_another_worker")
    except MotcuaError as error:
        services.fail(run.job_id, run.take, sentence=error.message, now=present())
    except (OperationalError, InterfaceError):
        told.exception(
            "job_lost_its_database"
        )  # it stays open; whoever finds the database again goes on with it
        raise
    except Exception as error:  # noqa: BLE001 - a fault of one job must not end the worker
        told.exception("job_failed")
        sentence = UnexpectedFault(fault=type(error).__name__).message
        services.fail(run.job_id, run.take, sentence=sentence, now=present())


def _lock(number: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCKS, number])
        return bool(cursor.fetchone()[0])


def _unlock(number: int) -> None:
    """A session that is broken has lost its locks already."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCKS, number])
    except DatabaseError:
        connection.close()
