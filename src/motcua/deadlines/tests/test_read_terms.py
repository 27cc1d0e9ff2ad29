"""Terms as people write them: read exactly, or refused with a sentence; never guessed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.deadlines.rules import Term, TermUnit, TermUnreadable, TermWithoutUnit, parse_term

U = TermUnit


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("5 ngày làm việc", Term(5, U.WORKING_DAY)),
        ("05 (năm) ngày làm việc", Term(5, U.WORKING_DAY)),
        ("  5  NGÀY   làm việc. ", Term(5, U.WORKING_DAY)),
        ("30 ngày", Term(30, U.DAY)),
        ("2 tháng", Term(2, U.MONTH)),
        ("4 giờ làm việc", Term(4, U.WORKING_HOUR)),
        ("24 giờ", Term(24, U.HOUR)),
        ("trong ngày", Term(1, U.SAME_DAY)),
        ("Trong ngày làm việc", Term(1, U.SAME_DAY)),
        ("5 ngay_lam_viec", Term(5, U.WORKING_DAY)),
        ("2.5 ngày làm việc", Term(20, U.WORKING_HOUR)),
        ("0,5 ngày làm việc", Term(4, U.WORKING_HOUR)),
        ("1/2 ngày làm việc", Term(4, U.WORKING_HOUR)),
        ("2,0 ngày", Term(2, U.DAY)),
        ("4/2 ngày", Term(2, U.DAY)),
    ],
)
def test_terms_are_read(text: str, term: Term) -> None:
    assert parse_term(text) == term
    assert parse_term(unicodedata.normalize("NFD", text)) == term


@pytest.mark.parametrize("text", ["5", " 05 ", "2,5", "10 ()"])
def test_a_number_without_a_unit_is_refused(text: str) -> None:
    with pytest.raises(TermWithoutUnit):
        parse_term(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "ngày", "không quy định", "5 tuần", "5 ngày hoặc 7 ngày", "-5 ngày", "0 ngày", "10000 ngày",
        "1/0 ngày", "1/2 ngày",
        "1,5 tháng", "0,5 giờ", "2,3 ngày làm việc", "1/3 ngày làm việc", "5 ngày làm việc nếu",
        "5 - 7 ngày",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(TermUnreadable) as refusal:
        parse_term(text)
    assert "ngày làm việc" in refusal.value.message


@given(st.integers(1, 9_999), st.sampled_from([unit for unit in TermUnit if unit is not U.SAME_DAY]))
def test_the_words_of_a_term_read_back(amount: int, unit: TermUnit) -> None:
    assert parse_term(Term(amount, unit).words()) == Term(amount, unit)


def test_within_the_day_reads_back() -> None:
    assert Term(1, U.SAME_DAY).words() == "trong ngày"
    assert parse_term("trong ngày").words() == "trong ngày"
