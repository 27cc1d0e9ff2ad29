"""Ends, returns and reverse acts."""

from __future__ import annotations

import pytest

from motcua.base.actor import Actor
from motcua.dossiers.rules import acts, endings
from motcua.dossiers.rules.lateness import Timing, is_late_by_moment, timing
from motcua.dossiers.rules.refusals import (
    LateCauseMissing,
    NotNow,
    ReasonMissing,
    ReceiverMissing,
    ResultFileMissing,
    WithdrawalEvidenceMissing,
)
from motcua.dossiers.rules.state import Dossier, EndKind, LateCause, ResultRecord, State
from motcua.dossiers.tests.conftest import clock, dossier, vn

ON_TIME, LATE = vn("2026-03-09T16:00"), vn("2026-03-10T08:00")


def at_signing(actor: Actor, **changes: object) -> Dossier:
    d = dossier(**changes)
    acts.accept(d, code="X", clock=clock(), now=vn("2026-03-02T08:00"), actor=actor)
    acts.forward(d, clock=clock(), now=vn("2026-03-02T09:00"), actor=actor)
    acts.advance(d, position=2, clock=clock(), now=vn("2026-03-02T10:00"), actor=actor)
    acts.advance(d, position=3, clock=clock(), now=vn("2026-03-05T10:00"), actor=actor)
    return d


def result(file_id: int | None = 7) -> ResultRecord:
    return ResultRecord("12/GCN", "Giấy chứng nhận", file_id, "Lãnh đạo", vn("2026-03-09T15:00"))


def decide(d: Dossier, actor: Actor, now=ON_TIME, **more) -> None:
    endings.decide(d, **({"granted": True, "result": result(), "clock": clock(), "now": now, "actor": actor} | more))


@pytest.mark.parametrize(
    ("ended", "expected"),
    [
        ("2026-03-08T23:59", Timing.EARLY),
        ("2026-03-09T00:00", Timing.ON_DATE),
        ("2026-03-09T23:00", Timing.ON_DATE),
        ("2026-03-10T00:00", Timing.LATE),
    ],
)
def test_lateness_compares_dates(ended: str, expected: Timing) -> None:
    assert timing(vn(ended), vn("2026-03-09T17:00")) is expected


def test_lateness_by_the_minute_is_stored_beside_it(actor: Actor) -> None:
    d = at_signing(actor)
    decide(d, actor, vn("2026-03-09T17:30"))
    assert (d.timing, d.late_by_moment) == ("on_date", True)
    assert is_late_by_moment(vn("2026-03-09T17:00"), vn("2026-03-09T17:00")) is False


def test_lateness_is_measured_at_the_end_of_handling_and_not_at_collection(actor: Actor) -> None:
    d = at_signing(actor)
    decide(d, actor)
    endings.give_back(d, receiver="Nguyễn Văn Thử", method="direct", now=vn("2026-05-01T08:00"), actor=actor)
    assert (d.state, d.timing, d.ended_at) == (State.RETURNED, "on_date", ON_TIME)


def test_a_late_dossier_needs_its_cause_and_is_not_blocked(actor: Actor) -> None:
    d = at_signing(actor)
    with pytest.raises(LateCauseMissing):
        decide(d, actor, LATE)
    assert d.state is State.PROCESSING
    decide(d, actor, LATE, late_cause=LateCause.SUPERIOR)
    endings.give_back(d, receiver="Nguyễn Văn Thử", method="direct", now=LATE, actor=actor)
    assert (d.timing, d.late_cause, d.state) == ("late", "superior", State.RETURNED)


@pytest.mark.parametrize("missing", [None, result(None)])
def test_a_document_result_needs_its_file(actor: Actor, missing: ResultRecord | None) -> None:
    d = at_signing(actor)
    with pytest.raises(ResultFileMissing):
        decide(d, actor, result=missing)
    assert d.results == []


def test_a_result_that_is_no_document_needs_no_file(actor: Actor) -> None:
    d = at_signing(actor, result_is_document=False)
    decide(d, actor, result=None)
    endings.give_back(d, receiver="Nguyễn Văn Thử", method="direct", now=ON_TIME, actor=actor)
    assert d.state is State.RETURNED


def test_refusal_after_appraisal_is_a_result_with_a_timing(actor: Actor) -> None:
    d = at_signing(actor)
    decide(d, actor, granted=False, result=None, reason="không đủ điều kiện", ground="Điều 5")
    assert (d.end_kind, d.timing, d.state) == ("refused", "on_date", State.FINISHED)
    assert d.slips[-1].purpose == "REFUSAL"


