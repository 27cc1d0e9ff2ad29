"""A holiday declared late: open dossiers are counted again, the printed promise stays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from motcua.base.errors import NotAllowed
from motcua.base.time import at
from motcua.deadlines import services as deadlines
from motcua.deadlines.rules import DayKind
from motcua.demo.cast import ON, Cast, small_province
from motcua.dossiers import recalculation, services, store
from motcua.journal.drain import drain
from motcua.journal.models import Event

NOW = at(ON, time(8))


@pytest.fixture
def cast(db: None) -> Cast:
    return small_province()


def test_a_holiday_declared_late_moves_open_dossiers_and_keeps_the_promise(cast: Cast) -> None:
    number = services.receive_at_counter(cast.intake(), actor=cast.justice.alice, now=NOW)
    deadlines.declare_day(
        actor=cast.admin, date=date(2026, 3, 12), kind=DayKind.HOLIDAY, notice="Thông báo thử", name="Nghỉ thử",
        now=NOW + timedelta(hours=1),
    )  # fmt: skip
    drain(NOW + timedelta(hours=2))
    d = store.load(number, lock=False)
    assert d.due_at == datetime.fromisoformat("2026-03-18T17:00+07:00")
    assert d.promised_at == datetime.fromisoformat("2026-03-17T17:00+07:00")
    assert Event.objects.filter(name="dossier.due_recomputed", stream_id=str(number)).count() == 1


def test_recomputing_again_changes_nothing(cast: Cast) -> None:
    number = services.receive_at_counter(cast.intake(), actor=cast.justice.alice, now=NOW)
    assert services.recompute_due_dates(cause="thử", actor=cast.admin, now=NOW) == 0
    assert store.load(number, lock=False).revision == 0


def test_all_at_once_selects_exactly_the_dossiers_that_move(cast: Cast) -> None:
    early = services.receive_at_counter(cast.intake(), actor=cast.justice.alice, now=NOW)
    later = services.receive_at_counter(cast.intake(), actor=cast.justice.alice, now=NOW + timedelta(days=6))
    waiting = services.receive_at_counter(cast.intake(), actor=cast.justice.alice, now=NOW)
    services.forward(waiting, actor=cast.justice.alice, now=NOW)
    services.ask_supplement(
        waiting, items=[{"name": "Giấy tờ"}], reason="thiếu", ground="Điều 19", actor=cast.justice.charlie,
        now=NOW + timedelta(hours=1),
    )  # fmt: skip
    deadlines.declare_day(
        actor=cast.admin, date=date(2026, 3, 12), kind=DayKind.HOLIDAY, notice="Thông báo thử", name="Nghỉ thử",
        now=NOW + timedelta(hours=1),
    )  # fmt: skip
    assert recalculation.moved(NOW + timedelta(hours=2)) == [early, waiting]
    assert later not in recalculation.moved(NOW + timedelta(hours=2))


def test_only_an_administrator_or_the_system_recomputes(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        services.recompute_due_dates(cause="thử", actor=cast.justice.charlie, now=NOW)
