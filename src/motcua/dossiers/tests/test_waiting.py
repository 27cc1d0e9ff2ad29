"""Supplements, pauses, apologies: what they do to the clock and what they do not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.base.actor import Actor, Duty
from motcua.deadlines.rules import PauseKind
from motcua.dossiers.rules import acts, waiting
from motcua.dossiers.rules.refusals import (
    NewDateNotLater,
    NothingAsked,
    PauseNotAllowed,
    ReappointedAlready,
    ReasonMissing,
    SupplementTooOften,
)
from motcua.dossiers.rules.state import Dossier, State
from motcua.dossiers.tests.conftest import clock, dossier, vn

ITEMS = [{"name": "Bản sao giấy chứng nhận", "note": ""}]


def in_process(actor: Actor, ruleset: str = "118-2025", **changes: object) -> Dossier:
    d = dossier(**changes)
    acts.accept(d, code="X", clock=clock(ruleset), now=vn("2026-03-02T08:00"), actor=actor)
    acts.forward(d, clock=clock(ruleset), now=vn("2026-03-02T09:00"), actor=actor)
    return d


def ask(d: Dossier, actor: Actor, ruleset: str = "118-2025", at: str = "2026-03-04T10:00", **more: str) -> None:
    waiting.ask_supplement(
        d, items=ITEMS, reason="thiếu", ground="Điều 19", clock=clock(ruleset), now=vn(at), actor=actor, **more
    )


def test_a_supplement_adds_the_working_days_it_took_where_the_clock_resumes(actor: Actor) -> None:
    d = in_process(actor)
    ask(d, actor)
    assert d.state is State.WAITING_SUPPLEMENT
    waiting.answer_supplement(d, answer="đủ", clock=clock(), now=vn("2026-03-06T10:00"), actor=actor)
    assert d.due_at == vn("2026-03-11T17:00")


def test_a_supplement_restarts_the_term_under_the_law_of_2018(actor: Actor) -> None:
    d = in_process(actor, "61-2018")
    ask(d, actor, "61-2018")
    waiting.answer_supplement(d, answer="đủ", clock=clock("61-2018"), now=vn("2026-03-06T10:00"), actor=actor)
    assert d.due_at == vn("2026-03-13T17:00")


def test_the_printed_promise_stays_beside_the_new_due_date(actor: Actor) -> None:
    d = in_process(actor)
    ask(d, actor)
    waiting.answer_supplement(d, answer="đủ", clock=clock(), now=vn("2026-03-06T10:00"), actor=actor)
    assert d.promised_at == vn("2026-03-09T17:00")
    assert [due.cause for due in d.dues] == ["accepted", "resumed"]


def test_more_supplements_than_allowed_need_somebody_who_allowed_it(actor: Actor) -> None:
    d = in_process(actor)
    ask(d, actor)
    waiting.answer_supplement(d, answer="đủ", clock=clock(), now=vn("2026-03-05T10:00"), actor=actor)
    with pytest.raises(SupplementTooOften):
        ask(d, actor, at="2026-03-05T11:00")
    ask(d, actor, at="2026-03-05T11:00", override="Giám đốc Sở cho phép: phát sinh giấy tờ mới")
    assert sum(not s.at_intake for s in d.supplements) == 2


@pytest.mark.parametrize("items", [[], [{"name": "  "}]])
def test_a_supplement_names_what_is_missing(actor: Actor, items: list[dict[str, str]]) -> None:
    d = in_process(actor)
    with pytest.raises(NothingAsked):
        waiting.ask_supplement(
            d, items=items, reason="x", ground="y", clock=clock(), now=vn("2026-03-04T10:00"), actor=actor
        )
    assert d.state is State.PROCESSING


def test_an_opinion_of_another_agency_does_not_stop_the_clock(actor: Actor) -> None:
    d = in_process(actor)
    with pytest.raises(PauseNotAllowed):
        waiting.pause(
            d, kind=PauseKind.OPINION, reason="hỏi", ground="Đ19.5", clock=clock(), now=vn("2026-03-04T10:00"), actor=actor
        )


def test_a_pause_needs_reason_and_ground(actor: Actor) -> None:
    d = in_process(actor)
    with pytest.raises(ReasonMissing):
        waiting.pause(
            d, kind=PauseKind.FINANCIAL_OBLIGATION, reason="", ground="", clock=clock(), now=vn("2026-03-04T10:00"),
            actor=actor,
        )  # fmt: skip


def test_a_financial_obligation_stops_the_clock_until_it_is_met(actor: Actor) -> None:
    leader = Actor("officer", "Lãnh đạo", 1, "", (Duty("leader", 10, frozenset({10})),))
    d = in_process(actor)
    waiting.pause(
        d, kind=PauseKind.FINANCIAL_OBLIGATION, reason="chờ nộp thuế", ground="Luật Đất đai", clock=clock(),
        now=vn("2026-03-04T10:00"), actor=leader,
    )  # fmt: skip
    assert (d.state, d.pauses[-1].approver) == (State.PAUSED, "Lãnh đạo")
    waiting.resume(d, clock=clock(), now=vn("2026-03-16T10:00"), actor=leader)
    assert d.due_at == vn("2026-03-19T17:00")


def test_a_reappointment_never_moves_the_date_used_for_lateness(actor: Actor) -> None:
    d = in_process(actor)
    due = d.due_at
    waiting.apologise(
        d, reason="chờ cơ quan cấp trên", new_date=vn("2026-03-20T17:00"), clock=clock(), now=vn("2026-03-06T09:00"),
        actor=actor,
    )  # fmt: skip
    assert d.due_at == due
    assert d.reappointed_at == vn("2026-03-20T17:00")


def test_only_one_reappointment_but_the_letter_stays_possible(actor: Actor) -> None:
    d = in_process(actor)
    now = vn("2026-03-06T09:00")
    waiting.apologise(d, reason="x", new_date=now + timedelta(days=10), clock=clock(), now=now, actor=actor)
    with pytest.raises(ReappointedAlready):
        waiting.apologise(d, reason="x", new_date=now + timedelta(days=20), clock=clock(), now=now, actor=actor)
    waiting.apologise(d, reason="vẫn chậm", new_date=None, clock=clock(), now=now, actor=actor)
    assert [slip.purpose for slip in d.slips] == ["APOLOGY", "APOLOGY"]


def test_the_new_date_lies_after_the_old_one(actor: Actor) -> None:
    d = in_process(actor)
    with pytest.raises(NewDateNotLater):
        waiting.apologise(
            d, reason="x", new_date=vn("2026-03-05T17:00"), clock=clock(), now=vn("2026-03-04T09:00"), actor=actor
        )


def test_a_holiday_declared_late_moves_the_due_date_and_not_the_promise(actor: Actor) -> None:
    d = in_process(actor)
    before = d.due_at
    d.due_at = vn("2026-03-06T17:00")  # as it was before the holiday was known
    assert waiting.recompute(d, cause="calendar", clock=clock(), now=vn("2026-03-05T09:00"), actor=actor)
    assert d.due_at == before
    assert d.happenings[-1].name == "dossier.due_recomputed"
