"""The verbs on jobs: ask, report progress, finish, fail, stop, resume. The only writers of the tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import override

from motcua.base.actor import Actor
from motcua.base.errors import NotAllowed, NotFound
from motcua.jobs import files
from motcua.jobs.models import Job, JobLine
from motcua.jobs.registry import kind_of
from motcua.jobs.rules import OPEN, JobNotResumable, JobOver, JobState
from motcua.journal.services import append
from motcua.kit.access import ADMINISTRATOR

KEPT = timedelta(days=7)
"""How long a result can be downloaded. It holds personal data, so it does not lie about longer than it is of use."""


class LostJob(Exception):
    """Another worker has taken the job up since; whatever this one was writing is rolled back."""


@transaction.atomic
def ask(
    kind: str, *, actor: Actor, now: datetime, parameters: dict[str, Any] | None = None, total: int = 0, title: str = "",
    key: str | None = None,
) -> int:  # fmt: skip
    """Asks for work in the background; gives the job's number. Within the caller's transaction it is asked or not at all.

    parameters: plain data, kept as JSON; total: how many things there are to do, 0 when unknown; title: how the job is
    called in lists. Raises UnknownWork.
    """
    with override("vi"):
        name = title or str(kind_of(kind).title)
    job = Job.objects.create(
        kind=kind, key=key, title=name[:300], asked_by_id=actor.id, asked_by_label=actor.label[:200], unit=actor.unit,
        parameters=parameters or {}, total=total, created_at=now, not_before=now,
    )  # fmt: skip
    if actor.id is not None:
        _record(job, "job.asked", {"kind": kind, "total": total}, actor, now)
    return job.pk


def ask_once(key: str, kind: str, *, actor: Actor, now: datetime, **more: Any) -> int | None:
    """Asks unless the same `key` was asked for before; None then."""
    if Job.objects.filter(key=key).exists():
        return None
    try:
        return ask(kind, actor=actor, now=now, key=key, **more)
    except IntegrityError:
        return None


def ask_under(key: str, kind: str, *, actor: Actor, now: datetime, **more: Any) -> int:
    """Asks for the work under `key`; gives the job's number, the earlier one's when it was asked for before."""
    asked = ask_once(key, kind, actor=actor, now=now, **more)
    return asked if asked is not None else Job.objects.values_list("pk", flat=True).get(key=key)


def report_progress(job_id: int, take: int, *, done: int, total: int, place: dict[str, Any]) -> bool:
    """Writes where the work stands, within the transaction of the work itself. True when a stop was asked for.

    Raises LostJob when another worker has taken the job up.
    """
    held = Job.objects.filter(pk=job_id, takes=take, state=JobState.RUNNING)
    if not held.update(done=done, total=total, place=place, tries=0):
        raise LostJob(job_id)
    return Job.objects.filter(pk=job_id).values_list("stop_asked", flat=True).get()


def note_lines(job_id: int, lines: Iterable[tuple[str, str, str]]) -> None:
    """Keeps what became of single things: (key, label, refusal or nothing). The same key twice is refused."""
    rows = [JobLine(job_id=job_id, key=key, label=label[:300], refusal=why) for key, label, why in lines]
    JobLine.objects.bulk_create(rows)


@transaction.atomic
def finish(
    job_id: int, take: int, *, outcome: dict[str, Any], now: datetime, file: tuple[str, str] | None = None
) -> None:
    """The work is done. file: name and media type of the result in the job's folder."""
    name, media_type = file or ("", "")
    _end(job_id, take, JobState.DONE, now, outcome=outcome, file_name=name, file_type=media_type)


@transaction.atomic
def fail(job_id: int, take: int, *, sentence: str, now: datetime) -> None:
    """The work cannot go on; `sentence` says why and what to do. What was done stays done."""
    _end(job_id, take, JobState.FAILED, now, error=sentence)


@transaction.atomic
def stopped(job_id: int, take: int, *, now: datetime) -> None:
    """The work ended between two batches because somebody asked for it."""
    _end(job_id, take, JobState.STOPPED, now)


@transaction.atomic
def stop(job_id: int, *, actor: Actor, now: datetime) -> None:
    """Asks a job to end: at once when nobody has begun it, else after the batch in hand. Raises JobOver."""
    job = _of(job_id, actor)
    if job.state not in OPEN:
        raise JobOver
    if job.state == JobState.WAITING:
        job.state, job.finished_at = JobState.STOPPED, now
    job.stop_asked = True
    job.save(update_fields=["state", "finished_at", "stop_asked"])
    _record(job, "job.stop_asked", {}, actor, now)


@transaction.atomic
def resume(job_id: int, *, actor: Actor, now: datetime) -> None:
    """Lets a job that failed or was stopped go on where it stood. Raises JobNotResumable."""
    job = _of(job_id, actor)
    if job.state not in (JobState.FAILED, JobState.STOPPED):
        raise JobNotResumable
    job.state, job.stop_asked, job.error, job.tries = JobState.WAITING, False, "", 0
    job.finished_at, job.not_before = None, now
    job.save(update_fields=["state", "stop_asked", "error", "tries", "finished_at", "not_before"])
    _record(job, "job.resumed", {}, actor, now)


def note_download(job_id: int, *, actor: Actor, now: datetime) -> None:
    """Records who took the result away: it may hold personal data."""
    _record(Job.objects.get(pk=job_id), "job.downloaded", {}, actor, now)


def clear_old(now: datetime) -> int:
    """Removes results that nobody may need any more and the records of what the schedule did; gives how many results.

    What officers asked for stays on record without its file.
    """
    old = Job.objects.filter(finished_at__lt=now - KEPT)
    numbers = list(old.exclude(file_name="").values_list("pk", flat=True))
    for number in numbers:
        files.remove(number)
        Job.objects.filter(pk=number).update(file_name="", file_type="")
    old.filter(asked_by_id=None).delete()
    return len(numbers)


def may_manage(actor: Actor, asked_by: int | None) -> bool:
    """Whether the officer may see, stop and resume the job: the one who asked, and administrators of the system."""
    return (asked_by is not None and asked_by == actor.id) or actor.holds(ADMINISTRATOR)


def _of(job_id: int, actor: Actor) -> Job:
    job = Job.objects.select_for_update().filter(pk=job_id).first()
    if job is None:
        raise NotFound(what="việc nền này")
    if not may_manage(actor, job.asked_by_id):
        raise NotAllowed(reason="việc nền này do người khác yêu cầu.")
    return job


def _end(job_id: int, take: int, state: JobState, now: datetime, **values: Any) -> None:
    held = Job.objects.filter(pk=job_id, takes=take, state=JobState.RUNNING)
    if not held.update(state=state, finished_at=now, **values):
        raise LostJob(job_id)


def _record(job: Job, name: str, data: dict[str, Any], actor: Actor, now: datetime) -> None:
    append(stream="job", stream_id=str(job.pk), name=name, data=data, actor=actor, at=now)
