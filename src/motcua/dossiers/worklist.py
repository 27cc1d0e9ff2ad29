"""What waits for an officer: whose work it is, how urgent it is, and how much there is of each.

Every query starts from `access.visible`. The groups are conditions of the database, so that one statement counts all
of them and another orders the list; both walk only the partial indexes of open dossiers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Case, Count, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from motcua.base.actor import Actor
from motcua.base.time import day_end, local_date
from motcua.dossiers import access
from motcua.dossiers.models import Applicant, Dossier, PauseRecord, StepRecord, SupplementRecord
from motcua.dossiers.rules.state import ON_WORKLIST, State
from motcua.people.rules import Role

_WAITING = (State.WAITING_SUPPLEMENT, State.PAUSED, State.INTAKE_SUPPLEMENT)
_RUNNING = (State.ACCEPTED, State.PROCESSING)
_COUNTERS = (Role.COUNTER, Role.POST)
_HANDLERS = (Role.SPECIALIST, Role.LEADER, Role.CLERK)
WORKERS = (*_COUNTERS, *_HANDLERS)


class Group(StrEnum):
    """Groups of the worklist in their order, most urgent first."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    PAUSED = "paused"
    TO_RETURN = "to_return"
    TO_ACCEPT = "to_accept"
    INCOMING = "incoming"


GROUP_NAMES = {
    Group.OVERDUE: _("Quá hạn"),
    Group.TODAY: _("Đến hạn hôm nay"),
    Group.WEEK: _("Đến hạn trong tuần"),
    Group.LATER: _("Còn hạn"),
    Group.PAUSED: _("Đang tạm dừng, chờ bổ sung"),
    Group.TO_RETURN: _("Đã có kết quả, chờ trả"),
    Group.TO_ACCEPT: _("Chờ tiếp nhận"),
    Group.INCOMING: _("Đang chuyển đến"),
}
ORDER = tuple(Group)


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the groups of one moment part: now, the end of today, the end of this week's Sunday."""

    now: datetime
    today: datetime
    week: datetime


def edges(now: datetime) -> Edges:
    """The edges as seen at `now` on a Vietnamese calendar."""
    day = local_date(now)
    return Edges(now, day_end(day), day_end(day + timedelta(days=6 - day.weekday())))


def condition(group: Group, at: Edges) -> Q:
    """The open dossiers of `group`. Each open dossier is in exactly one group."""
    running = Q(state__in=_RUNNING)
    by_group = {
        Group.OVERDUE: running & Q(due_at__lt=at.now),
        Group.TODAY: running & Q(due_at__gte=at.now, due_at__lt=at.today),
        Group.WEEK: running & Q(due_at__gte=at.today, due_at__lt=at.week),
        Group.LATER: running & (Q(due_at__gte=at.week) | Q(due_at__isnull=True)),
        Group.PAUSED: Q(state__in=_WAITING),
        Group.TO_RETURN: Q(state=State.FINISHED),
        Group.TO_ACCEPT: Q(state=State.SUBMITTED),
        Group.INCOMING: Q(state=State.FORWARDED),
    }
    return by_group[group]


def open_dossiers(actor: Actor) -> QuerySet[Dossier]:
    """Every open dossier the officer may see ("cả đơn vị"); those a ministry's system handles are no work of ours."""
    return Dossier.objects.filter(access.visible(actor), state__in=sorted(ON_WORKLIST), source="")


def mine(actor: Actor) -> QuerySet[Dossier]:
    """What waits for the officer: held by name, or by nobody yet at a role and place the officer has."""
    held = Q(holder_id=actor.id)
    for duty in actor.duties:  # steps of an absent officer, as long as the absence runs
        if duty.on_behalf_id is not None:
            held |= Q(holder_id=duty.on_behalf_id, holder_unit_id=duty.unit_id)
    return open_dossiers(actor).filter(held | Q(holder_id__isnull=True) & _at_my_desk(actor))


def _at_my_desk(actor: Actor) -> Q:
    """Steps of the officer's roles, and for those who handle also what is on its way to their unit."""
    places: dict[str, set[int]] = {}
    for duty in actor.duties:
        if duty.role in _COUNTERS:
            places.setdefault(Role.COUNTER, set()).update(duty.units)
        elif duty.role in _HANDLERS:
            places.setdefault(duty.role, set()).add(duty.unit_id)
    handled = frozenset().union(*(units for role, units in places.items() if role != Role.COUNTER))
    desk = Q(holder_role=Role.COUNTER, state=State.FORWARDED, holder_unit_id__in=handled)
    for role, units in places.items():
        desk |= Q(holder_role=role, holder_unit_id__in=units)
    return desk


def by_urgency(rows: QuerySet[Dossier], at: Edges) -> QuerySet[Dossier]:
    """`rows` with their place among the groups (`urgency`), most urgent first, the earliest due first within."""
    return rows.annotate(urgency=_place(at)).order_by("urgency", "due_at", "pk")


def counts(rows: QuerySet[Dossier], at: Edges) -> Mapping[Group, int]:
    """How many of `rows` stand in each group, in one statement that looks at each row once."""
    found = rows.order_by().values_list(_place(at)).annotate(Count("pk"))
    held = dict(found)
    return {group: held.get(place, 0) for place, group in enumerate(ORDER)}


def _place(at: Edges) -> Case:
    whens = [When(condition(group, at), then=Value(place)) for place, group in enumerate(ORDER)]
    return Case(*whens, output_field=IntegerField())


def with_details(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """`rows` with what a line shows. Read after paging, by number, so that ordering touches the spine alone."""
    return with_names(rows).prefetch_related(
        related("holder", "full_name"),
        Prefetch("steps", StepRecord.objects.filter(left_at=None).order_by("id"), to_attr="open_steps"),
        Prefetch("pauses", PauseRecord.objects.filter(end=None, retracted_at=None), to_attr="open_pauses"),
        Prefetch(
            "supplements", SupplementRecord.objects.filter(answered_at=None).order_by("-id"), to_attr="asked"
        ),
    )


def with_names(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """`rows` with the names of owner and procedure."""
    owner = Prefetch("applicant", Applicant.objects.only("dossier_id", "name"))
    return rows.prefetch_related(owner, related("version", "name"))


def related(name: str, *columns: str) -> Prefetch[str, QuerySet[Any], str]:
    """The row behind a foreign key with these columns alone: a version also carries its whole original text."""
    table: Any = Dossier._meta.get_field(name).related_model
    return Prefetch(name, table.objects.only(*columns))
