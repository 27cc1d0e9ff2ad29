"""The verb that writes one part of a draft anew, row by row: its cases, components, tariffs, results, legal bases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from motcua.base.actor import Actor
from motcua.base.text import clean
from motcua.catalogue import events
from motcua.catalogue.acts import draft_of, record
from motcua.catalogue.errors import CaseUnknown, FieldNotEditable
from motcua.catalogue.models import ProcedureVersion
from motcua.deadlines.rules import Term, TermUnit

PARTS: Mapping[str, frozenset[str]] = {
    "cases": frozenset({"name", "channels", "term_amount", "term_unit", "description"}),
    "components": frozenset({"name", "originals", "copies", "required", "kind", "form_name", "held_by", "case_id"}),
    "tariffs": frozenset({"kind", "name", "amount", "payer_rule", "channel", "case_id"}),
    "results": frozenset({"code", "name", "is_document"}),
    "legal_bases": frozenset({"number", "title"}),
}
"""Which columns of which part may be written."""
_OUT_OF_THE_WAY = 100_000


@transaction.atomic
def rewrite(
    version_id: int, *, part: str, rows: Sequence[Mapping[str, Any]], actor: Actor, now: datetime
) -> None:
    """Makes `part` of a draft consist of `rows` in their order.

    A row with the `id` of a present one changes it, one without is new, what is not named goes. A case that goes
    takes its own components and tariffs along. Raises NotADraft, FieldNotEditable, CaseUnknown.
    """
    draft = draft_of(version_id)
    if part not in PARTS:
        raise FieldNotEditable(field=part)
    manager = getattr(draft, part)
    manager.exclude(pk__in=[row["id"] for row in rows if row.get("id")]).delete()
    manager.update(position=F("position") + _OUT_OF_THE_WAY)
    present = manager.in_bulk()
    for position, row in enumerate(rows, start=1):
        _write(draft, part, present.get(row.get("id")), {k: v for k, v in row.items() if k != "id"}, position)
    record(
        events.CHANGED, draft.procedure, {"version": draft.number, "what": part, "rows": len(rows)}, actor=actor, now=now
    )


def _write(draft: ProcedureVersion, part: str, row: Any, values: dict[str, Any], position: int) -> None:
    if foreign := set(values) - PARTS[part]:
        raise FieldNotEditable(field=", ".join(sorted(foreign)))
    if values.get("case_id") and not draft.cases.filter(pk=values["case_id"]).exists():
        raise CaseUnknown(row=position)
    manager = getattr(draft, part)
    row = row or manager.model(version=draft, **_defaults(part, manager))
    for name, value in values.items():
        setattr(row, name, clean(value) if isinstance(value, str) else value)
    row.position = position
    if part == "cases":
        _say_term(row)
    row.save()


def _defaults(part: str, manager: Any) -> dict[str, Any]:
    """What a new row has besides what was typed. Component codes are never used twice in a version."""
    if part != "components":
        return {}
    used = set(manager.values_list("code", flat=True))
    return {"code": next(code for n in range(1, len(used) + 2) if (code := f"TP{n:02d}") not in used)}


def _say_term(case: Any) -> None:
    """The first case is the one intake offers; words of a complete term replace the printed ones."""
    case.is_default = case.position == 1
    if case.term_amount and case.term_unit:
        case.term_text = Term(case.term_amount, TermUnit(case.term_unit)).words()
