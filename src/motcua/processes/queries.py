"""Reads of processes. A published version never changes, so its plan is remembered."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.db.models import Q

from motcua.base.errors import NotFound
from motcua.journal.remembered import remembered
from motcua.processes.models import ProcessVersion, Step
from motcua.processes.rules import Stage, StepPlan


@lru_cache(maxsize=4096)
def plan_of_version(version_id: int) -> tuple[StepPlan, ...]:
    """The steps of a published version in order."""
    return steps_of(version_id)


def steps_of(version_id: int) -> tuple[StepPlan, ...]:
    """The steps of any version, drafts too, read afresh."""
    return tuple(
        StepPlan(s.position, Stage(s.stage), s.name, s.role, s.hours, s.share, s.result)
        for s in Step.objects.filter(version_id=version_id).order_by("position")
    )


@remembered
def version_for(procedure_code: str, *, on: date) -> int:
    """The process version in force on `on` for the procedure, or the default of the five electronic steps."""
    in_force = (
        ProcessVersion.objects.filter(published=True, valid__contains=on)
        .filter(Q(process__procedure_code=procedure_code) | Q(process__procedure_code=""))
        .order_by("-process__procedure_code", "-number")
        .values_list("pk", flat=True)
    )
    version = in_force.first()
    if version is None:
        raise NotFound(what=f"quy trình điện tử có hiệu lực cho thủ tục {procedure_code}")
    return version


def versions_on(on: date) -> dict[str, int]:
    """The process version in force on `on` by procedure code; the default stands under "". For writers of many dossiers."""
    rows = ProcessVersion.objects.filter(published=True, valid__contains=on).order_by("number")
    return dict(rows.values_list("process__procedure_code", "pk"))
