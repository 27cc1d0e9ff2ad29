"""Acceptance gives code and due date; the clock starts when the competent authority has the dossier."""

from __future__ import annotations

import pytest

from motcua.base.actor import Actor
from motcua.dossiers.rules import acts
from motcua.dossiers.rules.refusals import NotNow, StepAlreadyDone
from motcua.dossiers.rules.state import State
from motcua.dossiers.tests.conftest import clock, dossier, vn

NOW = vn("2026-03-02T08:00")


def accepted(**changes: object):
    d = dossier(**changes)
    acts.accept(d, code="H99.01-260302-0001", clock=clock(), now=NOW, actor=Actor("system", "x"))
    return d


def test_submission_gives_no_code_and_no_due_date(actor: Actor) -> None:
    d = dossier()
    acts.submit(d, now=NOW, actor=actor)
    assert (d.code, d.due_at, d.accepted_at, d.state) == (None, None, None, State.SUBMITTED)


def test_acceptance_at_the_own_counter_starts_the_clock_at_once() -> None:
    d = accepted()
    assert d.received_at == NOW
    assert d.due_at == vn("2026-03-09T17:00")
    assert d.promised_at == d.due_at


def test_acceptance_elsewhere_promises_from_the_forwarding_deadline_and_waits_for_receipt(actor: Actor) -> None:
    d = dossier(own_counter=False)
    acts.accept(d, code="X", clock=clock(), now=vn("2026-03-02T15:30"), actor=actor)
    assert d.received_at is None
    assert d.forward_by == vn("2026-03-03T07:00")
    assert d.promised_at == vn("2026-03-10T17:00")


def test_the_clock_of_a_dossier_taken_in_elsewhere_starts_on_receipt(actor: Actor) -> None:
    d = accepted(own_counter=False)
    promised = d.promised_at
    acts.forward(d, clock=clock(), now=vn("2026-03-02T16:00"), actor=actor)
    assert d.state is State.FORWARDED
    acts.receive(d, clock=clock(), now=vn("2026-03-04T09:00"), actor=actor)
    assert d.due_at == vn("2026-03-11T17:00")
    assert d.promised_at == promised
    assert [due.cause for due in d.dues] == ["accepted", "received"]


@pytest.mark.parametrize(
    ("at", "by"),
    [
        ("2026-03-02T14:59", "2026-03-02T17:00"),
        ("2026-03-02T15:01", "2026-03-03T07:00"),
        ("2026-03-06T16:00", "2026-03-09T07:00"),
    ],
)
def test_forwarding_is_due_the_same_day_or_after_fifteen_hours_at_the_next_opening(actor: Actor, at: str, by: str) -> None:
    d = dossier()
    acts.accept(d, code="X", clock=clock(), now=vn(at), actor=actor)
    assert d.forward_by == vn(by)


def test_a_dossier_is_accepted_only_once(actor: Actor) -> None:
    d = accepted()
    with pytest.raises(NotNow, match="tiếp nhận"):
        acts.accept(d, code="Y", clock=clock(), now=NOW, actor=actor)
    assert d.code == "H99.01-260302-0001"


def test_a_procedure_without_term_has_no_due_date() -> None:
    d = accepted(term_amount=None, term_unit="")
    assert d.due_at is None
    assert d.dues[0].due_at is None


def test_a_step_cannot_be_done_twice(actor: Actor) -> None:
    d = accepted()
    acts.forward(d, clock=clock(), now=NOW, actor=actor)
    acts.advance(d, position=2, clock=clock(), now=NOW, actor=actor)
    with pytest.raises(StepAlreadyDone):
        acts.advance(d, position=2, clock=clock(), now=NOW, actor=actor)
    assert d.step_position == 3


def test_every_step_has_its_own_due_time_within_the_term(actor: Actor) -> None:
    d = accepted()
    acts.forward(d, clock=clock(), now=NOW, actor=actor)
    acts.advance(d, position=2, clock=clock(), now=NOW, actor=actor)
    assert all(step.due_at and step.due_at <= d.due_at for step in d.steps)
    assert d.steps[-1].due_at > d.steps[0].due_at


def test_after_15h_rule_counts_a_day_term_from_the_next_working_day(actor: Actor) -> None:
    d = dossier(after_15h=True)
    acts.accept(d, code="X", clock=clock(), now=vn("2026-03-02T15:30"), actor=actor)
    assert d.due_at == vn("2026-03-10T17:00")
