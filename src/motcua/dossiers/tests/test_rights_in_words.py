"""Why somebody sees a dossier: told by the predicates that let them in, for random officers and dossiers, and on pages."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.actor import SYSTEM, Actor, Duty
from motcua.base.errors import NotAllowed
from motcua.demo.cast import LICENCE, Cast
from motcua.dossiers import access, models, services, store, worklist
from motcua.dossiers.rules.state import ON_WORKLIST, ResultRecord, State
from motcua.dossiers.tests.office import NOW, client_of, province
from motcua.journal.models import Event
from motcua.people import services as people
from motcua.people.delegating import SigningFor, delegate_signature, record_absence
from motcua.people.queries import actor_of_officer, actors_on
from motcua.people.rules import Role
from motcua.people.standing_in import SignatureForm

DAY = NOW.date()
WEEK = timedelta(days=7)
UNITS = st.integers(1, 4)
CODES = ("1.000001", "1.000002")

DUTIES = st.builds(
    Duty,
    role=st.sampled_from([role.value for role in Role]),
    unit_id=UNITS,
    units=st.frozensets(UNITS, min_size=1),
    procedures=st.frozensets(st.sampled_from(CODES), max_size=1),
)
ACTORS = st.builds(Actor, kind=st.just("officer"), label=st.just("A"), id=st.just(1), duties=st.lists(DUTIES, max_size=3).map(tuple))
DOSSIERS = st.builds(
    SimpleNamespace,
    unit_id=UNITS,
    intake_unit_id=UNITS,
    holder_unit_id=st.none() | UNITS,
    holder_role=st.sampled_from(["", "counter", "specialist", "leader"]),
    state=st.sampled_from(list(State)),
    procedure_code=st.sampled_from(CODES),
)


def _holds(condition: Any, row: Any) -> bool:
    """A condition of the database, worked out for one row by hand."""
    parts = [_holds(c, row) if hasattr(c, "connector") else _matches(c, row) for c in condition.children]
    return (all(parts) if condition.connector == "AND" else any(parts)) != condition.negated


def _matches(part: tuple[str, Any], row: Any) -> bool:
    name, _, how = part[0].partition("__")
    value = None if name == "pk" else getattr(row, name)
    return value in part[1] if how == "in" else value == part[1]


@given(ACTORS, DOSSIERS)
def test_seeing_having_a_reason_and_the_condition_of_lists_are_one(actor, dossier):
    with patch.object(access, "ALSO_VISIBLE", []):
        seen = access.sees(actor, dossier)
        assert seen == bool(access.why_visible(actor, dossier))
        assert seen == _holds(access.visible(actor), dossier)


@given(ACTORS, DOSSIERS)
def test_what_may_be_done_is_done_in_a_position_that_counts_for_the_procedure(actor, dossier):
    dossier.holder_id, dossier.is_mirrored = None, False
    for act in access.PERMISSIONS:
        duty = access.capacity(actor, act, dossier)
        assert (duty is not None) == access.may(actor, act, dossier)
        assert duty is None or not duty.procedures or dossier.procedure_code in duty.procedures


def test_a_way_of_a_room_above_lets_in_and_is_told(monkeypatch):
    from django.db.models import Q

    also = access.Visibility(lambda actor: Q(unit_id__in=[3]), lambda actor, dossier: dossier.unit_id == 3, "Đơn vị được hỏi ý kiến.")
    monkeypatch.setattr(access, "ALSO_VISIBLE", [also])
    nobody = Actor("officer", "A", 1)
    dossier = SimpleNamespace(unit_id=3, intake_unit_id=1, holder_unit_id=None, holder_role="", state="", procedure_code="1")
    assert access.sees(nobody, dossier) and _holds(access.visible(nobody), dossier)
    assert access.why_visible(nobody, dossier) == [(None, "Đơn vị được hỏi ý kiến.")]


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)
    return province()


def colleague(cast: Cast, name: str = "thay", role: Role = Role.CLERK) -> int:
    number = people.create_officer(
        username=name, full_name="Đỗ Thị Thay", password="x", hashed=True, must_change=False, actor=SYSTEM, now=NOW
    )
    people.assign(officer_id=number, unit_id=cast.justice.unit, role=role, since=DAY, actor=SYSTEM, now=NOW)
    return number


def at_bobs_desk(cast: Cast) -> int:
    """A dossier whose settling step is in Bob's name."""
    number = services.receive_at_counter(cast.intake(LICENCE), actor=cast.justice.alice, now=NOW)
    services.forward(number, actor=cast.justice.alice, now=NOW)
    services.advance(number, position=2, holder_id=cast.justice.bob.id, actor=cast.justice.charlie, now=NOW)
    return number


