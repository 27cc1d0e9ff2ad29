"""Steps and their sum, versions by decision, and the pages."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from motcua.base.actor import SYSTEM
from motcua.base.errors import NotFound
from motcua.base.time import VN
from motcua.deadlines.rules import Term, TermUnit, default_calendar
from motcua.dossiers.tests.office import client_of, province
from motcua.processes import queries, services
from motcua.processes.models import Process
from motcua.processes.rules import (
    SharesTooLarge,
    Stage,
    StepPlan,
    StepsIncomplete,
    StepsTooLong,
    check_steps,
    hours_of,
    step_due,
    term_in_hours,
)

NOW = datetime(2026, 3, 10, 8, tzinfo=VN)
WHO = {"actor": SYSTEM, "now": NOW}
DAYS = Term(5, TermUnit.WORKING_DAY)
DECISION = {"decision_number": "12/QĐ-UBND", "decision_date": date(2026, 3, 1)}


def plan(*hours: float | str, shares: bool = False) -> list[StepPlan]:
    """Steps from intake to return with these hours, or percents."""
    stages = [Stage.RECEIVE, *[Stage.SETTLE] * (len(hours) - 2), Stage.RETURN]
    return [
        StepPlan(n, stage, f"Bước {n}", "counter", None if shares else Decimal(str(h)), int(h) if shares else None)
        for n, (stage, h) in enumerate(zip(stages, hours, strict=True), 1)
    ]


@pytest.mark.parametrize(
    ("term", "hours"),
    [
        (DAYS, 40),
        (Term(6, TermUnit.WORKING_HOUR), 6),
        (Term(1, TermUnit.SAME_DAY), 8),
        (Term(5, TermUnit.DAY), None),
        (Term(1, TermUnit.MONTH), None),
    ],
)
def test_only_working_terms_are_told_in_working_hours(term, hours):
    assert term_in_hours(term) == hours


@pytest.mark.parametrize(
    ("steps", "term", "error"),
    [
        (plan(4, 32, 4), DAYS, None),
        (plan(4, "32.25", 4), DAYS, StepsTooLong),
        (plan(4, 320, 4), Term(5, TermUnit.DAY), None),
        (plan(4, 320, 4), None, None),
        (plan(5, 90, 5, shares=True), DAYS, None),
        (plan(5, 91, 5, shares=True), DAYS, SharesTooLarge),
        (plan(5, 91, 5, shares=True), None, SharesTooLarge),
        (plan(4, 4)[:1], DAYS, StepsIncomplete),
        (list(reversed(plan(4, 4))), DAYS, StepsIncomplete),
        ([], DAYS, StepsIncomplete),
    ],
)
def test_steps_must_begin_with_intake_end_with_return_and_keep_the_term(steps, term, error):
    if error is None:
        check_steps(steps, term)
    else:
        with pytest.raises(error):
            check_steps(steps, term)


def test_the_sum_mixes_hours_and_shares():
    steps = [*plan(4, 4), StepPlan(3, Stage.SETTLE, "x", "leader", share=50)]
    assert hours_of(steps, DAYS) == 28
    assert hours_of(steps, None) is None
    assert hours_of(plan(4, 4), None) == 8


def vn(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VN)


@pytest.mark.parametrize(
    ("step", "due", "expected"),
    [
        (StepPlan(1, Stage.RECEIVE, "x", "counter", hours=Decimal(4)), "2026-03-16T17:00", "2026-03-09T11:30"),
        (StepPlan(1, Stage.SETTLE, "x", "counter", share=100), "2026-03-16T17:00", "2026-03-16T17:00"),
        (StepPlan(1, Stage.SETTLE, "x", "counter", hours=Decimal(400)), "2026-03-16T17:00", "2026-03-16T17:00"),
        (StepPlan(1, Stage.SETTLE, "x", "counter", share=50), None, None),
    ],
)
def test_a_step_is_due_after_its_time_and_never_after_the_dossier(step, due, expected):
    start = vn("2026-03-09T07:30")
    found = step_due(step, entered=start, start=start, due=vn(due) if due else None, calendar=default_calendar())
    assert found == (vn(expected) if expected else None)


@pytest.mark.django_db
class TestVersions:
    def draft(self, **changes: object) -> int:
        told = {"code": "QT-1", "name": "Quy trình thử", "procedure_code": "1.000001", "steps": plan(4, 32, 4), "term": DAYS}
        return services.draft(**told | changes, **WHO)

    def test_a_procedure_without_its_own_follows_the_five_steps(self):
        version = queries.version_for("1.000001", on=NOW.date())
        assert [step.stage for step in queries.plan_of_version(version)] == list(Stage)

    def test_a_draft_is_not_in_force_until_it_is_published(self):
        default = queries.version_for("1.000001", on=NOW.date())
        draft = self.draft()
        assert queries.version_for("1.000001", on=NOW.date()) == default
        services.publish(version_id=draft, since=date(2026, 4, 1), **DECISION, **WHO)
        assert queries.version_for("1.000001", on=date(2026, 3, 31)) == default
        assert queries.version_for("1.000001", on=date(2026, 4, 1)) == draft
        assert queries.version_for("1.000002", on=date(2026, 4, 1)) == default

    def test_steps_longer_than_the_term_leave_no_draft(self):
        with pytest.raises(StepsTooLong, match="5 ngày làm việc"):
            self.draft(steps=plan(4, 40, 4))
        assert not Process.objects.filter(code="QT-1").exists()

    def test_the_next_version_ends_the_one_before_on_its_first_day(self):
        first, second = self.draft(), self.draft()
        services.publish(version_id=first, since=date(2026, 4, 1), **DECISION, **WHO)
        services.publish(version_id=second, since=date(2026, 5, 1), **DECISION, **WHO)
        assert queries.version(first).until == date(2026, 5, 1)
        assert queries.version_for("1.000001", on=date(2026, 5, 1)) == second

    def test_what_cannot_be_published_is_refused(self):
        first, second = self.draft(), self.draft()
        with pytest.raises(services.DecisionMissing):
            services.publish(version_id=first, since=date(2026, 4, 1), **DECISION | {"decision_number": " "}, **WHO)
        services.publish(version_id=first, since=date(2026, 4, 1), **DECISION, **WHO)
        with pytest.raises(services.NotADraft):
            services.publish(version_id=first, since=date(2026, 6, 1), **DECISION, **WHO)
        with pytest.raises(services.VersionInForceIsLater, match="01/04/2026"):
            services.publish(version_id=second, since=date(2026, 4, 1), **DECISION, **WHO)
        with pytest.raises(NotFound):
            services.publish(version_id=0, since=date(2026, 6, 1), **DECISION, **WHO)


@pytest.mark.django_db
class TestPages:
    @pytest.fixture
    def admin(self) -> Client:
        return client_of(province().admin)

    def test_publishing_without_a_decision_is_refused(self, admin):
        draft = services.draft(code="Q", name="Q", procedure_code="1.000001", steps=plan(4, 4), term=None, **WHO)
        answer = admin.post(f"/office/quy-trinh/phien-ban/{draft}/ban-hanh/", {"since": "01/04/2026"})
        assert answer.status_code == 422 and "Hãy nhập: Số quyết định." in answer.content.decode()

    def test_every_procedure_has_a_process(self, admin):
        page = admin.get("/office/danh-muc/quy-trinh/").content.decode()
        assert "100 % thủ tục đang có hiệu lực" in page
        listed = admin.get("/office/quy-trinh/").content.decode()
        assert "0 thủ tục có quy trình riêng, 3 thủ tục dùng quy trình mặc định" in listed
