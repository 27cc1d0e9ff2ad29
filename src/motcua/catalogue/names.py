"""Procedures by the words of their names, for searches of what belongs to them."""

from __future__ import annotations

from django.db.models import Q

from motcua.catalogue.models import ProcedureVersion
from motcua.journal.remembered import remembered


@remembered
def procedures_named(folded: str, *, limit: int = 100) -> tuple[int, ...]:
    """The procedures that have ever had a name with all these words (without accents), by number."""
    named = Q()
    for word in folded.split():
        named &= Q(folded_name__contains=word)
    rows = ProcedureVersion.objects.filter(named).order_by("procedure_id").values_list("procedure_id", flat=True)
    return tuple(rows.distinct()[:limit])
