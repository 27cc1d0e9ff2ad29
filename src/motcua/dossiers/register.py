"""Sổ theo dõi hồ sơ: the dossiers of one unit and period, as the printed book has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError
from motcua.base.time import day_end, day_start, local_date
from motcua.dossiers import access, words
from motcua.dossiers.models import Applicant, Dossier, SlipRecord
from motcua.dossiers.rules.state import ENDED_EARLY, State
from motcua.dossiers.worklist import related
from motcua.organisation import queries as organisation
from motcua.organisation.queries import UnitFacts
from motcua.people.rules import Role
from motcua.slips import content
from motcua.slips.rules import Purpose

PRINTED_AT_ONCE = 2_000


class RegisterTooLong(MotcuaError):
    """More lines than one printed book holds."""

    code = "register_too_long"
    sentence = "Sổ in tối đa {limit} hồ sơ mỗi lần. Hãy chọn kỳ ngắn hơn, hoặc tải tệp XLSX."


@dataclass(frozen=True, slots=True)
class Book:
    """One unit's register from `first` to `last`, both days included."""

    unit_id: int
    first: date
    last: date


def units_with_books(actor: Actor) -> frozenset[int]:
    """The units whose register the officer may open."""
    counters = frozenset(d.unit_id for d in actor.duties if d.role in (Role.COUNTER, Role.POST))
    return counters | actor.units(Role.SPECIALIST, Role.CLERK, *access.OVERSEERS)


def entries(actor: Actor, book: Book) -> QuerySet[Dossier]:
    """Everything accepted at the unit or for it in the period, in the order of acceptance; mistakes stay in the book."""
    place = Q(intake_unit_id=book.unit_id) | Q(unit_id=book.unit_id)
    period = Q(accepted_at__gte=day_start(book.first), accepted_at__lt=day_end(book.last))
    rows = Dossier.objects.filter(access.visible(actor), place, period).order_by("accepted_at", "pk")
    return rows.prefetch_related(
        Prefetch("applicant", Applicant.objects.only("dossier_id", "name", "address", "phone")),
        related("version", "name"),
        Prefetch(
            "slips", SlipRecord.objects.filter(purpose=Purpose.RETURN).order_by("id"), to_attr="returns"
        ),
    )


def method(row: Dossier) -> str:
    """How the result was handed over, as long as the return stands."""
    return str(row.returns[-1].facts.get("method", "")) if row.returned_at and row.returns else ""


def contact(row: Dossier) -> str:
    """Address and telephone of the owner."""
    return "; ".join(part for part in (row.applicant.address, row.applicant.phone) if part)


def note(row: Dossier) -> str:
    """What makes the line end otherwise than with a result."""
    if row.state == State.VOIDED:
        return _("Hủy tiếp nhận do nhầm lẫn")
    if row.source:
        return _("Theo dõi từ hệ thống %(source)s") % {"source": row.source}
    return str(words.END_KINDS[row.end_kind]) if row.state in ENDED_EARLY else ""


def issuer(unit_id: int, at: datetime) -> content.Issuer:
    """The head of a paper that the unit makes out, as the unit was that day."""
    day = local_date(at)
    unit = organisation.as_on([unit_id], on=day)[unit_id]
    superior = organisation.as_on([unit.parent_id], on=day)[unit.parent_id].name if unit.parent_id else ""
    return content.Issuer(
        superior=superior, name=unit.name, place=unit.place or settings.PROVINCE_NAME, address=unit.address,
        phone=unit.phone,
    )  # fmt: skip


@override(settings.LANGUAGE_CODE)  # the printed book is Vietnamese whatever language its keeper reads
def paper(
    actor: Actor, book: Book, units: Mapping[int, UnitFacts], *, now: datetime
) -> content.RegisterContent:
    """The book for printing. Raises RegisterTooLong."""
    rows = list(entries(actor, book)[: PRINTED_AT_ONCE + 1])
    if len(rows) > PRINTED_AT_ONCE:
        raise RegisterTooLong(limit=PRINTED_AT_ONCE)
    return content.RegisterContent(
        issuer=issuer(book.unit_id, now), issued_at=now, from_day=book.first, to_day=book.last,
        lines=tuple(_line(row, units) for row in rows), keeper_name=actor.label.partition(" (")[0],
        signatory=content.Signatory(position=_("Thủ trưởng đơn vị")),
    )  # fmt: skip


def office_name(row: Dossier, units: Mapping[int, UnitFacts]) -> str:
    """The unit in charge, also when it has been closed since."""
    known = units.get(row.unit_id)
    return known.name if known else organisation.latest(row.unit_id).name


def _line(row: Dossier, units: Mapping[int, UnitFacts]) -> content.RegisterLine:
    assert row.accepted_at is not None
    return content.RegisterLine(
        code=row.code or "", procedure_name=row.version.name, sets=1, owner_name=row.applicant.name,
        contact=contact(row), handling_office=office_name(row, units), received_on=local_date(row.accepted_at),
        due_on=_day(row.promised_at), returned_on=_day(row.returned_at), return_method=method(row), note=note(row),
    )  # fmt: skip


def _day(moment: datetime | None) -> date | None:
    return local_date(moment) if moment else None
