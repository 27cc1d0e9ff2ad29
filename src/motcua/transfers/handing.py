"""Handing over: one place passes dossiers, results or files to another with one numbered slip (NĐ 118/2025 Đ18.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.codes import dossier_code
from motcua.base.errors import MotcuaError, NotFound
from motcua.base.time import local_date
from motcua.dossiers import access as dossier_access
from motcua.dossiers import desks, services, store
from motcua.dossiers.rules.refusals import HandledElsewhere
from motcua.dossiers.rules.state import Dossier, State
from motcua.dossiers.words import sentence_of
from motcua.organisation import queries as units
from motcua.transfers import access, legs, terms
from motcua.transfers.errors import (
    NotHere,
    NothingChosen,
    OnOpenSlip,
    OtherCounter,
    OtherUnit,
    ResultAlreadyThere,
    TooManyChosen,
)
from motcua.transfers.models import Line, Slip
from motcua.transfers.records import tell
from motcua.transfers.rules import AT_ONCE, Kind, LineState


@dataclass(frozen=True, slots=True)
class Parcel:
    """One dossier on a slip with the papers that go along; None: what was handed in at the counter."""

    dossier_id: int
    originals: int | None = None
    copies: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one dossier; `refusal` is empty when it went."""

    dossier_id: int
    code: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """The slip (None when nothing could go) and what became of each dossier."""

    slip_id: int | None
    lines: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """From where to where, and what for. `purpose` is the work asked of another agency."""

    kind: Kind
    from_unit: int
    to_unit: int
    purpose: str = ""
    note: str = ""


@transaction.atomic
def hand_over(parcels: Sequence[Parcel], way: Way, *, actor: Actor, now: datetime) -> Handed:
    """Passes each dossier on and writes one slip over those that went; the receiver has still to confirm.

    A dossier that cannot go is told and stops no other. One transaction, so that the slips of a day have no gaps.
    Raises NotAllowed, NothingChosen, TooManyChosen, TargetClosed, SamePlace.
    """
    access.require_giver(actor, way.kind, way.from_unit)
    chosen = {parcel.dossier_id: parcel for parcel in parcels}
    if not chosen:
        raise NothingChosen
    if len(chosen) > AT_ONCE:
        raise TooManyChosen(limit=AT_ONCE)
    access.require_open(way.from_unit, way.to_unit, on=local_date(now))
    lines = tuple(_pass_on(number, way, actor, now) for number in sorted(chosen))
    gone = [chosen[line.dossier_id] for line in lines if not line.refusal]
    return Handed(_write(gone, way, actor, now) if gone else None, lines)


def hand_over_codes(
    codes: Sequence[str], way: Way, *, actor: Actor, now: datetime
) -> tuple[list[int], list[Outcome]]:
    """Sorts scanned codes by where they go and hands each heap over; gives the slips and an answer for every code.

    Of `way` only the kind and the giving place count: a dossier goes to its competent unit, a result to its counter.
    """
    if len(codes) > AT_ONCE:
        raise TooManyChosen(limit=AT_ONCE)
    found = desks.by_codes(actor, codes)
    answers = {code: Outcome(0, code, sentence_of(NotFound(what="hồ sơ này"))) for code in codes if code not in found}
    heaps: dict[int, list[Parcel]] = defaultdict(list)
    for row in found.values():
        heaps[row.intake_unit_id if way.kind is Kind.RESULTS else row.unit_id].append(Parcel(row.pk))
    slips: list[int] = []
    for target, heap in sorted(heaps.items()):
        try:
            handed = hand_over(heap, Way(way.kind, way.from_unit, target, note=way.note), actor=actor, now=now)
        except MotcuaError as error:
            names = {row.pk: str(row.code) for row in found.values()}
            lines = tuple(Outcome(p.dossier_id, names[p.dossier_id], sentence_of(error)) for p in heap)
            handed = Handed(None, lines)
        slips += [handed.slip_id] if handed.slip_id else []
        answers |= {line.code: line for line in handed.lines}
    return slips, [answers[code] for code in codes]


def moving_by_codes(actor: Actor, codes: Sequence[str], place: int) -> dict[str, int]:
    """The dossiers behind the codes that the officer may see, or that a leg has brought to their place."""
    brought = legs.Leg.objects.filter(legs.OPEN, to_unit_id=place, received_at__isnull=False, dossier__code__in=codes)
    here = dict(brought.values_list("dossier__code", "dossier_id")) if place in access.own_places(actor) else {}
    return {**here, **{code: row.pk for code, row in desks.by_codes(actor, codes).items()}}


