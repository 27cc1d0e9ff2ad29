"""Verbs of the reports: closing a period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.errors import NotAllowed
from motcua.base.time import local, local_date
from motcua.dossiers.facts import wait_for_acts_under_way
from motcua.journal.services import append
from motcua.reports import queries
from motcua.reports.access import may_see_unit
from motcua.reports.forms import form as form_of
from motcua.reports.models import ClosedPeriod
from motcua.reports.queries import Closing, Question
from motcua.reports.rules import PeriodClosedAlready, PeriodNotOver, Structure, check_period


@transaction.atomic
def close_period(
    *, form: str, from_: date, to: date, actor: Actor, now: datetime, unit: int | None = None,
    structure: str = Structure.THEN,
) -> Closing:  # fmt: skip
    """Closes a period: from now on it shows what was on record at `now`; whatever comes later is listed as late.

    Raises FormUnknown, PeriodBackwards, PeriodNotOver, PeriodClosedAlready, NotAllowed.
    """
    form_of(form, on=to)
    check_period(from_, to)
    if not may_see_unit(actor, unit, on=local_date(now)):
        raise NotAllowed(reason="chỉ lãnh đạo hoặc cán bộ kiểm soát của đơn vị được chốt số liệu kỳ báo cáo.")
    if local_date(now) <= to:
        raise PeriodNotOver(to=to)
    wait_for_acts_under_way()
    question = Question(from_, to, local_date(now), unit, Structure(structure))
    _refuse_second(form, question)
    _store(form, replace(question, known_at=now), actor, now)
    return queries.closing(form, question)  # type: ignore[return-value]


def _refuse_second(form: str, question: Question) -> None:
    closed = queries.closing(form, question)
    if closed:
        at = f"{local(closed.cutoff):%H:%M ngày %d/%m/%Y}"
        raise PeriodClosedAlready(from_=closed.from_, to=closed.to, by=closed.closed_by, at=at)


def _store(form: str, question: Question, actor: Actor, now: datetime) -> None:
    table = queries.table_of(question)
    row = ClosedPeriod.objects.create(
        form=form, unit_id=question.unit, from_on=question.from_, to_on=question.to, structure=question.structure,
        cutoff=now, figures=table.as_json(), closed_by=actor.label,
    )  # fmt: skip
    data: dict[str, Any] = {
        "form": form, "unit": question.unit, "from": question.from_.isoformat(), "to": question.to.isoformat(),
        "structure": question.structure.value, "total": dict(table.total),
    }  # fmt: skip
    append(
        stream="report", stream_id=str(row.pk), name="reports.period_closed", data=data, actor=actor, at=now
    )
