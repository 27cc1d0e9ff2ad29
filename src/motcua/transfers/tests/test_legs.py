"""A dossier goes to another agency or level: each leg has its own time, and the linked table comes out of the legs."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from motcua.base.errors import NotAllowed
from motcua.demo.cast import Cast
from motcua.dossiers import access as dossier_access
from motcua.dossiers import services, store
from motcua.dossiers.rules.state import EndKind
from motcua.dossiers.tests.office import NOW, client_of
from motcua.journal.registry import Envelope
from motcua.transfers import arrivals, handing, legs, queries
from motcua.transfers.errors import LegNotNow, LegOnSlip, LegOpen, NotHere, ReasonNeeded, SamePlace
from motcua.transfers.models import Leg, Stoppage
from motcua.transfers.queries import Span
from motcua.transfers.rules import Kind, Tally
from motcua.transfers.tests.desk import LATER, NEXT_DAY, lines, names_of, received, refuse, take

HOME = "/office/luan-chuyen/"


def in_hand(cast: Cast) -> int:
    number = received(cast)
    services.forward(number, actor=cast.justice.alice, now=NOW)
    return number


def send(cast: Cast, number: int, **more: Any) -> int:
    asked: dict[str, Any] = {
        "from_unit": cast.justice.unit, "to_unit": cast.board, "purpose": "Trình ký", "actor": cast.justice.bob, "now": NOW
    }  # fmt: skip
    return legs.send_leg(number, **(asked | more))


def test_a_leg_has_its_own_time_and_the_dossiers_clock_runs_on(cast: Cast) -> None:
    number = in_hand(cast)
    before = store.load(number)
    leg = Leg.objects.get(pk=send(cast, number, hours=Decimal(4)))
    assert (leg.sent_at, leg.due_at, leg.receive_by) == (NOW, NOW + timedelta(hours=6), NOW + timedelta(hours=6))
    legs.receive_leg(leg.pk, actor=cast.outsider, now=LATER)
    legs.finish_leg(leg.pk, result="Đã ký", actor=cast.outsider, now=NOW + timedelta(hours=2))
    leg.refresh_from_db()
    assert (leg.received_at, leg.timing, leg.result) == (LATER, "on_date", "Đã ký")
    assert store.load(number) == before
    assert names_of(number)[-3:] == ["transfers.leg_sent", "transfers.leg_received", "transfers.leg_finished"]


@pytest.mark.parametrize(("days", "expected"), [(0, "early"), (2, "on_date"), (3, "late")])
def test_early_on_the_date_and_late_go_by_date(cast: Cast, days: int, expected: str) -> None:
    leg = send(cast, in_hand(cast), hours=Decimal(16))
    legs.receive_leg(leg, actor=cast.outsider, now=LATER)
    legs.finish_leg(leg, result="Xong", actor=cast.outsider, now=LATER + timedelta(days=days))
    assert Leg.objects.get(pk=leg).timing == expected


def test_who_confirms_late_gains_no_time_and_the_minutes_are_recorded(cast: Cast) -> None:
    leg = Leg.objects.get(pk=send(cast, in_hand(cast)))
    legs.receive_leg(leg.pk, actor=cast.outsider, now=leg.receive_by + timedelta(hours=1))
    after = Leg.objects.get(pk=leg.pk)
    assert after.due_at == leg.due_at
    assert (Stoppage.objects.get().minutes, Stoppage.objects.get().unit_id) == (60, cast.board)


def test_only_who_has_it_sends_and_only_who_gets_it_receives(cast: Cast) -> None:
    number = in_hand(cast)
    for stranger, unit in ((cast.land.bob, cast.land.unit), (cast.outsider, cast.justice.unit), (cast.justice.bob, cast.board)):
        with pytest.raises(NotAllowed):
            send(cast, number, actor=stranger, from_unit=unit)
    leg = send(cast, number)
    for stranger in (cast.justice.bob, cast.land.bob, cast.director):
        with pytest.raises(NotAllowed):
            legs.receive_leg(leg, actor=stranger, now=LATER)
    with pytest.raises(LegNotNow):
        legs.finish_leg(leg, result="x", actor=cast.outsider, now=LATER)


def test_twice_to_one_unit_to_itself_without_purpose_and_before_handling_are_refused(cast: Cast) -> None:
    number, waiting = in_hand(cast), received(cast)
    send(cast, number)
    with pytest.raises(LegOpen):
        send(cast, number)
    with pytest.raises(SamePlace):
        send(cast, number, to_unit=cast.justice.unit)
    with pytest.raises(ReasonNeeded):
        send(cast, number, to_unit=cast.land.unit, purpose=" ")
    with pytest.raises(NotHere):
        send(cast, waiting)
    assert Leg.objects.count() == 1


def test_the_receiving_unit_sees_the_dossier_and_sends_it_on(cast: Cast) -> None:
    number = in_hand(cast)
    assert not dossier_access.sees(cast.outsider, store.load(number))
    leg = send(cast, number)
    assert dossier_access.sees(cast.outsider, store.load(number))
    with pytest.raises(NotHere):
        send(cast, number, from_unit=cast.board, to_unit=cast.commune.unit, actor=cast.outsider)
    legs.receive_leg(leg, actor=cast.outsider, now=LATER)
    send(cast, number, from_unit=cast.board, to_unit=cast.commune.unit, actor=cast.outsider, now=LATER)
    assert dossier_access.sees(cast.commune.bob, store.load(number))
    assert client_of(cast.outsider).get(f"/office/ho-so/{number}/").status_code == 200
    assert client_of(cast.land.bob).get(f"/office/ho-so/{number}/").status_code == 403


def test_with_papers_the_leg_is_confirmed_on_the_slip(cast: Cast) -> None:
    first, second = in_hand(cast), in_hand(cast)
    way = handing.Way(Kind.MOVE, cast.justice.unit, cast.board, purpose="Lấy ý kiến")
    parcels = [handing.Parcel(first), handing.Parcel(second)]
    slip = handing.hand_over(parcels, way, actor=cast.justice.bob, now=NOW).slip_id
    leg = lines(slip)[0].leg
    assert leg is not None
    with pytest.raises(LegOnSlip):
        legs.receive_leg(leg.pk, actor=cast.outsider, now=LATER)
    take(slip, actor=cast.outsider)
    leg.refresh_from_db()
    assert (leg.received_at, leg.purpose) == (LATER, "Lấy ý kiến")


def test_a_refused_line_calls_its_leg_off(cast: Cast) -> None:
    way = handing.Way(Kind.MOVE, cast.justice.unit, cast.board, purpose="Lấy ý kiến")
    number = in_hand(cast)
    slip = handing.hand_over([handing.Parcel(number)], way, actor=cast.justice.bob, now=NOW).slip_id
    refuse(slip, actor=cast.outsider)
    leg = Leg.objects.get()
    assert (leg.cancelled_at, leg.cancel_reason) == (LATER, "Thiếu bản chính tờ khai")
    assert store.load(number).state == "processing"


def test_the_end_of_a_dossier_calls_open_legs_off_once(cast: Cast) -> None:
    number = in_hand(cast)
    send(cast, number)
    services.stop(
        number, kind=EndKind.STOPPED, reason="Chủ hồ sơ mất", ground="Điều 5", actor=cast.justice.charlie, now=LATER
    )
    told = Envelope(1, 1, "dossier", str(number), "dossier.stopped", LATER, {}, 0)
    for _ in range(2):
        arrivals.dossier_ended(told)
    assert Leg.objects.get().cancelled_at is not None
    assert names_of(number).count("transfers.leg_cancelled") == 1


def test_the_table_balances_and_leads_to_its_legs(cast: Cast) -> None:
    old = send(cast, in_hand(cast), hours=Decimal(8))
    send(cast, in_hand(cast), now=NEXT_DAY, hours=Decimal(80))
    done = send(cast, in_hand(cast), now=NEXT_DAY, hours=Decimal(80))
    gone = send(cast, in_hand(cast), now=NEXT_DAY, hours=Decimal(8))
    legs.receive_leg(done, actor=cast.outsider, now=NEXT_DAY)
    legs.finish_leg(done, result="Xong", actor=cast.outsider, now=NEXT_DAY)
    legs.cancel(legs.Leg.objects.get(pk=gone), reason="Nhầm", actor=cast.justice.bob, now=NEXT_DAY)
    day = NEXT_DAY.date()
    span = Span(day, day)
    table = queries.linked_table(cast.justice.bob, span, to_unit=cast.board)
    line = table[cast.justice.unit]
    assert line == Tally(carried=1, new=2, early=1, open_within=1, open_overdue=1)
    assert line.balanced
    found = queries.linked_legs(cast.justice.bob, span, to_unit=cast.board, cell="carried", from_unit=None)
    assert [leg.pk for leg in found] == [old]
    assert queries.linked_table(cast.land.bob, span, to_unit=cast.board) == {}


def test_the_table_its_legs_and_files_on_the_pages(cast: Cast) -> None:
    number = in_hand(cast)
    send(cast, number, purpose="=HYPERLINK()")
    client = client_of(cast.justice.charlie)
    page = client.get(f"{HOME}lien-thong/").content.decode()
    assert "Liên thông đến Ban Mẫu" in page
    query = f"unit={cast.board}&first=2026-01-01&last=2026-03-10"
    behind = client.get(f"{HOME}lien-thong/chang/?{query}&cell=new")
    assert store.load(number).code in behind.content.decode()
    for kind in ("csv", "xlsx"):
        assert client.get(f"{HOME}lien-thong/tep/{kind}/?{query}").status_code == 200
        assert client.get(f"{HOME}chang/tep/{kind}/").status_code == 200
        assert client.get(f"{HOME}lien-thong/chang/tep/{kind}/?{query}&cell=new").status_code == 200
    text = b"".join(client.get(f"{HOME}chang/tep/csv/").streaming_content).decode()
    assert "'=HYPERLINK()" in text
    stranger = client_of(cast.land.bob)
    assert stranger.get(f"{HOME}lien-thong/chang/?{query}&cell=new").status_code == 404
    assert store.load(number).code not in stranger.get(f"{HOME}chang/").content.decode()


def test_a_leg_is_sent_received_and_finished_on_its_pages(cast: Cast) -> None:
    number = in_hand(cast)
    sender, receiver, stranger = client_of(cast.justice.bob), client_of(cast.outsider), client_of(cast.land.bob)
    data = {"from_unit": cast.justice.unit, "to_unit": cast.board, "purpose": "Trình ký", "hours": ""}
    assert stranger.post(f"{HOME}chang/gui/{number}/", data | {"from_unit": cast.land.unit}).status_code == 403
    shown = sender.post(f"{HOME}chang/gui/{number}/", data, follow=True).content.decode()
    assert "Đã gửi; đơn vị nhận cần xác nhận." in shown
    leg = Leg.objects.get().pk
    for page in (f"{HOME}chang/{leg}/", f"{HOME}chang/{leg}/nhan/", f"{HOME}chang/{leg}/ket-thuc/"):
        assert stranger.get(page).status_code == 404
    assert sender.post(f"{HOME}chang/{leg}/nhan/").status_code == 422
    receiver.post(f"{HOME}chang/{leg}/nhan/")
    shown = receiver.post(f"{HOME}chang/{leg}/ket-thuc/", {"result": "Đã ký"}, follow=True).content.decode()
    assert "Đã kết thúc chặng." in shown
    assert Leg.objects.get().timing == "early"
