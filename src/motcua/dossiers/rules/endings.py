"""How a dossier ends, how its result reaches the owner, and how a wrong entry is corrected: by a reverse act. Pure."""

from __future__ import annotations

from datetime import datetime

from motcua.base.actor import Actor
from motcua.dossiers.rules.acts import (
    enter_step,
    issue,
    leave_step,
    leave_worklist,
    record,
    require,
    require_reason,
    set_due,
)
from motcua.dossiers.rules.clock import Clock
from motcua.dossiers.rules.lateness import Timing, is_late_by_moment, timing
from motcua.dossiers.rules.refusals import (
    LateCauseMissing,
    ReceiverMissing,
    ResultFileMissing,
    WithdrawalEvidenceMissing,
)
from motcua.dossiers.rules.state import (
    ENDED_EARLY,
    IN_HAND,
    Dossier,
    EndKind,
    LateCause,
    ResultRecord,
    State,
)
from motcua.dossiers.rules.way import PLAIN, Route, plan_at, unit_for

_END_STATES = {
    EndKind.STOPPED: State.STOPPED,
    EndKind.WITHDRAWN: State.WITHDRAWN,
    EndKind.SENT_BACK: State.SENT_BACK,
}


def decide(
    dossier: Dossier,
    *,
    granted: bool,
    result: ResultRecord | None,
    clock: Clock,
    now: datetime,
    actor: Actor,
    reason: str = "",
    ground: str = "",
    late_cause: LateCause | None = None,
    late_note: str = "",
) -> None:
    """Ends the handling with a result: granted, or refused after appraisal (which is a result too, NĐ 61 Đ19.8).

    A document result needs its file; a late dossier needs its cause; being late never blocks.
    """
    require(dossier, "ban hành kết quả", State.PROCESSING)
    if granted:
        _require_file(dossier, result)
    else:
        require_reason(reason, ground)
        issue(
            dossier, "REFUSAL", now=now, actor=actor, form_set=clock.rules.form_set,
            reason=reason, ground=ground, after_appraisal=True,
        )  # fmt: skip
    if result is not None:
        result.signed_by = result.signed_by or _signed_by(dossier, actor)
        dossier.results.append(result)
    _end(dossier, EndKind.FINISHED if granted else EndKind.REFUSED, now, late_cause, late_note)
    dossier.state = State.FINISHED
    leave_step(dossier, now=now, actor=actor)
    enter_step(dossier, dossier.plan[-1], unit_id=dossier.intake_unit_id, clock=clock, now=now)
    record(
        dossier, "decided", now=now, actor=actor, granted=granted, timing=dossier.timing,
        late_cause=dossier.late_cause, reason=reason,
    )  # fmt: skip


def give_back(
    dossier: Dossier, *, receiver: str, method: str, now: datetime, actor: Actor, receiver_number: str = ""
) -> None:
    """Returns the result and says who took it. Overdue never blocks; a document result without its file does."""
    require(dossier, "trả kết quả", State.FINISHED)
    if not receiver.strip():
        raise ReceiverMissing
    # The file of a result issued on another system stays there.
    needs_file = dossier.result_is_document and not dossier.ended_elsewhere
    if dossier.end_kind == EndKind.FINISHED and needs_file and not _has_file(dossier):
        raise ResultFileMissing
    dossier.returned_at, dossier.state = now, State.RETURNED
    leave_step(dossier, now=now, actor=actor)
    leave_worklist(dossier)
    issue(dossier, "RETURN", now=now, actor=actor, receiver=receiver, receiver_number=receiver_number, method=method)
    record(dossier, "returned", now=now, actor=actor, method=method)


def stop(
    dossier: Dossier, *, kind: EndKind, reason: str, ground: str, clock: Clock, now: datetime, actor: Actor
) -> None:
    """Final stop or return of the papers (trả lại hồ sơ): with reason, ground and the notice of stop."""
    require(dossier, "dừng giải quyết", *IN_HAND)
    require_reason(reason, ground)
    _close(dossier, kind, now, actor)
    issue(
        dossier, "STOP", now=now, actor=actor, form_set=clock.rules.form_set,
        reason=reason, ground=ground, kind=kind.value,
    )  # fmt: skip
    record(dossier, kind.value, now=now, actor=actor, reason=reason, ground=ground)


def withdraw(
    dossier: Dossier, *, reason: str, form_set: str, now: datetime, actor: Actor, file_id: int | None = None,
    request: str = "", evidence: str = "",
) -> None:  # fmt: skip
    """The owner takes the dossier back. It ends on the spot and keeps whether it was late by then.

    The owner's own request is the evidence: its file (`file_id`, with number and date in `evidence`), or the
    reference `request` of one made electronically.
    """
    require(dossier, "rút hồ sơ", *IN_HAND, State.SUBMITTED, State.INTAKE_SUPPLEMENT)
    if file_id is None and not request.strip():
        raise WithdrawalEvidenceMissing
    _close(dossier, EndKind.WITHDRAWN, now, actor)
    told = evidence.strip() or (f"yêu cầu trực tuyến {request.strip()}" if request.strip() else "đơn đề nghị kèm theo")
    issue(
        dossier, "WITHDRAWAL", now=now, actor=actor, form_set=form_set,
        reason=reason, evidence=told, file_id=file_id, request=request.strip(),
    )  # fmt: skip
    record(dossier, "withdrawn", now=now, actor=actor, reason=reason, evidence=told, timing=dossier.timing)


