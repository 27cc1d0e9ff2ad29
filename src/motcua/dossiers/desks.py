"""What lies on which desk and can be passed on from there, within the rights of the officer. Reads for the rooms above."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max, Q, QuerySet, Sum

from motcua.base.actor import Actor
from motcua.dossiers import access
from motcua.dossiers.models import Component, Dossier
from motcua.dossiers.rules.state import ON_WORKLIST, State
from motcua.dossiers.worklist import with_details
from motcua.people.rules import Role

AT_WORK = (State.PROCESSING, State.WAITING_SUPPLEMENT, State.PAUSED)
OURS = Q(source="")
"""A dossier that a ministry's system handles lies on no desk of ours."""


def at_counter(actor: Actor, counter_id: int) -> QuerySet[Dossier]:
    """Accepted dossiers at the counter that were not passed on yet, by competent unit, the most pressing first."""
    rows = _lying_at(actor, counter_id, Role.COUNTER).filter(state=State.ACCEPTED, intake_unit_id=counter_id)
    return rows.order_by("unit_id", "forward_by", "pk")


def with_result(actor: Actor, unit_id: int) -> QuerySet[Dossier]:
    """Dossiers the unit has settled and whose owners have not fetched the result yet, by counter."""
    rows = Dossier.objects.filter(access.visible(actor), OURS, state=State.FINISHED, unit_id=unit_id)
    return rows.order_by("intake_unit_id", "ended_at", "pk")


def at_work(actor: Actor, unit_id: int) -> QuerySet[Dossier]:
    """Dossiers in hand at the unit, the most pressing first."""
    rows = Dossier.objects.filter(
        access.visible(actor), OURS, Q(unit_id=unit_id) | Q(holder_unit_id=unit_id), state__in=AT_WORK
    )
    return rows.order_by("due_at", "pk")


def under_way(actor: Actor) -> QuerySet[Dossier]:
    """Dossiers passed on and not received yet, with the moment they left the counter (`left_counter_at`)."""
    rows = Dossier.objects.filter(access.visible(actor), OURS, state=State.FORWARDED)
    return rows.annotate(left_counter_at=Max("steps__left_at")).order_by("left_counter_at", "pk")


def under_way_since(actor: Actor, before: datetime) -> QuerySet[Dossier]:
    """`under_way`, only what left the counter before the given moment."""
    return under_way(actor).filter(left_counter_at__lt=before)


def under_way_one(dossier_id: int) -> Dossier | None:
    """The dossier with the moment it left the counter, while it is under way."""
    rows = Dossier.objects.filter(pk=dossier_id, state=State.FORWARDED)
    return rows.annotate(left_counter_at=Max("steps__left_at")).first()


def places_of(numbers: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Intake counter and competent unit of each dossier."""
    rows = Dossier.objects.filter(pk__in=list(numbers)).values_list("pk", "intake_unit_id", "unit_id")
    return {number: (counter, unit) for number, counter, unit in rows}


def by_codes(actor: Actor, codes: Iterable[str]) -> dict[str, Dossier]:
    """The dossiers behind these codes, as far as the officer may see them."""
    rows = Dossier.objects.filter(access.visible(actor), OURS, code__in=list(codes))
    return {str(row.code): row for row in rows.only("pk", "code", "unit_id", "intake_unit_id", "state")}


def seen_among(actor: Actor, numbers: Iterable[int]) -> dict[int, str | None]:
    """Number and code of those dossiers the officer may see."""
    rows = Dossier.objects.filter(access.visible(actor), pk__in=list(numbers))
    return dict(rows.values_list("pk", "code"))


def cards(numbers: Iterable[int]) -> dict[int, Dossier]:
    """The dossiers with owner, procedure and holder, by number; the caller has asked the rights."""
    return {row.pk: row for row in with_details(Dossier.objects.filter(pk__in=list(numbers)))}


def for_print(numbers: Iterable[int]) -> dict[int, Dossier]:
    """The same with fees, for the printed list."""
    rows = Dossier.objects.filter(pk__in=list(numbers))
    return {row.pk: row for row in with_details(rows).prefetch_related("fees", "results")}


def paper_counts(numbers: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Originals and copies handed in with each dossier."""
    rows = Component.objects.filter(dossier_id__in=list(numbers), received=True).values("dossier_id")
    counted: Any = rows.annotate(a=Sum("originals"), b=Sum("copies")).values_list("dossier_id", "a", "b")
    return {number: (originals, copies) for number, originals, copies in counted}


def _lying_at(actor: Actor, unit_id: int, role: str) -> QuerySet[Dossier]:
    """Walks the index of open dossiers."""
    return Dossier.objects.filter(
        access.visible(actor), OURS, holder_unit_id=unit_id, holder_role=role, state__in=sorted(ON_WORKLIST)
    )
