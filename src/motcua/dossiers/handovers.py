"""Handing over: a counter passes many dossiers to one unit in one go, with one numbered slip (NĐ 118/2025 Đ18.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from motcua.base.actor import Actor
from motcua.base.codes import dossier_code
from motcua.base.errors import MotcuaError, NotAllowed, NotFound
from motcua.base.time import local_date
from motcua.dossiers import access, services, store
from motcua.dossiers.models import Dossier, HandoverSlip
from motcua.dossiers.rules.state import State
from motcua.dossiers.words import sentence_of
from motcua.organisation import queries as units
from motcua.people.rules import Role
from motcua.slips import content

COUNTERS = (Role.COUNTER, Role.POST)
AT_ONCE = 200


class OtherUnit(MotcuaError):
    """The dossier belongs to another unit than the slip is for."""

    code = "handover_other_unit"
    sentence = "Hồ sơ này thuộc thẩm quyền của đơn vị khác, không bàn giao cùng phiếu này được."


class NothingChosen(MotcuaError):
    """A hand-over of no dossier."""

    code = "handover_nothing_chosen"
    sentence = "Hãy chọn ít nhất một hồ sơ để bàn giao."


class TooManyChosen(MotcuaError):
    """More dossiers than one slip may hold."""

    code = "handover_too_many"
    sentence = "Mỗi phiếu bàn giao tối đa {limit} hồ sơ. Hãy bàn giao làm nhiều lần."


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one dossier; `refusal` is empty when it was passed on."""

    dossier_id: int
    code: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The slip (None when no dossier could be passed on) and what became of each dossier."""

    slip_id: int | None
    lines: tuple[Line, ...]


def counters_of(actor: Actor) -> frozenset[int]:
    """The counters at which the officer works."""
    return frozenset(duty.unit_id for duty in actor.duties if duty.role in COUNTERS)


def waiting(actor: Actor, counter_id: int) -> QuerySet[Dossier]:
    """Accepted dossiers at the counter that were not passed on yet, the most pressing first."""
    rows = Dossier.objects.filter(access.visible(actor), state=State.ACCEPTED, intake_unit_id=counter_id, source="")
    return rows.order_by("forward_by", "pk")


@transaction.atomic
def hand_over(
    dossier_ids: Iterable[int], *, counter_id: int, unit_id: int, actor: Actor, now: datetime
) -> Outcome:
    """Forwards each dossier to `unit_id` and writes one slip over those that went.

    A dossier that cannot go is told and stops no other. Forwarding and slip are one transaction, so that the slips of
    a day have no gaps. Raises NotAllowed away from one's own counter, NothingChosen and TooManyChosen.
    """
    chosen = sorted(set(dossier_ids))
    _check(chosen, counter_id, actor)
    codes = dict(Dossier.objects.filter(access.visible(actor), pk__in=chosen).values_list("pk", "code"))
    lines = tuple(_pass_on(number, codes, unit_id, actor, now) for number in chosen)
    gone = [line.dossier_id for line in lines if not line.refusal]
    return Outcome(_write_slip(gone, counter_id, unit_id, actor, now) if gone else None, lines)


def _check(chosen: list[int], counter_id: int, actor: Actor) -> None:
    if counter_id not in counters_of(actor):
        raise NotAllowed(reason="chỉ công chức một cửa tại nơi tiếp nhận được bàn giao hồ sơ.")
    if not chosen:
        raise NothingChosen
    if len(chosen) > AT_ONCE:
        raise TooManyChosen(limit=AT_ONCE)


def _pass_on(number: int, codes: dict[int, str | None], unit_id: int, actor: Actor, now: datetime) -> Line:
    code = codes.get(number) or ""
    try:
        with transaction.atomic():
            if number not in codes:
                raise NotFound(what="hồ sơ này")
            if store.load(number).unit_id != unit_id:
                raise OtherUnit
            services.forward(number, actor=actor, now=now)
    except MotcuaError as error:
        return Line(number, code, sentence_of(error))
    return Line(number, code)


def _write_slip(gone: list[int], counter_id: int, unit_id: int, actor: Actor, now: datetime) -> int:
    day = local_date(now)
    sequence = store.next_number(counter_id, day, "handover")
    number = "BG-" + dossier_code(units.unit(counter_id, on=day).code, on=day, sequence=sequence)
    slip = HandoverSlip.objects.create(
        number=number, from_unit_id=counter_id, to_unit_id=unit_id, at=now, officer=actor.label
    )
    slip.dossiers.set(gone)
    return slip.pk


def slips_of(actor: Actor) -> QuerySet[HandoverSlip]:
    """Slips given or taken at the officer's places, the latest first."""
    given = counters_of(actor) | actor.units(*access.OVERSEERS)
    taken = actor.units(Role.SPECIALIST, Role.CLERK, *access.OVERSEERS)
    rows = HandoverSlip.objects.filter(from_unit_id__in=given) | HandoverSlip.objects.filter(
        to_unit_id__in=taken
    )
    return rows.order_by("-at", "-pk")


def slip_of(actor: Actor, slip_id: int) -> HandoverSlip:
    """One slip the officer may see. Raises NotFound for any other."""
    slip = slips_of(actor).filter(pk=slip_id).first()
    if slip is None:
        raise NotFound(what="phiếu bàn giao này")
    return slip


def paper(slip: HandoverSlip, issuer: content.Issuer, receiver: str) -> content.HandoverContent:
    """What is printed: the dossiers with their owners, whether a fee is still due and whether they came by post."""
    rows = slip.dossiers.select_related("applicant", "version").prefetch_related("fees").order_by("code")
    return content.HandoverContent(
        issuer=issuer, issued_at=slip.at, number=slip.number, giver_office=issuer.name, receiver_office=receiver,
        giver_name=slip.officer.partition(" (")[0], handed_at=slip.at, lines=tuple(_printed(row) for row in rows),
    )  # fmt: skip


def _printed(row: Dossier) -> content.HandoverLine:
    return content.HandoverLine(
        code=row.code or "", content=row.version.name, owner_name=row.applicant.name, address=row.applicant.address,
        fee_due=any(not fee.paid for fee in row.fees.all()), by_post=row.channel == "post",
    )  # fmt: skip
