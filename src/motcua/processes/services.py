"""Verbs on processes: draft a version, publish it by decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError, NotFound
from motcua.deadlines.rules import Term
from motcua.journal.services import append
from motcua.processes.models import Process, ProcessVersion, Step
from motcua.processes.rules import StepPlan, check_steps
from motcua.processes.rules.data import branch_data, opinion_data


class DecisionMissing(MotcuaError):
    code = "decision_missing"
    sentence = "Hãy nhập số, ngày quyết định và ngày có hiệu lực."


class VersionInForceIsLater(MotcuaError):
    code = "version_in_force_is_later"
    sentence = "Đã có phiên bản quy trình có hiệu lực từ {since:%d/%m/%Y}. Ngày hiệu lực mới phải sau ngày đó."


class NotADraft(MotcuaError):
    code = "process_version_not_a_draft"
    sentence = "Phiên bản {number} của quy trình đã ban hành, không ban hành lại được. Hãy tạo phiên bản dự thảo mới."


@transaction.atomic
def draft(
    *, code: str, name: str, procedure_code: str, steps: Sequence[StepPlan], term: Term | None, actor: Actor, now: datetime
) -> int:
    """Makes a new draft version; the sum of its steps is checked against the term.

    Raises StepsIncomplete, StepsTooLong.
    """
    check_steps(steps, term)
    process, _ = Process.objects.get_or_create(code=code, defaults={"name": name, "procedure_code": procedure_code})
    Process.objects.select_for_update().get(pk=process.pk)
    number = process.versions.count() + 1
    version = ProcessVersion.objects.create(process=process, number=number)
    Step.objects.bulk_create(_row(version, step) for step in steps)
    _record(process.pk, "drafted", {"code": code, "number": number}, actor, now)
    return version.pk


@transaction.atomic
def publish(
    *, version_id: int, decision_number: str, decision_date: date, since: date, actor: Actor, now: datetime
) -> None:
    """Puts a draft in force from `since`; the version before ends that day, and running dossiers keep theirs.

    Raises DecisionMissing, NotADraft, VersionInForceIsLater.
    """
    if not decision_number.strip():
        raise DecisionMissing
    version = ProcessVersion.objects.select_for_update().select_related("process").filter(pk=version_id).first()
    if version is None:
        raise NotFound(what="phiên bản quy trình này")
    if version.published:
        raise NotADraft(number=version.number)
    before = version.process.versions.filter(published=True, valid__endswith__isnull=True).first()
    if before is not None:
        _end(before, since)
    version.published, version.valid = True, DateRange(since, None)
    version.decision_number, version.decision_date = decision_number, decision_date
    version.save()
    _record(version.process_id, "published", {"number": version.number, "decision": decision_number}, actor, now)


def _row(version: ProcessVersion, step: StepPlan) -> Step:
    return Step(
        version=version, position=step.position, stage=step.stage, name=step.name, role=step.role, hours=step.hours,
        share=step.share, result=step.result, place=step.place.kind, place_unit_id=step.place.unit_id,
        opinions=[opinion_data(opinion) for opinion in step.opinions], requires=sorted(step.requires),
        forms=list(step.forms), branches=[branch_data(branch) for branch in step.branches], back_to=list(step.back_to),
    )  # fmt: skip


def _end(version: ProcessVersion, since: date) -> None:
    if version.valid.lower >= since:
        raise VersionInForceIsLater(since=version.valid.lower)
    version.valid = DateRange(version.valid.lower, since)
    version.save(update_fields=["valid"])


def _record(process_id: int, name: str, data: dict[str, object], actor: Actor, now: datetime) -> None:
    append(stream="process", stream_id=str(process_id), name=f"processes.{name}", data=data, actor=actor, at=now)
