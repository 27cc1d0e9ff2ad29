"""Officers: an account without a usable password and a position each; a second line of one username is a second position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError, NotAllowed
from motcua.base.text import fold
from motcua.base.time import local_date
from motcua.dossiers.queries import officers_with_acts
from motcua.onboarding.kinds.base import Entry, Made, TakeBackRefused, Verdict, wrong
from motcua.onboarding.models import ImportRow
from motcua.onboarding.rules.rows import OfficerRow, Problem
from motcua.onboarding.rules.states import RowState
from motcua.organisation.queries import UnitFacts, by_code, tree
from motcua.people import queries, services
from motcua.people.queries import OfficerFacts
from motcua.people.rules import ROLE_NAMES, Role

_OUTSIDE = "đơn vị này ngoài phạm vi quản trị của bạn."


@dataclass
class _World:
    """What the lines are held against; `held` and `names` grow with the sheet itself."""

    units: Mapping[str, UnitFacts]
    reach: frozenset[int]
    accounts: Mapping[str, OfficerFacts]
    taken_back: frozenset[int]
    actor: Actor
    held: dict[tuple[str, str, str], int] = field(default_factory=dict)
    names: dict[str, tuple[int, str]] = field(default_factory=dict)


class Officers:
    """Key: username, unit and role."""

    def examine(self, entries: Sequence[Entry], *, actor: Actor, now: datetime) -> dict[int, Verdict]:
        rows = [(entry.line, entry.row) for entry in entries if isinstance(entry.row, OfficerRow)]
        units = {unit.code: unit for unit in tree(local_date(now)).values()}
        accounts = queries.by_username(row.username for _, row in rows)
        closed = [account.id for account in accounts.values() if not account.is_active]
        world = _World(units, actor.units(Role.ADMIN), accounts, taken_back(closed), actor)
        return {line: _verdict(line, row, world) for line, row in rows}

    def apply(self, row: OfficerRow, *, actor: Actor, now: datetime) -> Made | None:
        unit = by_code(row.unit)
        if not actor.holds(Role.ADMIN, unit):
            raise NotAllowed(reason=f"{row.unit}: {_OUTSIDE}")
        known = queries.by_username([row.username]).get(row.username.lower())
        if known is not None and _holds(known.id, unit, row):
            return None
        made: Made = {"officer": _account(row, known, actor, now), "since": row.since.isoformat()}
        made["opened"] = known is None or not known.is_active
        made["position"] = services.assign(
            officer_id=made["officer"], unit_id=unit, role=Role(row.role), since=row.since, until=row.until, actor=actor,
            now=now, decision=row.decision, title=row.title,
        )  # fmt: skip
        return made

    def loosen(self, made: Made, *, actor: Actor, now: datetime) -> Made:
        return made

    def take_back(self, made: Made, *, actor: Actor, now: datetime) -> None:
        officer = queries.officer(made["officer"])
        services.check_manages(actor, officer.id)
        if made["opened"] and officer.last_login is not None:
            raise TakeBackRefused(why=f"Cán bộ {officer.full_name} đã đăng nhập sau khi nhập.")
        if officers_with_acts([officer.id]):
            raise TakeBackRefused(why=f"Cán bộ {officer.full_name} đã được giao hồ sơ.")
        # Nobody has worked in a position of an account just opened: it never was held.
        until = date.fromisoformat(made["since"]) if made["opened"] else local_date(now)
        services.end_assignment(assignment_id=made["position"], until=until, actor=actor, now=now)
        if made["opened"] and officer.is_active:
            services.set_active(officer_id=officer.id, active=False, actor=actor, now=now)


def taken_back(officer_ids: Sequence[int]) -> frozenset[int]:
    """Those of the closed accounts that an undone import had opened and closed again: a new import may reopen them."""
    wanted = set(officer_ids)
    rows = ImportRow.objects.filter(
        state=RowState.UNDONE, imported__kind="officers", made__officer__in=sorted(wanted)
    )
    return frozenset(rows.values_list("made__officer", flat=True)) if wanted else frozenset()


def _verdict(line: int, row: OfficerRow, world: _World) -> Verdict:
    name, key = row.username.lower(), (row.username.lower(), row.unit, row.role)
    words = f"{row.username}; {row.unit}; {row.role}"
    problems = list(_problems(line, row, world))
    world.held.setdefault(key, line)
    first = name not in world.names
    world.names.setdefault(name, (line, row.full_name))
    if problems:
        return wrong(words, *problems)
    known, role = world.accounts.get(name), ROLE_NAMES[Role(row.role)].lower()
    if known is not None and _holds(known.id, world.units[row.unit].id, row):
        return Verdict(RowState.SAME, words, f"Cán bộ {row.full_name} đã giữ vị trí này")
    position = f"{role} tại {world.units[row.unit].name} từ {row.since:%d/%m/%Y}"
    if known is None and first:
        return Verdict(
            RowState.READY, words, f"Mở tài khoản {row.username} cho {row.full_name}, {position}", line
        )
    again = "Mở lại tài khoản, phân công" if known is not None and not known.is_active else "Phân công thêm"
    return Verdict(RowState.READY, words, f"{again} {row.full_name} làm {position}", line)


def _problems(line: int, row: OfficerRow, world: _World) -> list[Problem]:
    found = []
    name = row.username.lower()
    before = world.held.get((name, row.unit, row.role))
    if before is not None:
        found.append(Problem("username", f"Vị trí này của {row.username} đã có ở dòng {before} của tệp."))
    earlier = world.names.get(name)
    if earlier is not None and fold(earlier[1]) != fold(row.full_name):
        found.append(
            Problem(
                "full_name",
                f"Tên đăng nhập {row.username} ở dòng {earlier[0]} là của {earlier[1]}. Mỗi người một tên đăng nhập.",
            )
        )
    unit = world.units.get(row.unit)
    if unit is None:
        found.append(
            Problem("unit", f"Không có đơn vị đang hoạt động mang mã {row.unit}. Hãy nhập đơn vị trước.")
        )
    elif unit.id not in world.reach:
        found.append(Problem("unit", f"{row.unit}: {_OUTSIDE}"))
    return found + _against_account(row, world)


def _against_account(row: OfficerRow, world: _World) -> list[Problem]:
    known = world.accounts.get(row.username.lower())
    if known is None:
        return []
    if fold(known.full_name) != fold(row.full_name):
        return [
            Problem(
                "username", f"Tên đăng nhập {known.username} đã là của {known.full_name}. Hãy chọn tên khác."
            )
        ]
    if not known.is_active and known.id not in world.taken_back:
        return [
            Problem(
                "username",
                f"Tài khoản {known.username} đang bị khóa. Hãy mở lại ở trang Cán bộ trước khi nhập.",
            )
        ]
    try:
        services.check_manages(world.actor, known.id)
    except MotcuaError as error:
        return [Problem("username", error.message)]
    return []


def _holds(officer_id: int, unit_id: int, row: OfficerRow) -> bool:
    """Whether the position is held on the day the sheet says."""
    held = queries.positions_of(officer_id)
    return any(h.unit_id == unit_id and h.role == row.role and h.on(row.since) for h in held)


def _account(row: OfficerRow, known: OfficerFacts | None, actor: Actor, now: datetime) -> int:
    """The officer's number; a new account has no usable password until one is handed out."""
    if known is None:
        return services.create_officer(
            username=row.username, full_name=row.full_name, password=make_password(None), hashed=True, email=row.email,
            actor=actor, now=now,
        )  # fmt: skip
    if fold(known.full_name) != fold(row.full_name):
        raise services.UsernameTaken(username=row.username)
    services.check_manages(actor, known.id)
    if not known.is_active:
        if known.id not in taken_back([known.id]):
            raise TakeBackRefused(
                why=f"Tài khoản {known.username} đang bị khóa. Hãy mở lại ở trang Cán bộ trước khi nhập."
            )
        services.set_active(officer_id=known.id, active=True, actor=actor, now=now)
    return known.id
