"""What stands still is set going by the officers: sent again, taken back, redirected; the working minutes lost are kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from motcua.base.actor import SYSTEM
from motcua.base.errors import NotAllowed, NotFound
from motcua.catalogue.services import give_competence
from motcua.demo.cast import LICENCE, SINCE, Cast
from motcua.dossiers import services, store
from motcua.dossiers.tests.office import NOW, client_of
from motcua.journal.models import Delivery, Event
from motcua.transfers import legs, resuming, stuck, taking
from motcua.transfers.errors import AlreadySettled, ReasonNeeded
from motcua.transfers.models import Leg, Line, Slip, Stoppage
from motcua.transfers.tests.desk import (
    LATER,
    NEXT_DAY,
    forward,
    from_commune,
    from_elsewhere,
    lines,
    names_of,
    received,
    state,
    take,
)

HOME = "/office/luan-chuyen/vuong/"
TOMORROW_TEN = NEXT_DAY + timedelta(hours=2)


def kinds(actor: Any, now: datetime = TOMORROW_TEN) -> list[str]:
    return [one.what for one in stuck.found(actor, now=now)]


def test_an_unconfirmed_slip_is_stuck_after_its_time_at_both_ends_only(cast: Cast) -> None:
    from_commune(cast, from_elsewhere(cast))
    assert kinds(cast.commune.alice, now=LATER) == []
    for actor in (cast.commune.alice, cast.justice.bob):
        assert kinds(actor) == ["line"]
    assert kinds(cast.land.bob) == []
    assert stuck.found(cast.justice.bob, now=TOMORROW_TEN)[0].minutes > 0


def test_sent_again_it_has_a_new_time_and_the_minutes_are_kept(cast: Cast) -> None:
    line = lines(from_commune(cast, from_elsewhere(cast)).slip_id)[0]
    resuming.resend_line(line.pk, reason="Đã gọi điện nhắc", actor=cast.commune.alice, now=TOMORROW_TEN)
    line.refresh_from_db()
    assert line.due_at is not None and line.due_at > TOMORROW_TEN
    assert kinds(cast.commune.alice) == []
    lost = Stoppage.objects.get()
    assert (lost.move, lost.reason, lost.unit_id) == ("resent", "Đã gọi điện nhắc", cast.justice.unit)
    assert lost.minutes > 0


@pytest.mark.parametrize("elsewhere", [True, False])
def test_taken_back_it_lies_at_the_counter_again(cast: Cast, elsewhere: bool) -> None:
    number = from_elsewhere(cast) if elsewhere else received(cast)
    slip = (from_commune if elsewhere else forward)(cast, number).slip_id
    giver = cast.commune.alice if elsewhere else cast.justice.alice
    resuming.take_back_line(lines(slip)[0].pk, reason="Giao nhầm", actor=giver, now=LATER)
    assert (state(number), lines(slip)[0].state) == ("accepted", "withdrawn")
    assert Slip.objects.get(pk=slip).settled_at == LATER
    assert names_of(number)[-2:] == ["dossier.taken_back", "transfers.line_taken_back"]
    assert not Stoppage.objects.exists()
    assert taking.settle(
        slip or 0, {lines(slip)[0].pk: taking.Answer(take=True)}, actor=cast.justice.bob, now=LATER
    )[0].refusal


def test_redirected_it_is_on_a_new_slip_to_the_right_unit(cast: Cast) -> None:
    give_competence(
        cast.land.unit, level="province", valid_from=SINCE, decision="02/QĐ-MẪU", procedure_code=LICENCE, actor=SYSTEM, now=NOW
    )
    number = from_elsewhere(cast)
    line = lines(from_commune(cast, number).slip_id)[0]
    fresh = resuming.redirect_line(
        line.pk, to_unit=cast.land.unit, reason="Thuộc Sở khác", actor=cast.commune.alice, now=TOMORROW_TEN
    )
    slip = Slip.objects.get(pk=fresh)
    assert (slip.to_unit_id, store.load(number).unit_id, state(number)) == (cast.land.unit, cast.land.unit, "forwarded")
    assert Stoppage.objects.get().move == "redirected"
    take(fresh, actor=cast.land.bob, now=TOMORROW_TEN)
    assert state(number) == "processing"


def test_a_unit_without_competence_is_refused_and_nothing_changes(cast: Cast) -> None:
    number = from_elsewhere(cast)
    line = lines(from_commune(cast, number).slip_id)[0]
    before = names_of(number)
    with pytest.raises(Exception, match="không"):
        resuming.redirect_line(line.pk, to_unit=cast.land.unit, reason="x", actor=cast.commune.alice, now=LATER)
    assert (names_of(number), Line.objects.get().state) == (before, "in_transit")


def test_only_the_giver_acts_says_why_and_not_on_what_is_settled(cast: Cast) -> None:
    slip = from_commune(cast, from_elsewhere(cast)).slip_id
    line = lines(slip)[0].pk
    for verb in (resuming.resend_line, resuming.take_back_line):
        for stranger in (cast.justice.bob, cast.land.bob, cast.outsider):
            with pytest.raises(NotAllowed):
                verb(line, reason="x", actor=stranger, now=LATER)
        with pytest.raises(ReasonNeeded):
            verb(line, reason=" ", actor=cast.commune.alice, now=LATER)
    take(slip, actor=cast.justice.bob)
    with pytest.raises(AlreadySettled):
        resuming.take_back_line(line, reason="x", actor=cast.commune.alice, now=LATER)
    with pytest.raises(NotFound):
        resuming.take_back_line(999_999, reason="x", actor=cast.commune.alice, now=LATER)


def test_forwarded_without_a_slip_is_stuck_too_and_received_or_taken_back(cast: Cast) -> None:
    first, second = from_elsewhere(cast), from_elsewhere(cast)
    for number in (first, second):
        services.forward(number, actor=cast.commune.alice, now=NOW)
    assert kinds(cast.justice.bob, now=LATER) == []
    assert kinds(cast.justice.bob) == ["dossier", "dossier"]
    resuming.receive_dossier(first, actor=cast.justice.bob, now=TOMORROW_TEN)
    resuming.take_back_dossier(second, reason="Chuyển lại", actor=cast.commune.alice, now=TOMORROW_TEN)
    assert (state(first), state(second)) == ("processing", "accepted")
    assert sorted(Stoppage.objects.values_list("move", flat=True)) == ["confirmed", "taken_back"]


def test_a_leg_nobody_received_is_sent_again_redirected_or_taken_back(cast: Cast) -> None:
    number = received(cast)
    services.forward(number, actor=cast.justice.alice, now=NOW)
    leg = legs.send_leg(
        number, from_unit=cast.justice.unit, to_unit=cast.board, purpose="Trình ký", actor=cast.justice.bob, now=NOW
    )
    assert kinds(cast.justice.bob) == ["leg"]
    resuming.resend_leg(leg, reason="Nhắc", actor=cast.justice.bob, now=TOMORROW_TEN)
    assert kinds(cast.justice.bob) == []
    fresh = resuming.redirect_leg(
        leg, to_unit=cast.land.unit, reason="Nhầm nơi", actor=cast.justice.bob, now=TOMORROW_TEN
    )
    assert Leg.objects.get(pk=leg).instead_id == fresh
    resuming.take_back_leg(fresh, reason="Không cần nữa", actor=cast.justice.bob, now=TOMORROW_TEN)
    assert not Leg.objects.filter(cancelled_at=None).exists()


def test_a_failed_message_is_sent_again_by_the_officer(cast: Cast) -> None:
    number = received(cast)
    event = Event.objects.filter(stream="dossier", stream_id=str(number)).first()
    delivery = Delivery.objects.create(
        event=event, destination="email.applicant", stream="dossier", stream_id=str(number), attempts=3,
        next_at=NOW + timedelta(days=9), note="Máy chủ thư không trả lời",
    )  # fmt: skip
    assert "delivery" in kinds(cast.justice.bob)
    assert "delivery" not in kinds(cast.land.bob)
    with pytest.raises(NotFound):
        resuming.retry_delivery(delivery.pk, actor=cast.land.bob, now=TOMORROW_TEN)
    resuming.retry_delivery(delivery.pk, actor=cast.justice.bob, now=TOMORROW_TEN)
    delivery.refresh_from_db()
    assert delivery.next_at == TOMORROW_TEN
    assert Stoppage.objects.get().move == "retried"
    assert names_of(number)[-1] == "transfers.delivery_retried"


def test_minutes_are_summed_by_unit_and_month_within_rights(cast: Cast) -> None:
    for _ in range(2):
        take(from_commune(cast, from_elsewhere(cast)).slip_id, actor=cast.justice.bob, now=TOMORROW_TEN)
    since, until = NOW - timedelta(days=30), NOW + timedelta(days=30)
    found = stuck.lost(cast.justice.charlie, since=since, until=until)
    total = sum(Stoppage.objects.values_list("minutes", flat=True))
    assert [(one.unit_id, one.month.month, one.times, one.minutes) for one in found] == [(cast.justice.unit, 3, 2, total)]
    assert stuck.lost(cast.land.bob, since=since, until=until) == []


def test_the_pages_of_what_is_stuck(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    number = from_elsewhere(cast)
    line = lines(from_commune(cast, number).slip_id)[0].pk
    monkeypatch.setattr("motcua.kit.clock.now", lambda: TOMORROW_TEN)
    giver, receiver, stranger = client_of(cast.commune.alice), client_of(cast.justice.bob), client_of(cast.land.bob)
    shown = giver.get(HOME).content.decode()
    assert "Luân chuyển bị vướng, 1" in shown
    assert f"{HOME}line/{line}/thu-hoi/" in shown
    assert f"{HOME}line/{line}/thu-hoi/" not in receiver.get(HOME).content.decode()
    assert "Luân chuyển bị vướng, 0" in stranger.get(HOME).content.decode()
    assert giver.get(f"{HOME}line/{line}/da-nhan/").status_code == 404
    assert stranger.post(f"{HOME}line/{line}/thu-hoi/", {"reason": "x"}).status_code == 422
    assert giver.post(f"{HOME}line/{line}/thu-hoi/", {"reason": ""}).status_code == 422
    assert state(number) == "forwarded"
    giver.post(f"{HOME}line/{line}/thu-hoi/", {"reason": "Giao nhầm"})
    assert state(number) == "accepted"
    lost = client_of(cast.justice.charlie).get(f"/office/luan-chuyen/phut-bi-mat/?unit={cast.justice.unit}")
    assert "Giao nhầm" in lost.content.decode()
