"""Followed dossiers in the settlement table: once, in the total, with a part for each source whose sums hold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from motcua.base.actor import SYSTEM
from motcua.base.time import local_date
from motcua.demo.cast import ON, OWNER, small_province
from motcua.dossiers import mirrors, services
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.state import State
from motcua.dossiers.tests.mirrored import NOW, SOURCE, finished, list_source, told
from motcua.reports.queries import Cell, Question, by_source, dossiers_behind, table_of

FROM, TO = ON - timedelta(days=20), ON
SOURCES = (SOURCE, "BYT-KCB")


def _message(number: int, source: str, ended: int | None, due: int) -> Any:
    due_at = NOW + timedelta(days=due)
    if ended is None:
        return told(source=source, external_code=f"N-{number}", due_at=due_at)
    return finished(NOW - timedelta(hours=ended), source=source, external_code=f"N-{number}", due_at=due_at)


LIFE = st.tuples(st.sampled_from(SOURCES), st.one_of(st.none(), st.integers(1, 150)), st.integers(-7, 9))


class FollowedInTheTable(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.cast = small_province()
        for source in SOURCES:
            list_source(source)
        services.receive_at_counter(cls.cast.intake(), actor=cls.cast.justice.alice, now=NOW - timedelta(days=1))

    @settings(max_examples=20, deadline=None)
    @given(st.lists(LIFE, max_size=6))
    def test_parts_and_our_own_add_up_to_the_total(self, lives: list[tuple[str, int | None, int]]) -> None:
        Dossier.objects.exclude(source="").delete()
        for number, (source, ended, due) in enumerate(lives):
            mirrors.mirror(_message(number, source, ended, due), OWNER, actor=SYSTEM, now=NOW)
        question = Question(FROM, TO, TO)
        table, parts = table_of(question), by_source(question)
        own = table_of(Question(FROM, TO, TO, source=""))
        assert table.total["c3"] == 1 + len(lives)
        assert all(identity.holds for identity in table.identities)
        assert all(identity.holds for part in parts for identity in part.identities)
        for column, figure in table.total.items():
            assert figure == own.total[column] + sum(part.figures[column] for part in parts)
        for part in parts:
            behind = dossiers_behind(Cell("c3"), Question(FROM, TO, TO, source=part.source))
            assert len(behind) == part.figures["c3"]
            assert {row["source"] for row in behind} == {part.source}


def test_a_waiting_one_is_within_its_term(db: None) -> None:
    small_province()
    list_source()
    late = told(State.WAITING_SUPPLEMENT, due_at=NOW - timedelta(days=3))
    mirrors.mirror(late, OWNER, actor=SYSTEM, now=NOW)
    table = table_of(Question(FROM, local_date(NOW), date(2026, 3, 10)))
    assert (table.total["c12"], table.total["c13"]) == (1, 0)
