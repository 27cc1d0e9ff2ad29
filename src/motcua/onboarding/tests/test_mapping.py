"""The header is found wherever it stands, columns are guessed by its words, a mapping fits sheets of another order."""

from __future__ import annotations

import pytest

from motcua.onboarding.rules.choices import LABELS, WORDS
from motcua.onboarding.rules.fields import DOSSIERS, FIELDS, OFFICERS, UNITS, Kind
from motcua.onboarding.rules.mapping import (
    Plan,
    by_columns,
    by_words,
    guessed,
    header_line,
    labels,
    letter,
    missing,
    repeated,
)
from motcua.onboarding.rules.rows import read_row, strange_words
from motcua.onboarding.tests.sheets import DOSSIER_HEADS, OFFICER_HEADS, UNIT_HEADS, dossier


@pytest.mark.parametrize("kind", list(Kind))
def test_the_heads_of_our_own_template_are_all_guessed(kind: Kind) -> None:
    fields = FIELDS[kind]
    assert guessed([field.label for field in fields], fields) == {
        field.key: n for n, field in enumerate(fields)
    }


@pytest.mark.parametrize("heads", [UNIT_HEADS, OFFICER_HEADS, DOSSIER_HEADS])
def test_usual_heads_of_other_systems_are_guessed(heads: list[str]) -> None:
    fields = {len(UNIT_HEADS): UNITS, len(OFFICER_HEADS): OFFICERS, len(DOSSIER_HEADS): DOSSIERS}[len(heads)]
    assert sorted(guessed(heads, fields).values()) == list(range(len(heads)))


def test_accents_capitals_and_marks_do_not_matter() -> None:
    assert guessed(["HO VA TEN *", "tên đăng nhập:"], OFFICERS) == {"full_name": 0, "username": 1}


def test_titles_above_the_header_are_passed_over() -> None:
    rows = [
        (1, ("DANH SÁCH CÁN BỘ",)),
        (3, ("Đơn vị: Sở Mẫu", "Năm 2026")),
        (5, tuple(OFFICER_HEADS)),
        (6, ("a", "b")),
    ]
    assert header_line(rows, OFFICERS) == 5


def test_without_known_words_the_first_line_of_two_cells_is_the_header() -> None:
    assert header_line([(1, ("x",)), (2, ("p", "q")), (3, ("r", "s"))], OFFICERS) == 2


def test_equal_heads_are_told_and_told_apart_by_their_letters() -> None:
    head = ["Mã", "Tên", "Tên", ""]
    assert repeated(head) == ["Tên"]
    assert labels(head, 5) == ["A – Mã", "B – Tên", "C – Tên", "D", "E"]


def test_a_kept_mapping_finds_its_columns_in_another_order() -> None:
    kept = by_words({"username": 0, "full_name": 2}, ["Tài khoản", "Tên", "Tên"])
    assert by_columns(kept, ["Tên", "x", "Tên", "Tài khoản"]) == {"username": 3, "full_name": 2}
    assert by_columns(kept, ["Tên", "Tài khoản"]) == {"username": 1}


def test_columns_are_called_as_sheets_call_them() -> None:
    assert [letter(n) for n in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]


def test_a_value_for_all_lines_fills_empty_cells_only() -> None:
    plan = Plan({"unit": 0}, {"unit": "H99.02"})
    assert plan.read(["H99.03"])["unit"] == "H99.03"
    assert plan.read([""])["unit"] == "H99.02"
    assert "unit" not in {field.key for field in missing(OFFICERS, Plan({}, {"unit": "H99"}))}


def test_strange_words_are_asked_for_and_then_understood() -> None:
    columns = guessed(DOSSIER_HEADS, DOSSIERS)
    plan = Plan(columns, {"system": "X"})
    rows = [dossier(1, stage="Chờ anh Ba xem"), dossier(2)]
    assert strange_words(Kind.DOSSIERS, rows, plan) == {"stage": ["Chờ anh Ba xem"]}
    told = Plan(columns, {"system": "X"}, {"stage": {"cho anh ba xem": "S4"}})
    row, problems = read_row(Kind.DOSSIERS, rows[0], told)
    assert problems == []
    assert row is not None and row.stage == "S4"  # type: ignore[union-attr]


def test_every_value_may_be_chosen_and_every_choice_is_known() -> None:
    for key, known in WORDS.items():
        assert set(known.values()) == set(LABELS[key])
