"""Two sides, two times, two persons: what the receiver says of each line, and what follows for the dossier."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from motcua.base.errors import NotAllowed, NotFound
from motcua.demo.cast import Cast
from motcua.dossiers import access as dossier_access
from motcua.dossiers import models, services, store
from motcua.dossiers.tests.office import NOW, province
from motcua.transfers import taking
from motcua.transfers.errors import NothingChosen, OwnSlip
from motcua.transfers.models import Line, Slip, Stoppage
from motcua.transfers.tests.desk import (
    LATER,
    NEXT_DAY,
    forward,
    from_commune,
    from_elsewhere,
    lines,
    names_of,
    received,
    refuse,
    state,
    take,
)


def test_at_its_own_counter_a_confirmation_records_and_nothing_else(cast: Cast) -> None:
    number = received(cast)
    slip = forward(cast, number).slip_id
    before = store.load(number)
    assert [one.refusal for one in take(slip, actor=cast.justice.bob)] == [""]
    assert store.load(number) == before
    line = lines(slip)[0]
    assert (line.state, line.settled_at, line.settled_by) == ("taken", LATER, cast.justice.bob.label)
    assert Slip.objects.get().settled_at == LATER
    assert names_of(number)[-1] == "transfers.taken_over"


def test_taken_in_elsewhere_the_confirmation_starts_the_clock(cast: Cast) -> None:
    number = from_elsewhere(cast)
    slip = from_commune(cast, number).slip_id
    assert (state(number), store.load(number).received_at) == ("forwarded", None)
    take(slip, actor=cast.justice.bob)
    dossier = store.load(number)
    assert (dossier.state, dossier.received_at) == ("processing", LATER)
    assert names_of(number)[-2:] == ["dossier.received", "transfers.taken_over"]


def test_what_was_received_on_its_page_is_only_recorded(cast: Cast) -> None:
    number = from_elsewhere(cast)
    slip = from_commune(cast, number).slip_id
    services.receive(number, actor=cast.justice.charlie, now=NOW)
    assert take(slip, actor=cast.justice.bob)[0].refusal == ""
    assert store.load(number).received_at == NOW


@pytest.mark.parametrize("elsewhere", [True, False])
def test_a_refused_line_lies_at_the_counter_again_with_its_reason(cast: Cast, elsewhere: bool) -> None:
    number = from_elsewhere(cast) if elsewhere else received(cast)
    slip = (from_commune if elsewhere else forward)(cast, number).slip_id
    before = names_of(number)
    due = store.load(number).due_at
    assert refuse(slip, actor=cast.justice.bob)[0].refusal == ""
    dossier = store.load(number)
    assert (dossier.state, dossier.holder_unit_id, dossier.step_position) == ("accepted", dossier.intake_unit_id, 1)
    assert dossier.due_at == due
    assert names_of(number) == [*before, "dossier.handed_back", "transfers.line_refused"]
    line = lines(slip)[0]
    assert (line.state, line.reason_kind, line.reason) == ("refused", "missing_paper", "Thiếu bản chính tờ khai")
    again = (from_commune if elsewhere else forward)(cast, number, now=LATER)
    assert take(again.slip_id, actor=cast.justice.bob, now=NEXT_DAY)[0].refusal == ""
    assert state(number) == "processing"


def test_a_refusal_without_reason_is_told_and_the_line_stays_under_way(cast: Cast) -> None:
    slip = forward(cast, received(cast)).slip_id
    answers = [taking.Answer(False, "missing_paper", "  "), taking.Answer(False, "", "Thiếu"), taking.Answer(False, "x", "y")]
    for answer in answers:
        told = taking.settle(slip or 0, {lines(slip)[0].pk: answer}, actor=cast.justice.bob, now=LATER)
        assert "Hãy chọn loại lý do" in told[0].refusal
    assert lines(slip)[0].state == "in_transit"


def test_one_line_is_taken_another_refused_the_third_stays_open(cast: Cast) -> None:
    slip = forward(cast, received(cast), received(cast), received(cast)).slip_id
    first, second, third = lines(slip)
    answers = {first.pk: taking.Answer(take=True), second.pk: taking.Answer(False, "wrong_unit", "Thuộc Sở khác")}
    taking.settle(slip or 0, answers, actor=cast.justice.bob, now=LATER)
    assert [line.state for line in lines(slip)] == ["taken", "refused", "in_transit"]
    assert Slip.objects.get().settled_at is None
    taking.settle(slip or 0, {third.pk: taking.Answer(take=True)}, actor=cast.justice.charlie, now=NEXT_DAY)
    assert Slip.objects.get().settled_at == NEXT_DAY


def test_what_the_unit_has_begun_to_handle_is_not_refused_any_more(cast: Cast) -> None:
    number = received(cast)
    slip = forward(cast, number).slip_id
    services.advance(number, position=2, actor=cast.justice.charlie, now=NOW)
    assert "đã xử lý hồ sơ này" in refuse(slip, actor=cast.justice.bob)[0].refusal
    assert lines(slip)[0].state == "in_transit"
    assert state(number) == "processing"


def test_giver_outsiders_and_other_units_cannot_confirm(cast: Cast) -> None:
    slip = forward(cast, received(cast)).slip_id
    for stranger in (cast.outsider, cast.land.bob, cast.commune.alice, cast.justice.alice):
        with pytest.raises(NotAllowed):
            take(slip, actor=stranger)
    both = replace(cast.justice.bob, id=cast.justice.alice.id)
    with pytest.raises(OwnSlip):
        take(slip, actor=both)
    assert lines(slip)[0].state == "in_transit"


def test_a_line_of_another_slip_and_no_answer_at_all_are_refused(cast: Cast) -> None:
    first, second = forward(cast, received(cast)).slip_id, forward(cast, received(cast)).slip_id
    with pytest.raises(NotFound):
        taking.settle(first or 0, {lines(second)[0].pk: taking.Answer(take=True)}, actor=cast.justice.bob, now=LATER)
    with pytest.raises(NothingChosen):
        taking.settle(first or 0, {}, actor=cast.justice.bob, now=LATER)
    with pytest.raises(NotFound):
        taking.settle(999_999, {1: taking.Answer(take=True)}, actor=cast.justice.bob, now=LATER)


def test_the_second_officer_learns_what_the_first_did(cast: Cast) -> None:
    number = from_elsewhere(cast)
    slip = from_commune(cast, number).slip_id
    take(slip, actor=cast.justice.bob)
    told = refuse(slip, actor=cast.justice.charlie, now=NEXT_DAY)[0]
    assert cast.justice.bob.label in told.refusal
    assert lines(slip)[0].state == "taken"
    assert state(number) == "processing"


@pytest.mark.django_db(transaction=True)
def test_two_officers_confirming_the_same_line_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = province()
    slip = from_commune(cast, from_elsewhere(cast)).slip_id
    told: list[Any] = []

    def confirm(actor: Any) -> None:
        told.append(take(slip, actor=actor)[0].refusal)
        connection.close()

    threads = [threading.Thread(target=confirm, args=[who]) for who in (cast.justice.bob, cast.justice.charlie)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(bool(refusal) for refusal in told) == [False, True]
    assert Line.objects.get().state == "taken"
    assert models.Dossier.objects.get().state == "processing"


def test_late_confirmation_leaves_the_working_minutes_lost(cast: Cast) -> None:
    slip = forward(cast, received(cast)).slip_id
    due = Slip.objects.get().confirm_by
    assert due is not None
    take(slip, actor=cast.justice.bob, now=due + timedelta(hours=18))
    lost = Stoppage.objects.get()
    assert (lost.unit_id, lost.minutes, lost.move) == (cast.justice.unit, 240, "confirmed")


def test_scanned_codes_are_confirmed_whichever_slip_they_are_on(cast: Cast) -> None:
    first, second, idle = received(cast), received(cast), received(cast)
    forward(cast, first)
    forward(cast, second)
    codes = [store.load(n).code or "" for n in (first, second, idle)]
    told = taking.take_by_codes(codes, actor=cast.justice.bob, now=LATER)
    assert [(one.code, bool(one.refusal)) for one in told] == list(zip(codes, [False, False, True], strict=True))
    assert set(Line.objects.values_list("state", flat=True)) == {"taken"}
    assert all(one.refusal for one in taking.take_by_codes(codes, actor=cast.land.bob, now=LATER))


def test_the_receiver_of_a_slip_reads_the_dossier_and_nobody_else_does(cast: Cast) -> None:
    number = received(cast)
    forward(cast, number)
    dossier = store.load(number)
    assert dossier_access.sees(cast.justice.bob, dossier)
    assert not dossier_access.sees(cast.land.bob, dossier)
    assert not dossier_access.sees(cast.outsider, dossier)
