"""The opening backlog of a period: which of the late dossiers it took over had no letter (SOS-11). The outcome is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from motcua.alerts.errors import PeriodNotBegun
from motcua.alerts.models import BacklogCheck, BacklogLine
from motcua.base.actor import Actor
from motcua.base.errors import NotAllowed, NotFound
from motcua.base.time import day_start, local_date
from motcua.dossiers.access import OVERSEERS
from motcua.dossiers.watch_queries import detailed, late_at, letters, open_at, seen
from motcua.journal.services import append


@transaction.atomic
def check_backlog(*, period_start: date, actor: Actor, now: datetime) -> int:
    """Looks through what was open at the first instant of the period; gives the number of the check.

    A period may be checked again; each check keeps what it found. Raises NotAllowed, PeriodNotBegun.
    """
    if actor.kind != "system" and not actor.units(*OVERSEERS):
        raise NotAllowed(
            reason="việc kiểm tra tồn đầu kỳ dành cho lãnh đạo, cán bộ kiểm soát thủ tục hành chính."
        )
    if period_start > local_date(now):
        raise PeriodNotBegun(start=period_start)
    opening = day_start(period_start)
    late = late_at(opening)
    missing = [row for row in late if not row.has_letter]
    check = BacklogCheck.objects.create(
        period_start=period_start, checked_at=now, checked_by=actor.label, open_count=open_at(opening),
        late_count=len(late), missing_count=len(missing),
    )  # fmt: skip
    BacklogLine.objects.bulk_create(
        BacklogLine(check_of=check, dossier_id=row.id, due_at=row.due_at) for row in missing
    )
    data = {"period_start": period_start.isoformat(), "late": len(late), "missing": len(missing)}
    append(
        stream="digest", stream_id="backlog", name="alerts.backlog_checked", data=data, actor=actor, at=now
    )
    return check.pk


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """One check as recorded: numbers of the whole province."""

    id: int
    period_start: date
    checked_at: datetime
    checked_by: str
    open_count: int
    late_count: int
    missing_count: int


def checks() -> QuerySet[BacklogCheck]:
    """All checks, the latest period first."""
    return BacklogCheck.objects.order_by("-period_start", "-pk")


def check(number: int) -> CheckFacts:
    """The check with this number."""
    row = BacklogCheck.objects.filter(pk=number).values_list(*CheckFacts.__dataclass_fields__).first()
    if row is None:
        raise NotFound(what="lần kiểm tra này")
    return CheckFacts(*row)


def lines(number: int, actor: Actor) -> QuerySet[BacklogLine]:
    """What a check found among the dossiers the actor may see, and whether the letter has been sent since (`sent_since`)."""
    sent = letters(day_start(check(number).period_start)).order_by()
    rows = BacklogLine.objects.filter(check_of=number, dossier__in=seen(actor))
    rows = rows.annotate(sent_since=Exists(sent.filter(dossier_id=OuterRef("dossier_id"))))
    return rows.order_by("due_at", "pk").prefetch_related(Prefetch("dossier", detailed()))
