"""Opinions and field checks: asked with a due moment of their own, answered by the asked unit, waited for at the step."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from motcua.base.errors import NotAllowed, NotFound
from motcua.demo.cast import Cast
from motcua.dossiers import access, queries, store
from motcua.dossiers import services as dossiers
from motcua.dossiers.gates import Blocked
from motcua.dossiers.rules.state import EndKind
from motcua.dossiers.tests.office import NOW, client_of
from motcua.journal.models import Event
from motcua.processes.rules import OpinionPlan, Place, PlaceKind
from motcua.proposals import opinion_queries, opinions
from motcua.proposals.models import OpinionRequest
from motcua.proposals.opinion_rules import Asking, OpinionIncomplete, OpinionKind, OpinionSettled, Verdict
from motcua.proposals.tests.world import GROUND, LATER, at_desk

BASE = "/office/de-xuat/y-kien/"
AFTER = LATER + timedelta(hours=1)


def asking(cast: Cast, **changes: Any) -> Asking:
    return replace(Asking(OpinionKind.OPINION, "Ranh giới thửa đất", 8, unit_id=cast.land.unit), **changes)


def ask(cast: Cast, number: int, **changes: Any) -> int:
    return opinions.ask(number, asking=asking(cast, **changes), actor=cast.justice.bob, now=LATER)


def step_on(cast: Cast, number: int) -> None:
    position = store.load(number, lock=False).step_position
    dossiers.advance(number, position=position, actor=cast.justice.bob, now=AFTER)


def test_an_opinion_has_its_own_due_moment_and_stops_no_clock(cast: Cast) -> None:
    number = at_desk(cast)
    due = store.load(number, lock=False).due_at
    request = OpinionRequest.objects.get(pk=ask(cast, number))
    assert (request.lead_id, request.unit_id, request.is_open) == (cast.justice.unit, cast.land.unit, True)
    assert request.due_at > LATER + timedelta(hours=8)
    dossier = store.load(number, lock=False)
    assert (dossier.due_at, dossier.pauses) == (due, [])


def test_the_step_waits_for_the_answer_and_goes_on_after_it(cast: Cast) -> None:
    number = at_desk(cast)
    request = ask(cast, number)
    with pytest.raises(Blocked, match="Còn 1 ý kiến chưa được trả lời"):
        step_on(cast, number)
    opinions.answer(request, verdict=Verdict.AGREE, content="Nhất trí", actor=cast.land.bob, now=AFTER)
    assert list(opinion_queries.answers_of(store.load(number, lock=False))) == ["agree"]
    step_on(cast, number)


def test_the_lead_goes_on_without_the_answer_only_with_a_reason(cast: Cast) -> None:
    number = at_desk(cast)
    request = ask(cast, number)
    with pytest.raises(NotAllowed):
        opinions.close(request, reason="x", actor=cast.land.bob, now=AFTER)
    with pytest.raises(Exception, match="lý do"):
        opinions.close(request, reason=" ", actor=cast.justice.bob, now=AFTER)
    opinions.close(request, reason="Không còn cần", actor=cast.justice.bob, now=AFTER)
    step_on(cast, number)
    with pytest.raises(OpinionSettled):
        opinions.answer(request, verdict=Verdict.AGREE, content="Muộn", actor=cast.land.bob, now=AFTER)


def test_what_need_not_be_joined_holds_nothing_back(cast: Cast) -> None:
    number = at_desk(cast)
    ask(cast, number, joined=False)
    step_on(cast, number)


def test_only_the_asked_unit_answers(cast: Cast) -> None:
    request = ask(cast, at_desk(cast))
    for stranger in (cast.justice.bob, cast.justice.charlie, cast.commune.bob, cast.outsider, cast.land.alice):
        with pytest.raises(NotAllowed):
            opinions.answer(request, verdict=Verdict.AGREE, content="x", actor=stranger, now=AFTER)
    opinions.answer(request, verdict=Verdict.OTHER, content="Cần đo lại", actor=cast.land.charlie, now=AFTER)


def test_an_agency_outside_is_answered_for_by_the_asker(cast: Cast) -> None:
    request = ask(cast, at_desk(cast), unit_id=None, agency="Cơ quan thuế Mẫu")
    opinions.answer(request, verdict=Verdict.AGREE, content="Công văn 5", actor=cast.justice.bob, now=AFTER)
    assert OpinionRequest.objects.get().answered_by == cast.justice.bob.label


@pytest.mark.parametrize(
    "changes",
    [
        {"content": " "},
        {"unit_id": None},
        {"agency": "Cơ quan Mẫu"},
        {"hours": 0},
        {"kind": OpinionKind.FIELD_CHECK, "place": "Thôn Mẫu"},
    ],
)
def test_a_request_nobody_could_answer_is_refused(cast: Cast, changes: dict[str, Any]) -> None:
    with pytest.raises(OpinionIncomplete):
        ask(cast, at_desk(cast), **changes)
    assert not OpinionRequest.objects.exists()


def test_a_unit_that_does_not_exist_is_not_asked(cast: Cast) -> None:
    with pytest.raises(Exception, match="đơn vị|Đơn vị"):
        ask(cast, at_desk(cast), unit_id=999_999)


def test_a_field_check_says_where_when_and_with_whom(cast: Cast) -> None:
    told = {"place": "Thôn Mẫu", "meet_at": NOW + timedelta(days=1), "participants": "Chủ hồ sơ, công chức địa chính"}
    request = OpinionRequest.objects.get(pk=ask(cast, at_desk(cast), kind=OpinionKind.FIELD_CHECK, **told))
    assert (request.place, request.participants) == (told["place"], told["participants"])


def test_the_asked_unit_sees_the_dossier_to_read_until_it_has_answered(cast: Cast) -> None:
    number, bob = at_desk(cast), cast.land.bob
    code = store.load(number, lock=False).code
    with pytest.raises(NotFound):
        queries.number_of(code, actor=bob)
    assert client_of(bob).get(f"/office/ho-so/{number}/").status_code == 403
    request = ask(cast, number)
    assert queries.number_of(code, actor=bob) == number
    page = client_of(bob).get(f"/office/ho-so/{number}/")
    assert page.status_code == 200
    assert page.context["acts"] == [] and page.context["primary"] is None
    assert client_of(bob).post(f"/office/ho-so/{number}/viec/dung/", {"revision": 0}).status_code == 403
    opinions.answer(request, verdict=Verdict.AGREE, content="Nhất trí", actor=bob, now=AFTER)
    assert not access.sees(bob, store.load(number, lock=False))
    assert client_of(bob).get(f"{BASE}{request}/").status_code == 200


def test_an_overdue_answer_is_told_to_the_lead_once(cast: Cast) -> None:
    number = at_desk(cast)
    ask(cast, number)
    late = LATER + timedelta(days=5)
    assert [opinions.tell_overdue(now=moment) for moment in (AFTER, late, late)] == [0, 1, 0]
    assert Event.objects.filter(stream_id=str(number), name="opinion.overdue").count() == 1


def test_what_is_asked_about_a_dossier_that_has_ended_is_closed(cast: Cast) -> None:
    number = at_desk(cast)
    ask(cast, number)
    assert opinions.close_open(number, now=AFTER) == 0
    dossiers.stop(
        number, kind=EndKind.STOPPED, reason="x", ground=GROUND, actor=cast.justice.charlie, now=AFTER
    )
    assert [opinions.close_open(number, now=AFTER) for _ in range(2)] == [1, 0]


def test_planned_opinions_are_asked_when_the_step_is_entered(cast: Cast) -> None:
    number = at_desk(cast)
    dossier = store.load(number, lock=False)
    places = (Place(PlaceKind.FIXED, cast.land.unit), Place(PlaceKind.FIXED, cast.commune.unit))
    planned = tuple(OpinionPlan(f"Ý kiến {n}", "specialist", Decimal(8), place) for n, place in enumerate(places, 1))
    opinions.open_planned(dossier, replace(dossier.plan[2], opinions=planned), cast.justice.charlie, LATER)
    rows = list(OpinionRequest.objects.order_by("id"))
    assert [(r.unit_id, r.role, r.joined) for r in rows] == [
        (cast.land.unit, "specialist", True), (cast.commune.unit, "specialist", True)
    ]  # fmt: skip
    opinions.answer(rows[0].pk, verdict=Verdict.AGREE, content="Nhất trí", actor=cast.land.bob, now=AFTER)
    with pytest.raises(Blocked, match="Còn 1 ý kiến"):
        step_on(cast, number)
    opinions.answer(rows[1].pk, verdict=Verdict.DISAGREE, content="Chưa rõ", actor=cast.commune.bob, now=AFTER)
    step_on(cast, number)


def test_the_pages_from_asking_to_the_answer(cast: Cast) -> None:
    number = at_desk(cast)
    bob, land = client_of(cast.justice.bob), client_of(cast.land.bob)
    address = f"/office/de-xuat/ho-so/{number}/y-kien/"
    assert address in bob.get(f"/office/ho-so/{number}/").content.decode()
    told = {"kind": "opinion", "unit": cast.land.unit, "content": "Ranh giới thửa đất", "hours": "8", "joined": "on"}
    assert bob.post(address, {**told, "unit": ""}).status_code == 422
    assert bob.post(address, told).status_code == 302
    request = OpinionRequest.objects.get().pk
    assert "Ranh giới thửa đất" in land.get(BASE).content.decode()
    assert "Ranh giới thửa đất" in bob.get(f"{BASE}?xem=da-hoi").content.decode()
    assert f"{BASE}{request}/tra-loi/" in land.get(f"{BASE}{request}/").content.decode()
    assert land.post(f"{BASE}{request}/tra-loi/", {"verdict": "agree", "content": "Nhất trí"}).status_code == 302
    page = bob.get(f"/office/ho-so/{number}/").content.decode()
    assert "Sở Nông nghiệp và Môi trường tỉnh Mẫu trả lời: đồng ý." in page


@pytest.mark.parametrize("page", ["", "tra-loi/", "ket-thuc/", "tep/"])
def test_a_guessed_address_of_an_opinion_opens_nothing(cast: Cast, page: str) -> None:
    number = at_desk(cast)
    request = ask(cast, number)
    for stranger in (cast.outsider, cast.commune.charlie):
        client = client_of(stranger)
        assert client.get(f"{BASE}{request}/{page}").status_code == 403
        assert "Ranh giới" not in client.get(BASE).content.decode()
        assert client.get(f"/office/de-xuat/ho-so/{number}/y-kien/").status_code == 403
    assert client_of(cast.justice.bob).get(f"{BASE}{request}/tra-loi/").status_code == 403
    assert client_of(cast.land.bob).get(f"{BASE}{request}/ket-thuc/").status_code == 403
    assert OpinionRequest.objects.get().is_open
