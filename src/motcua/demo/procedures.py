"""What the demonstration adds to the shipped catalogue: what districts settled until 30/6/2025, and own processes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from motcua.base.actor import SYSTEM
from motcua.catalogue import queries, services
from motcua.catalogue.queries import VersionFacts
from motcua.deadlines.rules import Term, TermUnit
from motcua.demo import units as plan
from motcua.organisation.queries import by_code
from motcua.processes import services as processes
from motcua.processes.rules import (
    HOURS_PER_HALF_DAY,
    Branch,
    Condition,
    Fact,
    Operator,
    OpinionPlan,
    Place,
    PlaceKind,
    RequiredAct,
    Stage,
    StepPlan,
    term_in_hours,
)

DISTRICT_PROCEDURES = 30
OWN_PROCESSES = 3
_DEFAULT_HOURS = Decimal(80)
_STEPS = (
    (Stage.RECEIVE, "Tiếp nhận, số hóa hồ sơ", "counter", 5),
    (Stage.FORWARD, "Phân công thụ lý", "leader", 5),
    (Stage.SETTLE, "Thẩm tra hồ sơ", "specialist", 30),
    (Stage.SETTLE, "Xác minh, dự thảo kết quả", "specialist", 35),
    (Stage.SIGN, "Ký số, ban hành kết quả", "leader", 20),
    (Stage.RETURN, "Trả kết quả", "counter", 5),
)


LAND_PROCEDURE = "1.012756"
_LAND_STEPS = (
    (Stage.RECEIVE, "Tiếp nhận, số hóa hồ sơ", "counter", 3, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    (Stage.FORWARD, "Phân công thụ lý", "leader", 4, "Hồ sơ đã phân công"),
    (Stage.SETTLE, "Thẩm định hồ sơ, hiện trạng sử dụng đất", "specialist", 40, "Phiếu thẩm định"),
    (Stage.SETTLE, "Dự thảo kết quả, cập nhật hồ sơ địa chính", "specialist", 25, "Dự thảo kết quả"),
    (Stage.SETTLE, "Kiểm tra, trình ký", "leader", 12, "Tờ trình"),
    (Stage.SIGN, "Ký số, ban hành kết quả", "leader", 12, "Giấy chứng nhận đã ký"),
    (Stage.RETURN, "Trả kết quả", "counter", 4, "Kết quả đã trả cho chủ hồ sơ"),
)


def move_to_communes(*, now: datetime) -> int:
    """Some communal procedures belonged to districts until 30/6/2025: two further versions by decision say so."""
    moved = [facts for facts in _communal() if _publishable(facts)][: DISTRICT_PROCEDURES * 2 : 2]
    for facts in moved:
        _publish(facts, levels=["district"], since=plan.SINCE, decision="05/QĐ-MẪU", now=now)
        levels = [level for level in facts.levels if level != "other"]
        _publish(facts, levels=levels, since=plan.TWO_LEVELS, decision="105/QĐ-MẪU", now=now)
    return len(moved)


def _communal() -> list[VersionFacts]:
    found = queries.in_force(plan.SINCE).filter(levels__contains=["commune"]).order_by("procedure__code")
    return [queries.version_facts(pk) for pk in found.values_list("pk", flat=True)]


def _publishable(facts: VersionFacts) -> bool:
    return bool(facts.field_id and facts.components and facts.channels) and all(c.term for c in facts.cases)


def _publish(facts: VersionFacts, *, levels: Sequence[str], since: date, decision: str, now: datetime) -> None:
    draft = services.correct(facts.version_id, changes={"levels": list(levels)}, actor=SYSTEM, now=now)
    services.publish(
        draft, decision_number=f"{decision} (dữ liệu trình diễn)", decision_date=since, valid_from=since, actor=SYSTEM,
        now=now,
    )  # fmt: skip


def design_processes(*, now: datetime) -> None:
    """Own processes with fixed hours for a few procedures of land and civil status."""
    on = plan.TWO_LEVELS
    for words in ("khai sinh", "đất đai", "quyền sử dụng đất"):
        for hit in queries.search(words, on=on, level="commune", limit=OWN_PROCESSES).hits[:1]:
            _own_process(queries.version_for_intake(hit.code, on), now)


def design_land_process(*, now: datetime) -> None:
    """A provincial land procedure with seven steps and an opinion beside the appraisal, by a fictional decision.

    Comes after the units: the agency whose opinion is asked is named. Disagreement leads straight to the leader.
    """
    facts = queries.version_for_intake(LAND_PROCEDURE, plan.TWO_LEVELS)
    hours = min(term_in_hours(case.term) or _DEFAULT_HOURS for case in facts.cases if case.term)
    version = processes.sketch(
        code=f"QT-{facts.code}", name=facts.name, procedure_code=facts.code, steps=_land_steps(hours), actor=SYSTEM, now=now
    )
    processes.publish(
        version_id=version, decision_number="12/QĐ-MẪU (dữ liệu trình diễn)", decision_date=plan.SINCE, since=plan.SINCE,
        actor=SYSTEM, now=now,
    )  # fmt: skip


def _land_steps(hours: Decimal) -> list[StepPlan]:
    steps = [
        StepPlan(position, stage, name, role, _half_days(hours, share), None, result)
        for position, (stage, name, role, share, result) in enumerate(_LAND_STEPS, 1)
    ]
    asked = Place(PlaceKind.FIXED, by_code(plan.PLANNING_AGENCY))
    opinion = OpinionPlan("Ý kiến về sự phù hợp quy hoạch xây dựng", "specialist", _half_days(hours, 20), asked)
    disagreed = Condition(Fact.OPINIONS_DISAGREED, Operator.MORE, "0")
    steps[2] = replace(steps[2], opinions=(opinion,), branches=(Branch(5, disagreed), Branch(4)), back_to=(2,))
    steps[4] = replace(steps[4], back_to=(3, 4))
    steps[5] = replace(steps[5], requires=frozenset({RequiredAct.SIGN}), back_to=(5,))
    return steps


def _own_process(facts: VersionFacts, now: datetime) -> None:
    terms = [case.term for case in facts.cases if case.term]
    hours = min((term_in_hours(term) or _DEFAULT_HOURS for term in terms), default=_DEFAULT_HOURS)
    version = processes.draft(
        code=f"QT-{facts.code}", name=f"Quy trình: {facts.name}"[:400], procedure_code=facts.code,
        steps=[replace(step, hours=_part(hours, step.share or 0), share=None) for step in _plan()],
        term=_shortest(terms), actor=SYSTEM, now=now,
    )  # fmt: skip
    processes.publish(
        version_id=version, decision_number="11/QĐ-MẪU", decision_date=plan.SINCE, since=plan.SINCE, actor=SYSTEM, now=now
    )


def _plan() -> list[StepPlan]:
    return [StepPlan(i, stage, name, role, None, share) for i, (stage, name, role, share) in enumerate(_STEPS, 1)]


def _part(hours: Decimal, share: int) -> Decimal:
    return (hours * share / 100).quantize(Decimal("0.01"))


def _half_days(hours: Decimal, share: int) -> Decimal:
    """Officials plan in whole half days; rounded down, the sum stays within the term."""
    return _part(hours, share) // HOURS_PER_HALF_DAY * HOURS_PER_HALF_DAY


def _shortest(terms: Sequence[Term]) -> Term | None:
    counted = [term for term in terms if term.unit in (TermUnit.WORKING_DAY, TermUnit.WORKING_HOUR, TermUnit.SAME_DAY)]
    return min(counted, key=lambda term: term_in_hours(term) or _DEFAULT_HOURS, default=None)
