"""Verbs on units: open, change, close, let another take over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.base.actor import Actor
from motcua.base.codes import is_unit_code
from motcua.base.errors import MotcuaError
from motcua.journal.services import append
from motcua.organisation.models import CounterService, Succession, Unit, UnitVersion
from motcua.organisation.queries import by_code, handovers
from motcua.organisation.rules import Handover, Level, UnitKind, heir_of


class UnitCodeInvalid(MotcuaError):
    code = "unit_code_invalid"
    sentence = "Mã định danh “{code}” không đúng dạng của Quyết định 20/2020/QĐ-TTg (ví dụ H02.04.12)."


class UnitCodeUsed(MotcuaError):
    code = "unit_code_used"
    sentence = "Mã định danh “{code}” đã được dùng; mã của đơn vị đã kết thúc cũng không được dùng lại."


class ValidityOverlaps(MotcuaError):
    code = "validity_overlaps"
    sentence = "Khoảng thời gian hiệu lực bị trùng với một bản ghi đã có. Hãy kiểm tra lại ngày bắt đầu và kết thúc."


class SuccessionExists(MotcuaError):
    code = "succession_exists"
    sentence = "Đã khai báo đơn vị kế thừa cho phần việc này. Hãy sửa bản ghi đã có."


@dataclass(frozen=True, slots=True)
class UnitData:
    """Name, kind and place of a unit for one span of validity."""

    name: str
    kind: UnitKind
    short_name: str = ""
    parent: str = ""
    place: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@transaction.atomic
def open_unit(
    *, code: str, level: Level, data: UnitData, since: date, citation: str, actor: Actor, now: datetime,
    until: date | None = None,
) -> int:  # fmt: skip
    """Opens a unit on `since` (it no longer exists on `until`)."""
    if not is_unit_code(code):
        raise UnitCodeInvalid(code=code)
    if Unit.objects.filter(code=code).exists():
        raise UnitCodeUsed(code=code)
    unit = Unit.objects.create(code=code, level=level)
    _add_version(unit.pk, data, DateRange(since, until), citation)
    _record(unit.pk, "opened", {"code": code, "since": since.isoformat()}, actor, now)
    return unit.pk


@transaction.atomic
def change_unit(*, unit_id: int, data: UnitData, since: date, citation: str, actor: Actor, now: datetime) -> None:
    """From `since` the unit has another name, kind or parent; what it was before stays on record."""
    current = UnitVersion.objects.select_for_update().get(unit_id=unit_id, valid__contains=since)
    until = current.valid.upper
    current.valid = DateRange(current.valid.lower, since)
    current.save(update_fields=["valid"])
    _add_version(unit_id, data, DateRange(since, until), citation)
    _record(unit_id, "changed", {"since": since.isoformat(), "name": data.name}, actor, now)


@transaction.atomic
def close_unit(*, unit_id: int, on: date, citation: str, actor: Actor, now: datetime) -> None:
    """The unit no longer exists on `on`. It is never deleted: its dossiers keep it."""
    current = UnitVersion.objects.select_for_update().get(unit_id=unit_id, valid__contains=on)
    current.valid = DateRange(current.valid.lower, on)
    current.save(update_fields=["valid"])
    _record(unit_id, "closed", {"on": on.isoformat(), "citation": citation}, actor, now)


@transaction.atomic
def succeed(
    *, unit_id: int, heir_id: int, on: date, citation: str, actor: Actor, now: datetime,
    procedure_code: str = "", field_code: str = "",
) -> None:  # fmt: skip
    """From `on`, `heir` takes over the unit's work of a procedure, of a field, or all the rest. Circles are refused."""
    new = Handover(unit_id, heir_id, on, procedure_code, field_code)
    known = handovers(date.max)
    if any((h.unit, h.procedure, h.field) == (new.unit, new.procedure, new.field) for h in known):
        raise SuccessionExists
    heir_of(unit_id, procedure=procedure_code, field=field_code, on=date.max, handovers=[*known, new])
    Succession.objects.create(
        unit_id=unit_id, heir_id=heir_id, on=on, procedure_code=procedure_code, field_code=field_code,
        citation=citation,
    )  # fmt: skip
    _record(unit_id, "succeeded", {"heir": heir_id, "on": on.isoformat()}, actor, now)


@transaction.atomic
def serve(
    *, counter_id: int, unit_id: int, since: date, citation: str, actor: Actor, now: datetime, until: date | None = None
) -> None:
    """The counter works for the unit from `since`: what it accepts, the unit has received."""
    try:
        with transaction.atomic():
            CounterService.objects.create(
                counter_id=counter_id, unit_id=unit_id, valid=DateRange(since, until), citation=citation
            )
    except IntegrityError as error:
        raise ValidityOverlaps from error
    _record(counter_id, "serves", {"unit": unit_id, "since": since.isoformat()}, actor, now)


def _add_version(unit_id: int, data: UnitData, valid: DateRange, citation: str) -> None:
    try:
        with transaction.atomic():
            UnitVersion.objects.create(
                unit_id=unit_id, name=data.name, short_name=data.short_name or data.name[:80], kind=data.kind,
                parent_id=by_code(data.parent) if data.parent else None, place=data.place, address=data.address,
                phone=data.phone, email=data.email, valid=valid, citation=citation,
            )  # fmt: skip
    except IntegrityError as error:
        raise ValidityOverlaps from error


def _record(unit_id: int, name: str, data: dict[str, object], actor: Actor, now: datetime) -> None:
    append(stream="unit", stream_id=str(unit_id), name=f"organisation.{name}", data=data, actor=actor, at=now)
