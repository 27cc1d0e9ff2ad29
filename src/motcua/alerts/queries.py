"""Reads of this room for pages: alerts, letters owed, what is stuck. Every one begins with what the actor may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from motcua.alerts.desks import addressed
from motcua.alerts.models import Alert, Escalation, LetterDraft, Stuck
from motcua.base.actor import Actor
from motcua.base.time import local_date
from motcua.dossiers.watch_queries import RUNNING, WATCHED, detailed, due_between, late_without_letter, seen

_OPEN = Q(over_at=None)


def alerts(actor: Actor, *, mine: bool, on: date) -> QuerySet[Alert]:
    """The highest open alert of each running dossier; `mine`: those meant for the actor alone. Nearest due moment first."""
    higher = Alert.objects.filter(_OPEN, dossier_id=OuterRef("dossier_id"), percent__gt=OuterRef("percent"))
    rows = Alert.objects.filter(_OPEN, dossier__in=seen(actor), dossier__state__in=sorted(RUNNING))
    if mine:
        rows = rows.filter(addressed(actor, on=on))
        higher = higher.filter(addressed(actor, on=on))
    return rows.filter(~Exists(higher)).order_by("-percent", "due_at", "pk")


def new_alerts(actor: Actor, *, now: datetime) -> int:
    """How many running dossiers have an alert for the actor that was raised since yesterday's same hour.

    Stands in the navigation of every page, so it reads the day's open alerts alone, by their index.
    """
    recent = Alert.objects.filter(
        _OPEN, raised_at__gt=now - timedelta(days=1), dossier__state__in=sorted(RUNNING)
    )
    return recent.filter(addressed(actor, on=local_date(now))).values("dossier").distinct().count()


def detail(rows: QuerySet[Alert] | QuerySet[Stuck]) -> QuerySet:
    """`rows` with their dossiers as a list shows them."""
    return rows.prefetch_related(Prefetch("dossier", detailed()))


def due_soon(actor: Actor, *, now: datetime, until: datetime) -> QuerySet:
    """Running dossiers that end by `until` and are not late yet, with the highest open level warned of (`warned`)."""
    level = Alert.objects.filter(_OPEN, dossier_id=OuterRef("pk")).order_by("-percent").values("percent")[:1]
    return due_between(seen(actor), now, until).annotate(warned=Subquery(level)).order_by("due_at", "pk")


def letters_owed(actor: Actor, *, now: datetime) -> QuerySet:
    """Late dossiers without a letter, longest late first, with the highest rung they were reported to (`rung`)."""
    rung = Escalation.objects.filter(_OPEN, dossier_id=OuterRef("pk")).order_by("-rung").values("rung")[:1]
    return late_without_letter(seen(actor), now).annotate(rung=Subquery(rung)).order_by("due_at", "pk")


def drafts(actor: Actor) -> QuerySet[LetterDraft]:
    """Drafts whose dossiers are not late yet: the letters to be sent in time."""
    rows = LetterDraft.objects.filter(_OPEN, dossier__in=seen(actor), dossier__state__in=sorted(RUNNING))
    return rows.order_by("due_at", "pk")


def stuck(actor: Actor) -> QuerySet[Stuck]:
    """What is stuck among the dossiers the actor may see, longest first."""
    rows = Stuck.objects.filter(_OPEN, dossier__in=seen(actor), dossier__state__in=sorted(WATCHED))
    return rows.order_by("since", "pk")


def alerts_of(dossier_id: int) -> Sequence[tuple[int, datetime, bool]]:
    """Percent, instant and whether it still holds, of every alert of a dossier."""
    rows = Alert.objects.filter(dossier_id=dossier_id).order_by("raised_at", "percent")
    return [
        (percent, raised, over is None)
        for percent, raised, over in rows.values_list("percent", "raised_at", "over_at")
    ]


def stuck_of(dossier_id: int) -> list[Stuck]:
    """Why a dossier is stuck, as last looked."""
    return list(Stuck.objects.filter(_OPEN, dossier_id=dossier_id).order_by("since"))
