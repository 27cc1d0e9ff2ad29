"""Verbs on units: open, change, close, let another take over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from motcua.base.actor import Actor
from motcua.base.codes import is_unit_code
from motcua.base.errors import MotcuaError, check_span
from motcua.journal.services import append
from motcua.kit.access import require_province
from motcua.organisation.models import CounterService, Succession, Unit, UnitVersion
from motcua.organisation.queries import by_code, handovers, latest
from motcua.organisation.rules import Handover, Level, UnitClosed, UnitKind, heir_of


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


class ChangeTooEarly(MotcuaError):
    code = "unit_change_too_early"
    sentence = "Bản ghi đang có của đơn vị bắt đầu từ {since:%d/%m/%Y}; ngày áp dụng phải sau ngày đó."


class ChangedLater(MotcuaError):
    code = "unit_changed_later"
    sentence = "Đơn vị còn bản ghi có hiệu lực từ {since:%d/%m/%Y}. Ngày kết thúc phải sau ngày đó."


class UnitBuiltOn(MotcuaError):
    code = "unit_built_on"
    sentence = "Đơn vị {name} đã có đơn vị trực thuộc, nơi tiếp nhận, kế thừa hoặc thay đổi; không thể hoàn tác việc mở đơn vị."


class HeirIsTheUnit(MotcuaError):
    code = "heir_is_the_unit"
    sentence = "Đơn vị không thể tự kế thừa chính mình. Hãy chọn đơn vị khác."


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
    """Opens a unit on `since` (it no longer exists on `until`).

    Raises UnitCodeInvalid, UnitCodeUsed, UnitUnknown (the parent), ValidityReversed.
    """
    check_span(since, until)
    if not is_unit_code(code):
        raise UnitCodeInvalid(code=code)
    if UnitVersion.objects.filter(unit__code=code, valid__isempty=False).exists():
        raise UnitCodeUsed(code=code)
    unit, _ = Unit.objects.update_or_create(code=code, defaults={"level": level})
    _add_version(unit.pk, data, DateRange(since, until), citation)
    _record(unit.pk, "opened", {"code": code, "since": since.isoformat()}, actor, now)
    return unit.pk


@transaction.atomic
def change_unit(*, unit_id: int, data: UnitData, since: date, citation: str, actor: Actor, now: datetime) -> None:
    """From `since` the unit has another name, kind or parent; what it was before stays on record.

    Raises UnitClosed when it does not exist on `since`, ChangeTooEarly.
    """
    current = _version_ending(unit_id, since)
    until = current.valid.upper
    current.valid = DateRange(current.valid.lower, since)
    current.save(update_fields=["valid"])
    _add_version(unit_id, data, DateRange(since, until), citation)
    _record(unit_id, "changed", {"since": since.isoformat(), "name": data.name}, actor, now)


@transaction.atomic
def close_unit(*, unit_id: int, on: date, citation: str, actor: Actor, now: datetime) -> None:
    """The unit no longer exists on `on`. It is never deleted: its dossiers keep it.

    Raises UnitClosed when it does not exist on `on`, ChangeTooEarly, ChangedLater.
    """
    current = _version_ending(unit_id, on)
    later = UnitVersion.objects.filter(unit_id=unit_id, valid__startswith__gt=on).order_by("valid").first()
    if later is not None:
        raise ChangedLater(since=later.valid.lower)
    current.valid = DateRange(current.valid.lower, on)
    current.save(update_fields=["valid"])
    _record(unit_id, "closed", {"on": on.isoformat(), "citation": citation}, actor, now)


@transaction.atomic
def take_back_opening(*, unit_id: int, actor: Actor, now: datetime) -> None:
    """The opening was entered by mistake: the unit never existed, and its code may be opened again.

    Only for a unit nothing was built on. Raises UnitBuiltOn when units below it, counters, successions or a second
    version name it; what rooms above have built on it, their caller has to know.
    """
    versions = UnitVersion.objects.select_for_update().filter(unit_id=unit_id, valid__isempty=False)
    below = UnitVersion.objects.filter(parent_id=unit_id, valid__isempty=False)
    services = CounterService.objects.filter(Q(unit_id=unit_id) | Q(counter_id=unit_id), valid__isempty=False)
    handed = Succession.objects.filter(Q(unit_id=unit_id) | Q(heir_id=unit_id))
    if len(versions) > 1 or below.exists() or services.exists() or handed.exists():
        raise UnitBuiltOn(name=latest(unit_id).name)
    for version in versions:
        version.valid = DateRange(empty=True)
        version.save(update_fields=["valid"])
    _record(unit_id, "opening_taken_back", {}, actor, now)


@transaction.atomic
def succeed(
    *, unit_id: int, heir_id: int, on: date, citation: str, actor: Actor, now: datetime,
    procedure_code: str = "", field_code: str = "",
) -> None:  # fmt: skip
    """From `on`, `heir` takes over the unit's work of a procedure, of a field, or all the rest.

    Raises SuccessionLoops, SuccessionExists, HeirIsTheUnit.
    """
    if unit_id == heir_id:
        raise HeirIsTheUnit
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
    """The counter works for the unit from `since`: what it accepts, the unit has received.

    Raises ValidityOverlaps when it already does in that time, ValidityReversed.
    """
    check_span(since, until)
    try:
        with transaction.atomic():
            CounterService.objects.create(
                counter_id=counter_id, unit_id=unit_id, valid=DateRange(since, until), citation=citation
            )
    except IntegrityError as error:
        raise ValidityOverlaps from error
    _record(counter_id, "serves", {"unit": unit_id, "since": since.isoformat()}, actor, now)


@transaction.atomic
def take_back_service(*, counter_id: int, unit_id: int, since: date, actor: Actor, now: datetime) -> None:
    """That the counter works for the unit from `since` was entered by mistake: it never did."""
    rows = CounterService.objects.filter(counter_id=counter_id, unit_id=unit_id, valid__startswith=since)
    if rows.update(valid=DateRange(empty=True)):
        _record(counter_id, "service_taken_back", {"unit": unit_id, "since": since.isoformat()}, actor, now)


def _version_ending(unit_id: int, on: date) -> UnitVersion:
    """The version in force on `on`, locked, which will end that day."""
    current = UnitVersion.objects.select_for_update().filter(unit_id=unit_id, valid__contains=on).first()
    if current is None:
        raise UnitClosed(name=latest(unit_id).name, on=on)
    if current.valid.lower is not None and current.valid.lower >= on:
        raise ChangeTooEarly(since=current.valid.lower)
    return current


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
    require_province(actor)  # within the verb's transaction: a refusal changes nothing
    append(stream="unit", stream_id=str(unit_id), name=f"organisation.{name}", data=data, actor=actor, at=now)
