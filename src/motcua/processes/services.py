"""Verbs on processes: draft, revise, copy or link a version, publish it by decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError, NotFound
from motcua.deadlines.rules import Term
from motcua.journal.services import append
from motcua.processes import queries
from motcua.processes.models import Process, ProcessVersion, Step
from motcua.processes.rules import ProcessNotReady, StepPlan, check_steps
from motcua.processes.rules.data import branch_data, opinion_data
from motcua.processes.words import finding_sentence

MOST_STEPS = 60
_TOLD_PROBLEMS = 5


class DecisionMissing(MotcuaError):
    code = "decision_missing"
    sentence = "Hãy nhập số, ngày quyết định và ngày có hiệu lực."


class VersionInForceIsLater(MotcuaError):
    code = "version_in_force_is_later"
    sentence = "Đã có phiên bản quy trình có hiệu lực từ {since:%d/%m/%Y}. Ngày hiệu lực mới phải sau ngày đó."


class NotADraft(MotcuaError):
    code = "process_version_not_a_draft"
    sentence = "Phiên bản {number} của quy trình đã ban hành, không ban hành lại hay sửa được. Hãy tạo phiên bản dự thảo mới."


class LinkHasNoSteps(MotcuaError):
    code = "process_link_has_no_steps"
    sentence = "Phiên bản này liên kết với quy trình “{source}” nên không có bước riêng. Hãy sao chép nếu muốn sửa riêng."


class LinkNotPossible(MotcuaError):
    code = "process_link_not_possible"
    sentence = "Không liên kết được với quy trình “{source}”: {why}."


class TooManySteps(MotcuaError):
    code = "process_too_many_steps"
    sentence = "Quy trình có {count} bước; nhiều nhất là {most} bước. Hãy gộp các bước."


@transaction.atomic
def draft(
    *, code: str, name: str, procedure_code: str, steps: Sequence[StepPlan], term: Term | None, actor: Actor, now: datetime
) -> int:
    """Makes a new draft version; the sum of its steps is checked against the term.

    Raises StepsIncomplete, StepsTooLong.
    """
    check_steps(steps, term)
    return sketch(code=code, name=name, procedure_code=procedure_code, steps=steps, actor=actor, now=now)


@transaction.atomic
def sketch(
    *, code: str, name: str, procedure_code: str, steps: Sequence[StepPlan], actor: Actor, now: datetime, origin: str = ""
) -> int:
    """Makes a new draft version that may still have faults; publishing is where they are refused.

    origin: where the steps come from, for the journal ("bản sao QT-1 phiên bản 2"). Raises TooManySteps.
    """
    version = _new_version(code, name, procedure_code)
    _write(version, steps)
    _record(version.process_id, "drafted", {"code": code, "number": version.number, "origin": origin}, actor, now)
    return version.pk


@transaction.atomic
def revise(*, version_id: int, steps: Sequence[StepPlan], actor: Actor, now: datetime) -> None:
    """Replaces the steps of a draft. Raises NotADraft, LinkHasNoSteps, TooManySteps."""
    version = _draft(version_id)
    if version.follows_id is not None:
        raise LinkHasNoSteps(source=version.follows.name)
    version.steps.all().delete()
    _write(version, steps)
    _record(version.process_id, "revised", {"number": version.number, "steps": len(steps)}, actor, now)


@transaction.atomic
def copy(*, version_id: int, code: str, name: str, procedure_code: str, actor: Actor, now: datetime) -> int:
    """A draft of another process with the same steps; later changes of the original do not reach it."""
    source = queries.version(version_id)
    steps = queries.steps_of(version_id)
    origin = f"bản sao {source.code} phiên bản {source.number}"
    return sketch(code=code, name=name, procedure_code=procedure_code, steps=steps, actor=actor, now=now, origin=origin)


@transaction.atomic
def link(*, process_id: int, code: str, name: str, procedure_code: str, actor: Actor, now: datetime) -> int:
    """A draft that will follow another process: once published, every later version of it counts here too.

    Raises LinkNotPossible for a process that follows another one itself, or that is this very one.
    """
    source = Process.objects.filter(pk=process_id).first()
    if source is None:
        raise NotFound(what="quy trình này")
    _require_followable(source, code)
    version = _new_version(code, name, procedure_code)
    version.follows = source
    version.save(update_fields=["follows"])
    _record(version.process_id, "linked", {"number": version.number, "source": source.code}, actor, now)
    return version.pk


@transaction.atomic
def publish(
    *, version_id: int, decision_number: str, decision_date: date, since: date, actor: Actor, now: datetime
) -> None:
    """Puts a draft in force from `since`; the version before ends that day, and running dossiers keep theirs.

    Raises DecisionMissing, NotADraft, ProcessNotReady, LinkNotPossible, VersionInForceIsLater.
    """
    if not decision_number.strip():
        raise DecisionMissing
    version = _draft(version_id)
    _require_ready(version, since)
    before = version.process.versions.filter(published=True, valid__endswith__isnull=True).first()
    if before is not None:
        _end(before, since)
    version.published, version.valid = True, DateRange(since, None)
    version.decision_number, version.decision_date = decision_number, decision_date
    version.save()
    _record(version.process_id, "published", {"number": version.number, "decision": decision_number}, actor, now)


@transaction.atomic
def discard(*, version_id: int, actor: Actor, now: datetime) -> None:
    """Throws a draft away; a process without any version goes with it. Raises NotADraft."""
    version = _draft(version_id)
    process, number = version.process, version.number
    version.steps.all().delete()
    version.delete()
    if not process.versions.exists():
        process.delete()
    _record(version.process_id, "discarded", {"number": number}, actor, now)


def _new_version(code: str, name: str, procedure_code: str) -> ProcessVersion:
    process, _ = Process.objects.get_or_create(code=code, defaults={"name": name, "procedure_code": procedure_code})
    Process.objects.select_for_update().get(pk=process.pk)
    last = process.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return ProcessVersion.objects.create(process=process, number=last + 1)


def _draft(version_id: int) -> ProcessVersion:
    rows = ProcessVersion.objects.select_for_update(of=("self",)).select_related("process", "follows")
    version = rows.filter(pk=version_id).first()
    if version is None:
        raise NotFound(what="phiên bản quy trình này")
    if version.published:
        raise NotADraft(number=version.number)
    return version


def _require_ready(version: ProcessVersion, since: date) -> None:
    if version.follows is not None:
        _require_followable(version.follows, version.process.code)
        if queries.followed(version.follows_id, on=since) is None:
            raise LinkNotPossible(source=version.follows.name, why=f"quy trình đó chưa có phiên bản vào ngày {since:%d/%m/%Y}")
        if version.process.followers.exists():
            raise LinkNotPossible(source=version.follows.name, why="đang có quy trình khác liên kết với quy trình này")
        return
    problems = [f for f in queries.findings_of(version.pk, on=since) if not f.warns]
    if problems:
        told = " ".join(finding_sentence(finding) for finding in problems[:_TOLD_PROBLEMS])
        raise ProcessNotReady(count=len(problems), problems=told)


def _require_followable(source: Process, code: str) -> None:
    if source.code == code:
        raise LinkNotPossible(source=source.name, why="một quy trình không liên kết với chính nó")
    if source.versions.filter(follows__isnull=False).exists():
        raise LinkNotPossible(source=source.name, why="quy trình đó lại liên kết với một quy trình khác")


def _write(version: ProcessVersion, steps: Sequence[StepPlan]) -> None:
    if len(steps) > MOST_STEPS:
        raise TooManySteps(count=len(steps), most=MOST_STEPS)
    Step.objects.bulk_create(_row(version, step) for step in steps)


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
