"""Answers the designer of processes: which procedures there are, their terms, and who settles them."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from motcua.catalogue import queries
from motcua.catalogue.errors import ProcedureNotInForce, ProcedureUnknown
from motcua.catalogue.models import Competence
from motcua.processes.ports import CaseTold, ProcedureTold

_FOUND = 30


class Catalogue:
    """`processes.ports.Procedures` over the published versions; internal procedures have processes too."""

    def search(self, text: str, *, on: date) -> list[tuple[str, str]]:
        rows = queries.in_force(on).filter(queries.words_filter(text)).order_by("folded_name", "procedure__code")
        return list(rows.values_list("procedure__code", "name")[:_FOUND])

    def told(self, code: str, *, on: date) -> ProcedureTold | None:
        try:
            facts = queries.version_for_intake(code, on)
        except (ProcedureUnknown, ProcedureNotInForce):
            return None
        cases = tuple(CaseTold(case.name, case.term, case.after_15h) for case in facts.cases)
        return ProcedureTold(facts.code, facts.name, facts.field_code, facts.field_name, facts.levels, cases)

    def settled_by(self, code: str, *, on: date) -> frozenset[int]:
        rows = Competence.objects.filter(Q(procedure__code=code) | Q(field__procedures__code=code), valid__contains=on)
        return frozenset(rows.values_list("unit_id", flat=True))

    def codes(self, *, on: date) -> dict[str, str]:
        rows = queries.in_force(on).order_by("procedure__code")
        return dict(rows.values_list("procedure__code", "name"))
