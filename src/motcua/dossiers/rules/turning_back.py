"""A dossier that was passed on and comes back to the desk, or goes to the right authority instead. Pure.

Nothing of what happened is edited: the way back is an act of its own with a reason, and the clock runs on as it was.
"""

from __future__ import annotations

from datetime import datetime

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError
from motcua.dossiers.rules.acts import enter_step, leave_step, record, require, require_reason
from motcua.dossiers.rules.clock import Clock
from motcua.dossiers.rules.state import Dossier, State


class AlreadyAtWork(MotcuaError):
    """A dossier that the authority has begun to handle does not go back to the counter by a refused line."""

    code = "already_at_work"
    sentence = (
        "Cơ quan giải quyết đã xử lý hồ sơ này trên hệ thống nên không đưa về nơi tiếp nhận theo cách này được. "
        "Hãy nhận hồ sơ, rồi yêu cầu bổ sung hoặc trả lại theo quy định."
    )


class SameUnit(MotcuaError):
    code = "redirect_same_unit"
    sentence = "Hồ sơ đang thuộc chính đơn vị này. Hãy chọn đơn vị khác."


def hand_back(dossier: Dossier, *, reason: str, clock: Clock, now: datetime, actor: Actor) -> None:
    """The receiver refuses what it was handed (a paper is missing, the wrong unit): the dossier lies at the counter again."""
    _back_to_the_desk(dossier, "từ chối nhận hồ sơ", reason, clock, now, actor)
    record(dossier, "handed_back", now=now, actor=actor, reason=reason)


def take_back(dossier: Dossier, *, reason: str, clock: Clock, now: datetime, actor: Actor) -> None:
    """The counter takes back what it passed on and nobody took over."""
    _back_to_the_desk(dossier, "thu hồi hồ sơ đã chuyển", reason, clock, now, actor)
    record(dossier, "taken_back", now=now, actor=actor, reason=reason)


def redirect(dossier: Dossier, *, unit_id: int, reason: str, now: datetime, actor: Actor) -> None:
    """Another authority is competent than was entered. Only before the first one is at work; no due moment changes.

    The clock of a dossier taken in elsewhere starts when the right authority has it (NĐ 118/2025 Đ17.3); one that
    already runs keeps running: the owner does not pay for a wrong address.
    """
    require(dossier, "chuyển đến cơ quan khác", State.ACCEPTED, State.FORWARDED)
    require_reason(reason)
    if unit_id == dossier.unit_id:
        raise SameUnit
    before, dossier.unit_id = dossier.unit_id, unit_id
    if dossier.state is State.FORWARDED:
        dossier.holder_unit_id = unit_id
    record(dossier, "redirected", now=now, actor=actor, before_unit=before, to=unit_id, reason=reason)


def _back_to_the_desk(
    dossier: Dossier, act: str, reason: str, clock: Clock, now: datetime, actor: Actor
) -> None:
    require(dossier, act, State.FORWARDED, State.PROCESSING)
    require_reason(reason)
    if dossier.state is State.PROCESSING:
        _require_untouched(dossier)
        leave_step(dossier, now=now, actor=actor, note=reason)
    dossier.state = State.ACCEPTED
    enter_step(dossier, dossier.plan[0], unit_id=dossier.intake_unit_id, clock=clock, now=now)


def _require_untouched(dossier: Dossier) -> None:
    """At its own counter the forwarding entered the first step of handling: nobody may have gone on from there.

    The step before the present one must be the counter's own. Elsewhere the authority has confirmed, and its clock runs.
    """
    first = dossier.plan[0].position
    before = [step.position for step in dossier.steps if step.left_at is not None]
    if not dossier.own_counter or not before or before[-1] != first:
        raise AlreadyAtWork
