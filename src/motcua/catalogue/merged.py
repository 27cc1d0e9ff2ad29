"""Reads of merged procedures (PUB-22): what each was made of, and whether its parts have changed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from motcua.catalogue.models import Merger
from motcua.catalogue.queries import in_force
from motcua.journal.remembered import remembered


@dataclass(frozen=True)
class MergedFrom:
    """The two procedures that a merged version was made of, as they were then."""

    version_id: int
    code: str
    first_code: str
    first_name: str
    second_code: str
    second_name: str
    term_rule: str
    citation: str

    @property
    def words(self) -> str:
        """Both parts in a few words."""
        return f"{self.first_code} {self.first_name}; {self.second_code} {self.second_name}"


@remembered
def mergers() -> dict[int, MergedFrom]:
    """Every merged version by its number: two parts each (PUB-22)."""
    names = (
        "version_id", "version__procedure__code", "first__procedure__code", "first__name", "second__procedure__code",
        "second__name", "term_rule", "citation",
    )  # fmt: skip
    rows = Merger.objects.order_by("version__procedure__code", "-version")
    return {row[0]: MergedFrom(*row) for row in rows.values_list(*names)}


def merged_from(version_id: int) -> MergedFrom | None:
    """What a version was merged of; None for an ordinary one."""
    return mergers().get(version_id)


def parts_of(procedure_code: str) -> tuple[str, str] | None:
    """The codes of the two parts of a merged procedure, for lists and reports; None for an ordinary one."""
    found = next((merged for merged in mergers().values() if merged.code == procedure_code), None)
    return (found.first_code, found.second_code) if found else None


def superseded(merged: MergedFrom, on: date) -> bool:
    """Whether one of the parts has changed or ended since: then the merged procedure wants looking through."""
    row = Merger.objects.filter(version_id=merged.version_id).values_list("first_id", "second_id").first()
    return row is not None and in_force(on).filter(pk__in=row).count() < len(row)
