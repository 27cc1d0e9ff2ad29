"""The specialised officer proposes, the head of the competent agency decides: the verbs against PostgreSQL."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from motcua.base.actor import SYSTEM, Actor
from motcua.base.errors import Conflict, NotAllowed
from motcua.catalogue.models import Component
from motcua.demo.cast import Cast
from motcua.dossiers import models as spine
from motcua.dossiers import services as dossiers
from motcua.dossiers import store
from motcua.dossiers.rules.refusals import (
    ApproverMissing,
    LateCauseMissing,
    LookupMissing,
    NotNow,
    SupplementTooOften,
)
from motcua.dossiers.rules.state import EndKind, LateCause, State
from motcua.dossiers.tests.office import NOW, province
from motcua.journal.models import Event
from motcua.people import services as people
from motcua.people.queries import actor_of_officer, positions_of
from motcua.proposals import drafts, queries, services
from motcua.proposals.models import Proposal
from motcua.proposals.rules import (
    AlreadySettled,
    DraftIncomplete,
    Kind,
    NotTheProposer,
    OwnProposal,
    ProposalChanged,
    ProposedAlready,
    ReasonClassUnknown,
    RejectionWithoutReason,
)
from motcua.proposals.rules import State as Stand
from motcua.proposals.tests.world import DRAFTS, GROUND, LATER, at_desk, propose, second_head

AFTER = LATER + timedelta(hours=1)
ENDS_IN = {
    Kind.SUPPLEMENT: State.WAITING_SUPPLEMENT,
    Kind.REFUSE: State.FINISHED,
    Kind.PAUSE: State.PAUSED,
    Kind.STOP: State.STOPPED,
    Kind.APOLOGY: State.PROCESSING,
}


def approve(number: int, actor: Actor, **more: Any) -> None:
    services.approve(number, actor=actor, now=AFTER, **more)


@pytest.mark.parametrize("kind", list(Kind))
def test_an_approval_does_the_act_with_the_head_on_record(cast: Cast, kind: Kind) -> None:
    number, place = at_desk(cast), cast.justice
    proposal = propose(number, kind, place.bob)
    assert store.load(number, lock=False).state is State.PROCESSING
    draft = drafts.facts_of(Proposal.objects.get(pk=proposal), store.load(number, lock=False))
    approve(proposal, place.charlie, note="Nhất trí")
    dossier, row = store.load(number, lock=False), Proposal.objects.get(pk=proposal)
    assert dossier.state is ENDS_IN[kind]
    assert (row.state, row.decider_id, row.decided_at, row.decision_note) == (
        Stand.APPROVED, place.charlie.id, AFTER, "Nhất trí"
    )  # fmt: skip
    if kind is Kind.PAUSE:
        assert dossier.pauses[-1].approver == place.charlie.label
    else:
        assert (dossier.slips[-1].id, dossier.slips[-1].officer) == (row.slip_id, place.charlie.label)
        assert dossier.slips[-1].facts == draft


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.PAUSE])
def test_the_draft_paper_is_looked_at_before_anything_goes_out(cast: Cast, kind: Kind) -> None:
    number = at_desk(cast)
    row = Proposal.objects.get(pk=propose(number, kind, cast.justice.bob))
    assert drafts.pdf(row, now=LATER).startswith(b"%PDF")
    assert not spine.SlipRecord.objects.filter(dossier_id=number).exists()


def test_a_rejection_needs_its_reason_and_leaves_the_dossier_as_it_was(cast: Cast) -> None:
    number = at_desk(cast)
    proposal, before = propose(number, Kind.STOP, cast.justice.bob), store.load(number, lock=False)
    with pytest.raises(RejectionWithoutReason):
        services.reject(proposal, reason=" ", actor=cast.justice.charlie, now=AFTER)
    services.reject(proposal, reason="Còn giải quyết được", actor=cast.justice.charlie, now=AFTER)
    assert Proposal.objects.get(pk=proposal).state == Stand.REJECTED
    assert store.load(number, lock=False) == before


def test_approving_twice_is_refused_with_who_decided_and_when(cast: Cast) -> None:
    proposal = propose(at_desk(cast), Kind.SUPPLEMENT, cast.justice.bob)
    approve(proposal, cast.justice.charlie)
    with pytest.raises(AlreadySettled, match=r"đồng ý\) lúc 11:00 ngày 10/03/2026 bởi Lê Thị Mẫu"):
        approve(proposal, second_head(cast))
    with pytest.raises(AlreadySettled):
        services.reject(proposal, reason="x", actor=cast.justice.charlie, now=AFTER)
    assert spine.SupplementRecord.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_heads_at_once_one_decides_and_the_other_gets_a_sentence(
    transactional_db: None, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    cast = province()
    number = at_desk(cast)
    proposal, heads, outcomes = propose(number, Kind.STOP, cast.justice.bob), [cast.justice.charlie, second_head(cast)], []

    def decide(head: Actor) -> None:
        try:
            approve(proposal, head)
            outcomes.append("done")
        except AlreadySettled as error:
            outcomes.append(error.message)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[head]) for head in heads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = next(words for words in outcomes if words != "done")
    assert len(outcomes) == 2 and "done" in outcomes
    assert refused.startswith("Đề xuất này đã kết thúc (đồng ý) lúc 11:00 ngày 10/03/2026 bởi")
    assert spine.SlipRecord.objects.filter(dossier_id=number, purpose="STOP").count() == 1


def test_nobody_decides_their_own_proposal(cast: Cast) -> None:
    proposal = propose(at_desk(cast), Kind.STOP, cast.justice.charlie)
    with pytest.raises(OwnProposal):
        approve(proposal, cast.justice.charlie)
    with pytest.raises(OwnProposal):
        services.reject(proposal, reason="x", actor=cast.justice.charlie, now=AFTER)
    approve(proposal, second_head(cast))


def test_after_the_right_has_ended_nobody_decides(cast: Cast) -> None:
    number = at_desk(cast)
    proposal, head = propose(number, Kind.STOP, cast.justice.bob), second_head(cast)
    today = AFTER.date()
    people.end_assignment(
        assignment_id=positions_of(head.id)[0].id, until=today, actor=SYSTEM, now=NOW
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="lãnh đạo cơ quan có thẩm quyền"):
        approve(proposal, actor_of_officer(head.id, on=today))
    assert Proposal.objects.get(pk=proposal).state == Stand.PENDING


@pytest.mark.parametrize("who", ["bob", "alice", "other_head", "outsider", "director"])
def test_only_the_head_of_the_competent_agency_decides(cast: Cast, who: str) -> None:
    proposal = propose(at_desk(cast), Kind.STOP, cast.justice.charlie)
    other = {"other_head": cast.land.charlie, "outsider": cast.outsider, "director": cast.director}
    actor = other.get(who) or getattr(cast.justice, who)
    for act in (services.approve, lambda n, **w: services.reject(n, reason="x", **w)):
        with pytest.raises(NotAllowed):
            act(proposal, actor=actor, now=AFTER)


@pytest.mark.parametrize("who", ["alice", "outsider"])
def test_only_those_who_settle_the_dossier_propose(cast: Cast, who: str) -> None:
    actor = cast.outsider if who == "outsider" else cast.justice.alice
    with pytest.raises(NotAllowed):
        propose(at_desk(cast), Kind.STOP, actor)


@pytest.mark.parametrize(
    "kind, changes",
    [
        (Kind.STOP, {"reason": " "}),
        (Kind.STOP, {"ground": ""}),
        (Kind.STOP, {"end_kind": ""}),
        (Kind.SUPPLEMENT, {"items": ()}),
        (Kind.PAUSE, {"pause_kind": ""}),
        (Kind.APOLOGY, {"reason": ""}),
    ],
)
def test_a_proposal_says_everything_its_act_needs(cast: Cast, kind: Kind, changes: dict[str, Any]) -> None:
    with pytest.raises(DraftIncomplete):
        propose(at_desk(cast), kind, cast.justice.bob, **changes)
    assert not Proposal.objects.exists()


def test_the_class_of_the_reason_is_one_of_those_in_force_for_the_kind(cast: Cast) -> None:
    number = at_desk(cast)
    for code in ("unknown", "superior"):
        with pytest.raises(ReasonClassUnknown):
            propose(number, Kind.REFUSE, cast.justice.bob, reason_class=code)


def test_one_open_proposal_of_a_kind_and_another_after_it_was_taken_back(cast: Cast) -> None:
    number, bob = at_desk(cast), cast.justice.bob
    first = propose(number, Kind.SUPPLEMENT, bob)
    with pytest.raises(ProposedAlready):
        propose(number, Kind.SUPPLEMENT, bob)
    propose(number, Kind.STOP, bob)
    services.take_back(first, actor=bob, now=LATER)
    propose(number, Kind.SUPPLEMENT, bob)
    assert [p.state for p in queries.proposals_of(number)].count(Stand.PENDING) == 2


def test_only_the_proposer_changes_and_takes_back(cast: Cast) -> None:
    proposal = propose(at_desk(cast), Kind.STOP, cast.justice.bob)
    for actor in (cast.justice.charlie, second_head(cast)):
        with pytest.raises(NotTheProposer):
            services.take_back(proposal, actor=actor, now=AFTER)
        with pytest.raises(NotTheProposer):
            services.change_draft(proposal, draft=DRAFTS[Kind.STOP], actor=actor, now=AFTER)


def test_the_head_decides_on_what_was_read(cast: Cast) -> None:
    proposal, bob = propose(at_desk(cast), Kind.STOP, cast.justice.bob), cast.justice.bob
    services.change_draft(
        proposal, draft=replace(DRAFTS[Kind.STOP], reason="Lý do khác hẳn"), actor=bob, now=LATER, revision=0
    )
    with pytest.raises(ProposalChanged):
        approve(proposal, cast.justice.charlie, revision=0)
    approve(proposal, cast.justice.charlie, revision=1)
    assert spine.SlipRecord.objects.get(purpose="STOP").facts["reason"] == "Lý do khác hẳn"


def test_a_dossier_changed_in_between_is_told_and_nothing_happens(cast: Cast) -> None:
    number = at_desk(cast)
    seen = store.load(number, lock=False).revision
    proposal = propose(number, Kind.SUPPLEMENT, cast.justice.bob)
    dossiers.assign(number, holder_id=cast.justice.bob.id, actor=cast.justice.charlie, now=LATER)
    with pytest.raises(Conflict):
        approve(proposal, cast.justice.charlie, dossier_revision=seen)
    with pytest.raises(Conflict):
        services.propose(number, draft=DRAFTS[Kind.STOP], actor=cast.justice.bob, now=LATER, revision=seen)
    assert Proposal.objects.get(pk=proposal).state == Stand.PENDING
    approve(proposal, cast.justice.charlie, dossier_revision=seen + 1)


def test_what_the_act_refuses_the_approval_refuses(cast: Cast) -> None:
    number = at_desk(cast)
    supplement, stop = (propose(number, kind, cast.justice.bob) for kind in (Kind.SUPPLEMENT, Kind.STOP))
    approve(stop, cast.justice.charlie)
    with pytest.raises(NotNow):
        approve(supplement, cast.justice.charlie)
    with pytest.raises(NotNow):
        propose(number, Kind.SUPPLEMENT, cast.justice.bob, items=({"name": "khác"},))


def test_what_waits_on_a_dossier_that_has_ended_is_taken_back(cast: Cast) -> None:
    number = at_desk(cast)
    supplement, stop = (propose(number, kind, cast.justice.bob) for kind in (Kind.SUPPLEMENT, Kind.STOP))
    assert services.close_open(number, why="x", now=AFTER) == 0
    approve(stop, cast.justice.charlie)
    assert [services.close_open(number, why="Hồ sơ đã kết thúc.", now=AFTER) for _ in range(2)] == [1, 0]
    row = Proposal.objects.get(pk=supplement)
    assert (row.state, row.decision_note, row.decider_label) == (Stand.TAKEN_BACK, "Hồ sơ đã kết thúc.", "Hệ thống")


def test_a_late_refusal_needs_its_cause(cast: Cast) -> None:
    number = at_desk(cast)
    proposal = propose(number, Kind.REFUSE, cast.justice.bob)
    late = NOW + timedelta(days=30)
    with pytest.raises(LateCauseMissing):
        services.approve(proposal, actor=cast.justice.charlie, now=late)
    assert Proposal.objects.get(pk=proposal).state == Stand.PENDING
    services.approve(proposal, actor=cast.justice.charlie, now=late, late_cause=LateCause.SUPERIOR)
    assert store.load(number, lock=False).timing == "late"


def test_more_supplements_than_allowed_need_a_reason_and_the_head(cast: Cast) -> None:
    number, place = at_desk(cast), cast.justice
    approve(propose(number, Kind.SUPPLEMENT, place.bob), place.charlie)
    dossiers.answer_supplement(number, answer="Đã có", actor=place.alice, now=AFTER)
    again = propose(number, Kind.SUPPLEMENT, place.bob, now=AFTER)
    with pytest.raises(SupplementTooOften):
        approve(again, place.charlie)
    draft = replace(DRAFTS[Kind.SUPPLEMENT], override="Phát sinh giấy tờ mới")
    services.change_draft(again, draft=draft, actor=place.bob, now=AFTER)
    approve(again, place.charlie)
    event = Event.objects.filter(name="dossier.supplement_asked").latest("id")
    assert (event.data["override"], event.actor_id) == ("Phát sinh giấy tờ mới", place.charlie.id)
    assert spine.PauseRecord.objects.latest("id").approver == place.charlie.label


def test_a_pause_names_no_approver_but_the_one_who_acts(cast: Cast) -> None:
    number = at_desk(cast)
    with pytest.raises(NotAllowed):
        dossiers.pause(
            number, kind="financial_obligation", reason="x", ground="y", actor=cast.justice.bob, now=LATER
        )  # type: ignore[arg-type]
    assert ApproverMissing(role="lãnh đạo").message.startswith("Việc này phải do lãnh đạo cho phép")


def test_what_the_state_holds_is_asked_for_only_with_the_failed_look_up(cast: Cast) -> None:
    paper = "Bản sao giấy tờ tùy thân"
    Component.objects.filter(name=paper).update(held_by="CSDL quốc gia về dân cư")
    number, place = at_desk(cast), cast.justice
    asked = {"items": ({"name": paper},)}
    with pytest.raises(LookupMissing, match=r"giấy tờ tùy thân \(CSDL quốc gia về dân cư\)"):
        propose(number, Kind.SUPPLEMENT, place.bob, **asked)
    told = {"lookup": "Hệ thống trả lời lỗi 503", "looked_up_at": NOW}
    approve(propose(number, Kind.SUPPLEMENT, place.bob, **asked, **told), place.charlie)
    item = spine.SupplementRecord.objects.get().items[0]
    assert item["lookup"] == "Hệ thống trả lời lỗi 503"
    assert item["note"] == "Không khai thác được từ CSDL quốc gia về dân cư lúc 08:00 ngày 10/03/2026"


def test_every_step_of_a_proposal_stands_in_the_journal(cast: Cast) -> None:
    number = at_desk(cast)
    proposal = propose(number, Kind.STOP, cast.justice.bob)
    services.change_draft(proposal, draft=DRAFTS[Kind.STOP], actor=cast.justice.bob, now=LATER)
    approve(proposal, cast.justice.charlie)
    names = Event.objects.filter(stream="dossier", stream_id=str(number)).order_by("id").values_list("name", flat=True)
    assert list(names)[-4:] == [
        "proposal.proposed", "proposal.draft_changed", "dossier.stopped", "proposal.approved"
    ]  # fmt: skip


def test_a_stop_a_head_orders_directly_needs_no_proposal(cast: Cast) -> None:
    number = at_desk(cast)
    dossiers.stop(
        number, kind=EndKind.SENT_BACK, reason="x", ground=GROUND, actor=cast.justice.charlie, now=LATER
    )
    assert store.load(number, lock=False).state is State.SENT_BACK
