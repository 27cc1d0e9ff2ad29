"""Reads other rooms need of a dossier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.models import Dossier


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What a message to the owner or to the competent unit may say."""

    code: str
    provisional_code: str
    procedure_name: str
    owner_name: str
    owner_email: str
    unit_id: int
    due_at: datetime | None
    reappointed_at: datetime | None
    secret: str


def notice_facts(dossier_id: int) -> NoticeFacts:
    """The facts of one dossier for a message."""
    row = Dossier.objects.select_related("applicant", "version").get(pk=dossier_id)
    return NoticeFacts(
        row.code or "", row.provisional_code, row.version.name, row.applicant.name, row.applicant.email, row.unit_id,
        row.due_at, row.reappointed_at, row.secret,
    )  # fmt: skip
