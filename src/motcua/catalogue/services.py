"""The verbs of the catalogue: import, correct, publish, close, say who is competent. One transaction each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.base.actor import Actor
from motcua.base.text import clean, fold
from motcua.catalogue import events, shipped
from motcua.catalogue.errors import (
    CannotPublish,
    CompetenceOverlaps,
    FieldNotEditable,
    NotADraft,
    ProcedureNotInForce,
    ProcedureUnknown,
    ValidityOverlaps,
)
from motcua.catalogue.models import (
    Competence,
    Component,
    Field,
    ImportRun,
    LegalBasis,
    Procedure,
    ProcedureCase,
    ProcedureVersion,
    ResultType,
    Tariff,
)
from motcua.catalogue.parsing.files import Progress
from motcua.catalogue.reading import UNCHANGED, Accepted, Report, accepted_records
from motcua.catalogue.rules import ComponentKind, FeeKind
from motcua.catalogue.storing import Incoming, store
from motcua.deadlines.rules import Term
from motcua.journal import services as journal

BATCH = 300
IMPORT_LOCK = 7_201_001
EDITABLE = frozenset({"name", "levels", "channels", "applicants", "online_level", "after_15h", "category"})
State, Source = ProcedureVersion.State, ProcedureVersion.Source


@transaction.atomic
def import_files(
    paths: Sequence[Path],
    *,
    actor: Actor,
    now: datetime,
    progress: Progress | None = None,
    on_refusal: Callable[[str], None] | None = None,
) -> Report:
    """Takes the portal's records of all files into the catalogue; the report says what became of each.

    A line that cannot be read is refused and the rest taken. A failure of the database takes nothing.
    """
    run = _begin_run([path.name for path in paths], actor=actor, now=now)
    report = Report()
    records = accepted_records(paths, report=report, progress=progress, on_refusal=on_refusal)
    while batch := list(islice(records, BATCH)):
        _store_batch(batch, run=run, report=report)
    _end_run(run, report.as_dict(), actor=actor, now=now)
    return report


@transaction.atomic
def load_shipped(*, actor: Actor, now: datetime) -> dict[str, int]:
    """Takes the project's own facts-only catalogue; a second time changes nothing. Gives counts by status."""
    run = _begin_run([shipped.FILE_NAME], actor=actor, now=now)
    report = Report(files=1)
    records = shipped.records()
    report.lines = len(records)
    _store_batch(records, run=run, report=report)
    _end_run(run, report.as_dict(), actor=actor, now=now)
    return dict(report.counts)


