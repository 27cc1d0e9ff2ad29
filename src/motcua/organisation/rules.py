"""Who is the successor of a unit for a piece of work; which units lie below which. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.base.errors import MotcuaError


class Level(StrEnum):
    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class UnitKind(StrEnum):
    """Kinds named by NĐ 118/2025 Đ7 and the reports."""

    COMMITTEE = "ubnd"
    DEPARTMENT = "so"
    BOARD = "ban"
    OFFICE = "phong"
    CENTRE = "trung_tam"
    COUNTER = "mot_cua"
    BRANCH = "chi_nhanh"
    VERTICAL = "nganh_doc"


class SuccessionLoops(MotcuaError):
    code = "succession_loops"
    sentence = "Đơn vị {unit} được kế thừa vòng tròn; hãy sửa lại bảng kế thừa."


class UnitUnknown(MotcuaError):
    code = "unit_unknown"
    sentence = "Không có đơn vị mang mã {code}. Hãy kiểm tra lại mã định danh."


class UnitClosed(MotcuaError):
    code = "unit_closed"
    sentence = "Đơn vị {name} không hoạt động vào ngày {on:%d/%m/%Y}. Hãy chọn đơn vị đang hoạt động."


@dataclass(frozen=True)
class Handover:
    """From `on`, `heir` takes over `unit`'s work on `procedure`, or on `field`, or (both empty) all the rest."""

    unit: int
    heir: int
    on: date
    procedure: str = ""
    field: str = ""


def heir_of(unit: int, *, procedure: str, field: str, on: date, handovers: Iterable[Handover]) -> int:
    """Who answers on `on` for work that `unit` had. The narrowest rule wins: procedure, then field, then the rest."""
    known = {(h.unit, h.procedure, h.field): h for h in handovers if h.on <= on}
    seen = {unit}
    while step := _step(unit, procedure, field, known):
        unit = step.heir
        if unit in seen:
            raise SuccessionLoops(unit=unit)
        seen.add(unit)
    return unit


def _step(unit: int, procedure: str, field: str, known: Mapping[tuple[int, str, str], Handover]) -> Handover | None:
    # An unnamed procedure or field must not find the rule for "all the rest" before its turn.
    keys = [(unit, procedure, "")] * bool(procedure) + [(unit, "", field)] * bool(field) + [(unit, "", "")]
    return next((known[key] for key in keys if key in known), None)


def below(root: int, parents: Mapping[int, int | None]) -> frozenset[int]:
    """`root` and every unit under it, from the map unit → parent."""
    children: dict[int | None, list[int]] = {}
    for unit, parent in parents.items():
        children.setdefault(parent, []).append(unit)
    found, waiting = {root}, [root]
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return frozenset(found)
