"""The pass over all open dossiers: alerts, drafts of letters, escalations, obstacles. Idempotent and restartable.

Only open dossiers are read, a thousand at a time, each batch its own transaction with a fixed number of statements. What a
batch finds is compared with what is stored, so a pass that was killed goes on where it stopped and writes nothing twice. A lock
keeps two workers from looking at the same batch together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q

from motcua.alerts import plans, rules
from motcua.alerts.desks import Desks, desks
from motcua.alerts.models import Alert, Escalation, LetterDraft, Stuck
from motcua.alerts.obstacles import Failures, Found, failures, obstacles_of
from motcua.alerts.rules import OWING, LetterState
from motcua.base.actor import SYSTEM
from motcua.base.time import local_date
from motcua.deadlines import queries as deadlines
from motcua.deadlines.rules import RuleSetFacts, WorkCalendar
from motcua.dossiers.quick_clock import quick
from motcua.dossiers.watch_queries import RUNNING, WATCHED, Watched, open_numbers, watched
from motcua.journal.remembered import one_look
from motcua.journal.services import append

_BATCH = 1000
_LOCK = 7_201_061
Progress = Callable[[int, int], None]


@dataclass
class World:
    """What a pass reads once: the day, the calendar, plans, rule sets, desks, what could not be delivered."""

    now: datetime
    calendar: WorkCalendar
    desks: Desks
    failures: Failures
    rule_sets: Mapping[str, RuleSetFacts]
    _plans: dict[int, rules.Plan] = field(default_factory=dict)
    _drafts: dict[tuple[datetime, int], datetime] = field(default_factory=dict)

    @classmethod
    def read(cls, now: datetime) -> World:
        """The world as it is at `now`."""
        on = local_date(now)
        sets = {facts.code: facts for facts in deadlines.rulesets()}
        return cls(now, quick(deadlines.work_calendar()), desks(on), failures(), sets)

    @property
    def today(self) -> date:
        return local_date(self.now)

    def plan(self, unit_id: int) -> rules.Plan:
        """The plan of a unit, looked up once."""
        if unit_id not in self._plans:
            self._plans[unit_id] = plans.plan_for(unit_id, on=self.today)
        return self._plans[unit_id]

    def draft_at(self, facts: Watched) -> datetime | None:
        """From when the letter of a dossier is drafted; many share a due moment."""
        rule_set = self.rule_sets.get(facts.ruleset)
        if facts.due_at is None or rule_set is None:
            return None
        key = facts.due_at, rule_set.apology_lead_days
        if key not in self._drafts:
            self._drafts[key] = rules.draft_from(key[0], lead_days=key[1], calendar=self.calendar)
        return self._drafts[key]

    def letter(self, facts: Watched) -> LetterState:
        """Where the dossier stands with its letter; those of a ministry's system are not ours to apologise for."""
        if not facts.ours:
            return LetterState.NOT_YET
        told = [(letter.issued_at, letter.new_date) for letter in facts.letters]
        return rules.letter_state(due=facts.due_at, letters=told, draft_at=self.draft_at(facts), now=self.now)


def warn(now: datetime, *, progress: Progress = lambda done, total: None) -> dict[str, int]:
    """Looks through all open dossiers once; gives what was new: alerts, drafts, escalations, stuck, cleared."""
    tally: Counter[str] = Counter()
    with one_look():
        tally.update(_close_what_is_over(now))
        world, numbers = World.read(now), open_numbers()
        for first in range(0, len(numbers), _BATCH):
            tally.update(_batch(numbers[first : first + _BATCH], world))
            progress(min(first + _BATCH, len(numbers)), len(numbers))
    return {name: tally[name] for name in ("alerts", "drafts", "escalations", "stuck", "cleared")}


@transaction.atomic
def _close_what_is_over(now: datetime) -> dict[str, int]:
    """Alerts of a former due moment or of a dossier that ended are over; so is everything else about ended dossiers."""
    ended = ~Q(dossier__state__in=sorted(WATCHED))
    moved = ~Q(due_at=F("dossier__due_at")) | Q(dossier__due_at=None)
    cleared = Alert.objects.filter(ended | moved, over_at=None).update(over_at=now)
    for table in (LetterDraft, Escalation, Stuck):
        cleared += table.objects.filter(ended, over_at=None).update(over_at=now)
    return {"cleared": cleared}


@transaction.atomic
def _batch(numbers: list[int], world: World) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    found = watched(numbers)
    running = [facts for facts in found if facts.state in RUNNING]
    stuck, cleared = _note_obstacles(found, world)
    return {
        "alerts": _raise_alerts(running, world),
        "drafts": _draft_letters(running, world),
        "escalations": _escalate(running, world),
        "stuck": stuck,
        "cleared": cleared,
    }


def share_of(facts: Watched, world: World) -> int | None:
    """Percent of the time used; None without a term or before the clock has a start."""
    start = facts.received_at or facts.forward_by
    if facts.due_at is None or start is None:
        return None
    stops = [(stop.mode, stop.start, stop.end) for stop in facts.stops]
    between = world.calendar.session_time_between
    return rules.share_used(start=start, due=facts.due_at, at=world.now, stops=stops, between=between)


