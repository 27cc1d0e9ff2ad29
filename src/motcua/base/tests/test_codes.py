"""Codes fixed by law."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.codes import (
    card_disagreements,
    dossier_code,
    is_dossier_code,
    is_mst,
    is_unit_code,
    national_procedure_code,
    parse_card_qr,
)


@pytest.mark.parametrize(
    ("sequence", "expected"),
    [(1, "H02.04.12-240610-0001"), (9999, "H02.04.12-240610-9999"), (10000, "H02.04.12-240610-10000")],
)
def test_a_dossier_code_grows_past_9999(sequence: int, expected: str) -> None:
    assert dossier_code("H02.04.12", on=date(2024, 6, 10), sequence=sequence) == expected


@given(st.integers(1, 999_999), st.dates(date(2018, 1, 1), date(2099, 12, 31)))
def test_every_generated_code_is_recognised(sequence: int, day: date) -> None:
    assert is_dossier_code(dossier_code("H99.31.01", on=day, sequence=sequence))


@pytest.mark.parametrize("code", ["000.00.04.G18-180701-0001", "G09.20-20260609-0092637", "H02-240610-0012"])
def test_older_and_ministry_patterns_are_recognised(code: str) -> None:
    assert is_dossier_code(code)


@pytest.mark.parametrize("code", ["", "H02", "H02.04-24061-0001", "h02-240610-0001", "H02-240610-0001\n", "H02-240610-001"])
def test_other_texts_are_no_dossier_codes(code: str) -> None:
    assert not is_dossier_code(code)


@pytest.mark.parametrize("code", ["0100233488", "0314409058-002", "001090000001"])
def test_valid_tax_codes(code: str) -> None:
    assert is_mst(code)


@pytest.mark.parametrize(
    "code", ["0100233480", "0100000000", "0314409058-000", "0314409058-02", "0314409058-", "010023348", "01002334888", "x"]
)
def test_invalid_tax_codes(code: str) -> None:
    assert not is_mst(code)


@given(st.text(alphabet="0123456789", min_size=9, max_size=9), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_check_digit_is_always_found(nine: str, digit: int, shift: int) -> None:
    assert not (is_mst(nine + str(digit)) and is_mst(nine + str((digit + shift) % 10)))


@pytest.mark.parametrize("code", ["H02", "H02.04.12", "G18.01.001"])
def test_unit_codes(code: str) -> None:
    assert is_unit_code(code)


@pytest.mark.parametrize("code", ["", "02.04", "H2", "H02.4", "H02..04", "H02" + ".04" * 12])
def test_texts_that_are_no_unit_codes(code: str) -> None:
    assert not is_unit_code(code)


@pytest.mark.parametrize(
    ("text", "national"),
    [("1.005129", "1.005129"), ("3.000181.000.00.00.H22", "3.000181"), (" 2.000815 ", "2.000815"), ("TTHC-01", None)],
)
def test_the_national_part_of_a_procedure_code(text: str, national: str | None) -> None:
    assert national_procedure_code(text) == national


def test_the_qr_of_a_card_gives_number_name_birth_and_address() -> None:
    card = parse_card_qr("001090000001|012345678|Nguyễn Văn Thử|01011990|Nam|Số 1, xã Mẫu|01012021")
    assert card is not None
    assert (card.number, card.name, card.born, card.address) == (
        "001090000001", "Nguyễn Văn Thử", date(1990, 1, 1), "Số 1, xã Mẫu",
    )  # fmt: skip


@pytest.mark.parametrize("payload", ["", "https://example.vn", "123|456|A|01011990|Nam|B", "001090000001||", "|||||||"])
def test_another_qr_is_not_taken_for_a_card(payload: str) -> None:
    assert parse_card_qr(payload) is None


def test_an_impossible_birth_date_on_a_card_is_left_empty() -> None:
    card = parse_card_qr("001090000001||Nguyễn Văn Thử|31021990|Nam|x|")
    assert card is not None
    assert card.born is None


@given(st.text(max_size=200))
def test_reading_a_card_never_fails(payload: str) -> None:
    parse_card_qr(payload)


@pytest.mark.parametrize(
    ("number", "born", "sex", "warnings"),
    [
        ("001090000001", date(1990, 5, 1), "Nam", 0),
        ("001090000001", date(1991, 5, 1), "Nam", 1),
        ("001190000001", date(1990, 5, 1), "Nam", 1),
        ("001305000001", date(2005, 5, 1), "Nữ", 0),
        ("001305000001", date(1905, 5, 1), "Nam", 2),
        ("123456789", date(1990, 5, 1), "Nam", 0),
    ],
)
def test_number_birth_year_and_sex_are_compared_and_only_warned_about(
    number: str, born: date, sex: str, warnings: int
) -> None:
    assert len(card_disagreements(number, born=born, sex=sex)) == warnings
