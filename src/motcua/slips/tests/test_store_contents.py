"""A stored content comes back equal, and Vietnamese dates follow NĐ 30/2020."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from motcua.slips.rules import Purpose, WrongContent, day_words, from_json, moment_words, to_json
from motcua.slips.tests.samples import RECEIPT, SAMPLES


@pytest.mark.parametrize("purpose", Purpose)
def test_a_content_survives_its_json_column(purpose: Purpose) -> None:
    stored = json.loads(json.dumps(to_json(SAMPLES[purpose])))
    assert from_json(purpose, stored) == SAMPLES[purpose]


def test_a_field_added_later_takes_its_default() -> None:
    stored = to_json(RECEIPT)
    del stored["note"]
    assert from_json(Purpose.RECEIPT, stored) == RECEIPT


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"surprise": 1}, "surprise"),
        ({"received_at": "hôm nay"}, "hôm nay"),
        ({"owner": {"phone": "1"}}, "name"),
    ],
)
def test_data_of_another_shape_are_refused(change: dict[str, object], named: str) -> None:
    with pytest.raises(WrongContent, match=named):
        from_json(Purpose.RECEIPT, to_json(RECEIPT) | change)


def test_a_missing_field_is_named() -> None:
    stored = to_json(RECEIPT)
    del stored["term_words"]
    with pytest.raises(WrongContent, match="term_words"):
        from_json(Purpose.RECEIPT, stored)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 3), "ngày 03 tháng 02 năm 2026"),
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 10), "ngày 10 tháng 12 năm 2026"),
    ],
)
def test_days_below_ten_and_the_first_two_months_lead_with_a_zero(day: date, words: str) -> None:
    assert day_words(day) == words


def test_a_moment_is_told_on_a_vietnamese_clock() -> None:
    assert moment_words(datetime(2026, 2, 3, 9, 5, tzinfo=UTC)) == "16 giờ 05 phút, ngày 03 tháng 02 năm 2026"
