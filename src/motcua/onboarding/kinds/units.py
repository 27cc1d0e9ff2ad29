"""Units: opened or changed from a day on, with the counter that receives for them; parents before their children."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.base.actor import Actor
from motcua.base.errors import NotAllowed
from motcua.base.time import local_date
from motcua.dossiers.queries import names_unit
from motcua.kit.access import require_province
from motcua.onboarding.kinds.base import Entry, Made, TakeBackRefused, Verdict, wrong
from motcua.onboarding.rules.rows import Problem, UnitRow
from motcua.onboarding.rules.states import RowState
from motcua.organisation import queries, services
from motcua.organisation.queries import UnitFacts
from motcua.organisation.rules import Level, UnitKind, UnitUnknown
from motcua.people.queries import ever_staffed
from motcua.people.rules import Role

_OUTSIDE = "nơi này ngoài phạm vi quản trị của bạn."
_DATA = ("name", "short_name", "kind", "place", "address", "phone", "email")


@dataclass(frozen=True)
class _World:
    """The units of today by code, and the reach of who imports."""

    known: Mapping[str, UnitFacts]
    reach: frozenset[int]
    sheet: Mapping[str, int]

    def covered(self, code: str) -> bool:
        return code in self.known and self.known[code].id in self.reach


class Units:
    """Key: the identification code (QĐ 20/2020/QĐ-TTg)."""

    def examine(self, entries: Sequence[Entry], *, actor: Actor, now: datetime) -> dict[int, Verdict]:
        known = {unit.code: unit for unit in queries.tree(local_date(now)).values()}
        rows = [(entry.line, entry.row) for entry in entries if isinstance(entry.row, UnitRow)]
        first: dict[str, int] = {}
        for line, row in rows:
            first.setdefault(row.code, line)
        if refusal := _not_of_province(actor):
            return {line: wrong(row.code, Problem("", refusal)) for line, row in rows}
        world = _World(known, actor.units(Role.ADMIN), first)
        depths = _depths({row.code: row.parent for _, row in rows})
        return {line: _verdict(line, row, world, depths.get(row.code)) for line, row in rows}

    def apply(self, row: UnitRow, *, actor: Actor, now: datetime) -> Made | None:
        today = local_date(now)
        _require_reach(row, actor, today)
        known = next((unit for unit in queries.tree(today).values() if unit.code == row.code), None)
        made: Made = {}
        if known is None:
            made = {"unit": _open(row, actor, now), "opened": True}
        elif _differs(known, row):
            made = {"unit": known.id, "before": _before(known), "citation": row.citation}
            services.change_unit(
                unit_id=known.id,
                data=_data(row),
                since=row.since,
                citation=row.citation,
                actor=actor,
                now=now,
            )
        made |= _serve(row, actor, now)
        return made or None

    def loosen(self, made: Made, *, actor: Actor, now: datetime) -> Made:
        """Ends what ties lines of one sheet to each other: a counter below the unit it serves holds both fast."""
        if "served" not in made or (made.get("opened") and _use_of(made["unit"])):
            return made
        services.take_back_service(
            counter_id=made["counter"], unit_id=made["served"], since=date.fromisoformat(made["since"]), actor=actor, now=now
        )
        return {key: value for key, value in made.items() if key not in ("counter", "served", "since")}

    def take_back(self, made: Made, *, actor: Actor, now: datetime) -> None:
        unit = made.get("unit")
        if made.get("opened"):
            if use := _use_of(unit):
                raise TakeBackRefused(why=use)
            services.take_back_opening(unit_id=unit, actor=actor, now=now)
        elif "before" in made:
            before = services.UnitData(**{**made["before"], "kind": UnitKind(made["before"]["kind"])})
            services.change_unit(
                unit_id=made["unit"], data=before, since=local_date(now), citation=f"Hoàn tác: {made['citation']}"[:200],
                actor=actor, now=now,
            )  # fmt: skip


def _verdict(line: int, row: UnitRow, world: _World, depth: int | None) -> Verdict:
    known = world.known.get(row.code)
    problems = list(_problems(line, row, world, known, depth))
    if problems:
        return wrong(row.code, *problems)
    if known is None:
        return Verdict(RowState.READY, row.code, f"Mở đơn vị {row.code} – {row.name}", depth or 0)
    if _differs(known, row):
        return Verdict(
            RowState.READY,
            row.code,
            f"Thay đổi đơn vị {row.code} từ {row.since:%d/%m/%Y}: {_changes(known, row)}",
            depth or 0,
        )
    served = row.counter and known.id not in _served(row.counter, world)
    if served:
        return Verdict(
            RowState.READY, row.code, f"Ghi nhận {row.counter} tiếp nhận cho {row.code}", depth or 0
        )
    return Verdict(RowState.SAME, row.code, f"Đơn vị {row.code} đã có với cùng nội dung")


def _problems(
    line: int, row: UnitRow, world: _World, known: UnitFacts | None, depth: int | None
) -> Sequence[Problem]:
    found = []
    if world.sheet[row.code] != line:
        found.append(Problem("code", f"Mã {row.code} đã có ở dòng {world.sheet[row.code]} của tệp."))
    if depth is None:
        found.append(
            Problem(
                "parent",
                "Các đơn vị trong tệp là cấp trên của nhau theo vòng tròn. Hãy sửa mã đơn vị cấp trên.",
            )
        )
    for key, code in (("parent", row.parent), ("counter", row.counter)):
        if code and code not in world.known and code not in world.sheet:
            found.append(Problem(key, f"Không có đơn vị {code} trong hệ thống và trong tệp."))
        elif code and code in world.known and not world.covered(code):
            found.append(Problem(key, f"{code}: {_OUTSIDE}"))
    if known is None and not row.parent:
        found.append(Problem("parent", "Đơn vị mới phải có đơn vị cấp trên trong phạm vi quản trị của bạn."))
    if known is not None and not world.covered(row.code):
        found.append(Problem("code", f"{row.code}: {_OUTSIDE}"))
    if known is not None and known.level != row.level:
        found.append(
            Problem("level", f"Đơn vị {row.code} đã có ở cấp khác; cấp của đơn vị không thay đổi được.")
        )
    return found


def _depths(parents: Mapping[str, str]) -> dict[str, int]:
    """How deep each code lies among those of the sheet; one in a circle is left out."""
    found: dict[str, int] = {}
    for code in parents:
        depth, above, seen = 0, parents[code], {code}
        while above in parents and above not in seen:
            depth, seen = depth + 1, seen | {above}
            above = parents[above]
        if above not in seen:
            found[code] = depth
    return found


def _differs(known: UnitFacts, row: UnitRow) -> bool:
    return bool(_changes(known, row))


def _changes(known: UnitFacts, row: UnitRow) -> str:
    """What would change, in words; an empty cell leaves what is known."""
    told = {
        "tên": (known.name, row.name),
        "loại": (known.kind, row.kind),
        "địa danh": (known.place, row.place),
    }
    told |= {
        "địa chỉ": (known.address, row.address),
        "điện thoại": (known.phone, row.phone),
        "thư điện tử": (known.email, row.email),
    }
    changed = [name for name, (old, new) in told.items() if new and new != old]
    parent = queries.latest(known.parent_id).code if known.parent_id else ""
    return ", ".join(changed + ["cấp trên"] * bool(row.parent and row.parent != parent))


def _before(known: UnitFacts) -> dict[str, Any]:
    parent = queries.latest(known.parent_id).code if known.parent_id else ""
    return {key: getattr(known, key) for key in _DATA} | {"parent": parent}


def _data(row: UnitRow) -> services.UnitData:
    known: dict[str, Any] = {}
    found = next((u for u in queries.tree(row.since).values() if u.code == row.code), None)
    if found is not None:
        known = _before(found)
    told = {key: getattr(row, key) or known.get(key, "") for key in (*_DATA, "parent")}
    return services.UnitData(**{**told, "kind": UnitKind(told["kind"])})


def _open(row: UnitRow, actor: Actor, now: datetime) -> int:
    return services.open_unit(
        code=row.code,
        level=Level(row.level),
        data=_data(row),
        since=row.since,
        citation=row.citation,
        actor=actor,
        now=now,
    )


def _serve(row: UnitRow, actor: Actor, now: datetime) -> Made:
    """The counter of the unit; one that stands further down in the sheet is waited for."""
    if not row.counter:
        return {}
    today = local_date(now)
    if all(unit.code != row.counter for unit in queries.tree(today).values()):
        return {"again": True}
    counter, unit = queries.by_code(row.counter), queries.by_code(row.code)
    if unit in queries.served_units(counter, on=max(row.since, today)):
        return {}
    services.serve(counter_id=counter, unit_id=unit, since=row.since, citation=row.citation, actor=actor, now=now)
    return {"counter": counter, "served": unit, "since": row.since.isoformat()}


def _served(counter: str, world: _World) -> frozenset[int]:
    facts = world.known.get(counter)
    return (
        frozenset()
        if facts is None
        else frozenset(
            unit
            for held, unit, _, until, _ in queries.counters_of(facts.id)
            if held == facts.id and until is None
        )
    )


def _not_of_province(actor: Actor) -> str:
    """Why the administrator of a part may not open units: the tree is the province's."""
    try:
        require_province(actor)
    except NotAllowed as error:
        return error.message
    return ""


