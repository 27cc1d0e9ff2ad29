"""Who and what `bench desk` works with: officers enough, their views, dossiers drawn evenly, rows planted."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime
from functools import cache
from itertools import cycle

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.models import QuerySet

from motcua.base.actor import SYSTEM, Actor
from motcua.base.time import local_date
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.state import ON_WORKLIST, State
from motcua.kit import clock
from motcua.people import services as people
from motcua.people.queries import actor_of_officer, colleagues, positions_on
from motcua.people.rules import Role
from motcua.worklists import queries as lists
from motcua.worklists import services as views_of_officers

_SINCE = date(2025, 7, 1)
_VIEW, _QUERY = "Đo tốc độ", "state=processing&sort=-due"

_PLANT = """
    UPDATE dossiers_dossier d
    SET state = 'processing', ended_at = NULL, end_kind = '', timing = '', returned_at = NULL, late_by_moment = NULL,
        holder_unit_id = d.unit_id, holder_role = 'specialist'
    WHERE d.id IN (SELECT id FROM dossiers_dossier WHERE state = 'returned' ORDER BY id LIMIT %s)
"""


def staff(wanted: int) -> None:
    """Hires specialists, unit by unit, until `wanted` officers hold a position."""
    now, today = clock.now(), local_date(clock.now())
    held = positions_on(today)
    missing = wanted - len({p.officer_id for p in held})
    units = sorted({p.unit_id for p in held if p.role == Role.SPECIALIST})
    password = make_password("mau-mot-cua-2026") if missing > 0 else ""
    for number, unit in zip(range(missing), cycle(units), strict=False):
        officer = people.create_officer(
            username=f"do-toc-do-{len(held)}-{number}", full_name=f"Nguyễn Thị Mẫu {number}", password=password,
            actor=SYSTEM, now=now, must_change=False, hashed=True,
        )  # fmt: skip
        people.assign(officer_id=officer, unit_id=unit, role=Role.SPECIALIST, since=_SINCE, actor=SYSTEM, now=now)


def officers(most: int) -> list[int]:
    """Officers with a position that works on dossiers or oversees them."""
    held = {p.officer_id for p in positions_on(local_date(clock.now())) if p.role not in (Role.ADMIN, Role.POST)}
    return sorted(held)[:most]


def views(numbers: list[int]) -> dict[int, str]:
    """A saved view for each officer, and its address."""
    return {number: _view_of(actor_of_officer(number, on=local_date(clock.now()))) for number in numbers}


def _view_of(actor: Actor) -> str:
    known = {view.name: view.url for view in lists.views_of(actor) if view.own}
    if _VIEW not in known:
        views_of_officers.save_view(name=_VIEW, query=_QUERY, columns=[], actor=actor, now=clock.now())
        return _view_of(actor)
    return known[_VIEW]


def overseer(*, on: date) -> Actor:
    """Somebody who sees every dossier of the province."""
    chairs = [p.officer_id for p in positions_on(on) if p.role == Role.CHAIR]
    return max((actor_of_officer(number, on=on) for number in chairs), key=lambda actor: len(actor.units()))


@cache
def somebody(role: str, unit_id: int) -> Actor | None:
    """An officer who holds `role` at the unit today."""
    today = local_date(clock.now())
    found = next((p.officer_id for p in positions_on(today) if p.role == role and p.unit_id == unit_id), None)
    return actor_of_officer(found, on=today) if found else None


def drawn(rows: QuerySet[Dossier], amount: int) -> QuerySet[Dossier]:
    """Some of `rows`, drawn evenly."""
    numbers = list(rows.values_list("pk", flat=True))
    return Dossier.objects.filter(pk__in=random.Random(len(numbers)).sample(numbers, min(amount, len(numbers))))


def to_assign(amount: int, *, now: datetime) -> tuple[Actor, list[int], int]:
    """The head of the unit with most dossiers at its specialists, that many of them, and a specialist there."""
    rows = Dossier.objects.filter(state=State.PROCESSING, holder_role=Role.SPECIALIST, source="")
    for unit, _number in Counter(rows.values_list("holder_unit_id", flat=True)).most_common():
        leader, specialists = somebody(Role.LEADER, unit), colleagues(unit, role=Role.SPECIALIST, on=local_date(now))
        if leader and specialists:
            lying = rows.filter(holder_unit_id=unit).order_by("pk").values_list("pk", flat=True)
            return leader, list(lying[:amount]), specialists[0][0]
    raise AssertionError("no unit has a head, a specialist and dossiers to assign")


def plant_open(wanted: int) -> int:
    """Opens as many closed dossiers as are missing to `wanted` open ones; gives how many are open now."""
    rows = Dossier.objects.filter(state__in=sorted(ON_WORKLIST))
    with connection.cursor() as cursor:
        cursor.execute(_PLANT, [max(wanted - rows.count(), 0)])
    return rows.count()


def sweep() -> None:
    """Clears away the rows that a rolled-back planting left dead, as the server would in its own time."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) dossiers_dossier")