def bob_away(cast: Cast, substitute: int) -> None:
    record_absence(
        officer_id=cast.justice.bob.id, unit_id=cast.justice.unit, substitute_id=substitute, since=DAY, until=DAY + WEEK,
        reason="Nghỉ phép", decided_by="Giám đốc", actor=cast.justice.charlie, now=NOW,
    )  # fmt: skip


def test_every_dossier_is_seen_by_those_the_list_of_officers_names(cast):
    number = at_bobs_desk(cast)
    dossier = store.load(number, lock=False)
    listed = {actor.id for actor, reasons in access.who_sees(actors_on(DAY), dossier)}
    assert listed == {actor.id for actor in actors_on(DAY) if access.why_visible(actor, dossier)}
    everybody = (cast.justice.alice, cast.justice.bob, cast.justice.charlie, cast.land.bob, cast.outsider, cast.director, cast.admin)
    for actor in everybody:
        opened = client_of(actor).get(f"/office/ho-so/{number}/").status_code == 200
        in_lists = models.Dossier.objects.filter(access.visible(actor), pk=number).exists()
        assert (actor.id in listed) == opened == in_lists
    assert cast.admin.id not in listed


def test_the_substitute_does_the_absent_officers_step_and_the_history_says_so(cast):
    number, substitute = at_bobs_desk(cast), colleague(cast)
    before = actor_of_officer(substitute, on=DAY)
    with pytest.raises(NotAllowed):
        services.advance(number, position=3, actor=before, now=NOW)
    bob_away(cast, substitute)
    actor = actor_of_officer(substitute, on=DAY)
    assert list(worklist.mine(actor).values_list("pk", flat=True)) == [number]
    services.advance(number, position=3, actor=actor, now=NOW)
    said = Event.objects.filter(stream="dossier", stream_id=str(number)).latest("id").actor_label
    assert said == f"Đỗ Thị Thay (Chuyên viên giải quyết, thay ông/bà Trần Văn Mẫu {cast.justice.code})"


def test_after_the_absence_acting_is_refused_also_through_a_guessed_address(cast, monkeypatch):
    number, substitute = at_bobs_desk(cast), colleague(cast)
    bob_away(cast, substitute)
    client = client_of(actor_of_officer(substitute, on=DAY))
    assert client.get(f"/office/ho-so/{number}/viec/chuyen-buoc/").status_code == 200
    later = NOW + WEEK
    monkeypatch.setattr("motcua.kit.clock.now", lambda: later)
    assert client.get(f"/office/ho-so/{number}/viec/chuyen-buoc/").status_code == 200  # a clerk of the unit reads and waits
    sent = client.post(f"/office/ho-so/{number}/viec/chuyen-buoc/", {"revision": 3, "position": 3, "note": "", "holder": ""})
    assert sent.status_code in (403, 422)
    assert worklist.mine(actor_of_officer(substitute, on=later.date())).count() == 0
    with pytest.raises(NotAllowed):
        services.advance(number, position=3, actor=actor_of_officer(substitute, on=later.date()), now=later)
    secret = people.issue_token(officer_id=substitute, label="Thử", actor=SYSTEM, now=NOW)
    monkeypatch.setattr("motcua.kit.clock.now", lambda: later)
    code = models.Dossier.objects.get(pk=number).code
    body = {"position": 3}
    answer = Client().post(
        f"/api/v1/dossiers/{code}/acts/advance", body, content_type="application/json", headers={"Authorization": f"Bearer {secret}"}
    )
    assert answer.status_code in (401, 403, 404)


