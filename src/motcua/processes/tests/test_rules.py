"""What the designer refuses, how drafts change, how time is written: tables of cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.time import VN
from motcua.deadlines.rules import Term, TermUnit, default_calendar
from motcua.processes.rules import (
    Branch,
    Condition,
    ConditionUnreadable,
    ConditionValueWrong,
    Fact,
    FindingKind,
    Operator,
    OpinionPlan,
    RequiredAct,
    Stage,
    StepPlan,
    TimeUnreadable,
    dry_run,
    findings,
    holds,
    hours_of,
    parse_condition,
    parse_time,
    time_text,
)
from motcua.processes.rules.data import branch_data, branch_from, opinion_data, opinion_from
from motcua.processes.rules.editing import added, in_order, moved, removed
from motcua.processes.tests.steps import ONLINE, conditions, line, processes, step
from motcua.processes.words import FINDING_WORDS, finding_sentence

DAYS = Term(2, TermUnit.WORKING_DAY)
LONG_OPINION = OpinionPlan("Xác nhận", "specialist", Decimal(9))


@pytest.mark.parametrize(
    ("steps", "kind"),
    [
        (line(s2=step(2, branches=(Branch(1, ONLINE), Branch(3)))), FindingKind.LOOP),
        (line(s2=step(2, branches=(Branch(2),))), FindingKind.LOOP),
        (line(s2=step(2, branches=(Branch(9, ONLINE), Branch(3)))), FindingKind.NOWHERE),
        (line(s2=step(2, branches=(Branch(4, ONLINE),))), FindingKind.NO_OTHERWISE),
        (line(s2=step(2, branches=(Branch(4), Branch(3, ONLINE)))), FindingKind.NO_OTHERWISE),
        (line(s2=step(2, branches=(Branch(4),))), FindingKind.UNREACHABLE),
        (line(s2=step(2, Stage.RETURN)), FindingKind.DEAD_END),
        (line(s2=step(2, role="")), FindingKind.NO_ROLE),
        (line(s2=step(2, hours=None)), FindingKind.NO_TIME),
        (line(s2=step(2, hours=Decimal(16))), FindingKind.TOO_LONG),
        (line(s2=step(2, hours=None, share=101)), FindingKind.SHARES),
        (line(s2=step(2, opinions=(LONG_OPINION,))), FindingKind.OPINION_LONGER),
        (line(s4=step(4, Stage.RETURN, opinions=(LONG_OPINION,))), FindingKind.OPINION_AT_RETURN),
        (line(s2=step(2, requires=frozenset({RequiredAct.SIGN}))), FindingKind.SIGN_NOT_LAST),
        (line(s2=step(2, back_to=(3,))), FindingKind.BACK_TO_LATER),
        (line(s1=step(1, Stage.RECEIVE, branches=(Branch(4, ONLINE), Branch(2)))), FindingKind.STRAIGHT_TO_RETURN),
        (line(s2=step(2, branches=(Branch(4, Condition(Fact.FEE_DUE, Operator.LESS, "x")), Branch(3)))), FindingKind.CONDITION),
        (line()[1:], FindingKind.INCOMPLETE),
        ((), FindingKind.INCOMPLETE),
    ],
)
def test_a_faulty_process_is_found_out_with_a_sentence(steps, kind):
    found = findings(steps, (DAYS,))
    assert kind in {finding.kind for finding in found if not finding.warns}
    assert all(finding_sentence(finding).endswith(".") for finding in found)


def test_a_sound_process_has_no_finding_and_a_repeat_is_none():
    branches = (Branch(4, ONLINE), Branch(3))
    assert findings(line(s2=step(2, branches=branches), s3=step(3, back_to=(1, 2))), (DAYS,)) == []


def test_every_kind_of_finding_has_its_words():
    assert set(FINDING_WORDS) == set(FindingKind)


def test_nobody_at_the_place_and_terms_of_other_units_only_warn():
    found = findings(line(), (Term(1, TermUnit.MONTH),), nobody={2: "Sở Mẫu"})
    assert {f.kind for f in found} == {FindingKind.NOBODY, FindingKind.NOT_COMPARABLE}
    assert all(f.warns for f in found)


def test_the_longest_way_counts_and_not_the_sum_of_all_steps():
    steps = line(5, s2=step(2, branches=(Branch(4, ONLINE), Branch(3))), s4=step(4, hours=Decimal(10)))
    assert hours_of(steps, None) == 26
    short = line(5, s2=step(2, branches=(Branch(3, ONLINE), Branch(4))), s3=step(3, branches=(Branch(5),)))
    assert hours_of(short, None) == 16


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("channel = online", {Fact.CHANNEL: "online"}, True),
        ("channel ≠ online", {Fact.CHANNEL: "online"}, False),
        ("channel in online; post", {Fact.CHANNEL: "post"}, True),
        ("channel = online", {}, False),
        ("fee_due = yes", {Fact.FEE_DUE: True}, True),
        ("fee_due = no", {Fact.FEE_DUE: True}, False),
        ("components_missing > 0", {Fact.COMPONENTS_MISSING: 1}, True),
        ("components_missing ≥ 2", {Fact.COMPONENTS_MISSING: 1}, False),
        ("components_missing < 2", {Fact.COMPONENTS_MISSING: 1}, True),
        ("components_missing ≤ 0", {Fact.COMPONENTS_MISSING: 1}, False),
        ("opinions_disagreed in 1; 2", {Fact.OPINIONS_DISAGREED: 2}, True),
        ("case = Cấp lần đầu", {Fact.CASE: "Cấp lần đầu"}, True),
    ],
)
def test_conditions_are_compared_and_never_run(text, facts, expected):
    assert holds(parse_condition(text), facts) is expected


@pytest.mark.parametrize(
    "text", ["", "channel", "channel == online", "${execution.setVariable('x')}", "__import__('os') = 1", "unit = 3"]
)
def test_what_is_no_condition_is_refused(text):
    with pytest.raises(ConditionUnreadable):
        parse_condition(text)


@pytest.mark.parametrize("text", ["channel > online", "fee_due = maybe", "components_missing = many", "channel in ;"])
def test_a_comparison_that_cannot_be_told_is_refused(text):
    with pytest.raises(ConditionValueWrong):
        parse_condition(text)


@given(conditions())
def test_the_written_form_of_a_condition_reads_back(condition):
    assert parse_condition(condition.text()) == condition


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4 giờ", (Decimal(4), None)), ("4 giờ làm việc", (Decimal(4), None)), ("1 buổi", (Decimal(4), None)),
        ("nửa ngày", (Decimal(4), None)), ("1,5 ngày", (Decimal(12), None)), ("2 ngày làm việc", (Decimal(16), None)),
        ("20 %", (None, 20)), ("20%", (None, 20)),
    ],
)  # fmt: skip
def test_time_is_read_as_officers_write_it(text, expected):
    assert parse_time(text) == expected


@pytest.mark.parametrize("text", ["4", "giờ", "4 tuần", "101 %", "1,5 %", "-1 giờ", "12345 giờ", ""])
def test_time_without_unit_or_sense_is_refused(text):
    with pytest.raises(TimeUnreadable):
        parse_time(text)


@given(st.decimals(0, 999, places=2))
def test_time_told_reads_back_in_hours(hours):
    kept = replace(step(2), hours=hours)
    assert parse_time(time_text(kept)) == (hours, None)


def test_references_follow_when_steps_change_place():
    steps = line(5, s2=step(2, branches=(Branch(4, ONLINE), Branch(3))), s4=step(4, back_to=(2, 3)))
    longer = added(steps, step(9, name="Mới"), behind=1)
    assert [s.name for s in longer[:3]] == ["Bước 1", "Mới", "Bước 2"]
    assert longer[2].branches == (Branch(5, ONLINE), Branch(4)) and longer[4].back_to == (3, 4)
    assert removed(longer, 2) == steps
    shorter = removed(steps, 3)
    assert shorter[1].branches == (Branch(3, ONLINE),) and shorter[2].back_to == (2,)
    turned = moved(steps, 4, by=-1)
    assert turned[2].name == "Bước 4" and turned[2].back_to == (2, 4)
    assert FindingKind.BACK_TO_LATER in {f.kind for f in findings(turned)}


@given(processes())
def test_what_is_kept_in_the_tables_reads_back(steps):
    for plan in steps:
        assert tuple(branch_from(branch_data(branch)) for branch in plan.branches) == plan.branches
        assert tuple(opinion_from(opinion_data(opinion)) for opinion in plan.opinions) == plan.opinions
    assert in_order(steps) == steps


def test_a_dry_run_tells_due_moments_and_why_a_branch_is_taken():
    opinion = OpinionPlan("Xác nhận", "leader", Decimal(2))
    steps = line(4, s2=step(2, branches=(Branch(4, ONLINE), Branch(3)), opinions=(opinion,)))
    start = datetime(2026, 3, 9, 7, 30, tzinfo=VN)
    told = {"start": start, "due": None, "calendar": default_calendar()}
    online = dry_run(steps, {Fact.CHANNEL: "online"}, **told)
    assert [p.step.position for p in online] == [1, 2, 4]
    assert online[1].branch == Branch(4, ONLINE) and online[0].due == online[1].entered
    assert online[1].opinions[0][1] > online[1].entered
    assert [p.step.position for p in dry_run(steps, {Fact.CHANNEL: "direct"}, **told)] == [1, 2, 3, 4]
    looping = line(s3=step(3, branches=(Branch(2),)))
    assert len(dry_run(looping, {}, **told)) == 3


def test_a_step_without_time_or_role_can_be_told():
    assert time_text(StepPlan(1, Stage.SETTLE, "x", "")) == ""
