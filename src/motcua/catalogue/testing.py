"""A procedure written down in a few lines, for the cast of the tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.base.text import fold
from motcua.catalogue.models import (
    Component,
    Field,
    Procedure,
    ProcedureCase,
    ProcedureVersion,
    ResultType,
    Tariff,
)
from motcua.deadlines.rules import Term

CHANNELS = ["direct", "post", "online"]


@dataclass(frozen=True)
class Paper:
    """A component: its name, whether it is required, how many originals and copies."""

    name: str
    required: bool = True
    originals: int = 1
    copies: int = 0
    held_by: str = ""


@dataclass(frozen=True)
class ProcedureText:
    """What a small published procedure says; `fee` in VND."""

    code: str
    name: str
    field: str
    sector: str
    levels: tuple[str, ...]
    term: Term | None
    papers: tuple[Paper, ...] = ()
    fee: int | None = None
    after_15h: bool = False
    result: str = "Văn bản kết quả"
    is_document: bool = True


def publish(text: ProcedureText, *, since: date) -> Procedure:
    """Writes `text` as version 1 in force from `since`."""
    procedure = Procedure.objects.create(code=text.code, field=_field(text, since))
    version = ProcedureVersion.objects.create(
        procedure=procedure, number=1, source="decision", state="published", name=text.name,
        folded_name=fold(text.name), levels=list(text.levels), channels=CHANNELS, applicants=["citizen"],
        decision_number="01/QĐ-MẪU", decision_date=since, valid=DateRange(since, None), after_15h=text.after_15h,
    )  # fmt: skip
    _add_case(version, text)
    _add_papers(version, text)
    ResultType.objects.create(version=version, position=1, name=text.result, is_document=text.is_document)
    if text.fee is not None:
        Tariff.objects.create(version=version, position=1, kind="le_phi", name="Lệ phí", amount=text.fee)
    return procedure


def _field(text: ProcedureText, since: date) -> Field:
    code = fold(text.field).replace(" ", "-")[:60]
    values = {"name": text.field, "sector": text.sector, "valid": DateRange(since, None)}
    return Field.objects.get_or_create(code=code, defaults=values)[0]


def _add_case(version: ProcedureVersion, text: ProcedureText) -> None:
    term = text.term
    ProcedureCase.objects.create(
        version=version, position=1, name="Mặc định", channels=CHANNELS, is_default=True,
        term_amount=term.amount if term else None, term_unit=term.unit.value if term else "",
        term_text=term.words() if term else "",
    )  # fmt: skip


def _add_papers(version: ProcedureVersion, text: ProcedureText) -> None:
    for position, paper in enumerate(text.papers, 1):
        Component.objects.create(
            version=version, position=position, code=f"TP{position:02d}", kind="submit", name=paper.name,
            originals=paper.originals, copies=paper.copies, required=paper.required, held_by=paper.held_by,
        )  # fmt: skip
