"""A closed period gives the same numbers after reversals, late entries and voids; what came late is listed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from motcua.base.actor import SYSTEM, Actor, Duty
from motcua.base.errors import NotAllowed
from motcua.base.time import VN
from motcua.journal.models import Event
from motcua.reports.definitions import FormUnknown
from motcua.reports.queries import (
    Closing,
    Question,
    as_closed,
    late_entries,
    opening_balance,
    settlement_table,
)
from motcua.reports.rules import PeriodBackwards, PeriodClosedAlready, PeriodNotOver, Structure
from motcua.reports.services import close_period
from motcua.reports.tests.world import World, add, change, moment

FROM, TO, TODAY = date(2023, 12, 15), date(2024, 6, 14), date(2026, 11, 20)
CLOSED_AT = datetime(2024, 6, 18, 9, tzinfo=VN)


def close(**changes: object) -> Closing:
    usual = {"form": "II.06a", "from_": FROM, "to": TO, "actor": SYSTEM, "now": CLOSED_AT}
    return close_period(**(usual | changes))  # type: ignore[arg-type]


def test_later_acts_do_not_move_closed_figures_and_are_listed(world: World) -> None:
    finished = add(world, "A1", accepted="2024-01-02", due="2024-01-10", ended="2024-01-09", kind="finished")
    mistaken = add(world, "A2", accepted="2024-01-02", due="2024-01-10")
    waiting = add(world, "A3", accepted="2024-06-03", due="2024-06-20", waits=[("2024-06-05", "")])
    quiet = add(world, "A4", accepted="2024-06-03", due="2024-06-20")
    closed = close()
    before = closed.figures["total"]
    assert before["c3"] == 4

    change(finished, on="2024-07-01", ended_at=None, end_kind="", state="processing")
    change(mistaken, on="2024-07-01", state="voided")
    waiting.pauses.update(end=moment("2024-06-20"))
    change(waiting, on="2024-06-20", due_at=moment("2024-07-05", 17))
    change(quiet, on="2024-06-20", ended_at=moment("2024-06-20"), end_kind="finished", state="finished")
    add(world, "L1", accepted="2024-03-01", due="2024-03-08", recorded="2024-07-02")

    again = as_closed("II.06a", Question(FROM, TO, TODAY))
    assert settlement_table(FROM, TO, today=TODAY, known_at=again.known_at).as_json() == closed.figures
    assert settlement_table(FROM, TO, today=TODAY).total != before
    found = {
        row["code"]: (row["outcome_before"], row["outcome_after"])
        for row in late_entries(closed, today=TODAY)
    }
    assert found == {"A1": ("c8", "c13"), "A2": ("c13", None), "L1": (None, "c13")}


def test_late_entries_as_today_are_those_of_the_heirs(world: World) -> None:
    closed = close(structure=Structure.NOW, unit=world.units["H99.61"], now=datetime(2026, 1, 5, tzinfo=VN))
    for code, field in [("L1", "HT"), ("L2", "DD")]:
        add(world, code, accepted="2024-03-01", unit="H99.31", field=field, recorded="2026-02-01")
    assert [(row["code"], row["unit_id"]) for row in late_entries(closed, today=TODAY)] == [
        ("L1", world.units["H99.61"])
    ]


def test_the_next_period_carries_over_what_the_closed_one_left_open(world: World) -> None:
    add(world, "A1", accepted="2024-01-02", due="2024-01-10")
    close()
    following = {"from_": date(2024, 6, 15), "to": date(2024, 12, 14), "today": TODAY}
    balance = opening_balance("II.06a", settlement_table(**following), unit=None)
    assert balance and balance.agrees and balance.left_open == 1
    add(world, "L1", accepted="2024-03-01", recorded="2024-07-02")
    late = opening_balance("II.06a", settlement_table(**following), unit=None)
    assert late and not late.agrees and (late.left_open, late.carried) == (1, 2)
    assert opening_balance("II.06a", settlement_table(**following), unit=world.units["H99.01"]) is None


def test_closing_is_a_recorded_act(world: World) -> None:
    close()
    event = Event.objects.get(name="reports.period_closed")
    assert (event.actor_kind, event.data["form"], event.data["from"]) == ("system", "II.06a", "2023-12-15")


def test_a_period_is_closed_once(world: World) -> None:
    close()
    with pytest.raises(PeriodClosedAlready, match="đã được Hệ thống chốt lúc 09:00 ngày 18/06/2024"):
        close(now=datetime(2024, 6, 19, tzinfo=VN))
    close(structure=Structure.NOW)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"form": "II.99"}, FormUnknown),
        ({"from_": TO, "to": FROM}, PeriodBackwards),
        ({"now": datetime(2024, 6, 14, 23, tzinfo=VN)}, PeriodNotOver),
    ],
)
def test_what_cannot_be_closed_is_refused(
    world: World, changes: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        close(**changes)


@pytest.mark.parametrize("unit", ["H99.31", None])
def test_only_those_who_oversee_a_unit_close_its_periods(world: World, unit: str | None) -> None:
    number = world.units["H99.01"]
    leader = Actor("officer", "Lãnh đạo thử", 1, "H99.01", (Duty("leader", number, frozenset({number})),))
    with pytest.raises(NotAllowed):
        close(actor=leader, unit=unit and world.units[unit])
    assert close(actor=leader, unit=number).closed_by == "Lãnh đạo thử"
