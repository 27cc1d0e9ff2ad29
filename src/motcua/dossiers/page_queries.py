"""Reads for the officers' dossier pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count

from motcua.base.time import local_date
from motcua.catalogue.queries import VersionFacts, version_facts
from motcua.documents import queries as documents
from motcua.dossiers import models
from motcua.dossiers.rules.state import Dossier
from motcua.journal.queries import EventFacts, events_of
from motcua.organisation import queries as organisation
from motcua.organisation.queries import UnitFacts


def frequent_procedures(counter_id: int, *, since: datetime, limit: int = 10) -> list[str]:
    """Codes of the procedures this counter has taken in most often since `since`."""
    rows = models.Dossier.objects.filter(intake_unit_id=counter_id, submitted_at__gte=since)
    counted = rows.values("procedure_code").annotate(n=Count("id")).order_by("-n", "procedure_code")
    return list(counted.values_list("procedure_code", flat=True)[:limit])


@dataclass
class Papers:
    """What lies around the spine row: applicant, checklist, fees, file names, units as they were at intake."""

    dossier: Dossier
    applicant: models.Applicant
    components: Sequence[models.Component]
    fees: Sequence[models.FeeLine]

    @cached_property
    def version(self) -> VersionFacts:
        """What the procedure said when the dossier came in."""
        return version_facts(self.dossier.version_id)

    @cached_property
    def units(self) -> Mapping[int, UnitFacts]:
        """Every unit the dossier names, as it was on the day of intake."""
        dossier = self.dossier
        numbers = {
            dossier.unit_id,
            dossier.intake_unit_id,
            dossier.holder_unit_id,
            *(s.unit_id for s in dossier.steps),
        }
        return organisation.as_on(numbers - {None}, on=local_date(dossier.submitted_at))

    @cached_property
    def files(self) -> dict[int, str]:
        """Names of the dossier's files by number."""
        numbers = [c.file_id for c in self.components] + [r.file_id for r in self.dossier.results]
        numbers += [slip.facts.get("file_id") for slip in self.dossier.slips]
        numbers += [item.get("lookup_file") for asked in self.dossier.supplements for item in asked.items]
        asked = [number for number in numbers if number]
        return documents.names(asked) if asked else {}

    @cached_property
    def mirror(self) -> models.Mirror | None:
        """What a ministry's system says of this dossier, if one does."""
        return models.Mirror.objects.filter(dossier_id=self.dossier.id).first()

    @cached_property
    def events(self) -> list[EventFacts]:
        return events_of("dossier", str(self.dossier.id))

    def unit_name(self, number: int | None) -> str:
        """Name of a unit of this dossier."""
        return self.units[number].name if number in self.units else ""


def papers_of(dossier: Dossier) -> Papers:
    """The rows beside `dossier`."""
    applicant = models.Applicant.objects.get(dossier_id=dossier.id)
    components = list(models.Component.objects.filter(dossier_id=dossier.id).order_by("position"))
    fees = list(models.FeeLine.objects.filter(dossier_id=dossier.id).order_by("position"))
    return Papers(dossier, applicant, components, fees)
