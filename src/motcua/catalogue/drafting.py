"""The verbs that correct and complete a procedure, on drafts only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.text import clean, fold
from motcua.catalogue import events
from motcua.catalogue.acts import draft_of, locked, record
from motcua.catalogue.errors import FieldNotEditable, VersionUnknown
from motcua.catalogue.models import (
    Component,
    LegalBasis,
    Merger,
    Procedure,
    ProcedureCase,
    ProcedureVersion,
    ResultType,
    Tariff,
)
from motcua.catalogue.rules import ComponentKind, FeeKind
from motcua.deadlines.rules import Term

EDITABLE = frozenset({"name", "levels", "channels", "applicants", "online_level", "after_15h", "category"})
State, Source = ProcedureVersion.State, ProcedureVersion.Source


@transaction.atomic
def correct(version_id: int, *, changes: dict[str, Any], actor: Actor, now: datetime) -> int:
    """A new draft that says what version `version_id` says, with `changes` to its own columns; gives its id.

    Raises FieldNotEditable for a column that is not in `EDITABLE`.
    """
    source = ProcedureVersion.objects.select_related("procedure").filter(pk=version_id).first()
    if source is None:
        raise VersionUnknown
    _check_editable(changes)
    procedure = locked(source.procedure.code)
    draft = _copy(source, number=_next_number(procedure), changes=changes)
    record(events.DRAFTED, procedure, {"version": draft.number, "changes": changes}, actor=actor, now=now)
    return draft.pk


def _check_editable(changes: Mapping[str, Any]) -> None:
    for name in changes:
        if name not in EDITABLE:
            raise FieldNotEditable(field=name)


@transaction.atomic
def amend(version_id: int, *, changes: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """Changes a draft's own columns. Raises FieldNotEditable, NotADraft."""
    draft = draft_of(version_id)
    _check_editable(changes)
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.name, draft.folded_name = clean(draft.name), fold(draft.name)
    draft.save()
    record(events.CHANGED, draft.procedure, {"version": draft.number, "what": "head", **changes}, actor=actor, now=now)


@transaction.atomic
def discard(version_id: int, *, actor: Actor, now: datetime) -> None:
    """Sets a draft aside; it stays on record and is never published. Raises NotADraft."""
    draft = draft_of(version_id)
    draft.state = State.CLOSED
    draft.save(update_fields=["state"])
    record(events.DISCARDED, draft.procedure, {"version": draft.number}, actor=actor, now=now)


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
    for model in (ResultType, LegalBasis, Merger):
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
    draft = draft_of(version_id)
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
    """Says the term of a draft's case, e.g. where the published record left its unit out; gives the case's
    id.
    """
    row = ProcedureCase.objects.get(pk=case_id)
    draft = draft_of(row.version_id)
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
    draft = draft_of(version_id)
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
    draft = draft_of(version_id)
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
    draft = draft_of(version_id)
    position = draft.results.count() + 1
    row = draft.results.create(position=position, code=code, name=clean(name), is_document=is_document)
    return _changed(draft, "result", row.pk, row.name, actor=actor, now=now)


def _case_of(draft: ProcedureVersion, case_id: int | None) -> ProcedureCase | None:
    return draft.cases.get(pk=case_id) if case_id else None


def _changed(draft: ProcedureVersion, what: str, pk: int, words: str, *, actor: Actor, now: datetime) -> int:
    data = {"version": draft.number, "what": what, "id": pk, "words": words}
    record(events.CHANGED, draft.procedure, data, actor=actor, now=now)
    return pk
