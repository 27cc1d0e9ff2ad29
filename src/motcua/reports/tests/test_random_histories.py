"""The sums of the form hold over any lives of dossiers; SQL and the pure rules agree; what was closed stays closed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from motcua.base.time import day_end, local_date
from motcua.dossiers import models
from motcua.dossiers.rules.state import Dossier, State
from motcua.dossiers.store import row_values
from motcua.indicators.rules import Facts, classify, waits_at_end
from motcua.reports.queries import Cell, Question, dossiers_behind, settlement_table
from motcua.reports.rules import count, identities, plain
from motcua.reports.tests.histories import LIFE, begin, do, schedule
from motcua.reports.tests.world import World, make_world

LIVES = st.lists(LIFE, min_size=1, max_size=6)
DAYS = st.integers(0, 150).map(lambda days: date(2025, 12, 1) + timedelta(days=days))
TODAY = date(2026, 11, 20)


def facts_of(d: Dossier, to: date) -> Facts | None:
    if d.accepted_at is None or d.state == State.VOIDED:
        return None
    waits = [
        p
        for p in d.pauses
        if p.kind == "supplement" or (p.mode != "none" and d.due_at and p.start <= d.due_at)
    ]
    return Facts(
        local_date(d.accepted_at), d.channel, d.due_at and local_date(d.due_at), d.ended_at and local_date(d.ended_at),
        d.end_kind, waits_at_end(waits, to),
    )  # fmt: skip


def expected(dossiers: list[Dossier], from_: date, to: date) -> dict[str, int]:
    known = [facts_of(d, to) for d in dossiers]
    classes = [classify(facts, from_, to) for facts in known if facts]
    return plain(count((c.way_in, c.outcome, 1) for c in classes if c))


def live(lives: list[Any]) -> list[Dossier]:
    dossiers = [begin(number, life) for number, life in enumerate(lives)]
    for number, life in enumerate(lives):
        for now, _, which in schedule(number, life):
            do(dossiers[number], which, now)
    return dossiers


@settings(max_examples=600)
@given(LIVES, DAYS, DAYS)
def test_the_sums_of_the_form_hold(lives: list[Any], one: date, other: date) -> None:
    figures = expected(live(lives), min(one, other), max(one, other))
    assert all(identity.holds for identity in identities(figures))


@settings(max_examples=300)
@given(LIVES, DAYS, DAYS)
def test_what_one_period_leaves_open_the_next_carries_over(lives: list[Any], one: date, other: date) -> None:
    dossiers, to = live(lives), max(one, other)
    left = expected(dossiers, min(one, other), to)["c11"]
    assert left == expected(dossiers, to + timedelta(days=1), to + timedelta(days=90))["c6"]


class InTheDatabase(TestCase):
    """The same lives, written act by act, so that the audit trail keeps every state."""

    world: World

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = make_world()

    def begin(self, lives: list[Any]) -> list[Dossier]:
        version = self.world.versions["HT"]
        return [
            begin(
                number, life, procedure_id=version.procedure_id, procedure_code=version.procedure.code,
                version_id=version.pk, case_id=None, field_id=self.world.fields["HT"],
                unit_id=self.world.units["H99.01"], intake_unit_id=self.world.units["H99.01"],
            )
            for number, life in enumerate(lives)
        ]  # fmt: skip

    def act(self, dossiers: list[Dossier], steps: list[tuple[datetime, int, int]]) -> None:
        for now, number, which in steps:
            if do(dossiers[number], which, now):
                save(dossiers[number])

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(LIVES, DAYS, DAYS, st.integers(0, 170))
    def test_sql_agrees_with_the_rules_and_remembers(
        self, lives: list[Any], one: date, other: date, days: int
    ) -> None:
        from_, to = min(one, other), max(one, other)
        cutoff = day_end(date(2025, 12, 1) + timedelta(days=days))
        dossiers = self.begin(lives)
        steps = sorted(step for number, life in enumerate(lives) for step in schedule(number, life))
        self.act(dossiers, [step for step in steps if step[0] <= cutoff])
        then = expected(dossiers, from_, to)
        assert settlement_table(from_, to, today=TODAY).total == then
        self.act(dossiers, [step for step in steps if step[0] > cutoff])
        now = expected(dossiers, from_, to)
        assert settlement_table(from_, to, today=TODAY).total == now
        assert settlement_table(from_, to, today=TODAY, known_at=cutoff).total == then
        for column, number in now.items():
            assert len(dossiers_behind(Cell(column), Question(from_, to, TODAY))) == number


def save(d: Dossier) -> None:
    values = {name: value for name, value in row_values(d).items() if name != "holder_unit_id"}
    if d.id is None:
        d.id = models.Dossier.objects.create(**values).pk
    else:
        models.Dossier.objects.filter(pk=d.id).update(**values)
    models.PauseRecord.objects.filter(dossier_id=d.id).delete()
    models.PauseRecord.objects.bulk_create(
        models.PauseRecord(
            dossier_id=d.id, kind=p.kind, mode=p.mode, start=p.start, end=p.end, reason=p.reason, ground=p.ground,
            approver=p.approver, retracted_at=p.retracted_at,
        )
        for p in d.pauses
    )  # fmt: skip


@pytest.mark.parametrize("column", ["c4", "c5", "c6", "c8", "c9", "c10", "c12", "c13", "returned"])
def test_the_random_lives_touch_every_column(column: str) -> None:
    """Guards the generator: a property over nothing proves nothing."""

    def touches(lives: list[Any]) -> bool:
        return expected(live(lives), date(2026, 1, 15), date(2026, 2, 20))[column] > 0

    find(
        st.lists(LIFE, min_size=5, max_size=8),
        touches,
        settings=settings(max_examples=2000, phases=[Phase.generate]),
    )
