"""Dossiers: take in, submit, look up, list. The same verbs and rights as behind the officers' pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Header, Path, Query, Router, Status
from pydantic import BaseModel, Field, StringConstraints

from motcua.api.dossier_shapes import (
    DossierList,
    DossierOut,
    DossierPage,
    LineOut,
    NewDossier,
    PauseOut,
    ReceivedOut,
    StepOut,
    told,
)
from motcua.api.keys import actor
from motcua.api.problems import Problem
from motcua.api.repeats import once
from motcua.api.words import Code
from motcua.base.actor import Actor
from motcua.base.errors import InvalidInput
from motcua.base.time import local_date
from motcua.catalogue.queries import version_for_intake
from motcua.dossiers import queries, services
from motcua.dossiers.intake import Intake
from motcua.dossiers.rules.state import State
from motcua.dossiers.store import load
from motcua.kit import clock
from motcua.organisation import queries as organisation

router = Router(tags=["dossiers"])
submissions = Router(tags=["dossiers"])
RepeatKey = Annotated[str, StringConstraints(min_length=1, max_length=200)]
REFUSALS = dict.fromkeys((400, 401, 403, 404, 409, 422), Problem)
_Verb = Callable[..., int]


class Listing(BaseModel):
    """`state` may be repeated; `after` is `next` of the page before."""

    state: list[State] = []
    after: Annotated[int, Field(ge=0, le=2**63 - 1)] = 0
    limit: Annotated[int, Field(ge=1, le=200)] = 50


@router.post("", response={201: ReceivedOut, **REFUSALS}, operation_id="receive_dossier", summary="Tiếp nhận hồ sơ tại quầy")
def receive_dossier(
    request: HttpRequest, body: NewDossier, repeat_key: Annotated[RepeatKey | None, Header(alias="Idempotency-Key")] = None
) -> Status[ReceivedOut]:
    """Nộp và tiếp nhận trong một việc: mã hồ sơ, hạn trả và mã bí mật trên giấy hẹn có ngay."""
    return _take_in(request, body, repeat_key, services.receive_at_counter)


@submissions.post("", response={201: ReceivedOut, **REFUSALS}, operation_id="submit_dossier", summary="Nộp hồ sơ, chờ tiếp nhận")
def submit_dossier(
    request: HttpRequest, body: NewDossier, repeat_key: Annotated[RepeatKey | None, Header(alias="Idempotency-Key")] = None
) -> Status[ReceivedOut]:
    """Nộp chưa phải là tiếp nhận: chỉ có mã tạm, chưa có hạn trả."""
    return _take_in(request, body, repeat_key, services.submit)


@router.get("", response={200: DossierList, 401: Problem, 422: Problem}, operation_id="list_dossiers", summary="Danh sách hồ sơ")
def list_dossiers(request: HttpRequest, listing: Query[Listing]) -> DossierList:
    """Hồ sơ mà vị trí của cán bộ được xem, theo thứ tự số, từng trang."""
    states = frozenset(state.value for state in listing.state)
    found = queries.listed(actor(request), states=states, after=listing.after, limit=listing.limit)
    more = found[-1].id if len(found) == listing.limit else None
    return DossierList(items=[DossierOut(**told(facts)) for facts in found], next=more)


@router.get(
    "/{code}", response={200: DossierPage, 401: Problem, 404: Problem, 422: Problem}, operation_id="get_dossier",
    summary="Một hồ sơ",
)  # fmt: skip
def get_dossier(request: HttpRequest, code: Path[Code]) -> DossierPage:
    """Tình trạng, các bước và cách tính hạn trả từng dòng. Nhận cả mã tạm."""
    dossier = load(queries.number_of(code, actor=actor(request)), lock=False)
    start = dossier.received_at or dossier.forward_by
    counted = services.clock_of(dossier).due(dossier, start=start, now=clock.now()) if start else None
    units = organisation.as_on({step.unit_id for step in dossier.steps}, on=local_date(dossier.submitted_at))
    return DossierPage(
        **told(queries.facts(dossier.id or 0)),
        steps=[
            StepOut(
                position=s.position, name=s.name, role=s.role, unit=units[s.unit_id].code, entered_at=s.entered_at,
                due_at=s.due_at, left_at=s.left_at,
            )
            for s in dossier.steps
        ],
        pauses=[
            PauseOut(kind=p.kind, start=p.start, end=p.end, reason=p.reason)
            for p in dossier.pauses
            if p.retracted_at is None
        ],
        due_explained=[LineOut(kind=s.kind, text=s.text, moment=s.moment) for s in (counted.steps if counted else ())],
    )  # fmt: skip


def _take_in(request: HttpRequest, body: NewDossier, repeat_key: str | None, verb: _Verb) -> Status[ReceivedOut]:
    by, now = actor(request), clock.now()
    number = once(repeat_key, f"{verb.__name__} {body.model_dump_json()}", lambda: _run(verb, body, by, now), actor=by, now=now)
    facts = queries.facts(number)
    return Status(201, ReceivedOut(**told(facts), secret=facts.secret))


def _run(verb: _Verb, body: NewDossier, by: Actor, now: datetime) -> int:
    intake = body.intake()
    _refuse_strangers(intake, now)
    return verb(intake, actor=by, now=now)


def _refuse_strangers(intake: Intake, now: datetime) -> None:
    """A case or paper of another procedure is refused, never dropped silently."""
    version = version_for_intake(intake.procedure_code, on=local_date(now))
    if intake.case_id is not None and version.case(intake.case_id) is None:
        raise InvalidInput(field="case", reason="không phải trường hợp của thủ tục này.")
    strangers = {line.component_id for line in intake.components} - {paper.id for paper in version.components}
    if strangers:
        raise InvalidInput(field="components", reason="có giấy tờ không thuộc thành phần hồ sơ của thủ tục này.")
