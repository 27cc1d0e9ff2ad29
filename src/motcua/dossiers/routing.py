"""What the way of a dossier depends on, read from the tables: facts for branches, units of places told in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from motcua.base.time import local_date
from motcua.catalogue.queries import VersionFacts, version_facts
from motcua.dossiers import models
from motcua.dossiers.rules import way
from motcua.dossiers.rules.state import Dossier
from motcua.dossiers.rules.way import Route
from motcua.organisation import queries as organisation
from motcua.organisation.queries import UnitFacts
from motcua.processes.rules import Fact, FactValue, Place, PlaceKind, StepPlan

AGREE, DISAGREE = "agree", "disagree"
Answers = Callable[[Dossier], Iterable[str]]
ANSWERS: list[Answers] = []
"""Rooms above tell how the opinions of the present step were answered: `AGREE`, `DISAGREE` or another word each."""


def route_of(dossier: Dossier) -> Route:
    """Facts only where the present step branches, units only where the process names places elsewhere."""
    facts = facts_of(dossier) if way.branches(dossier) else {}
    return Route(facts, {plan.position: unit_of_place(dossier, plan.place) for plan in elsewhere(dossier.plan)})


def elsewhere(plan: Sequence[StepPlan]) -> list[StepPlan]:
    """The steps done neither at the counter nor at the competent unit."""
    return [step for step in plan if step.place.kind in (PlaceKind.ABOVE, PlaceKind.FIXED)]


def unit_of_place(dossier: Dossier, place: Place) -> int:
    """The unit a place means for this dossier; where a fixed unit was closed since, its heir."""
    on = local_date(dossier.submitted_at)
    found = place_among(organisation.tree(on), dossier, place)
    today = local_date(dossier.recorded_at)
    if found in organisation.tree(today):
        return found
    field = version_facts(dossier.version_id).field_code
    return organisation.heir(found, procedure=dossier.procedure_code, field=field, on=today)


def place_among(units: Mapping[int, UnitFacts], dossier: Dossier, place: Place) -> int:
    """The same with the units of a day in hand. The topmost unit has none above and does the step itself."""
    if place.kind is PlaceKind.FIXED and place.unit_id is not None:
        return place.unit_id
    if place.kind is PlaceKind.COUNTER:
        return dossier.intake_unit_id
    competent = units.get(dossier.unit_id)
    above = competent.parent_id if competent and place.kind is PlaceKind.ABOVE else None
    return above or dossier.unit_id


def facts_of(dossier: Dossier) -> dict[Fact, FactValue]:
    """Everything a branch may ask that does not stand on the spine row."""
    owner = models.Applicant.objects.filter(dossier_id=dossier.id).values_list("kind", flat=True).first() or ""
    papers = list(models.Component.objects.filter(dossier_id=dossier.id).values("required", "received"))
    due = models.FeeLine.objects.filter(dossier_id=dossier.id, paid=False, amount__gt=0).exists()
    answers = [answer for told in ANSWERS for answer in told(dossier)]
    return facts_from(dossier, version_facts(dossier.version_id), owner, papers, fee_due=due, answers=answers)


def facts_from(
    dossier: Dossier, version: VersionFacts, owner_kind: str, papers: Iterable[Mapping[str, Any]], *, fee_due: bool,
    answers: Sequence[str] = (),
) -> dict[Fact, FactValue]:  # fmt: skip
    """The facts from what is in hand; for the bulk writer too."""
    case = version.case(dossier.case_id) if dossier.case_id else None
    told = [(paper["required"], paper["received"]) for paper in papers]
    return {
        Fact.CASE: case.name if case else "",
        Fact.FIELD: version.field_code,
        Fact.OWNER_KIND: owner_kind,
        Fact.FEE_DUE: fee_due,
        Fact.COMPONENTS_MISSING: sum(required and not received for required, received in told),
        Fact.COMPONENTS_RECEIVED: sum(received for _, received in told),
        Fact.OPINIONS_AGREED: sum(answer == AGREE for answer in answers),
        Fact.OPINIONS_DISAGREED: sum(answer == DISAGREE for answer in answers),
    }
