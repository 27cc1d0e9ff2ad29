"""An open dossier of another system goes on here: its promise, its step, its old code; counted once, taken back once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.actor import SYSTEM
from motcua.base.errors import MotcuaError, NotAllowed
from motcua.base.time import local_date
from motcua.deadlines.rules import Pause, Term, TermUnit, default_calendar, due_as_promised
from motcua.demo.cast import BIRTH, LICENCE, OWNER, Cast, small_province
from motcua.dossiers import models, queries, services, store, taking_over
from motcua.dossiers.rules import endings, waiting
from motcua.dossiers.rules import taking_over as rules
from motcua.dossiers.rules.refusals import (
    AcceptedInFuture,
    ActedSinceTakeOver,
    AlreadyTakenOver,
    EndOutsideHandling,
    EndUnknown,
    HolderNotThere,
    OldCodeMissing,
    PromisedBeforeAcceptance,
    StageNotInProcess,
)
from motcua.dossiers.rules.state import State
from motcua.dossiers.rules.taking_over import Standing
from motcua.dossiers.tests.conftest import PLAN, clock, dossier, vn
from motcua.people.queries import person
from motcua.people.rules import InvalidIdentity
from motcua.people.services import remember
from motcua.processes.rules import Stage

NOW = vn("2026-03-10T08:00")
STANDING = Standing("iGate", "CU-17", vn("2026-02-23T09:00"), vn("2026-03-12T17:00"), Stage.SETTLE)


def taken(standing: Standing = STANDING, **changes: Any) -> Any:
    d = dossier(submitted="2026-03-10T08:00", **changes)
    rules.take_over(d, standing=standing, code="H99-260310-0001", clock=clock(), now=NOW, actor=SYSTEM)
    return d


def test_it_goes_on_at_its_step_with_the_promised_date() -> None:
    d = taken()
    assert (d.state, d.step_position, d.holder_role, d.holder_unit_id) == (State.PROCESSING, 3, "specialist", 10)
    assert (d.accepted_at, d.received_at, d.due_at) == (STANDING.accepted_at, STANDING.accepted_at, STANDING.promised_at)
    assert [(due.cause, due.due_at) for due in d.dues] == [("imported", STANDING.promised_at)]
    assert d.steps[-1].entered_at == NOW


def test_without_a_promised_date_the_term_counts_from_the_acceptance() -> None:
    d = taken(replace(STANDING, promised_at=None))
    assert d.due_at == vn("2026-03-02T17:00")
    assert d.dues[0].cause == "taken_over"


def test_a_dossier_still_at_the_counter_stays_there() -> None:
    d = taken(replace(STANDING, stage=Stage.RECEIVE), own_counter=False)
    assert (d.state, d.holder_unit_id, d.received_at) == (State.ACCEPTED, 20, None)


def test_a_result_issued_there_waits_to_be_returned_without_its_file() -> None:
    d = taken(replace(STANDING, stage=Stage.RETURN, ended_at=vn("2026-03-09T10:00")))
    assert (d.state, d.timing, d.end_kind) == (State.FINISHED, "early", "finished")
    endings.give_back(d, receiver="Nguyễn Văn Thử", method="trực tiếp", now=NOW, actor=SYSTEM)
    assert d.state is State.RETURNED


def test_a_late_result_of_the_old_system_names_where_its_cause_stands() -> None:
    d = taken(
        replace(STANDING, stage=Stage.RETURN, promised_at=vn("2026-03-05T17:00"), ended_at=vn("2026-03-09T10:00"))
    )
    assert (d.timing, d.late_cause) == ("late", "other")
    assert "iGate" in d.late_note


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"code": " "}, OldCodeMissing),
        ({"system": ""}, OldCodeMissing),
        ({"accepted_at": vn("2026-03-11T08:00")}, AcceptedInFuture),
        ({"promised_at": vn("2026-02-20T17:00")}, PromisedBeforeAcceptance),
        ({"stage": Stage.RETURN}, EndUnknown),
        ({"stage": Stage.RETURN, "ended_at": vn("2026-02-20T17:00")}, EndOutsideHandling),
        ({"stage": Stage.RETURN, "ended_at": vn("2026-03-11T17:00")}, EndOutsideHandling),
    ],
)
def test_what_cannot_have_been_so_is_refused(changes: dict[str, Any], refusal: type[MotcuaError]) -> None:
    with pytest.raises(refusal):
        taken(replace(STANDING, **changes))


def test_a_stage_the_process_does_not_have_is_refused() -> None:
    with pytest.raises(StageNotInProcess):
        taken(plan=tuple(step for step in PLAN if step.stage is not Stage.SETTLE))


def test_the_promise_survives_a_recount_and_grows_by_a_later_pause() -> None:
    d = taken()
    assert waiting.recompute(d, cause="x", clock=clock(), now=NOW, actor=SYSTEM) is False
    items = [{"name": "Bản sao"}]
    waiting.ask_supplement(d, items=items, reason="Thiếu", ground="Điều 17", clock=clock(), now=NOW, actor=SYSTEM)
    waiting.answer_supplement(d, answer="Đủ", clock=clock(), now=vn("2026-03-12T08:00"), actor=SYSTEM)
    assert d.due_at >= vn("2026-03-16T17:00")
    assert [due.cause for due in d.dues] == ["imported", "resumed"]


def test_the_explanation_tells_promise_and_own_count_apart() -> None:
    told = clock().due(taken(), start=STANDING.accepted_at, now=NOW)
    assert told is not None
    assert [step.kind for step in told.steps] == ["promised", "own_count", "due"]
    assert "17:00 ngày 02/03/2026" in told.steps[1].text


@given(
    unit=st.sampled_from(list(TermUnit)),
    begun=st.integers(0, 15_000),
    minutes=st.integers(0, 20_000),
)
def test_a_later_pause_never_brings_the_promise_forward(unit: TermUnit, begun: int, minutes: int) -> None:
    start = NOW + timedelta(minutes=begun)
    pause = Pause(start, start + timedelta(minutes=minutes))
    promised = vn("2026-03-25T17:00")
    told = due_as_promised(
        promised=promised, accepted=vn("2026-02-23T09:00"), taken_over=NOW, term=Term(5, unit),
        calendar=default_calendar(), pauses=[pause], now=vn("2026-05-01T08:00"),
    )  # fmt: skip
    assert told.moment >= promised
    assert told.steps[-1].moment == told.moment


def test_only_an_untouched_take_over_can_be_undone() -> None:
    d = taken()
    rules.undo_take_over(d, reason="Nhầm tệp", now=NOW, actor=SYSTEM)
    assert (d.state, d.holder_role) == (State.VOIDED, "")
    d = taken()
    d.revision = 1
    with pytest.raises(ActedSinceTakeOver):
        rules.undo_take_over(d, reason="Nhầm tệp", now=NOW, actor=SYSTEM)


@pytest.fixture
def cast(db: None) -> Cast:
    return small_province()


def bring(cast: Cast, standing: Standing = STANDING, **changes: Any) -> int:
    intake = replace(cast.intake(complete=False), **changes)
    intake = replace(intake, components=taking_over.papers_handed_in(intake, standing, NOW))
    return taking_over.take_over(intake, standing, actor=cast.admin, now=NOW)


def test_the_verb_keeps_old_code_holder_papers_and_event(cast: Cast) -> None:
    number = bring(cast, replace(STANDING, holder_id=cast.justice.bob.id))
    row = models.Dossier.objects.get(pk=number)
    assert row.code == "H99.01-260310-0001"
    assert queries.old_codes(number) == [("iGate", "CU-17")]
    assert row.holder_id == cast.justice.bob.id
    assert set(models.Component.objects.filter(dossier=row, required=True).values_list("received", flat=True)) == {True}
    assert queries.number_of(row.code, actor=cast.justice.bob) == number


def test_an_old_code_of_statutory_form_stays_the_code(cast: Cast) -> None:
    number = bring(cast, replace(STANDING, code="h99.01-260223-0007"))
    assert models.Dossier.objects.get(pk=number).code == "H99.01-260223-0007"


def test_todays_numbers_are_left_to_us(cast: Cast) -> None:
    number = bring(cast, replace(STANDING, code="H99.01-260310-0001"))
    assert models.Dossier.objects.get(pk=number).code == "H99.01-260310-0001"
    services.receive_at_counter(cast.intake(), actor=cast.justice.alice, now=NOW)
    assert models.Dossier.objects.filter(code="H99.01-260310-0002").exists()


def test_the_same_old_code_comes_in_once_and_again_after_its_undo(cast: Cast) -> None:
    number = bring(cast)
    with pytest.raises(AlreadyTakenOver):
        bring(cast, replace(STANDING, code=" cu-17 "))
    taking_over.undo_take_over(number, reason="Nhầm tệp", actor=cast.admin, now=NOW)
    assert models.Dossier.objects.get(pk=number).state == "voided"
    assert bring(cast) != number


def test_after_an_act_it_cannot_be_taken_back(cast: Cast) -> None:
    number = bring(cast)
    services.assign(number, holder_id=cast.justice.bob.id, actor=cast.justice.charlie, now=NOW)
    with pytest.raises(ActedSinceTakeOver):
        taking_over.undo_take_over(number, reason="Nhầm tệp", actor=cast.admin, now=NOW)


def test_identity_competence_holder_and_right_are_checked_as_at_intake(cast: Cast) -> None:
    with pytest.raises(InvalidIdentity):
        bring(cast, owner=replace(OWNER, number="123"))
    with pytest.raises(HolderNotThere):
        bring(cast, replace(STANDING, holder_id=cast.land.bob.id))
    with pytest.raises(MotcuaError):
        bring(cast, procedure_code=BIRTH)
    with pytest.raises(NotAllowed):
        taking_over.take_over(cast.intake(), STANDING, actor=cast.justice.charlie, now=NOW)
    assert not models.Dossier.objects.exists()


def test_old_data_does_not_replace_what_we_know_of_a_person(cast: Cast) -> None:
    remember(replace(OWNER, phone="0911111111"), now=NOW)
    bring(cast)
    known = person(OWNER.kind, OWNER.number)
    assert known is not None and known.phone == "0911111111"


def test_it_counts_from_its_acceptance_and_goes_on_to_a_result(cast: Cast) -> None:
    number = bring(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT accepted_on, due_on, ended_on FROM dossier_facts WHERE id = %s", [number])
        assert cursor.fetchone() == (date(2026, 2, 23), date(2026, 3, 12), None)
    services.advance(number, position=store.load(number, lock=False).step_position, actor=cast.justice.bob, now=NOW)
    assert models.Dossier.objects.get(pk=number).procedure_code == LICENCE
    assert local_date(NOW) == date(2026, 3, 10)