def give_late_cause(dossier: Dossier, *, cause: LateCause, note: str, now: datetime, actor: Actor) -> None:
    """Names the cause of lateness afterwards, for dossiers that became late while waiting."""
    require(dossier, "ghi nguyên nhân quá hạn", *IN_HAND, *ENDED_EARLY, State.FINISHED, State.RETURNED)
    dossier.late_cause, dossier.late_note = cause.value, note
    record(dossier, "late_cause_given", now=now, actor=actor, cause=cause.value, note=note)


def reverse_return(dossier: Dossier, *, reason: str, clock: Clock, now: datetime, actor: Actor) -> None:
    """The return was entered by mistake: the result waits at the counter again."""
    require(dossier, "hủy việc trả kết quả", State.RETURNED)
    require_reason(reason)
    dossier.returned_at, dossier.state = None, State.FINISHED
    enter_step(dossier, dossier.plan[-1], unit_id=dossier.intake_unit_id, clock=clock, now=now)
    record(dossier, "return_reversed", now=now, actor=actor, reason=reason)


def reverse_end(
    dossier: Dossier, *, reason: str, clock: Clock, now: datetime, actor: Actor, route: Route = PLAIN
) -> None:
    """A decision, stop or withdrawal was entered by mistake: handling goes on where it was, the clock as if never ended."""
    require(dossier, "hủy việc kết thúc", State.FINISHED, *ENDED_EARLY)
    require_reason(reason)
    for result in dossier.valid_results:
        result.revoked_at = now
    leave_step(dossier, now=now, actor=actor)
    undone = dossier.end_kind
    dossier.ended_at, dossier.end_kind, dossier.timing, dossier.late_by_moment = None, "", "", None
    dossier.late_cause = dossier.late_note = ""
    if dossier.accepted_at is None:
        dossier.state = State.SUBMITTED
        dossier.holder_unit_id, dossier.holder_role = dossier.intake_unit_id, "counter"
    else:
        _resume_handling(dossier, clock, now, route)
    record(dossier, "end_reversed", now=now, actor=actor, reason=reason, undone=undone)


def void(dossier: Dossier, *, reason: str, now: datetime, actor: Actor) -> None:
    """The acceptance itself was a mistake (wrong procedure, twice): the code stays used, the table forgets the dossier."""
    require(dossier, "hủy tiếp nhận", State.ACCEPTED, State.FORWARDED, State.PROCESSING)
    require_reason(reason)
    dossier.state = State.VOIDED
    leave_step(dossier, now=now, actor=actor)
    leave_worklist(dossier)
    record(dossier, "voided", now=now, actor=actor, reason=reason)


def _resume_handling(dossier: Dossier, clock: Clock, now: datetime, route: Route) -> None:
    handled = [step for step in dossier.steps if step.stage not in ("S1", "S5")]
    plan = (handled and plan_at(dossier, handled[-1].position)) or dossier.plan[1]
    dossier.state = State.PROCESSING
    dossier.received_at = dossier.received_at or now
    set_due(dossier, clock, start=dossier.received_at, now=now, cause="end_reversed")
    enter_step(dossier, plan, unit_id=unit_for(dossier, plan, route), clock=clock, now=now)


def _close(dossier: Dossier, kind: EndKind, now: datetime, actor: Actor) -> None:
    open_pause, supplement = dossier.open_pause, dossier.open_supplement
    if open_pause:
        open_pause.end = now
    if supplement:
        supplement.answered_at, supplement.answer = now, ""
    dossier.ended_at, dossier.end_kind, dossier.state = now, kind.value, _END_STATES[kind]
    dossier.late_by_moment = is_late_by_moment(now, dossier.due_at)
    if timing(now, dossier.due_at) is Timing.LATE:
        # II.06a counts it in column 9 all the same; the mark stays beside, so that no end hides lateness.
        dossier.timing = Timing.LATE.value
    leave_step(dossier, now=now, actor=actor)
    leave_worklist(dossier)


def _end(dossier: Dossier, kind: EndKind, now: datetime, cause: LateCause | None, note: str) -> None:
    when = timing(now, dossier.due_at)
    if when is Timing.LATE and cause is None and not dossier.late_cause:
        raise LateCauseMissing
    dossier.ended_at, dossier.end_kind, dossier.timing = now, kind.value, when.value
    dossier.late_by_moment = is_late_by_moment(now, dossier.due_at)
    if when is Timing.LATE and cause is not None:
        dossier.late_cause, dossier.late_note = cause.value, note


def _signed_by(dossier: Dossier, actor: Actor) -> str:
    """Who signs for another is named as on paper: "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC Nguyễn Văn Thử"."""
    if dossier.capacity is None or not dossier.capacity.signature:
        return ""
    return f"{', '.join(dossier.capacity.signature)} {actor.label.partition(' (')[0]}"[:200]


def _require_file(dossier: Dossier, result: ResultRecord | None) -> None:
    if dossier.result_is_document and (result is None or result.file_id is None):
        raise ResultFileMissing


def _has_file(dossier: Dossier) -> bool:
    return any(result.file_id is not None for result in dossier.valid_results)
