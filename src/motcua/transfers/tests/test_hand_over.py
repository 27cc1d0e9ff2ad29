"""A place passes dossiers on in one go; one that cannot go stops no other, and nothing is taken until the other side says so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from motcua.base.actor import SYSTEM
from motcua.base.errors import NotAllowed
from motcua.demo.cast import CITATION, NO_TERM, Cast
from motcua.dossiers import services
from motcua.dossiers.tests.office import NOW
from motcua.organisation import services as units
from motcua.transfers import handing
from motcua.transfers.errors import NothingChosen, SamePlace, TargetClosed, TooManyChosen
from motcua.transfers.models import Line, Slip
from motcua.transfers.rules import AT_ONCE, Kind
from motcua.transfers.tests.desk import (
    LATER,
    NEXT_DAY,
    decided,
    forward,
    from_commune,
    from_elsewhere,
    lines,
    names_of,
    received,
    state,
    take,
)


def test_every_chosen_dossier_goes_with_one_numbered_slip_that_waits_for_the_receiver(cast: Cast) -> None:
    numbers = [received(cast), received(cast)]
    handed = forward(cast, *numbers)
    slip = Slip.objects.get()
    assert handed.slip_id == slip.pk
    assert (slip.number, slip.from_unit_id, slip.to_unit_id) == ("BG-H99.01-260310-0001", cast.centre, cast.justice.unit)
    assert [(line.dossier_id, line.state) for line in lines(slip.pk)] == [(n, "in_transit") for n in numbers]
    assert slip.settled_at is None
    assert slip.confirm_by == NOW + timedelta(hours=6)  # four working hours, the noon break not counted
    assert names_of(numbers[0])[-2:] == ["dossier.forwarded", "transfers.handed_over"]


def test_the_papers_handed_in_go_along_unless_counted_otherwise(cast: Cast) -> None:
    first, second = received(cast), received(cast)
    way = handing.Way(Kind.FORWARD, cast.centre, cast.justice.unit)
    parcels = [handing.Parcel(first), handing.Parcel(second, originals=5, copies=3)]
    slip = handing.hand_over(parcels, way, actor=cast.justice.alice, now=NOW).slip_id
    assert [(line.originals, line.copies) for line in lines(slip)] == [(2, 0), (5, 3)]


def test_one_bad_dossier_stops_no_other(cast: Cast) -> None:
    good, done, other = received(cast), received(cast), received(cast, procedure=NO_TERM, place=cast.land)
    services.forward(done, actor=cast.justice.alice, now=NOW)
    told = {line.dossier_id: line.refusal for line in forward(cast, good, done, other, 999_999).lines}
    assert told[good] == ""
    assert "Không thể chuyển hồ sơ" in told[done]
    assert "thẩm quyền của đơn vị khác" in told[other]
    assert "hồ sơ này" in told[999_999]
    assert [line.dossier_id for line in lines(Slip.objects.get().pk)] == [good]
    assert state(other) == "accepted"


def test_where_nothing_could_go_there_is_no_slip_and_no_number(cast: Cast) -> None:
    done, good = received(cast), received(cast)
    services.forward(done, actor=cast.justice.alice, now=NOW)
    assert forward(cast, done).slip_id is None
    forward(cast, good)
    assert Slip.objects.get().number == "BG-H99.01-260310-0001"


def test_slips_of_a_day_are_numbered_without_gaps_and_apart_from_dossiers(cast: Cast) -> None:
    for _ in range(2):
        forward(cast, received(cast))
    forward(cast, received(cast), now=NEXT_DAY)
    found = sorted(Slip.objects.values_list("number", flat=True))
    assert found == ["BG-H99.01-260310-0001", "BG-H99.01-260310-0002", "BG-H99.01-260311-0001"]


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_only_the_counter_hands_dossiers_over(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        forward(cast, received(cast), actor=getattr(cast.justice, who))


def test_another_counter_cannot_hand_over_for_this_one(cast: Cast) -> None:
    number = received(cast)
    with pytest.raises(NotAllowed):
        forward(cast, number, actor=cast.commune.alice)
    line = from_commune(cast, number).lines[0]
    assert (line.code, "không tìm thấy" in line.refusal.lower()) == ("", True)
    assert state(number) == "accepted"


def test_nothing_too_much_and_to_oneself_are_refused(cast: Cast) -> None:
    with pytest.raises(NothingChosen):
        forward(cast)
    with pytest.raises(TooManyChosen):
        forward(cast, *range(1, AT_ONCE + 2))
    with pytest.raises(SamePlace):
        forward(cast, received(cast), to_unit=cast.centre)


def test_a_closed_unit_is_refused_and_its_successor_named(cast: Cast) -> None:
    number = received(cast)
    day = date(2026, 3, 11)
    units.close_unit(unit_id=cast.justice.unit, on=day, citation=CITATION, actor=SYSTEM, now=NOW)
    with pytest.raises(TargetClosed, match="Chưa khai báo đơn vị kế thừa"):
        forward(cast, number, now=NEXT_DAY)
    units.succeed(
        unit_id=cast.justice.unit, heir_id=cast.land.unit, on=day, citation=CITATION, actor=SYSTEM, now=NOW
    )
    with pytest.raises(TargetClosed, match="do Sở Nông nghiệp và Môi trường tỉnh Mẫu tiếp nhận"):
        forward(cast, number, now=NEXT_DAY)
    assert state(number) == "accepted"
    assert not Line.objects.exists()


def test_a_result_goes_back_to_its_counter_and_touches_no_clock(cast: Cast) -> None:
    number = decided(cast)
    way = handing.Way(Kind.RESULTS, cast.land.unit, cast.centre)
    before = services.store.load(number)
    slip = handing.hand_over([handing.Parcel(number)], way, actor=cast.land.bob, now=LATER).slip_id
    assert [(line.originals, line.copies) for line in lines(slip)] == [(1, 0)]
    take(slip, actor=cast.justice.alice, now=NEXT_DAY)
    assert services.store.load(number) == before
    again = handing.hand_over([handing.Parcel(number)], way, actor=cast.land.bob, now=NEXT_DAY).lines[0]
    assert "đã được nơi tiếp nhận xác nhận" in again.refusal


def test_a_result_under_way_goes_on_no_second_slip(cast: Cast) -> None:
    number = decided(cast)
    way = handing.Way(Kind.RESULTS, cast.land.unit, cast.centre)
    handing.hand_over([handing.Parcel(number)], way, actor=cast.land.bob, now=NOW)
    second = handing.hand_over([handing.Parcel(number)], way, actor=cast.land.charlie, now=NOW)
    assert second.slip_id is None
    assert "BG-H99.03-260310-0001" in second.lines[0].refusal


def test_a_result_goes_to_no_other_counter_and_not_before_it_is_there(cast: Cast) -> None:
    number, unfinished = decided(cast), received(cast, procedure=NO_TERM, place=cast.land)
    to_commune = handing.Way(Kind.RESULTS, cast.land.unit, cast.commune.counter)
    to_centre = handing.Way(Kind.RESULTS, cast.land.unit, cast.centre)
    other = handing.hand_over([handing.Parcel(number)], to_commune, actor=cast.land.bob, now=NOW).lines[0]
    early = handing.hand_over([handing.Parcel(unfinished)], to_centre, actor=cast.land.bob, now=NOW).lines[0]
    assert "nơi tiếp nhận khác" in other.refusal
    assert "không nằm ở đơn vị của bạn" in early.refusal


def test_scanned_codes_are_sorted_by_where_they_go_and_each_is_answered(cast: Cast) -> None:
    first, second = received(cast), received(cast, procedure=NO_TERM, place=cast.land)
    foreign = from_elsewhere(cast)
    codes = [services.store.load(n).code or "" for n in (first, second, foreign)]
    way = handing.Way(Kind.FORWARD, cast.centre, 0)
    slips, answers = handing.hand_over_codes([*codes, "H99.01-260310-9999"], way, actor=cast.justice.alice, now=NOW)
    assert len(slips) == 2
    assert [one.code for one in answers] == [*codes, "H99.01-260310-9999"]
    assert [bool(one.refusal) for one in answers] == [False, False, True, True]
    assert [state(n) for n in (first, second, foreign)] == ["processing", "processing", "accepted"]
