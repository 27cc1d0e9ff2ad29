"""The verbs that put a version in force by decision, end it, and say who is competent."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.base.actor import Actor
from motcua.base.errors import check_span
from motcua.base.text import clean
from motcua.catalogue import events
from motcua.catalogue.acts import draft_of, locked, record
from motcua.catalogue.errors import (
    CannotPublish,
    CompetenceOverlaps,
    FieldUnknown,
    ProcedureNotInForce,
    ValidityOverlaps,
)
from motcua.catalogue.models import Competence, Field, Merger, Procedure, ProcedureVersion

State = ProcedureVersion.State


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

    Raises CannotPublish when a part of NĐ 63/2010 Đ8 is missing, ValidityOverlaps when `valid_from` is not
    after the
    beginning of every published version.
    """
    draft = draft_of(version_id)
    procedure = locked(draft.procedure.code)
    if missing := lacking(draft, decision_number):
        raise CannotPublish(procedure=procedure.code, missing=" ".join(missing))
    _end_previous(procedure, valid_from)
    draft.state, draft.valid = State.PUBLISHED, DateRange(valid_from, None)
    draft.decision_number, draft.decision_date = clean(decision_number), decision_date
    draft.save(update_fields=["state", "valid", "decision_number", "decision_date"])
    Procedure.objects.filter(pk=procedure.pk).update(is_active=True)
    _inherit_competence(draft, valid_from)
    data = {
        "version": draft.number,
        "valid_from": valid_from.isoformat(),
        **_decision(decision_number, decision_date),
    }
    record(events.PUBLISHED, procedure, data, actor=actor, now=now)


def _inherit_competence(draft: ProcedureVersion, valid_from: date) -> None:
    """Whoever settles the last part settles the merged procedure: rules by field hold already, those by code are repeated."""
    merger = Merger.objects.filter(version=draft).select_related("second").first()
    if merger is None or Competence.objects.filter(procedure=draft.procedure, valid__contains=valid_from).exists():
        return
    rules = Competence.objects.filter(procedure_id=merger.second.procedure_id, valid__contains=valid_from)
    Competence.objects.bulk_create(
        Competence(
            unit_id=rule.unit_id, procedure=draft.procedure, level=rule.level, valid=DateRange(valid_from, rule.valid.upper),
            decision=draft.decision_number,
        )
        for rule in rules
    )  # fmt: skip


def lacking(draft: ProcedureVersion, decision_number: str) -> list[str]:
    """Sentences on what NĐ 63/2010 Đ8 asks and the draft does not have, row by row."""
    cases = list(draft.cases.all())
    asked = {
        "Thiếu số quyết định công bố.": clean(decision_number),
        "Thiếu tên thủ tục.": draft.name,
        "Thiếu cấp thực hiện.": draft.levels,
        "Thiếu lĩnh vực.": draft.procedure.field_id,
        "Thiếu cách thức thực hiện.": draft.channels,
        "Thiếu thành phần hồ sơ.": draft.components.exists(),
        "Thiếu thời hạn giải quyết.": cases,
    }
    missing = [sentence for sentence, present in asked.items() if not present]
    unsaid = [case for case in cases if not (case.term_amount and case.term_unit)]
    return missing + [f"Trường hợp {case.position} “{case.name}”: thời hạn thiếu số hoặc đơn vị." for case in unsaid]


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
    procedure = locked(procedure_code)
    current = procedure.versions.filter(state=State.PUBLISHED, valid__contains=from_date).first()
    if current is None or (current.valid.lower and current.valid.lower >= from_date):
        raise ProcedureNotInForce(procedure=procedure_code, on=from_date)
    current.valid, current.state = DateRange(current.valid.lower, from_date), State.CLOSED
    current.save(update_fields=["valid", "state"])
    Procedure.objects.filter(pk=procedure.pk).update(is_active=False)
    data = {"from": from_date.isoformat(), **_decision(decision_number, decision_date)}
    record(events.CLOSED, procedure, data, actor=actor, now=now)


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

    Raises CompetenceOverlaps when it already does in that time, ProcedureUnknown, FieldUnknown, ValidityReversed.
    """
    check_span(valid_from, valid_to)
    procedure = locked(procedure_code) if procedure_code else None
    field = Field.objects.filter(code=field_code).first() if field_code else None
    if field_code and field is None:
        raise FieldUnknown(field=field_code)
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
    stream_id = (procedure_code or field_code)[:40]  # as long as the journal keeps it; `data` has it whole
    record(events.COMPETENCE_GIVEN, stream_id=stream_id, data={"unit": unit_id, **data}, actor=actor, now=now)
    return row.pk


def _decision(number: str, on: date) -> dict[str, str]:
    return {"decision_number": number, "decision_date": on.isoformat()}
