"""The pure rules of groups: what may be one, what opens when, the one state and the lateness told truly."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules.state import State
from motcua.groups import rules
from motcua.groups.rules import (
    OVER,
    WITH_RESULT,
    ChildFacts,
    GroupMalformed,
    GroupStage,
    MemberPlan,
    Stage,
    blocked_by,
    check_members,
    lateness,
    opens_now,
    stage_of,
    state_of,
)

TODAY = date(2026, 3, 10)


def test_every_state_of_a_dossier_has_its_stage() -> None:
    assert set(rules._STAGES) == {state.value for state in State}


@pytest.mark.parametrize(
    ("members", "word"),
    [
        ((MemberPlan(1, "a"),), "từ 2"),
        (tuple(MemberPlan(n, str(n)) for n in range(1, 12)), "đến 10"),
        ((MemberPlan(1, "a"), MemberPlan(2, "a")), "một lần"),
        ((MemberPlan(1, "a"), MemberPlan(3, "b")), "liên tiếp"),
        ((MemberPlan(1, "a"), MemberPlan(2, "b", after=(2,))), "thủ tục 2"),
        ((MemberPlan(1, "a"), MemberPlan(2, "b", after=(7,))), "không có trong nhóm"),
        ((MemberPlan(1, "a", after=(2,)), MemberPlan(2, "b", after=(1,))), "chờ lẫn nhau"),
        ((MemberPlan(1, "a", optional=True), MemberPlan(2, "b", optional=True)), "bắt buộc"),
    ],
)
def test_what_is_no_group_is_refused_and_says_why(members: tuple[MemberPlan, ...], word: str) -> None:
    with pytest.raises(GroupMalformed, match=word):
        check_members(members)


CASES = [
    ((Stage.SUBMITTED, Stage.PENDING), GroupStage.NOT_ACCEPTED),
    ((Stage.OPEN, Stage.PENDING), GroupStage.IN_PROGRESS),
    ((Stage.OPEN, Stage.OPEN), GroupStage.IN_PROGRESS),
    ((Stage.WAITING, Stage.READY), GroupStage.WAITING),
    ((Stage.READY, Stage.OPEN), GroupStage.PARTLY),
    ((Stage.RETURNED, Stage.PENDING), GroupStage.PARTLY),
    ((Stage.RETURNED, Stage.ELSEWHERE), GroupStage.PARTLY),
    ((Stage.READY, Stage.READY), GroupStage.READY),
    ((Stage.READY, Stage.RETURNED), GroupStage.READY),
    ((Stage.RETURNED, Stage.RETURNED), GroupStage.DONE),
    ((Stage.RETURNED, Stage.ENDED), GroupStage.DONE),
    ((Stage.OPEN, Stage.ENDED), GroupStage.IN_PROGRESS),
    ((Stage.ENDED, Stage.BLOCKED), GroupStage.ENDED),
]


@pytest.mark.parametrize(("stages", "expected"), CASES)
def test_the_one_state_of_a_group(stages: tuple[Stage, ...], expected: GroupStage) -> None:
    for order in permutations(stages):
        assert state_of([ChildFacts(stage) for stage in order], today=TODAY).stage is expected


DAYS = st.one_of(st.none(), st.integers(-30, 30).map(lambda n: TODAY + timedelta(days=n)))
CHILD = st.builds(ChildFacts, st.sampled_from(Stage), DAYS, DAYS, st.booleans())
CHILDREN = st.lists(CHILD, min_size=1, max_size=10)


@given(CHILDREN)
def test_the_state_is_of_the_children_whatever_their_order(children: list[ChildFacts]) -> None:
    state = state_of(children, today=TODAY)
    assert state == state_of(reversed(children), today=TODAY)
    assert state.settled + state.without_result <= state.total == len(children)
    stages = {child.stage for child in children}
    assert (state.stage is GroupStage.DONE) == (Stage.RETURNED in stages and stages <= OVER | {Stage.RETURNED})
    assert (state.stage is GroupStage.ENDED) == (stages <= OVER)
    if Stage.WAITING in stages:
        assert state.stage is GroupStage.WAITING
    if stages & WITH_RESULT and stages & {Stage.OPEN, Stage.PENDING}:
        assert state.stage in (GroupStage.PARTLY, GroupStage.WAITING)


@given(CHILDREN, CHILD)
def test_lateness_is_never_made_smaller_by_another_child(children: list[ChildFacts], more: ChildFacts) -> None:
    before, after = lateness(children, today=TODAY), lateness([*children, more], today=TODAY)
    assert after.worst_days >= before.worst_days
    assert after.late >= before.late >= before.overdue_now
    assert (before.worst_days > 0) == (before.late > 0)


@pytest.mark.parametrize(
    ("child", "days"),
    [
        (ChildFacts(Stage.OPEN, TODAY - timedelta(days=3)), 3),
        (ChildFacts(Stage.OPEN, TODAY), 0),
        (ChildFacts(Stage.WAITING, TODAY - timedelta(days=3)), 0),
        (ChildFacts(Stage.OPEN, TODAY - timedelta(days=3), stopped_clock=True), 0),
        (ChildFacts(Stage.RETURNED, TODAY - timedelta(days=9), TODAY - timedelta(days=7)), 2),
        (ChildFacts(Stage.READY, TODAY, TODAY), 0),
        (ChildFacts(Stage.PENDING), 0),
        (ChildFacts(Stage.ENDED, TODAY - timedelta(days=9), TODAY), 0),
    ],
)
def test_late_by_date_as_the_table_counts(child: ChildFacts, days: int) -> None:
    assert lateness([child], today=TODAY).worst_days == days


AFTER = st.lists(st.sets(st.integers(1, 6), max_size=3), min_size=2, max_size=6).map(
    lambda rows: {n: {other for other in row if other < n} for n, row in enumerate(rows, 1)}
)


@given(AFTER, st.data())
def test_a_procedure_opens_once_all_before_it_have_results_and_never_after_a_refusal(
    after: dict[int, set[int]], data: st.DataObject
) -> None:
    stages = {p: data.draw(st.sampled_from(Stage)) for p in after}
    open_now, blocked = opens_now(after, stages), blocked_by(after, stages)
    for position in open_now:
        assert stages[position] is Stage.PENDING
        assert all(stages[other] in WITH_RESULT for other in after[position])
    for position, other in blocked.items():
        assert other in after[position]
        assert stages[other] in OVER or other in blocked
    assert not set(open_now) & set(blocked)


def test_what_is_left_out_holds_nothing_back() -> None:
    assert opens_now({2: (1,)}, {2: Stage.PENDING}) == [2]


def test_not_opened_yet() -> None:
    assert stage_of(None, elsewhere=False, blocked=False) is Stage.PENDING
    assert stage_of(None, elsewhere=True, blocked=False) is Stage.ELSEWHERE
    assert stage_of(None, elsewhere=True, blocked=True) is Stage.BLOCKED