def test_refusal_at_intake_is_not_a_settlement(actor: Actor) -> None:
    d = dossier()
    acts.submit(d, now=d.submitted_at, actor=actor)
    acts.refuse_at_intake(d, reason="sai thẩm quyền", ground="Điều 17", now=vn("2026-03-02T09:00"), actor=actor)
    assert (d.state, d.ended_at, d.end_kind, d.code) == (State.REFUSED_AT_INTAKE, None, "", None)


def test_a_return_says_who_took_it(actor: Actor) -> None:
    d = at_signing(actor)
    decide(d, actor)
    with pytest.raises(ReceiverMissing):
        endings.give_back(d, receiver=" ", method="direct", now=ON_TIME, actor=actor)
    assert d.state is State.FINISHED


@pytest.mark.parametrize("kind", [EndKind.STOPPED, EndKind.SENT_BACK])
def test_a_stop_needs_reason_and_ground_and_gives_a_notice(actor: Actor, kind: EndKind) -> None:
    d = at_signing(actor)
    with pytest.raises(ReasonMissing):
        endings.stop(d, kind=kind, reason="x", ground="", clock=clock(), now=ON_TIME, actor=actor)
    endings.stop(d, kind=kind, reason="không bổ sung", ground="Điều 4", clock=clock(), now=ON_TIME, actor=actor)
    assert (d.end_kind, d.slips[-1].purpose, d.timing) == (kind.value, "STOP", "")


def test_a_withdrawal_needs_the_owners_paper_and_keeps_that_it_was_late(actor: Actor) -> None:
    d = at_signing(actor)
    with pytest.raises(WithdrawalEvidenceMissing):
        endings.withdraw(d, evidence="Đơn miệng", reason="", form_set="TT03-2025", now=LATE, actor=actor)
    endings.withdraw(d, file_id=1, evidence="Đơn 10/3/2026", reason="đổi ý", form_set="TT03-2025", now=LATE, actor=actor)
    assert (d.state, d.late_by_moment, d.timing) == (State.WITHDRAWN, True, "late")
    assert d.slips[-1].facts["file_id"] == 1


def test_a_withdrawal_asked_for_electronically_needs_its_reference_and_in_time_it_has_no_mark(actor: Actor) -> None:
    d = at_signing(actor)
    endings.withdraw(d, request="RUT-15", reason="", form_set="TT03-2025", now=ON_TIME, actor=actor)
    assert (d.state, d.timing, d.slips[-1].facts["evidence"]) == (State.WITHDRAWN, "", "yêu cầu trực tuyến RUT-15")


def test_a_stop_does_not_hide_that_it_was_late(actor: Actor) -> None:
    d = at_signing(actor)
    endings.stop(d, kind=EndKind.STOPPED, reason="x", ground="y", clock=clock(), now=LATE, actor=actor)
    assert (d.timing, d.late_by_moment) == ("late", True)


def test_a_wrong_decision_is_reversed_and_the_clock_runs_as_if_never_ended(actor: Actor) -> None:
    d = at_signing(actor)
    due = d.due_at
    decide(d, actor)
    endings.reverse_end(d, reason="ký nhầm", clock=clock(), now=LATE, actor=actor)
    assert (d.state, d.ended_at, d.end_kind, d.due_at) == (State.PROCESSING, None, "", due)
    assert d.valid_results == []
    assert len(d.results) == 1
    assert d.step_position == 4


def test_a_wrong_return_is_reversed_and_the_end_of_handling_stays(actor: Actor) -> None:
    d = at_signing(actor)
    decide(d, actor)
    endings.give_back(d, receiver="Nguyễn Văn Thử", method="direct", now=ON_TIME, actor=actor)
    endings.reverse_return(d, reason="nhầm hồ sơ", clock=clock(), now=LATE, actor=actor)
    assert (d.state, d.returned_at, d.ended_at) == (State.FINISHED, None, ON_TIME)


def test_nothing_is_done_to_a_finished_dossier_but_reverse_acts_and_return(actor: Actor) -> None:
    d = at_signing(actor)
    decide(d, actor)
    with pytest.raises(NotNow):
        decide(d, actor)
    with pytest.raises(NotNow):
        endings.stop(d, kind=EndKind.STOPPED, reason="x", ground="y", clock=clock(), now=LATE, actor=actor)
