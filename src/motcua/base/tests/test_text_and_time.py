"""Folding of Vietnamese, and Vietnamese time."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.text import clean, fold
from motcua.base.time import VN, day_end, day_start, local, local_date


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng ký khai sinh", "dang ky khai sinh"),
        ("  Nguyễn   Thị\tƯớc ", "nguyen thi uoc"),
        (unicodedata.normalize("NFD", "Thừa Thiên – Huế"), "thua thien – hue"),
        ("ĐẤT ĐAI", "dat dai"),
    ],
)
def test_folding_forgives_accents_case_and_spaces(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_texts_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_names_are_stored_composed_with_single_spaces() -> None:
    assert clean(unicodedata.normalize("NFD", " Nguyễn  Văn Thử ")) == "Nguyễn Văn Thử"


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        local(datetime(2026, 1, 1))  # noqa: DTZ001


def test_the_vietnamese_date_of_a_moment_late_in_the_day_abroad() -> None:
    assert local_date(datetime(2026, 3, 1, 18, tzinfo=timezone.utc)) == date(2026, 3, 2)  # noqa: UP017


@given(st.dates(date(1990, 1, 1), date(2199, 1, 1)))
def test_a_day_runs_from_midnight_to_midnight(day: date) -> None:
    assert local_date(day_start(day)) == day
    assert local_date(day_end(day) - timedelta(microseconds=1)) == day
    assert day_end(day).tzinfo is VN
