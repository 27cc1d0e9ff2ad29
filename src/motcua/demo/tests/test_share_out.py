"""The mix of the scale load keeps its proportions to the last dossier."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from motcua.demo.scale import BAC_GIANG_2024, expected, scaled, share_out

PRINTED_TOTAL = {
    "c3": 314_849, "c4": 300_458, "c5": 4_144, "c6": 10_247, "c7": 304_939, "c8": 261_764, "c9": 40_890, "c10": 2_285,
    "c11": 9_910, "c12": 9_700, "c13": 210, "returned": 335,
}  # fmt: skip


def test_the_levels_add_up_to_the_half_year():
    assert expected(BAC_GIANG_2024)["total"] == PRINTED_TOTAL


@given(st.integers(0, 10**7), st.lists(st.integers(0, 10**6), min_size=1, max_size=9).filter(any))
def test_shares_add_up_and_stay_within_one_of_the_exact_part(count, weights):
    shares = share_out(count, weights)
    assert sum(shares) == count
    assert all(abs(part * sum(weights) - count * weight) < sum(weights) for part, weight in zip(shares, weights, strict=True))


@given(st.integers(1, 2_000_000))
def test_every_size_keeps_the_identities_of_the_table(count):
    for row in expected(scaled(BAC_GIANG_2024, count)).values():
        assert row["c3"] == row["c4"] + row["c5"] + row["c6"] == row["c7"] + row["c11"]
        assert row["c7"] == row["c8"] + row["c9"] + row["c10"]
        assert row["returned"] <= row["c9"]


def test_carried_dossiers_find_room_among_the_settled_ones():
    for figures in BAC_GIANG_2024.values():
        assert figures.c6 <= figures.as_row()["c7"]
