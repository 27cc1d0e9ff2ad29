"""The officers of the demonstration province, and the accounts a newcomer signs in with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from django.contrib.auth.hashers import make_password

from motcua.base.actor import SYSTEM
from motcua.demo import units as plan
from motcua.demo.people_names import officer_name
from motcua.organisation.queries import by_code
from motcua.people import services as people
from motcua.people.rules import ROLE_NAMES, Role

PASSWORD = "mot-cua-binh-mau"
COMMUNE = plan.new_communes(0)[0]
_DEPARTMENT = "H99.10"


@dataclass(frozen=True)
class Account:
    """A demo account: what the officer does, how to sign in, where."""

    role: Role
    username: str
    unit: str

    @property
    def role_name(self) -> str:
        return ROLE_NAMES[self.role]


ACCOUNTS = (
    Account(Role.COUNTER, "motcua.tinh", plan.CENTRE),
    Account(Role.SPECIALIST, "chuyenvien.so", _DEPARTMENT),
    Account(Role.LEADER, "lanhdao.so", _DEPARTMENT),
    Account(Role.CLERK, "vanthu.so", _DEPARTMENT),
    Account(Role.COUNTER, "motcua.xa", COMMUNE.counter),
    Account(Role.SPECIALIST, "chuyenvien.xa", COMMUNE.code),
    Account(Role.LEADER, "lanhdao.xa", COMMUNE.code),
    Account(Role.CENTRE, "giamdoc.tt", plan.CENTRE),
    Account(Role.CONTROL, "kiemsoat.vp", plan.COMMITTEE),
    Account(Role.CHAIR, "chutich.tinh", plan.COMMITTEE),
    Account(Role.ADMIN, "quantri", plan.COMMITTEE),
    Account(Role.POST, "buuchinh", plan.CENTRE),
)


def appoint(*, now: datetime, progress: Callable[[int], None]) -> None:
    """Opens every account with its position; those of closed units ended with the units."""
    password, number = make_password(PASSWORD), count(1)
    for account in ACCOUNTS:
        _appoint(account.username, account.unit, account.role, password, next(number), now, since=_since(account.unit))
    for unit, role, since, until in _positions():
        n = next(number)
        _appoint(f"cb{n:04d}", unit, role, password, n, now, since=since, until=until)
        progress(1)


def _positions() -> Iterator[tuple[str, Role, date, date | None]]:
    for _ in range(5):
        yield plan.CENTRE, Role.COUNTER, plan.SINCE, None
    for agency in plan.AGENCIES:
        until = plan.MERGER if agency.code == plan.LAND_AGENCY else None
        for role in (Role.SPECIALIST, Role.SPECIALIST, Role.LEADER, Role.CLERK):
            yield agency.code, role, plan.SINCE, until
        if agency.kind == "nganh_doc":
            yield f"{plan.CENTRE}.{agency.code[-2:]}", Role.COUNTER, plan.SINCE, None
    for district, area in enumerate(plan.districts()):
        for old in (area, *plan.old_communes(district)):
            yield from _office(old, plan.SINCE, plan.TWO_LEVELS)
        for new in plan.new_communes(district):
            yield from _office(new, plan.TWO_LEVELS, None)


def _office(area: plan.Area, since: date, until: date | None) -> Iterator[tuple[str, Role, date, date | None]]:
    yield area.counter, Role.COUNTER, since, until
    yield area.code, Role.SPECIALIST, since, until
    yield area.code, Role.LEADER, since, until


def _since(unit: str) -> date:
    return plan.TWO_LEVELS if unit in (COMMUNE.code, COMMUNE.counter) else plan.SINCE


def _appoint(
    username: str, unit: str, role: Role, password: str, number: int, now: datetime, *, since: date,
    until: date | None = None,
) -> None:  # fmt: skip
    officer = people.create_officer(
        username=username, full_name=officer_name(number), password=password, hashed=True, must_change=False,
        email=f"{username}@example.vn", actor=SYSTEM, now=now,
    )  # fmt: skip
    people.assign(
        officer_id=officer, unit_id=by_code(unit), role=role, since=since, until=until, decision=plan.FOUNDED,
        actor=SYSTEM, now=now,
    )  # fmt: skip
