"""Taking over: the receiver confirms each line of a slip or refuses it with a reason; two sides, two times, two persons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError, NotFound
from motcua.dossiers import services, store
from motcua.dossiers.rules.state import State
from motcua.dossiers.words import sentence_of
from motcua.transfers import access, legs
from motcua.transfers.errors import (
    AlreadySettled,
    NotAwaited,
    NothingChosen,
    OwnSlip,
    TooManyChosen,
    WhyRefused,
)
from motcua.transfers.models import Line, Slip
from motcua.transfers.records import moment, resumed, tell
from motcua.transfers.rules import AT_ONCE, Kind, LineState, Move, RefusalKind


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver says of one line. A refusal names its kind and says why."""

    take: bool
    kind: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one line; `refusal` says why the answer could not be recorded."""

    line_id: int
    code: str
    taken: bool = True
    refusal: str = ""


@transaction.atomic
def settle(slip_id: int, answers: Mapping[int, Answer], *, actor: Actor, now: datetime) -> tuple[Settled, ...]:
    """Records the receiver's answer to each named line; one that cannot be recorded is told and stops no other.

    Dossiers taken in elsewhere are received by this, and their clock starts (NĐ 118/2025 Đ17.3); for those of the unit's
    own counter it records the papers and nothing else. Raises NotFound, NotAllowed, OwnSlip, NothingChosen.
    """
    slip = locked_slip(slip_id)
    access.require_taker(actor, slip.to_unit_id)
    if actor.id is not None and actor.id == slip.giver_id:
        raise OwnSlip
    if not answers:
        raise NothingChosen
    lines = {line.pk: line for line in slip.lines.select_related("dossier", "leg").order_by("dossier_id")}
    for line_id in answers:
        if line_id not in lines:
            raise NotFound(what="dòng này trong phiếu")
    told = tuple(_settle(line, answers[pk], slip, actor, now) for pk, line in lines.items() if pk in answers)
    close_when_settled(slip, now)
    return told


def take_by_codes(codes: Sequence[str], *, actor: Actor, now: datetime) -> list[Settled]:
    """Confirms what was scanned, whichever slips it is on; an answer for every code."""
    if len(codes) > AT_ONCE:
        raise TooManyChosen(limit=AT_ONCE)
    rows = Line.objects.filter(
        state=LineState.IN_TRANSIT, dossier__code__in=codes, slip__to_unit_id__in=access.taking_places(actor)
    )
    found = {code: (line, slip) for code, line, slip in rows.values_list("dossier__code", "pk", "slip_id")}
    answers = {code: Settled(0, code, refusal=sentence_of(NotAwaited())) for code in codes if code not in found}
    heaps: dict[int, dict[int, Answer]] = defaultdict(dict)
    for line, slip in found.values():
        heaps[slip][line] = Answer(take=True)
    for slip, heap in sorted(heaps.items()):
        try:
            told: Sequence[Settled] = settle(slip, heap, actor=actor, now=now)
        except MotcuaError as error:
            names = {line: code for code, (line, _) in found.items()}
            told = [Settled(line, names[line], refusal=sentence_of(error)) for line in heap]
        answers |= {one.code: one for one in told}
    return [answers[code] for code in codes]


def locked_slip(slip_id: int) -> Slip:
    """The slip, its row locked: two officers settle its lines one after the other."""
    slip = Slip.objects.select_for_update().filter(pk=slip_id).first()
    if slip is None:
        raise NotFound(what="phiếu bàn giao này")
    return slip


def require_under_way(line: Line) -> None:
    """The second of two officers learns what the first did."""
    if line.state != LineState.IN_TRANSIT:
        raise AlreadySettled(by=line.settled_by or line.slip.officer, at=moment(line.settled_at or line.slip.at))


def close_line(line: Line, state: LineState, *, actor: Actor, now: datetime, kind: str = "", reason: str = "") -> None:
    """Writes how a line ended, within the caller's transaction."""
    line.state, line.settled_at, line.settled_by = state, now, actor.label
    line.reason_kind, line.reason = kind, reason[:1000]
    line.save(update_fields=["state", "settled_at", "settled_by", "reason_kind", "reason"])


def close_when_settled(slip: Slip, now: datetime) -> None:
    """A slip is open as long as one line is under way."""
    if slip.settled_at is None and not slip.lines.filter(state=LineState.IN_TRANSIT).exists():
        slip.settled_at = now
        slip.save(update_fields=["settled_at"])


def _settle(line: Line, answer: Answer, slip: Slip, actor: Actor, now: datetime) -> Settled:
    code = line.dossier.code or line.dossier.provisional_code
    try:
        with transaction.atomic():
            require_under_way(line)
            (_take if answer.take else _refuse)(line, answer, slip, actor, now)
    except MotcuaError as error:
        return Settled(line.pk, code, answer.take, sentence_of(error))
    return Settled(line.pk, code, answer.take)


def _take(line: Line, answer: Answer, slip: Slip, actor: Actor, now: datetime) -> None:
    if slip.kind == Kind.FORWARD and store.load(line.dossier_id).state is State.FORWARDED:
        services.receive(line.dossier_id, actor=actor, now=now)
    if line.leg is not None:
        legs.take(line.leg, actor=actor, now=now)
    close_line(line, LineState.TAKEN, actor=actor, now=now)
    _record(line, slip, "taken_over", Move.CONFIRMED, actor, now)


def _refuse(line: Line, answer: Answer, slip: Slip, actor: Actor, now: datetime) -> None:
    reason = answer.reason.strip()
    if not reason or answer.kind not in set(RefusalKind):
        raise WhyRefused
    if slip.kind == Kind.FORWARD:
        services.hand_back(line.dossier_id, reason=reason, actor=actor, now=now)
    if line.leg is not None:
        legs.cancel(line.leg, reason=reason, actor=actor, now=now)
    close_line(line, LineState.REFUSED, actor=actor, now=now, kind=answer.kind, reason=reason)
    _record(line, slip, "line_refused", Move.REFUSED, actor, now, reason=reason, reason_kind=answer.kind)


def _record(line: Line, slip: Slip, name: str, move: Move, actor: Actor, now: datetime, **data: str) -> None:
    resumed(
        line.dossier_id, slip.to_unit_id, due=line.due_at, now=now, move=move, actor=actor, line_id=line.pk,
        reason=data.get("reason", ""),
    )  # fmt: skip
    tell(
        line.dossier_id, name, actor=actor, now=now, slip=slip.pk, number=slip.number, kind=slip.kind,
        from_unit=slip.from_unit_id, to_unit=slip.to_unit_id, **data,
    )  # fmt: skip
