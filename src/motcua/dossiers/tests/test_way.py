"""Branches, steps at other units, and the repeat of a step: pure, and through the verbs with rights."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from motcua.base.actor import SYSTEM
from motcua.base.errors import NotAllowed
from motcua.demo.cast import LICENCE
from motcua.dossiers import access, arrivals, models, routing, services, store
from motcua.dossiers.rules import acts
from motcua.dossiers.rules.refusals import (
    NotDigitised,
    NotPaid,
    NotSigned,
    ReasonMissing,
    StepAlreadyDone,
    StepNotRepeatable,
)
from motcua.dossiers.rules.state import State
from motcua.dossiers.rules.way import Route, following, unit_for
from motcua.dossiers.tests.conftest import PLAN, clock, dossier, vn
from motcua.dossiers.tests.office import NOW, client_of, province
from motcua.processes import services as processes
from motcua.processes.rules import (
    Branch,
    Condition,
    Fact,
    Operator,
    Place,
    PlaceKind,
    RequiredAct,
    Stage,
    StepPlan,
)

ONLINE = Condition(Fact.CHANNEL, Operator.EQUAL, "online")
WHO = {"actor": SYSTEM, "now": vn("2026-03-03T09:00")}
HELD = {"state": State.PROCESSING, "received_at": vn("2026-03-02T08:00"), "step_position": 2}


def changed(**by_position: StepPlan) -> tuple[StepPlan, ...]:
    return tuple(by_position.get(f"s{plan.position}", plan) for plan in PLAN)


@pytest.mark.parametrize(("channel", "expected"), [("online", 4), ("direct", 3)])
def test_the_first_branch_that_holds_leads_on(channel, expected):
    plan = changed(s2=replace(PLAN[1], branches=(Branch(4, ONLINE), Branch(3))))
    told = dossier(plan=plan, channel=channel, **HELD)
    acts.advance(told, position=2, clock=clock(), **WHO)
    assert told.step_position == expected


def test_a_fact_nobody_told_takes_the_way_otherwise():
    disagreed = Condition(Fact.OPINIONS_DISAGREED, Operator.MORE, "0")
    plan = changed(s2=replace(PLAN[1], branches=(Branch(4, disagreed), Branch(3))))
    told = dossier(plan=plan, **HELD)
    assert following(told).position == 3
    assert following(told, Route({Fact.OPINIONS_DISAGREED: 1})).position == 4


@pytest.mark.parametrize(
    ("place", "unit"),
    [(Place(), 10), (Place(PlaceKind.COUNTER), 20), (Place(PlaceKind.ABOVE), 1), (Place(PlaceKind.FIXED, 77), 77)],
)
def test_a_step_is_done_where_its_place_says(place, unit):
    step = replace(PLAN[2], place=place)
    assert unit_for(dossier(plan=changed(s3=step)), step, Route(units={3: {"above": 1, "fixed": 77}.get(place.kind, 0)})) == unit


def test_a_repeat_needs_a_reason_and_an_allowed_step():
    told = dossier(plan=changed(s3=replace(PLAN[2], back_to=(2,))), **HELD)
    acts.assign(told, holder_id=5, holder_name="Lê Thị Ví Dụ", **WHO)
    acts.enter_step(told, told.plan[1], unit_id=10, clock=clock(), now=WHO["now"], holder_id=5)
    acts.advance(told, position=2, clock=clock(), **WHO)
    again = {"clock": clock(), **WHO}
    with pytest.raises(ReasonMissing):
        acts.send_back(told, position=3, to=2, reason=" ", **again)
    with pytest.raises(StepNotRepeatable):
        acts.send_back(told, position=3, to=1, reason="Thiếu", **again)
    with pytest.raises(StepAlreadyDone):
        acts.send_back(told, position=2, to=2, reason="Thiếu", **again)
    acts.send_back(told, position=3, to=2, reason="Phân công chưa đúng", **again)
    assert (told.step_position, told.holder_id, told.steps[-2].note) == (2, 5, "Phân công chưa đúng")


def step(position, stage, name, role, **more):
    return StepPlan(position, stage, name, role, hours=Decimal(4), **more)


@pytest.mark.django_db
class TestVerbs:
    @pytest.fixture
    def cast(self):
        return province()

    def publish(self, *steps):
        version = processes.draft(
            code="QT-DAT", name="Quy trình đất đai", procedure_code=LICENCE, steps=steps, term=None, actor=SYSTEM, now=NOW
        )
        processes.publish(
            version_id=version, decision_number="1/QĐ-MẪU", decision_date=date(2026, 1, 1), since=date(2026, 1, 1),
            actor=SYSTEM, now=NOW,
        )  # fmt: skip

    def land(self, cast, **requires):
        """Justice receives, the land department's specialist verifies, justice's leader decides."""
        self.publish(
            step(1, Stage.RECEIVE, "Tiếp nhận", "counter", requires=requires.get("first", frozenset())),
            step(2, Stage.FORWARD, "Phân công", "leader"),
            step(3, Stage.SETTLE, "Xác minh", "specialist", place=Place(PlaceKind.FIXED, cast.land.unit), back_to=(2,)),
            step(4, Stage.SIGN, "Ký", "leader", requires=frozenset({RequiredAct.SIGN})),
            step(5, Stage.RETURN, "Trả", "counter"),
        )
        number = services.receive_at_counter(cast.intake(LICENCE), actor=cast.justice.alice, now=NOW)
        if not requires:
            services.forward(number, actor=cast.justice.alice, now=NOW + timedelta(hours=1))
            services.advance(number, position=2, actor=cast.justice.charlie, now=NOW + timedelta(hours=2))
        return number

    def test_a_step_handed_to_another_agency_is_seen_and_done_there_and_comes_back(self, cast, monkeypatch):
        monkeypatch.setattr(access, "ALSO_VISIBLE", [])  # the steps alone; slips of hand-over are told elsewhere
        number = self.land(cast)
        theirs, later = cast.land.bob, NOW + timedelta(hours=3)
        held = store.load(number, lock=False)
        assert (held.holder_unit_id, held.unit_id) == (cast.land.unit, cast.justice.unit)
        for actor in (theirs, cast.land.charlie):
            assert access.sees(actor, held)
            assert models.Dossier.objects.filter(access.visible(actor), pk=number).exists()
        assert not access.may(theirs, "decide", held) and not access.may(theirs, "stop", held)
        services.advance(number, position=3, actor=theirs, now=later)
        back = store.load(number, lock=False)
        assert back.holder_unit_id == cast.justice.unit
        assert not access.sees(theirs, back) and not access.may(theirs, "advance", back)
        assert not models.Dossier.objects.filter(access.visible(theirs), pk=number).exists()

    def test_a_guessed_address_of_a_dossier_held_elsewhere_is_refused(self, cast):
        number = self.land(cast)
        assert client_of(cast.outsider).get(f"/office/ho-so/{number}/").status_code == 403
        assert client_of(cast.land.bob).get(f"/office/ho-so/{number}/").status_code == 200
        answer = client_of(cast.justice.bob).post(f"/office/ho-so/{number}/viec/chuyen-tra/", {"position": 3, "to": 2})
        assert answer.status_code in (403, 422)
        with pytest.raises(NotAllowed):
            services.send_back(number, position=3, to=2, reason="x", actor=cast.justice.bob, now=NOW + timedelta(hours=4))

    def test_the_page_sends_a_step_back_with_its_reason(self, cast):
        number = self.land(cast)
        client, address = client_of(cast.land.bob), f"/office/ho-so/{number}/viec/chuyen-tra/"
        assert "2. Phân công" in client.get(address).content.decode()
        held = store.load(number, lock=False)
        data = {"revision": held.revision, "position": 3, "to": 2}
        assert client.post(address, data).status_code == 422
        client.post(address, data | {"reason": "Sai nơi xác minh"})
        back = store.load(number, lock=False)
        assert (back.step_position, back.holder_unit_id) == (2, cast.justice.unit)
        page = client_of(cast.justice.charlie).get(f"/office/ho-so/{number}/").content.decode()
        assert "Chuyển trả từ bước 3 về bước “Phân công”" in page and "Sai nơi xác minh" in page

    def test_required_acts_hold_the_step(self, cast):
        number = self.land(cast, first=frozenset({RequiredAct.DIGITISE}))
        with pytest.raises(NotDigitised, match="Đơn đề nghị"):
            services.forward(number, actor=cast.justice.alice, now=NOW + timedelta(hours=1))
        assert store.load(number, lock=False).state is State.ACCEPTED

    def test_unpaid_fees_hold_a_step_that_asks_for_payment(self, cast):
        number = self.land(cast, first=frozenset({RequiredAct.PAY}))
        with pytest.raises(NotPaid, match="Lệ phí"):
            services.forward(number, actor=cast.justice.alice, now=NOW + timedelta(hours=1))

    def test_a_step_that_must_be_signed_is_not_decided_without_a_file_but_may_be_refused(self, cast):
        number = self.land(cast)
        services.advance(number, position=3, actor=cast.land.bob, now=NOW + timedelta(hours=3))
        with pytest.raises(NotSigned):
            services.decide(number, granted=True, actor=cast.justice.charlie, now=NOW + timedelta(hours=4))
        services.decide(
            number, granted=False, reason="Không đủ", ground="Điều 5", actor=cast.justice.charlie, now=NOW + timedelta(hours=4)
        )

    def test_rooms_above_are_told_of_each_step_with_its_number_in_the_same_transaction(self, cast, monkeypatch):
        told = []
        monkeypatch.setattr(
            arrivals, "ENTERED", [lambda d, plan, actor, at: told.append((plan.position, d.open_step.id, actor.label))]
        )
        number = self.land(cast)
        assert [position for position, _, _ in told] == [1, 2, 3]
        assert [i for _, i, _ in told[1:]] == list(
            models.StepRecord.objects.filter(dossier=number, position__gt=1).order_by("id").values_list("id", flat=True)
        )

        def refuse(*told):
            raise StepNotRepeatable

        monkeypatch.setattr(arrivals, "ENTERED", [refuse])
        with pytest.raises(StepNotRepeatable):
            services.advance(number, position=3, actor=cast.land.bob, now=NOW + timedelta(hours=3))
        assert store.load(number, lock=False).step_position == 3

    def test_facts_come_from_papers_fees_owner_and_answers(self, cast, monkeypatch):
        number = self.land(cast)
        monkeypatch.setattr(routing, "ANSWERS", [lambda d: ["agree", "disagree", "agree"]])
        facts = routing.facts_of(store.load(number, lock=False))
        assert facts[Fact.OWNER_KIND] == "citizen" and facts[Fact.FEE_DUE] is True
        assert (facts[Fact.COMPONENTS_MISSING], facts[Fact.COMPONENTS_RECEIVED]) == (0, 2)
        assert (facts[Fact.OPINIONS_AGREED], facts[Fact.OPINIONS_DISAGREED]) == (2, 1)

    def test_the_unit_above_is_the_parent_on_the_day_of_submission(self, cast):
        held = store.load(self.land(cast), lock=False)
        assert routing.unit_of_place(held, Place(PlaceKind.ABOVE)) == cast.province
        assert routing.unit_of_place(held, Place(PlaceKind.COUNTER)) == held.intake_unit_id
        assert routing.unit_of_place(held, Place(PlaceKind.FIXED, cast.board)) == cast.board