def signing(cast: Cast, officer: int, **terms: Any) -> None:
    delegate_signature(
        officer_id=officer, giver_id=cast.justice.charlie.id, unit_id=cast.justice.unit,
        terms=SigningFor(SignatureForm.KT, "Giám đốc", "Phó Giám đốc", "12/QĐ-MẪU", **terms), since=DAY, until=DAY + WEEK,
        actor=cast.justice.charlie, now=NOW,
    )  # fmt: skip


def test_a_deputy_decides_for_the_head_and_the_papers_say_how(cast):
    number, deputy = at_bobs_desk(cast), colleague(cast)
    services.advance(number, position=3, actor=cast.justice.bob, now=NOW)
    result = lambda: ResultRecord("1/GP", "Giấy phép", None, "", NOW)  # noqa: E731
    with pytest.raises(NotAllowed):
        services.decide(number, granted=False, reason="x", ground="y", actor=actor_of_officer(deputy, on=DAY), now=NOW)
    signing(cast, deputy)
    actor = actor_of_officer(deputy, on=DAY)
    services.decide(number, granted=False, reason="Không đủ điều kiện", ground="Điều 1", result=result(), actor=actor, now=NOW)
    dossier = store.load(number, lock=False)
    assert dossier.slips[-1].facts["signature"] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    assert dossier.results[-1].signed_by == "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC Đỗ Thị Thay"
    assert Event.objects.filter(name="dossier.decided").latest("id").actor_label == "Đỗ Thị Thay (Văn thư, KT. GIÁM ĐỐC)"


@pytest.mark.parametrize("limited", [True, False])
def test_outside_procedures_or_time_a_deputy_decides_nothing(cast, limited):
    number, deputy = at_bobs_desk(cast), colleague(cast)
    services.advance(number, position=3, actor=cast.justice.bob, now=NOW)
    signing(cast, deputy, procedures=("1.000002",) if limited else ())
    on = DAY if limited else DAY + WEEK
    with pytest.raises(NotAllowed, match="lãnh đạo"):
        services.decide(number, granted=False, reason="x", ground="y", actor=actor_of_officer(deputy, on=on), now=NOW)


def test_the_stop_notice_prints_the_lines_of_the_delegation(cast):
    from motcua.dossiers.page_queries import papers_of
    from motcua.dossiers.papers import _leader
    from motcua.dossiers.rules.state import EndKind

    number, deputy = at_bobs_desk(cast), colleague(cast)
    signing(cast, deputy, body="Ủy ban nhân dân")
    services.stop(number, kind=EndKind.STOPPED, reason="Dừng", ground="Điều 1", actor=actor_of_officer(deputy, on=DAY), now=NOW)
    dossier = papers_of(store.load(number, lock=False)).dossier
    signatory = _leader(dossier.slips[-1])
    assert signatory.authority.split("\n") == ["TM. ỦY BAN NHÂN DÂN", "KT. GIÁM ĐỐC"]
    assert (signatory.position, signatory.name) == ("PHÓ GIÁM ĐỐC", "Đỗ Thị Thay")


def test_the_pages_tell_why_and_who_and_refuse_others(cast):
    number, substitute = at_bobs_desk(cast), colleague(cast)
    bob_away(cast, substitute)
    why = client_of(actor_of_officer(substitute, on=DAY)).get(f"/office/ho-so/{number}/vi-sao-xem/").content.decode()
    assert "Hồ sơ do đơn vị này giải quyết." in why and "thay ông/bà Trần Văn Mẫu" in why
    who = client_of(cast.justice.bob).get(f"/office/ho-so/{number}/ai-xem/").content.decode()
    for name in ("Đỗ Thị Thay", "Nguyễn Thị Mẫu Một", "Lê Thị Giám Đốc"):
        assert name in who
    assert "Trần Văn Ngoài Cuộc" not in who and "Phạm Văn Quản Trị" not in who
    for path in ("vi-sao-xem/", "ai-xem/"):
        assert client_of(cast.outsider).get(f"/office/ho-so/{number}/{path}").status_code == 403


def test_states_of_the_worklist_stay_those_of_the_condition():
    assert set(access._ON_LIST) == {state.value for state in ON_WORKLIST}
