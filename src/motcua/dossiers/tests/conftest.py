"""A dossier in memory, a clock and an actor for the pure tests."""

from __future__ import annotations

from datetime import datetime

import pytest

from motcua.base.actor import SYSTEM, Actor
from motcua.base.time import VN
from motcua.deadlines.rules import default_calendar, default_rule_sets
from motcua.dossiers.rules.clock import Clock
from motcua.dossiers.rules.state import Dossier
from motcua.processes.rules import Stage, StepPlan

PLAN = (
    StepPlan(1, Stage.RECEIVE, "Tiếp nhận", "counter", share=5),
    StepPlan(2, Stage.FORWARD, "Phân công", "leader", share=10),
    StepPlan(3, Stage.SETTLE, "Thẩm định", "specialist", share=60),
    StepPlan(4, Stage.SIGN, "Ký", "leader", share=20),
    StepPlan(5, Stage.RETURN, "Trả kết quả", "counter", share=5),
)


def vn(text: str) -> datetime:
    """A Vietnamese moment from ISO text."""
    return datetime.fromisoformat(text).replace(tzinfo=VN)


def clock(code: str = "118-2025") -> Clock:
    rules = next(rules for rules in default_rule_sets() if rules.code == code)
    return Clock(default_calendar(), rules)


def dossier(*, submitted: str = "2026-03-02T08:00", own_counter: bool = True, **changes: object) -> Dossier:
    values: dict[str, object] = {
        "provisional_code": "TN1", "secret": "S", "channel": "direct", "procedure_id": 1,
        "procedure_code": "1.000001", "version_id": 1, "case_id": 1, "field_id": 1, "level": "province",
        "unit_id": 10, "intake_unit_id": 20, "own_counter": own_counter, "submitted_at": vn(submitted),
        "recorded_at": vn(submitted), "term_amount": 5, "term_unit": "ngay_lam_viec", "plan": PLAN,
    }  # fmt: skip
    return Dossier(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def actor() -> Actor:
    return SYSTEM
