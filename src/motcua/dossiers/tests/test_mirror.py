"""Following dossiers of a ministry's system: idempotent, never backwards, read-only, counted once."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisCase

from motcua.base.actor import SYSTEM
from motcua.base.errors import MotcuaError, NotAllowed
from motcua.catalogue.errors import ProcedureUnknown
from motcua.deadlines.rules import PauseKind
from motcua.demo.cast import BIRTH, Cast, small_province
from motcua.dossiers import desks, mirrors, services, sources, store, worklist
from motcua.dossiers.access import PERMISSIONS
from motcua.dossiers.mirrors import Outcome
from motcua.dossiers.models import Dossier, Mirror
from motcua.dossiers.rules.mirroring import STAGES, MessageContradicts, ToldLater
from motcua.dossiers.rules.refusals import HandledElsewhere
from motcua.dossiers.rules.state import EndKind, LateCause, State
from motcua.dossiers.search import exact, find, question
from motcua.dossiers.tests.mirrored import CODE, NOW, SOURCE, finished, list_source, take, told
from motcua.journal.queries import events_of
from motcua.organisation.rules import UnitUnknown

LATER = timedelta(minutes=30)


@pytest.fixture
def cast(db: None) -> Cast:
    province = small_province()
    list_source()
    return province


def facts(number: int) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, source, state, timing, due_on FROM dossier_facts WHERE id = %s", [number])
        return cursor.fetchone()


def test_a_first_message_makes_a_row_with_source_code_due_date_and_steps_as_told(cast: Cast) -> None:
    number, outcome = take(told())
    dossier = store.load(number)
    assert outcome is Outcome.CREATED
    assert (dossier.code, dossier.source, dossier.external_code) == (CODE, SOURCE, CODE)
    assert (dossier.state, dossier.due_at) == (State.PROCESSING, told().due_at)
    assert [step["name"] for step in Mirror.objects.get().steps] == ["Tiếp nhận", "Thẩm định"]
    assert not dossier.slips and not dossier.steps
    assert not dossier.holder_unit_id
    assert [event.name for event in events_of("dossier", str(number))] == ["dossier.mirrored"]


def test_the_same_message_again_changes_nothing(cast: Cast) -> None:
    number, _ = take(told())
    before = store.load(number)
    assert take(told()) == (number, Outcome.UNCHANGED)
    assert take(told(told_at=NOW)) == (number, Outcome.UNCHANGED)
    assert store.load(number) == before


@pytest.mark.parametrize(
    "older",
    [
        told(State.PROCESSING, told_at=NOW - timedelta(days=1)),
        told(State.ACCEPTED, told_at=NOW),
        told(State.SUBMITTED, accepted_at=None, told_at=NOW),
    ],
    ids=["told before", "state before", "not accepted again"],
)
def test_an_older_message_does_not_overwrite_a_newer_one(cast: Cast, older: Any) -> None:
    number, _ = take(finished())
    assert take(older) == (number, Outcome.OLDER)
    assert store.load(number).state is State.FINISHED
    assert len(events_of("dossier", str(number))) == 1


def test_every_change_is_an_event_and_the_due_date_is_the_source_s(cast: Cast) -> None:
    number, _ = take(told())
    moved = told().due_at + timedelta(days=3)  # type: ignore[operator]
    take(told(due_at=moved, told_at=NOW - timedelta(hours=2)))
    take(finished(due_at=moved))
    dossier = store.load(number)
    assert [due.due_at for due in dossier.dues] == [told().due_at, moved]
    assert dossier.promised_at == told().due_at
    assert dossier.timing == "early"
    assert [event.name for event in events_of("dossier", str(number))] == [
        "dossier.mirror_told", "dossier.mirror_told", "dossier.mirrored",
    ]  # fmt: skip


def test_our_calendar_never_moves_the_due_date_of_a_followed_dossier(cast: Cast) -> None:
    number, _ = take(told())
    services.recompute_due_dates(cause="lịch mới", actor=SYSTEM, now=NOW)
    assert store.load(number).due_at == told().due_at


def test_a_wait_told_by_the_source_keeps_it_within_the_term(cast: Cast) -> None:
    number, _ = take(told(State.WAITING_SUPPLEMENT))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM waiting_facts WHERE dossier_id = %s AND ended_at IS NULL", [number])
        assert cursor.fetchone()[0] == 1
    take(told(State.PROCESSING, told_at=NOW - timedelta(hours=1)))
    assert store.load(number).open_pause is None


OWN_ACTS: dict[str, Any] = {
    "accept": lambda n, who: services.accept(n, **who),
    "ask_supplement_at_intake": lambda n, who: services.ask_supplement_at_intake(
        n, items=[{"name": "Đơn"}], reason="Thiếu", ground="Điều 17", **who
    ),
    "refuse_at_intake": lambda n, who: services.refuse_at_intake(n, reason="-", ground="-", **who),
    "forward": lambda n, who: services.forward(n, **who),
    "receive": lambda n, who: services.receive(n, **who),
    "hand_back": lambda n, who: services.hand_back(n, reason="-", **who),
    "take_back": lambda n, who: services.take_back(n, reason="-", **who),
    "redirect": lambda n, who: services.redirect(n, unit_id=1, reason="-", **who),
    "assign": lambda n, who: services.assign(n, holder_id=1, **who),
    "advance": lambda n, who: services.advance(n, position=2, **who),
    "send_back": lambda n, who: services.send_back(n, position=3, to=2, reason="-", **who),
    "ask_supplement": lambda n, who: services.ask_supplement(
        n, items=[{"name": "Đơn"}], reason="Thiếu", ground="Điều 17", **who
    ),
    "answer_supplement": lambda n, who: services.answer_supplement(n, answer="", **who),
    "pause": lambda n, who: services.pause(n, kind=PauseKind.OTHER, reason="-", ground="-", **who),
    "resume": lambda n, who: services.resume(n, **who),
    "apologise": lambda n, who: services.apologise(n, reason="Chậm", new_date=None, **who),
    "decide": lambda n, who: services.decide(n, granted=False, reason="-", ground="-", **who),
    "give_back": lambda n, who: services.give_back(n, receiver="Nguyễn Văn Thử", method="direct", **who),
    "stop": lambda n, who: services.stop(n, kind=EndKind.STOPPED, reason="-", ground="-", **who),
    "withdraw": lambda n, who: services.withdraw(n, evidence="Đơn", reason="-", **who),
    "give_late_cause": lambda n, who: services.give_late_cause(n, cause=LateCause.OTHER, note="", **who),
    "reverse_return": lambda n, who: services.reverse_return(n, reason="-", **who),
    "reverse_end": lambda n, who: services.reverse_end(n, reason="-", **who),
    "void": lambda n, who: services.void(n, reason="-", **who),
}


@pytest.mark.parametrize("act", sorted(OWN_ACTS))
def test_every_act_of_ours_is_refused_for_everybody(cast: Cast, act: str) -> None:
    number, _ = take(told())
    before = store.load(number)
    with pytest.raises(HandledElsewhere, match=CODE):
        OWN_ACTS[act](number, {"actor": SYSTEM, "now": NOW + LATER})
    for officer in (cast.justice.charlie, cast.justice.bob, cast.justice.alice):
        with pytest.raises((HandledElsewhere, NotAllowed)):
            OWN_ACTS[act](number, {"actor": officer, "now": NOW + LATER})
    assert store.load(number) == before


def test_a_followed_dossier_lies_on_no_desk(cast: Cast) -> None:
    take(told(State.ACCEPTED, intake_unit_code="H99.01"))
    assert not desks.at_counter(cast.justice.alice, cast.centre).exists()
    assert not desks.by_codes(cast.justice.alice, [CODE])


def test_it_is_no_work_but_it_is_found(cast: Cast) -> None:
    number, _ = take(told())
    boss = cast.justice.charlie
    assert not worklist.open_dossiers(boss).exists()
    assert not worklist.mine(boss).exists()
    assert exact(boss, question(CODE)) == number
    assert [row.pk for row in find(boss, question("nguyen van thu")).rows] == [number]
    assert exact(cast.outsider, question(CODE)) is None


def test_it_is_counted_with_its_source(cast: Cast) -> None:
    number, _ = take(finished())
    found = facts(number)
    assert found is not None
    assert found[:4] == (CODE, SOURCE, "finished", "early")


def test_our_own_dossier_named_by_the_source_counts_once(cast: Cast) -> None:
    own = services.receive_at_counter(cast.intake(), actor=cast.justice.alice, now=NOW - timedelta(days=1))
    code = store.load(own).code
    assert take(told(own_code=code)) == (own, Outcome.LINKED)
    assert Dossier.objects.count() == 1
    assert store.load(own).source == ""
    services.forward(own, actor=cast.justice.alice, now=NOW)  # ours goes on
    assert take(told(own_code=code)) == (own, Outcome.UNCHANGED)
    with pytest.raises(mirrors.LinkedAlready):
        take(told(external_code="G15.22-260302-0008", own_code=code))


def test_a_foreign_code_that_is_ours_links_without_being_told_so(cast: Cast) -> None:
    own = services.receive_at_counter(cast.intake(), actor=cast.justice.alice, now=NOW - timedelta(days=1))
    assert take(told(external_code=store.load(own).code)) == (own, Outcome.LINKED)
    assert Dossier.objects.count() == 1


def test_a_followed_dossier_that_turns_out_to_be_ours_leaves_the_counts(cast: Cast) -> None:
    followed, _ = take(told())
    own = services.receive_at_counter(cast.intake(), actor=cast.justice.alice, now=NOW - timedelta(days=1))
    message = told(own_code=store.load(own).code, told_at=NOW)
    assert take(message) == (own, Outcome.LINKED)
    assert facts(followed) is None
    assert facts(own) is not None
    assert Mirror.objects.get().dossier_id == own


def test_two_systems_with_one_code_are_two_dossiers(cast: Cast) -> None:
    list_source("BYT-X")
    first, _ = take(told(external_code="12345"))
    second, _ = take(told(external_code="12345", source="BYT-X"))
    assert first != second
    assert store.load(first).code == "12345"
    assert store.load(second).code.startswith("12345.")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("message", "error"),
    [
        (told(source="KHONG-CO"), sources.SourceUnknown),
        (told(external_code="a b"), mirrors.ExternalCodeMalformed),
        (told(external_code="'; DROP TABLE"), mirrors.ExternalCodeMalformed),
        (told(external_code="<b>"), mirrors.ExternalCodeMalformed),
        (told(external_code="H99.02-260310-0001"), mirrors.CodeOfOurOwn),
        (told(own_code="H99.02-260310-0009"), mirrors.OwnDossierUnknown),
        (told(procedure_code="9.999999"), ProcedureUnknown),
        (told(unit_code="H98"), UnitUnknown),
        (told(told_at=NOW + timedelta(days=1)), ToldLater),
        (told(submitted_at=NOW + timedelta(days=1)), ToldLater),
        (told(accepted_at=None), MessageContradicts),
        (told(State.SUBMITTED), MessageContradicts),
        (told(State.FORWARDED), MessageContradicts),
        (told(State.FINISHED), MessageContradicts),
        (told(ended_at=NOW, end_kind="finished"), MessageContradicts),
        (told(end_kind="finished"), MessageContradicts),
        (finished(end=NOW - timedelta(days=30)), MessageContradicts),
        (told(State.RETURNED, ended_at=NOW, end_kind="finished"), MessageContradicts),
        (told(State.STOPPED, ended_at=NOW, end_kind="finished"), MessageContradicts),
        (told(due_at=NOW - timedelta(days=90)), MessageContradicts),
    ],
)
def test_a_message_that_cannot_be_true_is_refused_and_nothing_is_kept(cast: Cast, message: Any, error: type) -> None:
    with pytest.raises(error):
        take(message)
    assert not Dossier.objects.exists()
    assert not Mirror.objects.exists()


def test_another_procedure_under_our_code_is_no_link(cast: Cast) -> None:
    own = services.receive_at_counter(cast.intake(), actor=cast.justice.alice, now=NOW - timedelta(days=1))
    with pytest.raises(mirrors.OwnDossierUnknown):
        take(told(own_code=store.load(own).code, procedure_code=BIRTH))


@pytest.mark.parametrize("who", ["alice", "bob", "charlie"])
def test_officers_do_not_bring_messages_in(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        mirrors.mirror(told(), cast.intake().owner, actor=getattr(cast.justice, who), now=NOW)


def test_a_source_ends_and_its_messages_with_it(cast: Cast) -> None:
    sources.end_source(code=SOURCE, on=NOW.date(), citation="QĐ mẫu", actor=SYSTEM, now=NOW)
    with pytest.raises(sources.SourceUnknown):
        take(told())
    with pytest.raises(sources.SourceCodeMalformed):
        list_source("x y")


def test_a_source_is_on_the_list_once_a_day(cast: Cast) -> None:
    with pytest.raises(sources.SourceOverlaps):
        list_source()
    with pytest.raises(NotAllowed):
        sources.add_source(
            code="Y", name="", ministry="", since=NOW.date(), citation="", actor=cast.justice.charlie, now=NOW
        )


@pytest.mark.django_db(transaction=True)
def test_two_messages_at_once_make_one_dossier() -> None:
    small_province()
    list_source()
    found: list[Any] = []

    def bring() -> None:
        try:
            found.append(take(told()))
        finally:
            connection.close()

    threads = [threading.Thread(target=bring) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome.value for _, outcome in found) == ["created", "unchanged", "unchanged", "unchanged"]
    assert Dossier.objects.count() == 1


def _message(state: State, hour: int) -> Any:
    moment = NOW - timedelta(hours=100 - hour)
    early = told().submitted_at
    message = told(state, told_at=moment)
    if state in (State.SUBMITTED, State.INTAKE_SUPPLEMENT, State.REFUSED_AT_INTAKE):
        return replace(message, accepted_at=None)
    kinds = {State.FINISHED: "finished", State.RETURNED: "finished", State.STOPPED: "stopped",
             State.WITHDRAWN: "withdrawn", State.SENT_BACK: "sent_back"}  # fmt: skip
    if state not in kinds:
        return message
    given_back = moment if state is State.RETURNED else None
    return replace(message, ended_at=max(early, moment), end_kind=kinds[state], returned_at=given_back and max(early, moment))


class TestAnyOrder(HypothesisCase):
    """Messages in any order, told any number of times."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(sorted(STAGES)), st.integers(0, 99)), min_size=1, max_size=8))
    def test_a_dossier_never_goes_backwards_and_stays_one(self, messages: list[tuple[State, int]]) -> None:
        if not sources.is_listed(SOURCE, NOW.date()):
            small_province()
            list_source()
        Dossier.objects.all().delete()
        stage, moment = -1, None
        for state, hour in messages:
            try:
                number, outcome = take(_message(State(state), hour))
            except MotcuaError:
                continue
            mirror = Mirror.objects.get()
            assert STAGES[State(mirror.state)] >= stage
            assert moment is None or mirror.told_at >= moment
            stage, moment = STAGES[State(mirror.state)], mirror.told_at
            assert store.load(number).state.value == mirror.state
            assert Dossier.objects.count() == 1


def test_the_list_of_acts_leaves_none_out() -> None:
    """The first two make a dossier or ask for none; completing papers is `answer_intake_supplement` by another name."""
    left_out = {"submit", "recompute", "answer_intake_supplement"}
    verbs = {name for name in PERMISSIONS if hasattr(services, name)}
    assert verbs - left_out <= set(OWN_ACTS)
