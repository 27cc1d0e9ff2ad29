"""The systems of ministries whose dossiers are followed here: a list by decision, with its time (NĐ 224/2026 Đ15.1.h)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError, NotAllowed, check_span
from motcua.base.text import clean
from motcua.dossiers import models
from motcua.journal.remembered import remembered
from motcua.journal.services import append
from motcua.people.rules import Role

_SOURCE_CODE = re.compile(r"[A-Z][A-Z0-9\-]{1,19}\Z")


class SourceUnknown(MotcuaError):
    """A message from a system that is not on the list on that day."""

    code = "mirror_source_unknown"
    sentence = "Hệ thống nguồn {code} không có trong danh sách hệ thống của bộ đang được theo dõi. Hãy khai báo trước."


class SourceCodeMalformed(MotcuaError):
    code = "mirror_source_code"
    sentence = "Mã hệ thống nguồn gồm chữ hoa không dấu, chữ số, gạch ngang, bắt đầu bằng chữ, tối đa 20 ký tự."


class SourceOverlaps(MotcuaError):
    code = "mirror_source_overlaps"
    sentence = "Hệ thống nguồn {code} đã được khai báo trong khoảng thời gian này. Hãy kết thúc khai báo cũ trước."


@transaction.atomic
def add_source(
    *, code: str, name: str, ministry: str, since: date, citation: str, actor: Actor, now: datetime, until: date | None = None
) -> None:
    """Puts a ministry's system on the list, by the document that says so. Raises SourceOverlaps."""
    _require_admin(actor)
    check_span(since, until)
    if not _SOURCE_CODE.match(code):
        raise SourceCodeMalformed
    row = {"code": code, "name": clean(name), "ministry": clean(ministry), "citation": clean(citation)}
    try:
        with transaction.atomic():
            models.SourceSystem.objects.create(**row, valid=DateRange(since, until))
    except IntegrityError as error:
        raise SourceOverlaps(code=code) from error
    data = {**row, "since": since.isoformat(), "until": until.isoformat() if until else None}
    append(stream="source_system", stream_id=code, name="dossiers.source_added", data=data, actor=actor, at=now)


@transaction.atomic
def end_source(*, code: str, on: date, citation: str, actor: Actor, now: datetime) -> None:
    """From `on` messages of this system are no longer taken in; what is known stays. Raises SourceUnknown."""
    _require_admin(actor)
    row = models.SourceSystem.objects.select_for_update().filter(code=code, valid__contains=on).first()
    if row is None or row.valid.lower >= on:
        raise SourceUnknown(code=code)
    row.valid = DateRange(row.valid.lower, on)
    row.save(update_fields=["valid"])
    data = {"code": code, "until": on.isoformat(), "citation": clean(citation)}
    append(stream="source_system", stream_id=code, name="dossiers.source_ended", data=data, actor=actor, at=now)


@remembered
def source_name(code: str) -> str:
    """The latest name of a source system, or its code when it is not on the list."""
    row = models.SourceSystem.objects.filter(code=code).order_by("-valid").first()
    return f"{row.name} – {row.ministry}" if row else code


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A system on the list; `until` is the first day it no longer is."""

    code: str
    name: str
    ministry: str
    since: date
    until: date | None
    citation: str


def sources() -> list[SourceFacts]:
    """Every line of the list, by code and time."""
    rows = models.SourceSystem.objects.order_by("code", "valid")
    return [SourceFacts(r.code, r.name, r.ministry, r.valid.lower, r.valid.upper, r.citation) for r in rows]


@remembered
def source_names() -> dict[str, str]:
    """Every source system that ever was on the list, by code."""
    codes = models.SourceSystem.objects.order_by("code").values_list("code", flat=True).distinct()
    return {code: source_name(code) for code in codes}


@remembered
def is_listed(code: str, on: date) -> bool:
    """Whether messages of this system are taken in on a day."""
    return models.SourceSystem.objects.filter(code=code, valid__contains=on).exists()


def _require_admin(actor: Actor) -> None:
    if actor.kind != "system" and not actor.holds(Role.ADMIN):
        raise NotAllowed(reason="chỉ quản trị hệ thống được khai báo hệ thống nguồn.")
