"""Pauses, supplements after appraisal, apologies: what the clock does and what the owner is told. Pure."""

from __future__ import annotations

from datetime import datetime

from motcua.base.actor import Actor
from motcua.base.time import local
from motcua.deadlines.rules import PauseKind, PauseRuleFacts
from motcua.dossiers.rules.acts import issue, record, require, require_items, require_reason, set_due
from motcua.dossiers.rules.clock import Clock
from motcua.dossiers.rules.refusals import (
    ApproverMissing,
    NewDateNotLater,
    PauseNotAllowed,
    PauseTooOften,
    ReappointedAlready,
    SupplementTooOften,
)
from motcua.dossiers.rules.state import IN_HAND, Dossier, PauseRecord, State, SupplementRecord
from motcua.people.rules import ROLE_NAMES, Role


def ask_supplement(
    dossier: Dossier,
    *,
    items: list[dict[str, str]],
    reason: str,
    ground: str,
    clock: Clock,
    now: datetime,
    actor: Actor,
    reply_by: datetime | None = None,
    override: str = "",
) -> None:
    """Supplement after appraisal, through the one-stop desk, everything at once; the clock does what the rule set says.

    More often than the rule set allows needs `override`, the reason, and an `actor` who may allow it: both are kept.
    """
    require(dossier, "yêu cầu bổ sung", State.PROCESSING)
    require_items(items)
    require_reason(reason, ground)
    rule = clock.rules.pause_rules[PauseKind.SUPPLEMENT]
    asked = sum(not supplement.at_intake for supplement in dossier.supplements)
    if rule.max_times is not None and asked >= rule.max_times:
        if not override.strip():
            raise SupplementTooOften(times=asked)
        _require_approver(dossier, rule, actor)
    dossier.supplements.append(SupplementRecord(False, items, reason, ground, now, dossier.named(actor).label, reply_by))
    _begin(dossier, PauseKind.SUPPLEMENT, rule, reason, ground, dossier.named(actor).label, reply_by, now)
    dossier.state = State.WAITING_SUPPLEMENT
    issue(
        dossier, "SUPPLEMENT", now=now, actor=actor, form_set=clock.rules.form_set,
        items=items, reason=reason, ground=ground, reply_by=reply_by and reply_by.isoformat(),
    )  # fmt: skip
    record(dossier, "supplement_asked", now=now, actor=actor, items=len(items), reason=reason, override=override)


def answer_supplement(dossier: Dossier, *, answer: str, clock: Clock, now: datetime, actor: Actor) -> None:
    """The completed dossier is back at the desk; the clock resumes or restarts."""
    require(dossier, "nhận giấy tờ bổ sung", State.WAITING_SUPPLEMENT)
    supplement = dossier.open_supplement
    if supplement:
        supplement.answered_at, supplement.answer = now, answer
    _finish_pause(dossier, clock, now)
    record(dossier, "supplement_answered", now=now, actor=actor, answer=answer, due=_iso(dossier.due_at))


def pause(
    dossier: Dossier,
    *,
    kind: PauseKind,
    reason: str,
    ground: str,
    clock: Clock,
    now: datetime,
    actor: Actor,
) -> None:
    """Stops the clock for a kind the rule set lets stop it; an opinion or a field check normally does not.

    The one who acts is the approver on record; the rule set says which role that takes.
    """
    require(dossier, "tạm dừng", State.PROCESSING)
    require_reason(reason, ground)
    rule = clock.rules.pause_rules.get(kind)
    if rule is None or not rule.stops:
        raise PauseNotAllowed(ruleset=clock.rules.code)
    _require_approver(dossier, rule, actor)
    times = sum(p.kind == kind.value and p.retracted_at is None for p in dossier.pauses)
    if rule.max_times is not None and times >= rule.max_times:
        raise PauseTooOften(times=times, citation=rule.citation)
    _begin(dossier, kind, rule, reason, ground, dossier.named(actor).label, None, now)
    dossier.state = State.PAUSED
    record(dossier, "paused", now=now, actor=actor, kind=kind.value, reason=reason, ground=ground)


def resume(dossier: Dossier, *, clock: Clock, now: datetime, actor: Actor, note: str = "") -> None:
    """Ends the open pause; the due moment is counted anew."""
    require(dossier, "tiếp tục giải quyết", State.PAUSED)
    _finish_pause(dossier, clock, now)
    record(dossier, "resumed", now=now, actor=actor, note=note, due=_iso(dossier.due_at))


def apologise(
    dossier: Dossier, *, reason: str, new_date: datetime | None, clock: Clock, now: datetime, actor: Actor
) -> None:
    """Apology with re-appointment (NĐ 61 Đ19.9). The new date is told to the owner; lateness keeps the old one.

    After the allowed re-appointments the letter stays possible (and due), without a further date.
    """
    require(dossier, "xin lỗi và hẹn lại", *IN_HAND)
    require_reason(reason)
    if new_date is not None:
        _check_new_date(dossier, new_date, clock, now)
        dossier.reappointed_at = new_date
    issue(
        dossier, "APOLOGY", now=now, actor=actor, form_set=clock.rules.form_set,
        reason=reason, old_date=_iso(dossier.due_at), new_date=_iso(new_date),
    )  # fmt: skip
    record(dossier, "apologised", now=now, actor=actor, reason=reason, new_date=_iso(new_date))


def recompute(dossier: Dossier, *, cause: str, clock: Clock, now: datetime, actor: Actor) -> bool:
    """Counts the due moment again after a change of calendar; the printed promise stays beside it. True when it moved."""
    before = dossier.due_at
    start = dossier.received_at or dossier.forward_by
    if start is None or dossier.state not in IN_HAND or dossier.is_mirrored:
        return False
    set_due(dossier, clock, start=start, now=now, cause=cause)
    if dossier.due_at == before:
        return False
    record(dossier, "due_recomputed", now=now, actor=actor, cause=cause, before=_iso(before), due=_iso(dossier.due_at))
    return True


def _check_new_date(dossier: Dossier, new_date: datetime, clock: Clock, now: datetime) -> None:
    times = sum(slip.purpose == "APOLOGY" and bool(slip.facts.get("new_date")) for slip in dossier.slips)
    if times >= clock.rules.reappoint_max:
        raise ReappointedAlready(times=times)
    if new_date <= now or (dossier.due_at and new_date <= dossier.due_at):
        raise NewDateNotLater


def _require_approver(dossier: Dossier, rule: PauseRuleFacts, actor: Actor) -> None:
    held = {duty.role for duty in actor.duties_for(dossier.procedure_code)}
    if rule.approver_role and actor.kind != "system" and rule.approver_role not in held:
        raise ApproverMissing(role=ROLE_NAMES[Role(rule.approver_role)].lower())


def _begin(
    dossier: Dossier,
    kind: PauseKind,
    rule: PauseRuleFacts,
    reason: str,
    ground: str,
    approver: str,
    reply_by: datetime | None,
    now: datetime,
) -> None:
    dossier.pauses.append(PauseRecord(kind.value, rule.mode.value, now, reason, ground, approver, reply_by=reply_by))


def _finish_pause(dossier: Dossier, clock: Clock, now: datetime) -> None:
    open_pause = dossier.open_pause
    if open_pause:
        open_pause.end = now
    dossier.state = State.PROCESSING
    if dossier.received_at:
        set_due(dossier, clock, start=dossier.received_at, now=now, cause="resumed")


def _iso(moment: datetime | None) -> str | None:
    return local(moment).isoformat() if moment else None
