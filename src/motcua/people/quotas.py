"""How many dossiers a day one person at a counter should have at most: set by decision, per unit, from a day on (OSS-16)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError, NotAllowed
from motcua.base.text import clean
from motcua.journal.remembered import remembered
from motcua.journal.services import append
from motcua.people.delegating import decides_for
from motcua.people.models import CounterLimit


class LimitWrong(MotcuaError):
    code = "counter_limit_wrong"
    sentence = "Ngưỡng phải là số nguyên dương và phải ghi số văn bản quy định ngưỡng."


@transaction.atomic
def set_limit(*, unit_id: int, a_day: int, since: date, decision: str, actor: Actor, now: datetime) -> None:
    """From `since` one person at the unit's counters should have at most `a_day` dossiers a day. Raises LimitWrong.

    Holds for the units below too, as long as they have none of their own.
    """
    if actor.kind != "system" and unit_id not in decides_for(actor):
        raise NotAllowed(reason="ngưỡng tiếp nhận do lãnh đạo phụ trách quầy quy định.")
    if a_day < 1 or not clean(decision):
        raise LimitWrong
    CounterLimit.objects.update_or_create(
        unit_id=unit_id, since=since, defaults={"a_day": a_day, "decision": clean(decision), "recorded_at": now}
    )
    data = {"a_day": a_day, "since": since.isoformat(), "decision": clean(decision)}
    append(stream="unit", stream_id=str(unit_id), name="people.counter_limit_set", data=data, actor=actor, at=now)


@remembered
def limits_on(on: date) -> dict[int, tuple[int, str]]:
    """The limit and its decision of every unit that has one of its own on `on`."""
    rows = CounterLimit.objects.filter(since__lte=on).order_by("since")
    return {row.unit_id: (row.a_day, row.decision) for row in rows}
