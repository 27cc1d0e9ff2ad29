"""The public catalogue: what can be asked for, with which papers, how long, for how much."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from motcua.api.problems import Problem
from motcua.api.words import Code, Line
from motcua.base.time import local_date
from motcua.catalogue import queries as catalogue
from motcua.deadlines.rules import TermUnit
from motcua.kit import clock

router = Router(tags=["procedures"])


class ProcedureLine(BaseModel):
    code: str
    name: str
    field: str
    levels: list[str]
    channels: list[str]


class ProcedureList(BaseModel):
    total: int
    items: list[ProcedureLine]


class TermOut(BaseModel):
    amount: int
    unit: TermUnit


class CaseOut(BaseModel):
    """One way to apply. `term` is null where no date can be promised."""

    id: int
    name: str
    channels: list[str]
    term: TermOut | None
    is_default: bool


class PaperOut(BaseModel):
    """A paper of the checklist; `case` null: every case asks for it."""

    id: int
    case: int | None
    name: str
    originals: int
    copies: int
    required: bool


class TariffOut(BaseModel):
    """A fee or charge in VND; `amount` null where only words say it."""

    kind: str
    name: str
    amount: int | None
    text: str


class ProcedureOut(BaseModel):
    code: str
    name: str
    version: int
    field: str
    levels: list[str]
    channels: list[str]
    cases: list[CaseOut]
    components: list[PaperOut]
    tariffs: list[TariffOut]
    results: list[str]


class Search(BaseModel):
    """`q`: words of the name, accents or not, or the beginning of a code."""

    q: Line = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    offset: Annotated[int, Field(ge=0, le=10_000)] = 0


@router.get(
    "", response={200: ProcedureList, 422: Problem}, auth=None, operation_id="list_procedures",
    summary="Tìm thủ tục hành chính",
)  # fmt: skip
def list_procedures(request: HttpRequest, search: Query[Search]) -> ProcedureList:
    """Thủ tục đang có hiệu lực; tìm không cần dấu."""
    on = local_date(clock.now())
    found = catalogue.search(search.q, on=on, limit=search.limit, offset=search.offset)
    lines = [
        ProcedureLine(code=h.code, name=h.name, field=h.field_name, levels=list(h.levels), channels=list(h.channels))
        for h in found.hits
    ]
    return ProcedureList(total=found.total, items=lines)


@router.get(
    "/{code}", response={200: ProcedureOut, 404: Problem, 422: Problem}, auth=None, operation_id="get_procedure",
    summary="Một thủ tục hành chính",
)  # fmt: skip
def get_procedure(request: HttpRequest, code: Path[Code]) -> ProcedureOut:
    """Phiên bản đang có hiệu lực: trường hợp, thành phần hồ sơ, thời hạn, phí và lệ phí, kết quả."""
    return shown(catalogue.version_for_intake(code, on=local_date(clock.now())))


def shown(facts: catalogue.VersionFacts) -> ProcedureOut:
    """The published facts as the API tells them."""
    return ProcedureOut(
        code=facts.code, name=facts.name, version=facts.number, field=facts.field_name, levels=list(facts.levels),
        channels=list(facts.channels), cases=[_case(case) for case in facts.cases],
        components=[
            PaperOut(id=c.id, case=c.case_id, name=c.name, originals=c.originals, copies=c.copies, required=c.required)
            for c in facts.components
        ],
        tariffs=[TariffOut(kind=t.kind, name=t.name, amount=t.amount, text=t.text) for t in facts.tariffs],
        results=[result.name for result in facts.results],
    )  # fmt: skip


def _case(case: catalogue.CaseFacts) -> CaseOut:
    term = TermOut(amount=case.term.amount, unit=case.term.unit) if case.term else None
    return CaseOut(id=case.id, name=case.name, channels=list(case.channels), term=term, is_default=case.is_default)