def _begin_run(files: list[str], *, actor: Actor, now: datetime) -> ImportRun:
    """Imports wait for each other: two at once would both think themselves the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
    who = {"kind": actor.kind, "id": actor.id, "label": actor.label, "unit": actor.unit}
    return ImportRun.objects.create(at=now, actor=who, files=files, counts={}, report={})


def _store_batch(batch: list[Accepted], *, run: ImportRun, report: Report) -> None:
    first = [record for record in batch if not record.repeated]
    status = store([Incoming(r.parsed, r.raw, r.content_hash) for r in first], run=run)
    for record in batch:
        report.take(record, UNCHANGED if record.repeated else status[record.parsed.code])


def _end_run(run: ImportRun, report: dict[str, Any], *, actor: Actor, now: datetime) -> None:
    run.counts = {key: value for key, value in report.items() if key != "by_record"}
    run.report = report
    run.save(update_fields=["counts", "report"])
    _record(
        events.IMPORTED,
        stream=events.IMPORT_STREAM,
        stream_id=str(run.pk),
        data=run.counts,
        actor=actor,
        now=now,
    )


@transaction.atomic
def correct(version_id: int, *, changes: dict[str, Any], actor: Actor, now: datetime) -> int:
    """A new draft that says what version `version_id` says, with `changes` to its own columns; gives its id.

    Raises FieldNotEditable for a column that is not in `EDITABLE`.
    """
    source = ProcedureVersion.objects.select_related("procedure").get(pk=version_id)
    for name in changes:
        if name not in EDITABLE:
            raise FieldNotEditable(field=name)
    procedure = _locked(source.procedure.code)
    draft = _copy(source, number=_next_number(procedure), changes=changes)
    _record(events.DRAFTED, procedure, {"version": draft.number, "changes": changes}, actor=actor, now=now)
    return draft.pk


def _next_number(procedure: Procedure) -> int:
    last = procedure.versions.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _copy(source: ProcedureVersion, *, number: int, changes: dict[str, Any]) -> ProcedureVersion:
    old_id = source.pk
    draft = ProcedureVersion.objects.get(pk=old_id)
    draft.pk, draft._state.adding = None, True
    draft.number, draft.source, draft.state = number, Source.DECISION, State.DRAFT
    draft.decision_number, draft.decision_date, draft.valid = "", None, None
    draft.import_run, draft.raw, draft.content_hash = None, {}, ""
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.name, draft.folded_name = clean(draft.name), fold(draft.name)
    draft.save()
    cases = _copy_rows(ProcedureCase, old_id, draft, cases={})
    for model in (Component, Tariff):
        _copy_rows(model, old_id, draft, cases=cases)
    for model in (ResultType, LegalBasis):
        _copy_rows(model, old_id, draft, cases={})
    return draft


def _copy_rows(model: Any, old_id: int, draft: ProcedureVersion, *, cases: dict[int, int]) -> dict[int, int]:
    rows = list(model.objects.filter(version_id=old_id))
    old = [row.pk for row in rows]
    for row in rows:
        row.pk, row.version_id = None, draft.pk
        if getattr(row, "case_id", None):
            row.case_id = cases[row.case_id]
    return dict(zip(old, [row.pk for row in model.objects.bulk_create(rows)], strict=True))


@transaction.atomic
def add_case(
    version_id: int,
    *,
    name: str,
    channels: Sequence[str],
    term: Term,
    actor: Actor,
    now: datetime,
    description: str = "",
) -> int:
    """Adds a case with its term to a draft; gives its id."""
    draft = _draft(version_id)
    row = draft.cases.create(
        position=draft.cases.count() + 1,
        name=clean(name),
        channels=list(channels),
        term_amount=term.amount,
        term_unit=term.unit.value,
        term_text=term.words(),
        description=description,
        is_default=not draft.cases.exists(),
    )
    return _changed(draft, "case", row.pk, row.name, actor=actor, now=now)


@transaction.atomic
def set_term(case_id: int, *, term: Term, actor: Actor, now: datetime) -> int:
    """Says the term of a draft's case, e.g. where the published record left its unit out; gives the case's id."""
    row = ProcedureCase.objects.get(pk=case_id)
    draft = _draft(row.version_id)
    row.term_amount, row.term_unit, row.term_text = term.amount, term.unit.value, term.words()
    row.save(update_fields=["term_amount", "term_unit", "term_text"])
    return _changed(draft, "term", row.pk, term.words(), actor=actor, now=now)


@transaction.atomic
def add_component(
    version_id: int,
    *,
    name: str,
    originals: int,
    copies: int,
    required: bool,
    actor: Actor,
    now: datetime,
    case_id: int | None = None,
    form_name: str = "",
) -> int:
    """Adds a paper to a draft, for one case or (None) for all; gives its id."""
    draft = _draft(version_id)
    position = draft.components.count() + 1
    row = draft.components.create(
        case=_case_of(draft, case_id),
        position=position,
        code=f"TP{position:02d}",
        kind=ComponentKind.SUBMIT.value,
        name=clean(name),
        originals=originals,
        copies=copies,
        required=required,
        form_name=form_name,
    )
    return _changed(draft, "component", row.pk, row.name, actor=actor, now=now)


@transaction.atomic
def add_tariff(
    version_id: int,
    *,
    kind: FeeKind,
    name: str,
    amount: int | None,
    actor: Actor,
    now: datetime,
    case_id: int | None = None,
    channel: str = "",
    payer_rule: str = "",
) -> int:
    """Adds a fee or charge (VND; None where only words say it) to a draft; gives its id."""
    draft = _draft(version_id)
    row = draft.tariffs.create(
        case=_case_of(draft, case_id),
        position=draft.tariffs.count() + 1,
        kind=kind.value,
        name=clean(name),
        amount=amount,
        channel=channel,
        payer_rule=payer_rule,
    )
    return _changed(draft, "tariff", row.pk, row.name, actor=actor, now=now)


@transaction.atomic
def add_result(
    version_id: int, *, name: str, is_document: bool, actor: Actor, now: datetime, code: str = ""
) -> int:
    """Adds a result to a draft; gives its id."""
    draft = _draft(version_id)
    position = draft.results.count() + 1
    row = draft.results.create(position=position, code=code, name=clean(name), is_document=is_document)
    return _changed(draft, "result", row.pk, row.name, actor=actor, now=now)


def _draft(version_id: int) -> ProcedureVersion:
    version = (
        ProcedureVersion.objects.select_related("procedure")
        .select_for_update(of=("self",))
        .get(pk=version_id)
    )
    if version.state != State.DRAFT:
        raise NotADraft(number=version.number, procedure=version.procedure.code)
    return version


def _case_of(draft: ProcedureVersion, case_id: int | None) -> ProcedureCase | None:
    return draft.cases.get(pk=case_id) if case_id else None


def _changed(draft: ProcedureVersion, what: str, pk: int, words: str, *, actor: Actor, now: datetime) -> int:
    data = {"version": draft.number, "what": what, "id": pk, "words": words}
    _record(events.CHANGED, draft.procedure, data, actor=actor, now=now)
    return pk


@transaction.atomic
def publish(
    version_id: int,
    *,
    decision_number: str,
    decision_date: date,
    valid_from: date,
    actor: Actor,
    now: datetime,
) -> None:
    """Publishes a draft by decision; the version in force until then ends where this one begins.

    Raises CannotPublish when a part of NĐ 63/2010 Đ8 is missing, ValidityOverlaps when `valid_from` is not after the
    beginning of every published version.
    """
    draft = _draft(version_id)
    procedure = _locked(draft.procedure.code)
    if missing := _missing(draft, decision_number):
        raise CannotPublish(procedure=procedure.code, missing=" ".join(missing))
    _end_previous(procedure, valid_from)
    draft.state, draft.valid = State.PUBLISHED, DateRange(valid_from, None)
    draft.decision_number, draft.decision_date = clean(decision_number), decision_date
    draft.save(update_fields=["state", "valid", "decision_number", "decision_date"])
    Procedure.objects.filter(pk=procedure.pk).update(is_active=True)
    data = {
        "version": draft.number,
        "valid_from": valid_from.isoformat(),
        **_decision(decision_number, decision_date),
    }
    _record(events.PUBLISHED, procedure, data, actor=actor, now=now)


def _missing(draft: ProcedureVersion, decision_number: str) -> list[str]:
    """Sentences on what NĐ 63/2010 Đ8 asks and the draft does not have."""
    cases = list(draft.cases.all())
    asked = {
        "Thiếu số quyết định công bố.": clean(decision_number),
        "Thiếu tên thủ tục.": draft.name,
        "Thiếu cấp thực hiện.": draft.levels,
        "Thiếu lĩnh vực.": draft.procedure.field_id,
        "Thiếu cách thức thực hiện.": draft.channels,
        "Thiếu thành phần hồ sơ.": draft.components.exists(),
        "Thiếu thời hạn giải quyết.": cases,
        "Có trường hợp mà thời hạn thiếu số hoặc đơn vị.": all(c.term_amount and c.term_unit for c in cases),
    }
    return [sentence for sentence, present in asked.items() if not present]


def _end_previous(procedure: Procedure, valid_from: date) -> None:
    published = procedure.versions.filter(valid__isnull=False).exclude(state=State.DRAFT)
    for version in published.select_for_update():
        begins, ends = version.valid.lower, version.valid.upper
        if begins is not None and begins >= valid_from:
            raise ValidityOverlaps(procedure=procedure.code, taken=f"{begins:%d/%m/%Y}")
        if ends is None or ends > valid_from:
            version.valid = DateRange(begins, valid_from)
            version.state = State.REPLACED
            version.save(update_fields=["valid", "state"])


@transaction.atomic
def close(
    procedure_code: str,
    *,
    decision_number: str,
    decision_date: date,
    from_date: date,
    actor: Actor,
    now: datetime,
) -> None:
    """Abolishes a procedure: from `from_date` no new dossier is received; open ones keep their version."""
    procedure = _locked(procedure_code)
    current = procedure.versions.filter(state=State.PUBLISHED, valid__contains=from_date).first()
    if current is None or (current.valid.lower and current.valid.lower >= from_date):
        raise ProcedureNotInForce(procedure=procedure_code, on=from_date)
    current.valid, current.state = DateRange(current.valid.lower, from_date), State.CLOSED
    current.save(update_fields=["valid", "state"])
    Procedure.objects.filter(pk=procedure.pk).update(is_active=False)
    data = {"from": from_date.isoformat(), **_decision(decision_number, decision_date)}
    _record(events.CLOSED, procedure, data, actor=actor, now=now)


@transaction.atomic
def give_competence(
    unit_id: int,
    *,
    level: str,
    valid_from: date,
    decision: str,
    actor: Actor,
    now: datetime,
    procedure_code: str = "",
    field_code: str = "",
    valid_to: date | None = None,
) -> int:
    """Says that a unit settles one procedure, or all of a field, at `level` while valid; gives the row's id.

    Raises CompetenceOverlaps when it already does in that time.
    """
    procedure = _locked(procedure_code) if procedure_code else None
    field = Field.objects.get(code=field_code) if field_code else None
    try:
        with transaction.atomic():
            row = Competence.objects.create(
                unit_id=unit_id,
                procedure=procedure,
                field=field,
                level=level,
                valid=DateRange(valid_from, valid_to),
                decision=decision,
            )
    except IntegrityError as error:
        raise CompetenceOverlaps(valid_from=valid_from) from error
    data = {"procedure": procedure_code, "field": field_code, "level": level, "decision": decision}
    stream_id = procedure_code or field_code
    _record(
        events.COMPETENCE_GIVEN, stream_id=stream_id, data={"unit": unit_id, **data}, actor=actor, now=now
    )
    return row.pk


def _locked(code: str) -> Procedure:
    procedure = Procedure.objects.select_for_update().filter(code=code).first()
    if procedure is None:
        raise ProcedureUnknown(procedure=code)
    return procedure


def _decision(number: str, on: date) -> dict[str, str]:
    return {"decision_number": number, "decision_date": on.isoformat()}


def _record(
    name: str,
    procedure: Procedure | None = None,
    data: dict[str, Any] | None = None,
    *,
    actor: Actor,
    now: datetime,
    stream: str = events.STREAM,
    stream_id: str = "",
) -> None:
    key = procedure.code if procedure else stream_id
    journal.append(stream=stream, stream_id=key, name=name, data=data or {}, actor=actor, at=now)
