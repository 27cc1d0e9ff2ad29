"""Handing over all work, balancing it, counters with too much: rules by table, verbs and pages, bad cases and bounds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.actor import SYSTEM
from motcua.base.errors import NotAllowed
from motcua.demo.cast import LICENCE, Cast
from motcua.dossiers import models, reassignment, services, workload
from motcua.dossiers.reassignment import hand_over
from motcua.dossiers.rules.balance import Load, suggestions
from motcua.dossiers.rules.refusals import ReasonMissing, SuccessorUnfit
from motcua.dossiers.tests.office import NOW, client_of, province
from motcua.journal.models import Event
from motcua.people import services as people
from motcua.people.delegating import record_absence
from motcua.people.leaving import WorkLeft
from motcua.people.overload import CounterWeek, Help, helpers
from motcua.people.quotas import LimitWrong, set_limit
from motcua.people.rules import Role

DAY = NOW.date()
LOADS = st.lists(
    st.builds(
        Load, officer_id=st.integers(1, 6), name=st.just("A"), role=st.sampled_from(["specialist", "clerk"]),
        open=st.integers(0, 40), untouched=st.integers(0, 40), away=st.booleans(),
    ),
    max_size=6, unique_by=lambda load: (load.role, load.officer_id),
)  # fmt: skip


@given(LOADS)
def test_a_move_narrows_the_gap_and_never_turns_it_round(loads):
    for move in suggestions(loads):
        giver, taker = move.after
        assert move.giver.role == move.taker.role and not move.taker.away
        assert 0 < move.count <= move.giver.untouched
        assert giver >= taker and giver - taker < move.giver.open - move.taker.open


@pytest.mark.parametrize(
    ("many", "few", "untouched", "count"),
    [(12, 4, 12, 4), (12, 4, 3, 3), (5, 4, 5, 0), (6, 4, 6, 1), (12, 4, 0, 0), (4, 4, 4, 0)],
)
def test_half_the_difference_moves_of_what_nobody_began(many, few, untouched, count):
    loads = [Load(1, "A", "specialist", many, untouched=untouched), Load(2, "B", "specialist", few)]
    assert sum(move.count for move in suggestions(loads)) == count


@pytest.mark.parametrize(
    ("week", "short", "spare"),
    [
        (CounterWeek(1, 500, 5, 2, 40), 1, 0),
        (CounterWeek(1, 100, 5, 3, 40), 0, 2),
        (CounterWeek(1, 0, 5, 1, 40), 0, 0),
        (CounterWeek(1, 500, 5, 2, None), 0, 0),
        (CounterWeek(1, 500, 0, 2, 40), 0, 1),
        (CounterWeek(1, 50, 5, 0, 40), 1, 0),
    ],
)
def test_a_counter_is_short_of_people_against_its_limit(week, short, spare):
    assert (week.short, week.spare) == (short, spare)


def test_the_shortest_counter_is_helped_first():
    weeks = [CounterWeek(1, 100, 5, 3, 40), CounterWeek(2, 500, 5, 2, 40), CounterWeek(3, 900, 5, 2, 40)]
    assert helpers(weeks) == [Help(1, 3, 2)]


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)
    return province()


def specialist(cast: Cast, name: str = "hai", *, role: Role = Role.SPECIALIST) -> int:
    number = people.create_officer(
        username=name, full_name="Đỗ Thị Hai", password="x", hashed=True, must_change=False, actor=SYSTEM, now=NOW
    )
    people.assign(officer_id=number, unit_id=cast.justice.unit, role=role, since=DAY, actor=SYSTEM, now=NOW)
    return number


def bobs(cast: Cast, count: int) -> list[int]:
    numbers = []
    for _ in range(count):
        number = services.receive_at_counter(cast.intake(LICENCE), actor=cast.justice.alice, now=NOW)
        services.forward(number, actor=cast.justice.alice, now=NOW)
        services.advance(number, position=2, holder_id=cast.justice.bob.id, actor=cast.justice.charlie, now=NOW)
        numbers.append(number)
    return numbers


def passed(cast: Cast, numbers: list[int], to: int, **changes: object) -> list[reassignment.Outcome]:
    return hand_over(numbers, **{"to": to, "reason": "Nghỉ việc", "actor": cast.justice.charlie, "now": NOW} | changes)


class TestHandingOver:
    def test_every_dossier_passes_with_one_event_and_an_outcome(self, cast):
        numbers, heir = bobs(cast, 3), specialist(cast)
        outcomes = passed(cast, numbers, heir)
        assert [(o.dossier_id, o.refusal) for o in outcomes] == [(n, "") for n in numbers]
        assert reassignment.open_by_name(cast.justice.bob.id) == 0 and reassignment.open_by_name(heir) == 3
        events = Event.objects.filter(name="dossier.assigned", data__reason="Nghỉ việc")
        assert events.count() == 3 and set(events.values_list("data__from_holder", flat=True)) == {cast.justice.bob.id}

    def test_repeating_it_moves_nothing_twice(self, cast):
        numbers, heir = bobs(cast, 2), specialist(cast)
        passed(cast, numbers[:1], heir)
        outcomes = passed(cast, numbers, heir)
        assert ["đang là người giữ" in o.refusal for o in outcomes] == [True, False]
        assert Event.objects.filter(name="dossier.assigned", data__reason="Nghỉ việc").count() == 2

    def test_a_row_that_is_refused_leaves_the_others_alone(self, cast):
        numbers, heir = bobs(cast, 2), specialist(cast)
        commune = services.receive_at_counter(cast.intake(place=cast.commune), actor=cast.commune.alice, now=NOW)
        outcomes = passed(cast, [numbers[0], commune, 999_999, numbers[1]], heir)
        assert [bool(o.refusal) for o in outcomes] == [False, True, True, False]

    def test_a_stop_between_batches_keeps_what_was_done(self, cast, monkeypatch):
        monkeypatch.setattr(reassignment, "BATCH", 1)
        numbers, heir = bobs(cast, 2), specialist(cast)

        def killed(done: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            passed(cast, numbers, heir, progress=killed)
        assert reassignment.open_by_name(heir) == 1 and reassignment.open_by_name(cast.justice.bob.id) == 1

    def test_the_successor_can_do_the_step_and_is_there(self, cast):
        numbers = bobs(cast, 1)
        clerk, away = specialist(cast, "vanthu", role=Role.CLERK), specialist(cast)
        assert "không giữ vai trò" in passed(cast, numbers, clerk)[0].refusal
        record_absence(
            officer_id=away, unit_id=cast.justice.unit, substitute_id=clerk, since=DAY, until=DAY + timedelta(days=1),
            reason="Nghỉ", decided_by="Giám đốc", actor=cast.justice.charlie, now=NOW,
        )  # fmt: skip
        with pytest.raises(SuccessorUnfit, match="vắng mặt"):
            passed(cast, numbers, away)
        people.set_active(officer_id=clerk, active=False, actor=SYSTEM, now=NOW)
        with pytest.raises(SuccessorUnfit, match="không còn dùng"):
            passed(cast, numbers, clerk)
        with pytest.raises(ReasonMissing):
            passed(cast, numbers, specialist(cast, "ba"), reason=" ")

    def test_others_than_the_head_hand_over_nothing(self, cast):
        numbers, heir = bobs(cast, 1), specialist(cast)
        for actor in (cast.justice.bob, cast.justice.alice, cast.land.charlie, cast.admin.without(Role.ADMIN)):
            assert passed(cast, numbers, heir, actor=actor)[0].refusal
        assert not passed(cast, numbers, heir, actor=cast.admin)[0].refusal

    def test_an_account_with_open_work_is_not_closed_silently(self, cast):
        bobs(cast, 2)
        with pytest.raises(WorkLeft, match="2 hồ sơ"):
            people.set_active(officer_id=cast.justice.bob.id, active=False, actor=cast.admin, now=NOW)
        client = client_of(cast.admin)
        address = f"/office/can-bo/{cast.justice.bob.id}/"
        warned = client.post(f"{address}trang-thai/", {"active": "0"})
        assert warned.status_code == 422 and f"{address}ban-giao/" in warned.content.decode()
        client.post(f"{address}trang-thai/", {"active": "0", "leave_work": "1"})
        assert not people.Officer.objects.get(pk=cast.justice.bob.id).is_active

    def test_the_page_passes_everything_to_one_or_by_procedure(self, cast):
        bobs(cast, 3)
        heir, client = specialist(cast), client_of(cast.justice.charlie)
        address = f"/office/can-bo/{cast.justice.bob.id}/ban-giao/"
        assert "3 hồ sơ" in client.get(address).content.decode()
        assert client.post(address, {"everything": heir, "reason": ""}).status_code == 422
        assert client.post(address, {"everything": "", "row_0": "", "reason": "Nghỉ"}).status_code == 422
        done = client.post(address, {"everything": heir, "row_0": "", "reason": "Nghỉ việc"}).content.decode()
        assert "Đã bàn giao 3 hồ sơ" in done and reassignment.open_by_name(heir) == 3

    def test_the_page_of_officers_elsewhere_is_refused(self, cast):
        bobs(cast, 1)
        for actor in (cast.land.charlie, cast.justice.bob, cast.outsider, cast.justice.alice):
            assert client_of(actor).get(f"/office/can-bo/{cast.justice.bob.id}/ban-giao/").status_code == 403


class TestLoad:
    def test_each_officer_has_their_open_late_and_settled_work(self, cast):
        numbers, other = bobs(cast, 5), specialist(cast)
        models.Dossier.objects.filter(pk=numbers[0]).update(due_at=NOW - timedelta(days=1))
        services.advance(numbers[1], position=3, actor=cast.justice.bob, now=NOW)
        rows, free = workload.loads(cast.justice.unit, now=NOW)
        bob = next(row for row in rows if row.officer_id == cast.justice.bob.id)
        assert (bob.open, bob.overdue, bob.untouched, bob.settled_a_week) == (4, 1, 3, 0.25)
        assert next(row for row in rows if row.officer_id == other).open == 0
        assert sum(free.values()) == 1

    def test_its_number_of_questions_does_not_grow(self, cast):
        asked = []
        for count in (1, 3):
            bobs(cast, count)
            with CaptureQueriesContext(connection, ) as questions:
                workload.loads(cast.justice.unit, now=NOW)
            asked.append(len(questions))
        assert asked[1] <= asked[0] <= 8

    def test_the_proposal_is_told_and_done_with_one_confirmation(self, cast):
        bobs(cast, 6)
        other, client = specialist(cast), client_of(cast.justice.charlie)
        page = client.get("/office/khoi-luong/").content.decode()
        assert "đang giữ 6 hồ sơ" in page and "Chuyển 3 hồ sơ" in page
        move = f"specialist:{cast.justice.bob.id}:{other}:3"
        where = f"/office/khoi-luong/can-doi/?don-vi={cast.justice.unit}"
        assert "Đã chuyển 3 hồ sơ" in client.post(where, {"move": move}, follow=True).content.decode()
        assert reassignment.open_by_name(other) == 3
        again = client.post(where, {"move": move}, follow=True).content.decode()
        assert "vừa thay đổi" in again and reassignment.open_by_name(other) == 3

    def test_other_units_and_other_people_are_refused(self, cast):
        client = client_of(cast.justice.charlie)
        assert client.get(f"/office/khoi-luong/?don-vi={cast.land.unit}").status_code == 403
        assert client.get("/office/khoi-luong/?don-vi=khong").status_code == 404
        for path in ("khoi-luong/", "tai-tai-quay/", "can-bo/vang-mat/", "can-bo/nhiem-ky/"):
            assert client_of(cast.justice.bob).get(f"/office/{path}").status_code == 403


class TestCounters:
    def test_last_weeks_arrivals_stand_against_the_limit(self, cast, monkeypatch):
        for _ in range(6):
            services.receive_at_counter(cast.intake(LICENCE), actor=cast.justice.alice, now=NOW)
        monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW + timedelta(days=7))
        client = client_of(cast.director)
        assert "Đặt ngưỡng" in client.get("/office/tai-tai-quay/").content.decode()
        answer = client.post(
            f"/office/tai-tai-quay/nguong/?don-vi={cast.centre}", {"a_day": "1", "since": "01/03/2026", "decision": "1/QĐ-MẪU"}
        )
        assert answer.url == "/office/tai-tai-quay/"
        assert "thiếu 1 người" in client.get("/office/tai-tai-quay/").content.decode()

    def test_a_limit_needs_a_number_a_decision_and_the_right(self, cast):
        asked = {"unit_id": cast.centre, "since": date(2026, 3, 1), "now": NOW}
        with pytest.raises(LimitWrong):
            set_limit(**asked, a_day=0, decision="1/QĐ", actor=cast.director)
        with pytest.raises(LimitWrong):
            set_limit(**asked, a_day=5, decision=" ", actor=cast.director)
        with pytest.raises(NotAllowed):
            set_limit(**asked, a_day=5, decision="1/QĐ", actor=cast.justice.charlie)


class TestPagesOfAbsence:
    def test_a_head_records_an_absence_and_ends_it(self, cast):
        other, client = specialist(cast), client_of(cast.justice.charlie)
        form = {
            "officer": cast.justice.bob.id, "since": "10/03/2026", "last": "16/03/2026", "substitute": other,
            "reason": "Nghỉ phép", "decided_by": "Giám đốc, 5/QĐ",
        }  # fmt: skip
        page = client.post(f"/office/can-bo/vang-mat/ghi/?don-vi={cast.justice.unit}", form, follow=True).content.decode()
        assert "Đang vắng" in page and "Đỗ Thị Hai" in page and "17/03/2026" in page
        refused = client.post(f"/office/can-bo/vang-mat/ghi/?don-vi={cast.justice.unit}", form)
        assert refused.status_code == 422 and "trùng nhau" in refused.content.decode()
        row = people.Officer.objects.get(pk=cast.justice.bob.id).absences.get().pk
        assert client_of(cast.land.charlie).get(f"/office/can-bo/vang-mat/{row}/ket-thuc/").status_code == 403
        client.post(f"/office/can-bo/vang-mat/{row}/ket-thuc/", {"until": "12/03/2026"})
        assert "12/03/2026" in client.get("/office/can-bo/vang-mat/").content.decode()

    def test_a_head_delegates_the_signature(self, cast):
        other, client = specialist(cast), client_of(cast.justice.charlie)
        form = {
            "giver": cast.justice.charlie.id, "officer": other, "form": "KT", "principal_title": "Giám đốc",
            "own_title": "Phó Giám đốc", "since": "10/03/2026", "last": "", "procedures": "1.000001", "decision": "7/QĐ",
        }  # fmt: skip
        address = f"/office/can-bo/giao-ky/?don-vi={cast.justice.unit}"
        assert "Mã thủ tục không đúng" in client.post(address, form | {"procedures": "abc"}).content.decode()
        page = client.post(address, form, follow=True).content.decode()
        assert "Đang hiệu lực" in page and "1.000001" in page
