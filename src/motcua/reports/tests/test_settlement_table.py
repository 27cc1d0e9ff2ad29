"""A population made by hand that touches every column by every rule of order; the table is counted on paper."""

from __future__ import annotations

from datetime import date

import pytest

from motcua.dossiers.models import Dossier
from motcua.organisation.rules import UnitClosed, UnitUnknown
from motcua.reports.queries import Cell, Question, dossiers_behind, settlement_table, unit_asked
from motcua.reports.rules import COLUMNS, CellUnknown, PeriodBackwards, Structure
from motcua.reports.tables import SettlementTable
from motcua.reports.tests.world import World, add, moment

FROM, TO, TODAY = date(2023, 12, 15), date(2024, 6, 14), date(2026, 11, 20)


@pytest.fixture
def population(world: World) -> World:
    # way in: online, direct, post, carried; settled: early, on the date, late, by date and not by hour
    add(world, "A1", accepted="2024-01-02", due="2024-01-10", ended="2024-01-09", kind="finished")
    add(
        world,
        "A2",
        accepted="2024-01-02",
        due="2024-01-10",
        ended="2024-01-10",
        kind="finished",
        channel="direct",
    )
    add(
        world,
        "A3",
        accepted="2024-01-02",
        due="2024-01-10",
        ended="2024-01-11",
        kind="refused",
        channel="post",
    )
    add(world, "A4", accepted="2023-12-14", due="2023-12-14", ended="2023-12-15", kind="finished")
    # stopped, sent back, withdrawn: column 9 although late or early
    add(world, "B1", accepted="2024-01-02", due="2024-01-10", ended="2024-02-01", kind="stopped")
    add(
        world,
        "B2",
        accepted="2024-01-02",
        due="2024-01-10",
        ended="2024-01-03",
        kind="withdrawn",
        unit="H99.31",
    )
    add(world, "B3", accepted="2024-01-02", ended="2024-01-03", kind="sent_back", unit="H99.31.01")
    # no term: column 9 or 12
    add(world, "C1", accepted="2024-01-02", ended="2024-05-01", kind="finished", unit="H99.31", field="DD")
    add(world, "C2", accepted="2024-01-02", unit="H99.31", field="DD")
    # open: waiting before dates; due on the last day is within; ended later is open
    add(world, "D1", accepted="2024-01-02", due="2024-01-10", waits=[("2024-01-05", "")], unit="H99.31.01")
    add(
        world,
        "D2",
        accepted="2024-01-02",
        due="2024-01-10",
        waits=[("2024-01-05", "2024-06-20")],
        unit="H99.31.01",
    )
    add(
        world,
        "D3",
        accepted="2024-01-02",
        due="2024-01-10",
        waits=[("2024-01-05", "2024-01-08")],
        unit="H99.31.01",
    )
    add(world, "D4", accepted="2024-06-14", due="2024-06-14")
    add(world, "D5", accepted="2024-06-03", due="2024-06-13", ended="2024-06-17", kind="withdrawn")
    # outside: not yet accepted, ended before, accepted by mistake
    add(world, "X1", accepted="2024-06-15", due="2024-06-20")
    add(world, "X2", accepted="2023-12-01", due="2023-12-10", ended="2023-12-14", kind="finished")
    add(world, "X3", accepted="2024-01-02", due="2024-01-10", voided=True)
    return world


EXPECTED = {
    "c3": 14, "c4": 11, "c5": 2, "c6": 1,
    "c7": 8, "c8": 1, "c9": 5, "c10": 2,
    "c11": 6, "c12": 4, "c13": 2, "returned": 3,
}  # fmt: skip


def table(world: World, **how: object) -> SettlementTable:
    return settlement_table(FROM, TO, today=TODAY, **how)  # type: ignore[arg-type]


def test_the_table_is_what_a_person_counts(population: World) -> None:
    assert table(population).total == EXPECTED


def test_levels_and_units_share_out_the_total(population: World) -> None:
    drawn = table(population)
    assert {part.level: part.figures["c3"] for part in drawn.levels} == {
        "province": 7,
        "district": 3,
        "commune": 4,
    }
    assert {line.code: line.figures["c3"] for line in drawn.units} == {
        "H99.01": 7,
        "H99.31": 3,
        "H99.31.01": 4,
    }
    assert all(identity.holds for identity in drawn.identities)
    for column in (*COLUMNS, "returned"):
        assert sum(line.figures[column] for line in drawn.units) == EXPECTED[column]