def _require_reach(row: UnitRow, actor: Actor, today: date) -> None:
    """The unit itself when it exists, else the one it is put under, lies within the reach of the administrator."""
    code = row.code if any(unit.code == row.code for unit in queries.tree(today).values()) else row.parent
    try:
        inside = bool(code) and actor.holds(Role.ADMIN, queries.by_code(code))
    except UnitUnknown:
        inside = False
    # A unit opened by this very import stands below one of the administrator's, also where its reach was read before.
    if not inside and not (code and _below_reach(code, actor, today)):
        raise NotAllowed(reason=f"{code or row.code}: {_OUTSIDE}")


def _below_reach(code: str, actor: Actor, today: date) -> bool:
    units = queries.tree(today)
    at = next((unit for unit in units.values() if unit.code == code), None)
    while at is not None:
        if actor.holds(Role.ADMIN, at.id):
            return True
        at = units.get(at.parent_id) if at.parent_id else None
    return False


def _use_of(unit: int) -> str:
    """What the unit is used for by now, in a sentence; nothing when it is not."""
    name = queries.latest(unit).name
    if ever_staffed(unit):
        return f"Đơn vị {name} đã có cán bộ giữ vị trí."
    return f"Đơn vị {name} đã có hồ sơ." if names_unit(unit) else ""
