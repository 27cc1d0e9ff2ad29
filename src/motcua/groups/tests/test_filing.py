"""Filing a group: one code, dossiers one after the other, one state, one trip; refusals and two officers at once."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from motcua.base.actor import SYSTEM
from motcua.base.errors import NotAllowed
from motcua.base.time import local_date
from motcua.catalogue.errors import ProcedureUnknown
from motcua.demo.cast import BIRTH, LICENCE, NO_TERM, ON, Cast
from motcua.dossiers import store
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.refusals import ComponentMissing, ReceiverMissing, WithdrawalEvidenceMissing
from motcua.dossiers.tests.mirrored import finished, list_source, take, told
from motcua.groups import definitions, queries, services
from motcua.groups.errors import (
    GroupCodeMalformed,
    GroupNotInForce,
    GroupUnknown,
    GroupValidityOverlaps,
    NotADraftGroup,
    NothingToReturn,
    NothingToWithdraw,
    NotTheSameMatter,
    NotToOpenNow,
    PartMissing,
)
from motcua.groups.models import Child, Group
from motcua.groups.packing import pack, unpack
from motcua.groups.rules import GroupStage, MemberPlan, Stage
from motcua.groups.services import Part
from motcua.groups.tests.world import (
    BIRTH_GROUP,
    CITATION,
    NOW,
    define,
    dossier_of,
    filed,
    filing,
    made,
    part,
    settle,
)
from motcua.journal.drain import deliver_next
from motcua.journal.queries import events_of


@pytest.fixture
def world(db: None) -> tuple[Cast, int]:
    return made()


def view(group: int, actor: Any = SYSTEM) -> queries.GroupView:
    return queries.group(group, actor=actor, today=local_date(NOW))


def run_worker() -> None:
    while deliver_next(NOW + timedelta(minutes=5)):
        pass


def test_the_first_dossier_opens_and_the_next_one_waits(world: tuple[Cast, int]) -> None:
    cast, version = world
    found = view(filed(cast, version))
    assert found.code == "LT-H99.40.01-260310-0001"
    assert [child.stage for child in found.children] == [Stage.OPEN, Stage.PENDING]
    assert found.children[0].dossier.code == "H99.40.01-260310-0001"  # type: ignore[union-attr]
    assert found.state.stage is GroupStage.IN_PROGRESS
    assert Dossier.objects.count() == 1


def test_a_result_opens_what_waited_for_it_with_its_own_code_and_clock(world: tuple[Cast, int]) -> None:
    cast, version = world
    group = filed(cast, version)
    settle(cast, dossier_of(group, 1))
    run_worker()
    second = store.load(dossier_of(group, 2))
    assert second.procedure_code == LICENCE
    assert second.due_at is not None
    assert second.code != store.load(dossier_of(group, 1)).code
    assert Child.objects.get(group_id=group, position=2).intake is None
    assert view(group).state.stage is GroupStage.PARTLY
    assert services.open_ready(group, actor=SYSTEM, now=NOW) == []
    assert Dossier.objects.count() == 2


def test_a_refusal_blocks_what_waited_for_it(world: tuple[Cast, int]) -> None:
    cast, version = world
    group = filed(cast, version)
    settle(cast, dossier_of(group, 1), granted=False)
    run_worker()
    found = view(group)
    assert found.children[1].stage is Stage.BLOCKED
    assert found.children[1].blocked_by == 1
    assert found.state.without_result == 1
    with pytest.raises(NotToOpenNow):
        services.open_child(group, 2, actor=cast.commune.alice, now=NOW)


def test_procedures_side_by_side_open_together(world: tuple[Cast, int]) -> None:
    cast, _ = world
    version = define("SONG-SONG", (MemberPlan(1, BIRTH), MemberPlan(2, LICENCE)))
    found = view(filed(cast, version))
    assert [child.stage for child in found.children] == [Stage.OPEN, Stage.OPEN]


def test_one_paper_missing_refuses_the_whole_group(world: tuple[Cast, int]) -> None:
    cast, version = world
    parts = {1: part(cast, BIRTH, complete=False), 2: part(cast, LICENCE)}
    with pytest.raises(ComponentMissing):
        filed(cast, version, parts=parts)
    assert not Group.objects.exists()
    assert not Dossier.objects.exists()


def test_a_later_dossier_with_a_paper_missing_waits_at_the_counter(world: tuple[Cast, int]) -> None:
    cast, version = world
    group = filed(cast, version, parts={1: part(cast, BIRTH), 2: part(cast, LICENCE, complete=False)})
    settle(cast, dossier_of(group, 1))
    run_worker()
    assert view(group).children[1].stage is Stage.SUBMITTED


def test_what_cannot_open_says_why_and_opens_by_hand_later(world: tuple[Cast, int]) -> None:
    cast, version = world
    wrong = Part(cast.land.unit, part(cast, LICENCE).components)
    group = filed(cast, version, parts={1: part(cast, BIRTH), 2: wrong})
    settle(cast, dossier_of(group, 1))
    run_worker()
    child = Child.objects.get(group_id=group, position=2)
    assert "thẩm quyền" in child.note
    Child.objects.filter(pk=child.pk).update(unit_id=cast.commune.unit, intake=child.intake | {"unit_id": cast.commune.unit})
    with pytest.raises(NotAllowed):
        services.open_child(group, 2, actor=cast.justice.alice, now=NOW)
    services.open_child(group, 2, actor=cast.commune.alice, now=NOW)
    assert view(group).children[1].stage is Stage.OPEN


def test_all_results_go_out_in_one_trip_to_one_receiver(world: tuple[Cast, int]) -> None:
    cast, _ = world
    group = filed(cast, define("SONG-SONG", (MemberPlan(1, BIRTH), MemberPlan(2, LICENCE))))
    who = {"actor": cast.commune.alice, "now": NOW}
    with pytest.raises(NothingToReturn):
        services.give_back(group, receiver="Nguyễn Văn Thử", method="Trực tiếp", **who)
    for position in (1, 2):
        settle(cast, dossier_of(group, position))
    with pytest.raises(ReceiverMissing):
        services.give_back(group, receiver=" ", method="Trực tiếp", **who)
    assert services.give_back(group, receiver="Nguyễn Văn Thử", receiver_number="001090000001", method="Trực tiếp", **who) == 2
    assert view(group).state.stage is GroupStage.DONE
    assert Group.objects.get().returns.get().positions == [1, 2]
    with pytest.raises(NothingToReturn):
        services.give_back(group, receiver="Nguyễn Văn Thử", method="Trực tiếp", **who)


def test_withdrawal_ends_what_is_open_and_drops_what_waits(world: tuple[Cast, int]) -> None:
    cast, version = world
    group = filed(cast, version)
    with pytest.raises(WithdrawalEvidenceMissing):
        services.withdraw(group, evidence=" ", reason="", actor=cast.commune.alice, now=NOW)
    assert services.withdraw(group, request="YC-1", reason="Đổi ý", actor=cast.commune.alice, now=NOW) == 2
    found = view(group)
    assert found.state.stage is GroupStage.ENDED
    assert store.load(dossier_of(group, 1)).end_kind == "withdrawn"
    assert Child.objects.get(group_id=group, position=2).intake is None
    with pytest.raises(NothingToWithdraw):
        services.withdraw(group, request="YC-1", reason="", actor=cast.commune.alice, now=NOW)


def test_a_ministry_s_part_joins_as_a_followed_dossier(world: tuple[Cast, int]) -> None:
    cast, version = world
    list_source()
    parts = {**filing(cast, version).parts, 3: Part(cast.commune.unit)}
    group = filed(cast, version, parts=parts)
    assert view(group).children[2].stage is Stage.ELSEWHERE
    take(told(procedure_code=NO_TERM, unit_code="H99.40", intake_unit_code="H99.40.01"))
    take(told(external_code="X-99", unit_code="H99.40", intake_unit_code="H99.40.01"))
    with pytest.raises(NotTheSameMatter):
        services.join_mirrored(group, 3, code="X-99", actor=cast.commune.alice, now=NOW)
    with pytest.raises(NotToOpenNow):
        services.join_mirrored(group, 2, code=told().external_code, actor=cast.commune.alice, now=NOW)
    services.join_mirrored(group, 3, code=told().external_code, actor=cast.commune.alice, now=NOW)
    assert view(group).children[2].stage is Stage.OPEN
    take(finished(procedure_code=NO_TERM, unit_code="H99.40", intake_unit_code="H99.40.01"))
    assert view(group).children[2].stage is Stage.READY
    settle(cast, dossier_of(group, 1))
    given = services.give_back(group, receiver="Nguyễn Văn Thử", method="Trực tiếp", actor=cast.commune.alice, now=NOW)
    assert given == 1  # the ministry gives its own result back


def test_lateness_is_told_truly(world: tuple[Cast, int]) -> None:
    cast, version = world
    group = filed(cast, version)
    late = queries.group(group, actor=SYSTEM, today=ON + timedelta(days=4)).state.lateness
    assert (late.late, late.overdue_now, late.worst_days) == (1, 1, 4)


def test_each_dossier_is_counted_once_in_the_facts(world: tuple[Cast, int]) -> None:
    cast, version = world
    group = filed(cast, version)
    settle(cast, dossier_of(group, 1))
    run_worker()
    with connection.cursor() as cursor:
        cursor.execute("SELECT procedure_code FROM dossier_facts ORDER BY procedure_code")
        assert [row[0] for row in cursor.fetchall()] == [LICENCE, BIRTH]


def test_only_the_counter_of_the_group_acts(world: tuple[Cast, int]) -> None:
    cast, version = world
    group = filed(cast, version)
    for stranger in (cast.justice.alice, cast.commune.bob, cast.commune.charlie, cast.outsider, cast.admin):
        with pytest.raises(NotAllowed):
            services.receive(filing(cast, version), actor=stranger, now=NOW)
        with pytest.raises(NotAllowed):
            services.give_back(group, receiver="A", method="-", actor=stranger, now=NOW)
        with pytest.raises(NotAllowed):
            services.withdraw(group, request="A", reason="-", actor=stranger, now=NOW)
        with pytest.raises(NotAllowed):
            services.join_mirrored(group, 3, code="A", actor=stranger, now=NOW)


def test_a_group_is_seen_where_it_was_taken_in_and_where_it_is_settled(world: tuple[Cast, int]) -> None:
    cast, version = world
    group = filed(cast, version)
    for officer in (cast.commune.alice, cast.commune.bob, cast.commune.charlie):
        assert view(group, officer).id == group
        assert queries.filed(officer).count() == 1
    for stranger in (cast.justice.alice, cast.land.bob, cast.outsider, cast.admin):
        assert not queries.filed(stranger).exists()
        with pytest.raises(GroupUnknown):
            view(group, stranger)


def test_wrong_filings_keep_nothing(world: tuple[Cast, int]) -> None:
    cast, version = world
    good = filing(cast, version)
    with pytest.raises(PartMissing):
        filed(cast, version, parts={1: good.parts[1]})
    draft = definitions.draft(
        code="NHAP", name="Nháp", citation=CITATION, members=BIRTH_GROUP, actor=SYSTEM, now=NOW, on=ON
    )
    with pytest.raises(GroupNotInForce):
        filed(cast, draft)
    assert not Group.objects.exists()


def test_a_group_is_defined_by_decision_and_open_ones_keep_theirs(world: tuple[Cast, int]) -> None:
    cast, version = world
    group = filed(cast, version)
    again = definitions.draft(
        code="KHAI-SINH", name="Bản mới", citation=CITATION, members=BIRTH_GROUP[:2], actor=SYSTEM, now=NOW, on=ON
    )
    decided = {"decision_number": "03/QĐ", "decision_date": ON, "actor": SYSTEM, "now": NOW}
    with pytest.raises(GroupValidityOverlaps):
        definitions.publish(again, valid_from=queries.definition(version).since, **decided)  # type: ignore[arg-type]
    definitions.publish(again, valid_from=ON, **decided)
    with pytest.raises(NotADraftGroup):
        definitions.publish(again, valid_from=ON + timedelta(days=1), **decided)
    assert view(group).name == "Nhóm mẫu KHAI-SINH"
    assert [found.id for found in queries.in_force(ON)] == [again]
    definitions.close(again, decision_number="04/QĐ", from_date=ON + timedelta(days=1), actor=SYSTEM, now=NOW)
    assert queries.in_force(ON + timedelta(days=1)) == []


def test_definitions_are_for_definers_of_known_procedures(world: tuple[Cast, int]) -> None:
    cast, _ = world
    values: dict[str, Any] = {"code": "X1", "name": "X", "citation": "Y", "members": BIRTH_GROUP, "now": NOW, "on": ON}
    with pytest.raises(NotAllowed):
        definitions.draft(**values, actor=cast.commune.charlie)
    assert definitions.draft(**values, actor=cast.admin)
    with pytest.raises(GroupCodeMalformed):
        definitions.draft(**(values | {"code": "x y"}), actor=cast.admin)
    with pytest.raises(ProcedureUnknown):
        unknown = (BIRTH_GROUP[0], MemberPlan(2, "9.999999"))
        definitions.draft(**(values | {"members": unknown}), actor=cast.admin)


def test_what_was_handed_in_survives_the_wait(world: tuple[Cast, int]) -> None:
    cast, _ = world
    intake = cast.intake(LICENCE)
    assert unpack(pack(intake)) == intake
    hostile = replace(intake, owner=replace(intake.owner, name="'; DROP TABLE x; --<b>\u202e", born=None))
    assert unpack(pack(hostile)) == hostile


def test_every_act_leaves_an_event(world: tuple[Cast, int]) -> None:
    cast, version = world
    group = filed(cast, version)
    services.withdraw(group, request="YC-1", reason="", actor=cast.commune.alice, now=NOW)
    assert {event.name for event in events_of("group", str(group))} == {"group.received", "group.withdrawn"}


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_return_once_and_open_once() -> None:
    cast, version = made()
    group = filed(cast, version)
    settle(cast, dossier_of(group, 1))
    outcomes: list[str] = []

    def act(number: int) -> None:
        try:
            services.open_ready(group, actor=SYSTEM, now=NOW)
            services.give_back(group, receiver=f"Người {number}", method="-", actor=cast.commune.alice, now=NOW)
            outcomes.append("returned")
        except NothingToReturn:
            outcomes.append("nothing")
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["nothing", "nothing", "nothing", "returned"]
    assert Dossier.objects.count() == 2
