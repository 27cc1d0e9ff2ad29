"""Writes the shipped calendar and rule sets into the database; used by the migration and to fill an emptied
database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.deadlines.calendar import SessionHours, Sessions
from motcua.deadlines.rulesets import RuleSetFacts
from motcua.deadlines.seeds import YearSeed, calendar_seed, default_rule_sets

NATIONAL = "VN"
GetModel = Callable[[str], Any]


def load(model: GetModel) -> None:
    """Adds what is missing and leaves existing rows alone. `model` gives a model class by name (also a
    historical one).
    """
    seed = calendar_seed()
    calendar, _ = model("Calendar").objects.get_or_create(
        code=NATIONAL, defaults={"name": "Lịch làm việc của cán bộ, công chức cả nước"}
    )
    for year in seed.years:
        _year(model, calendar, year)
    for mark in seed.marks:
        model("CalendarDay").objects.get_or_create(
            calendar=calendar, day=mark.day, scope="",
            defaults={"kind": mark.kind, "part": mark.part, "name": mark.name, "notice": mark.notice},
        )  # fmt: skip
    if not model("SessionPlan").objects.filter(calendar=calendar).exists():
        for plan in seed.plans:
            model("SessionPlan").objects.create(calendar=calendar, **plan_fields(plan))
    for rules in default_rule_sets():
        _rule_set(model, rules)


def plan_fields(plan: SessionHours) -> dict[str, Any]:
    """The columns of a session plan."""
    return {
        "valid": DateRange(plan.valid_from, plan.valid_to),
        "sessions": as_text(plan.sessions),
        "weekday_sessions": {str(day): as_text(sessions) for day, sessions in plan.weekday_sessions.items()},
        "citation": plan.citation,
    }


def as_text(sessions: Sessions) -> list[list[str]]:
    """[["07:00", "11:30"], …]."""
    return [[f"{session.start:%H:%M}", f"{session.end:%H:%M}"] for session in sessions]


def _year(model: GetModel, calendar: Any, year: YearSeed) -> None:
    status = "confirmed" if year.confirmed else "provisional"
    model("CalendarYear").objects.get_or_create(
        calendar=calendar, year=year.year, defaults={"status": status, "notice": year.notice}
    )


def _rule_set(model: GetModel, rules: RuleSetFacts) -> None:
    columns = asdict(rules)
    pauses, code = columns.pop("pause_rules"), columns.pop("code")
    columns["valid"] = DateRange(columns.pop("valid_from"), columns.pop("valid_to"))
    known = {column.name for column in model("RuleSet")._meta.get_fields()}
    columns = {name: value for name, value in columns.items() if name in known}  # a migration may know fewer
    row, made = model("RuleSet").objects.get_or_create(code=code, defaults=columns)
    if made:
        model("PauseRule").objects.bulk_create(
            model("PauseRule")(ruleset=row, **rule) for rule in pauses.values()
        )
