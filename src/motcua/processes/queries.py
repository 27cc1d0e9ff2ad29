"""Reads of processes. A published version never changes, so its plan is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q

from motcua.base.errors import NotFound
from motcua.journal.remembered import remembered
from motcua.organisation import queries as organisation
from motcua.people import queries as people
from motcua.processes.models import Process, ProcessVersion, Step
from motcua.processes.ports import procedures
from motcua.processes.rules import Finding, Place, PlaceKind, RequiredAct, Stage, StepPlan, findings
from motcua.processes.rules.data import branch_from, opinion_from


@lru_cache(maxsize=4096)
def plan_of_version(version_id: int) -> tuple[StepPlan, ...]:
    """The steps of a published version in order."""
    return steps_of(version_id)


def steps_of(version_id: int) -> tuple[StepPlan, ...]:
    """The steps of any version, drafts too, read afresh."""
    return tuple(_plan(row) for row in Step.objects.filter(version_id=version_id).order_by("position"))


def _plan(row: Step) -> StepPlan:
    return StepPlan(
        row.position, Stage(row.stage), row.name, row.role, row.hours, row.share, row.result,
        place=Place(PlaceKind(row.place), row.place_unit_id),
        opinions=tuple(opinion_from(data) for data in row.opinions),
        requires=frozenset(RequiredAct(act) for act in row.requires),
        forms=tuple(row.forms),
        branches=tuple(branch_from(data) for data in row.branches),
        back_to=tuple(row.back_to),
    )  # fmt: skip


@remembered
def version_for(procedure_code: str, *, on: date) -> int:
    """The process version in force on `on` for the procedure, or the default of the five electronic steps.

    A link answers with the version in force of the process it follows.
    """
    in_force = (
        ProcessVersion.objects.filter(published=True, valid__contains=on)
        .filter(Q(process__procedure_code=procedure_code) | Q(process__procedure_code=""))
        .order_by("-process__procedure_code", "-number")
        .values_list("pk", "follows_id")
    )
    for version, follows in in_force:
        found = version if follows is None else followed(follows, on=on)
        if found is not None:
            return found
    raise NotFound(what=f"quy trình điện tử có hiệu lực cho thủ tục {procedure_code}")


def followed(process_id: int, *, on: date) -> int | None:
    """The version with steps of its own in force on `on` of a process that others follow."""
    rows = ProcessVersion.objects.filter(process_id=process_id, published=True, valid__contains=on, follows=None)
    return rows.values_list("pk", flat=True).first()


def versions_on(on: date) -> dict[str, int]:
    """The process version in force on `on` by procedure code; the default stands under "". For writers of many dossiers."""
    rows = ProcessVersion.objects.filter(published=True, valid__contains=on).order_by("number")
    told = list(rows.values_list("process__procedure_code", "pk", "process_id", "follows_id"))
    own = {process: version for _, version, process, follows in told if follows is None}
    found = {code: version if follows is None else own.get(follows) for code, version, _, follows in told}
    return {code: version for code, version in found.items() if version is not None}


@dataclass(frozen=True, slots=True)
class ProcessFacts:
    """A process with its newest version in force on the day asked for, if any. No procedure: the default."""

    id: int
    code: str
    name: str
    procedure_code: str
    versions: int
    drafts: int
    in_force: int | None
    linked: bool = False
    newest: int | None = None


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """One version of a process; `until` is the first day it no longer holds."""

    id: int
    process: int
    code: str
    name: str
    procedure_code: str
    number: int
    published: bool
    decision_number: str
    decision_date: date | None
    since: date | None
    until: date | None
    follows: int | None = None
    follows_name: str = ""

    def on(self, day: date) -> bool:
        """Whether it is in force on `day`."""
        begun = self.published and self.since is not None and self.since <= day
        return begun and (self.until is None or day < self.until)


def processes(on: date) -> list[ProcessFacts]:
    """Every process, the default first."""
    rows = Process.objects.order_by("procedure_code", "code").prefetch_related("versions")
    return [_process(row, on) for row in rows]


def _process(row: Process, on: date) -> ProcessFacts:
    versions = list(row.versions.all())
    holding = next((v for v in versions if v.published and v.valid and on in v.valid), None)
    drafts = [v.pk for v in versions if not v.published]
    return ProcessFacts(
        row.pk, row.code, row.name, row.procedure_code, len(versions), len(drafts), holding.pk if holding else None,
        linked=bool(holding and holding.follows_id), newest=max(drafts, default=None),
    )  # fmt: skip


def versions_of(process_id: int) -> list[VersionFacts]:
    """All versions of a process, newest first."""
    rows = ProcessVersion.objects.filter(process_id=process_id).select_related("process", "follows").order_by("-number")
    return [_version(row) for row in rows]


def version(version_id: int) -> VersionFacts:
    """The version with this number, drafts too."""
    row = ProcessVersion.objects.select_related("process", "follows").filter(pk=version_id).first()
    if row is None:
        raise NotFound(what="phiên bản quy trình này")
    return _version(row)


def _version(row: ProcessVersion) -> VersionFacts:
    process = row.process
    since, until = (row.valid.lower, row.valid.upper) if row.valid else (None, None)
    return VersionFacts(
        row.pk, process.pk, process.code, process.name, process.procedure_code, row.number, row.published,
        row.decision_number, row.decision_date, since, until, row.follows_id, row.follows.name if row.follows else "",
    )  # fmt: skip


def findings_of(version_id: int, *, on: date) -> list[Finding]:
    """What is wrong with a version and what is worth knowing, with the procedure's terms and officers of a day."""
    code, steps = version(version_id).procedure_code, steps_of(version_id)
    told = procedures().told(code, on=on) if code else None
    return findings(steps, told.terms if told else (), nobody=_nobody(steps, code, on) if code else None)


def _nobody(steps: tuple[StepPlan, ...], procedure_code: str, on: date) -> dict[int, str]:
    """By position the units of the step at which no active officer holds its role today, as one text."""
    settled = procedures().settled_by(procedure_code, on=on) & set(organisation.tree(on))
    staffed = {(position.unit_id, position.role) for position in people.positions_on(on)}
    found: dict[int, str] = {}
    for step in steps:
        empty = [unit for unit in _units_of(step, settled, on) if step.role and (unit, step.role) not in staffed]
        if empty:
            names = [organisation.latest(unit).name for unit in sorted(empty)]
            found[step.position] = "; ".join(names[:5]) + (f" (+{len(names) - 5})" if len(names) > 5 else "")
    return found


def _units_of(step: StepPlan, settled: frozenset[int], on: date) -> set[int]:
    """Where a step would be done by any of the competent units; the counter is chosen at intake and not told here."""
    if step.stage in (Stage.RECEIVE, Stage.RETURN) or step.place.kind is PlaceKind.COUNTER:
        return set()
    if step.place.kind is PlaceKind.FIXED:
        return {step.place.unit_id} if step.place.unit_id else set()
    units = organisation.tree(on)
    if step.place.kind is PlaceKind.ABOVE:
        return {units[unit].parent_id or unit for unit in settled}
    return set(settled)


def uses(on: date) -> tuple[list[tuple[str, str, int]], list[tuple[str, str]]]:
    """Every procedure in force: code, name and version of those with a process of their own; the rest by default.

    "100 % thủ tục có quy trình" is told by counting both; a procedure in neither list cannot be.
    """
    in_force = versions_on(on)
    told = procedures().codes(on=on).items()
    own = [(code, name, in_force[code]) for code, name in told if code in in_force]
    return own, [(code, name) for code, name in told if code not in in_force]
