"""Reads of jobs."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Length

from motcua.base.actor import Actor
from motcua.base.errors import NotFound
from motcua.jobs.models import Job, JobLine
from motcua.jobs.rules import OPEN, JobState
from motcua.jobs.services import may_manage
from motcua.kit.access import ADMINISTRATOR


def jobs_of(actor: Actor) -> QuerySet[Job]:
    """What the officer asked for, newest first."""
    return Job.objects.filter(asked_by_id=actor.id).order_by("-id")


def all_jobs(actor: Actor) -> QuerySet[Job]:
    """Every job, for administrators of the system; for anybody else what they asked for."""
    return Job.objects.order_by("-id") if actor.holds(ADMINISTRATOR) else jobs_of(actor)


def job_of(actor: Actor, job_id: int) -> Job:
    """One job the officer may see. Any other is not found, as if it did not exist."""
    job = Job.objects.filter(pk=job_id).first()
    if job is None or not may_manage(actor, job.asked_by_id):
        raise NotFound(what="việc nền này")
    return job


def lines_of(job_id: int) -> QuerySet[JobLine]:
    """What became of the single things, the refused ones first."""
    return (
        JobLine.objects.filter(job_id=job_id).annotate(refused=Length("refusal")).order_by("-refused", "id")
    )


def how_many_refused(job_id: int) -> int:
    """How many things could not be done."""
    return JobLine.objects.filter(job_id=job_id).exclude(refusal="").count()


def outcome_of(job_id: int) -> tuple[JobState, dict[str, Any]]:
    """State and outcome, for the room that asked."""
    state, outcome = Job.objects.values_list("state", "outcome").get(pk=job_id)
    return JobState(state), outcome


def open_jobs(actor: Actor) -> int:
    """How many of the officer's jobs are not over."""
    return Job.objects.filter(asked_by_id=actor.id, state__in=sorted(OPEN)).count()