def test_lines_under_a_level_are_fields(population: World) -> None:
    district = table(population).levels[1]
    assert [(line.name, line.figures["c3"]) for line in district.fields] == [("Hộ tịch", 1), ("Đất đai", 2)]


def test_a_unit_is_counted_with_everything_ever_below_it(population: World) -> None:
    drawn = table(population, unit=population.units["H99.31"])
    assert {line.code for line in drawn.units} == {"H99.31", "H99.31.01"}
    assert drawn.total["c3"] == 7
    assert table(population, unit=population.units["H99"]).total == EXPECTED


def test_drawn_as_today_the_work_lies_with_its_heirs(population: World) -> None:
    drawn = table(population, structure=Structure.NOW)
    assert drawn.total == EXPECTED
    assert {line.code: line.figures["c3"] for line in drawn.units} == {"H99.01": 9, "H99.61": 5}
    assert {part.level: part.figures["c3"] for part in drawn.levels} == {
        "province": 9,
        "district": 0,
        "commune": 5,
    }


def test_as_today_a_unit_has_what_it_inherited(population: World) -> None:
    drawn = table(population, structure=Structure.NOW, unit=population.units["H99.61"])
    assert (drawn.total["c3"], drawn.total["returned"]) == (5, 2)


def test_the_json_has_plain_integers(population: World) -> None:
    body = table(population).as_json()
    assert body["total"] == EXPECTED
    assert body["levels"][0]["level"] == "province"
    assert body["units"][0] == {"unit": "H99.01", "name": "Sở Tư pháp", "level": "province"} | dict(
        table(population).units[0].figures
    )
    assert {"name": "c3 = c7 + c11", "left": 14, "right": 14, "holds": True} in body["identities"]


@pytest.mark.parametrize("structure", list(Structure))
@pytest.mark.parametrize("column", [*COLUMNS, "returned"])
def test_every_figure_opens_as_many_dossiers_as_it_says(
    population: World, column: str, structure: Structure
) -> None:
    question = Question(FROM, TO, TODAY, structure=structure)
    drawn = table(population, structure=structure)
    assert len(dossiers_behind(Cell(column), question)) == drawn.total[column]
    for line in drawn.units:
        assert len(dossiers_behind(Cell(column, unit_id=line.unit_id), question)) == line.figures[column]
    for part in drawn.levels:
        assert len(dossiers_behind(Cell(column, level=part.level), question)) == part.figures[column]
        for field in part.fields:
            cell = Cell(column, level=part.level, field_id=field.field_id)
            assert len(dossiers_behind(cell, question)) == field.figures[column]


def test_the_list_behind_a_figure_is_paged_by_code(population: World) -> None:
    question = Question(FROM, TO, TODAY)
    assert [row["code"] for row in dossiers_behind(Cell("c13"), question)] == ["D3", "D5"]
    assert [row["code"] for row in dossiers_behind(Cell("c3"), question, offset=4, limit=5)] == [
        "B1",
        "B2",
        "B3",
        "C1",
        "C2",
    ]


def test_an_unknown_column_is_refused(population: World) -> None:
    with pytest.raises(CellUnknown, match="c99"):
        dossiers_behind(Cell("c99"), Question(FROM, TO, TODAY))


def test_a_period_that_ends_before_it_begins_is_refused(world: World) -> None:
    with pytest.raises(PeriodBackwards, match="14/06/2024"):
        settlement_table(TO, FROM, today=TODAY)


def test_a_re_appointment_never_matters(world: World) -> None:
    add(world, "R1", accepted="2024-01-02", due="2024-01-10", ended="2024-01-15", kind="finished")
    Dossier.objects.update(reappointed_at=moment("2024-01-31"))
    assert table(world).total["c10"] == 1


def test_an_unknown_unit_is_named(world: World) -> None:
    with pytest.raises(UnitUnknown, match="H99.77"):
        unit_asked("H99.77", Question(FROM, TO, TODAY))


def test_a_closed_unit_is_asked_for_the_time_it_existed(world: World) -> None:
    assert unit_asked("H99.31", Question(FROM, TO, TODAY)).name == "UBND huyện Mẫu"
    after = Question(date(2025, 12, 15), date(2026, 6, 14), TODAY)
    today = Question(FROM, TO, TODAY, structure=Structure.NOW)
    for question in (after, today):
        with pytest.raises(UnitClosed, match="UBND huyện Mẫu"):
            unit_asked("H99.31", question)