def open_line(dossier_id: int) -> Line | None:
    """The line on which the dossier is under way now."""
    rows = Line.objects.filter(dossier_id=dossier_id, state=LineState.IN_TRANSIT).select_related("slip")
    return rows.first()


def _pass_on(number: int, way: Way, actor: Actor, now: datetime) -> Outcome:
    code = ""
    try:
        with transaction.atomic():
            dossier = store.load(number)
            if not dossier_access.sees(actor, dossier):
                raise NotFound(what="hồ sơ này")
            code = dossier.code or dossier.provisional_code
            _require_ours(dossier)
            _require_free(number)
            _CHECKS[way.kind](dossier, way)
            if way.kind is Kind.FORWARD:
                services.forward(number, actor=actor, now=now)
    except MotcuaError as error:
        return Outcome(number, code, sentence_of(error))
    return Outcome(number, code)


def _require_ours(dossier: Dossier) -> None:
    """What a ministry's system handles moves there, not here."""
    if dossier.is_mirrored:
        raise HandledElsewhere(source=dossier.source, external_code=dossier.external_code)


def _require_free(number: int) -> None:
    line = open_line(number)
    if line is not None:
        raise OnOpenSlip(number=line.slip.number)


def _to_competent_unit(dossier: Dossier, way: Way) -> None:
    if dossier.intake_unit_id != way.from_unit:
        raise NotHere
    if dossier.unit_id != way.to_unit:
        raise OtherUnit


def _back_to_counter(dossier: Dossier, way: Way) -> None:
    """The paper result goes to the counter (step 4 to 5). The clock ended with the decision and is not touched."""
    if dossier.unit_id != way.from_unit or dossier.state is not State.FINISHED:
        raise NotHere
    if dossier.intake_unit_id != way.to_unit:
        raise OtherCounter
    there = Line.objects.filter(
        dossier_id=dossier.id, slip__kind=Kind.RESULTS, state=LineState.TAKEN, settled_at__gte=dossier.ended_at
    )
    if there.exists():
        raise ResultAlreadyThere


def _to_another_agency(dossier: Dossier, way: Way) -> None:
    legs.require_lies_at(dossier, way.from_unit)
    legs.require_none_open(dossier, way.to_unit)


_CHECKS = {Kind.FORWARD: _to_competent_unit, Kind.RESULTS: _back_to_counter, Kind.MOVE: _to_another_agency}


def _write(gone: list[Parcel], way: Way, actor: Actor, now: datetime) -> int:
    due = terms.confirm_by(way.to_unit, now)
    slip = Slip.objects.create(
        number=_next_number(way.from_unit, now), kind=way.kind, from_unit_id=way.from_unit, to_unit_id=way.to_unit,
        at=now, officer=actor.label, giver_id=actor.id, confirm_by=due, note=way.note,
    )  # fmt: skip
    counts = desks.paper_counts(parcel.dossier_id for parcel in gone)
    for position, parcel in enumerate(gone, 1):
        leg = _leg_of(parcel, way, actor, now) if way.kind is Kind.MOVE else None
        usual = (1, 0) if way.kind is Kind.RESULTS else counts.get(parcel.dossier_id, (0, 0))
        Line.objects.create(
            slip=slip, position=position, dossier_id=parcel.dossier_id, state=LineState.IN_TRANSIT, due_at=due, leg=leg,
            originals=usual[0] if parcel.originals is None else parcel.originals,
            copies=usual[1] if parcel.copies is None else parcel.copies,
        )  # fmt: skip
        tell(
            parcel.dossier_id, "handed_over", actor=actor, now=now, slip=slip.pk, number=slip.number, kind=way.kind.value,
            from_unit=way.from_unit, to_unit=way.to_unit,
        )  # fmt: skip
    return slip.pk


def _leg_of(parcel: Parcel, way: Way, actor: Actor, now: datetime) -> legs.Leg:
    dossier = store.load(parcel.dossier_id)
    return legs.open_leg(dossier, from_unit=way.from_unit, to_unit=way.to_unit, purpose=way.purpose, actor=actor, now=now)


def _next_number(unit_id: int, now: datetime) -> str:
    day = local_date(now)
    sequence = store.next_number(unit_id, day, "handover")
    return "BG-" + dossier_code(units.unit(unit_id, on=day).code, on=day, sequence=sequence)