def _raise_alerts(running: list[Watched], world: World) -> int:
    numbers = [facts.id for facts in running]
    # An end that was undone, or a due moment that came back: what was warned of then holds again.
    Alert.objects.filter(dossier_id__in=numbers, due_at=F("dossier__due_at")).exclude(over_at=None).update(
        over_at=None
    )
    known = set(Alert.objects.filter(dossier_id__in=numbers).values_list("dossier_id", "percent", "due_at"))
    fresh = [
        Alert(
            dossier_id=facts.id,
            percent=level.percent,
            due_at=facts.due_at,
            share=share,
            to=list(level.to),
            raised_at=world.now,
        )
        for facts in running
        if (share := share_of(facts, world)) is not None
        for level in rules.reached(world.plan(facts.unit_id), share)
        if (facts.id, level.percent, facts.due_at) not in known
    ]
    return len(Alert.objects.bulk_create(fresh))


def _draft_letters(running: list[Watched], world: World) -> int:
    """A draft for every dossier whose letter is due; a draft whose letter is out or no longer needed is over."""
    owing = {LetterState.TO_WRITE, *OWING}
    states = {facts.id: world.letter(facts) for facts in running}
    needed = {number for number, state in states.items() if state in owing}
    open_drafts = LetterDraft.objects.filter(dossier_id__in=states, over_at=None)
    open_drafts.exclude(dossier_id__in=needed).update(over_at=world.now)
    known = set(open_drafts.values_list("dossier_id", flat=True))
    fresh = [_draft(facts, states[facts.id], world) for facts in running if facts.id in needed - known]
    return len(LetterDraft.objects.bulk_create(fresh))


def _draft(facts: Watched, state: LetterState, world: World) -> LetterDraft:
    """Reason and date as far as the system knows them; the officer writes the true ones."""
    again = state is LetterState.OWED_AGAIN
    assert facts.due_at is not None
    days = world.plan(facts.unit_id).extension_days
    rule_set = world.rule_sets.get(facts.ruleset)
    may_appoint = (
        rule_set is not None
        and sum(letter.new_date is not None for letter in facts.letters) < rule_set.reappoint_max
    )
    reason = (
        f"Hồ sơ đang ở bước “{facts.step}”, chưa hoàn thành trong thời hạn giải quyết." if facts.step else ""
    )
    new_date = (
        rules.suggested_date(facts.due_at, world.now, days=days, calendar=world.calendar)
        if may_appoint
        else None
    )
    return LetterDraft(
        dossier_id=facts.id,
        due_at=facts.due_at,
        again=again,
        reason=reason,
        new_date=new_date,
        made_at=world.now,
    )


def _escalate(running: list[Watched], world: World) -> int:
    """Reports late dossiers without a letter one rung up; those that have their letter now are settled."""
    owed = {facts.id: since for facts in running if (since := owed_since(facts, world)) is not None}
    numbers = [facts.id for facts in running]
    Escalation.objects.filter(dossier_id__in=numbers, over_at=None).exclude(dossier_id__in=owed).update(
        over_at=world.now
    )
    known = set(
        Escalation.objects.filter(dossier_id__in=owed).values_list("dossier_id", "rung", "owed_since")
    )
    fresh = [
        Escalation(dossier_id=facts.id, rung=rung, owed_since=owed[facts.id], at=world.now)
        for facts in running
        if facts.id in owed
        for rung in rules.escalations(world.plan(facts.unit_id), _hours(owed[facts.id], world))
        if (facts.id, rung, owed[facts.id]) not in known
    ]
    for row in Escalation.objects.bulk_create(fresh):
        data: dict[str, Any] = {"rung": row.rung, "owed_since": row.owed_since.isoformat()}
        append(
            stream="dossier",
            stream_id=str(row.dossier_id),
            name="alerts.letter_escalated",
            data=data,
            actor=SYSTEM,
            at=world.now,
        )
    return len(fresh)


def owed_since(facts: Watched, world: World) -> datetime | None:
    """Since when the letter is owed: the due moment, or the new date that passed as well; None when none is owed."""
    state = world.letter(facts)
    if state not in OWING:
        return None
    return facts.reappointed_at if state is LetterState.OWED_AGAIN else facts.due_at


def _hours(since: datetime, world: World) -> float:
    return world.calendar.session_time_between(since, world.now).total_seconds() / 3600


def _note_obstacles(found: list[Watched], world: World) -> tuple[int, int]:
    """Stores what is stuck now and closes what no longer is; gives both numbers."""
    seen: dict[tuple[int, str], Found] = {
        (facts.id, obstacle.reason): obstacle for facts in found for obstacle in obstacles_of(facts, world)
    }
    rows = Stuck.objects.filter(dossier_id__in=[facts.id for facts in found], over_at=None)
    known = {(row.dossier_id, row.reason): row for row in rows}
    gone = [row.pk for key, row in known.items() if key not in seen or row.since != seen[key].since]
    cleared = Stuck.objects.filter(pk__in=gone).update(over_at=world.now) if gone else 0
    fresh = [
        Stuck(
            dossier_id=number, reason=reason, since=obstacle.since, detail=obstacle.detail, found_at=world.now
        )
        for (number, reason), obstacle in seen.items()
        if (number, reason) not in known or known[number, reason].pk in gone
    ]
    Stuck.objects.bulk_create(fresh)
    return len(fresh), cleared
