"""What may be done to a dossier before and at acceptance, and on its way to a result. Pure.

Each act takes the dossier, the instant and the actor, refuses with a sentence or changes the dossier in memory, and
leaves a happening. Ends and corrections live in `endings`, pauses and supplements in `waiting`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from motcua.base.actor import Actor
from motcua.base.errors import Conflict
from motcua.base.time import local
from motcua.deadlines.rules import forward_by
from motcua.dossiers.rules.clock import Clock
from motcua.dossiers.rules.refusals import (
    STATE_NAMES,
    NothingAsked,
    NotNow,
    ReasonMissing,
    StepAlreadyDone,
    StepNotRepeatable,
)
from motcua.dossiers.rules.state import (
    BEFORE_ACCEPTANCE,
    Dossier,
    DueRecord,
    Happening,
    SlipRecord,
    State,
    StepRecord,
    SupplementRecord,
)
from motcua.dossiers.rules.way import PLAIN, Route, following, may_go_back, unit_for
from motcua.processes.rules import Stage, StepPlan, step_due


def require(dossier: Dossier, act: str, *states: State) -> None:
    """Refuses `act` (a Vietnamese verb phrase) unless the dossier is in one of `states`."""
    if dossier.state not in states:
        raise NotNow(act=act, state=dossier.state.value, state_name=STATE_NAMES[dossier.state])


def require_revision(dossier: Dossier, revision: int | None) -> None:
    """The second of two officers on one page gets a clear sentence; nothing of either is lost."""
    if revision is not None and revision != dossier.revision:
        raise Conflict(at=f"{local(dossier.recorded_at):%H:%M ngày %d/%m/%Y}")


def require_reason(reason: str, ground: str = "-") -> None:
    if not reason.strip() or not ground.strip():
        raise ReasonMissing


def record(dossier: Dossier, name: str, *, now: datetime, actor: Actor, **data: Any) -> None:
    """Leaves the happening and stamps the row."""
    dossier.happenings.append(Happening(f"dossier.{name}", now, dossier.named(actor), data))
    dossier.recorded_at = now


def submit(dossier: Dossier, *, now: datetime, actor: Actor) -> None:
    """Submission is not receipt: an acknowledgement with a provisional code, no clock yet."""
    dossier.holder_unit_id, dossier.holder_role = dossier.intake_unit_id, "counter"
    record(dossier, "submitted", now=now, actor=actor, channel=dossier.channel, provisional=dossier.provisional_code)


def ask_supplement_at_intake(
    dossier: Dossier, *, items: list[dict[str, str]], reason: str, ground: str, now: datetime, actor: Actor
) -> None:
    """Phiếu yêu cầu bổ sung before acceptance: everything at once, no clock, outside the table (NĐ 61 Đ17; NĐ 118 Đ17.2)."""
    require(dossier, "yêu cầu hoàn thiện hồ sơ", State.SUBMITTED)
    require_items(items)
    require_reason(reason)
    dossier.supplements.append(SupplementRecord(True, items, reason, ground, now, dossier.named(actor).label))
    dossier.state = State.INTAKE_SUPPLEMENT
    issue(dossier, "SUPPLEMENT", now=now, actor=actor, items=items, reason=reason, ground=ground)
    record(dossier, "supplement_asked_at_intake", now=now, actor=actor, items=len(items), reason=reason)


def answer_intake_supplement(dossier: Dossier, *, answer: str, now: datetime, actor: Actor) -> None:
    """The owner completes the papers; the counter looks again."""
    require(dossier, "nhận giấy tờ hoàn thiện", State.INTAKE_SUPPLEMENT)
    supplement = dossier.open_supplement
    if supplement:
        supplement.answered_at, supplement.answer = now, answer
    dossier.state = State.SUBMITTED
    record(dossier, "completed_at_intake", now=now, actor=actor, answer=answer)


def refuse_at_intake(dossier: Dossier, *, reason: str, ground: str, now: datetime, actor: Actor) -> None:
    """Refusal to receive: a slip with reason and ground; it is not a settlement and never enters the table."""
    require(dossier, "từ chối tiếp nhận", *BEFORE_ACCEPTANCE)
    require_reason(reason, ground)
    dossier.state = State.REFUSED_AT_INTAKE
    leave_worklist(dossier)
    issue(dossier, "REFUSAL", now=now, actor=actor, reason=reason, ground=ground, after_appraisal=False)
    record(dossier, "refused_at_intake", now=now, actor=actor, reason=reason, ground=ground)


def accept(dossier: Dossier, *, code: str, clock: Clock, now: datetime, actor: Actor) -> None:
    """Acceptance gives code, receipt and due date; everything promised is pinned.

    At the competent authority's own counter it is also receipt by that authority. Elsewhere the clock starts when that
    authority has the dossier (NĐ 118/2025 Đ17.3); the receipt promises what a forwarding within the rule leads to.
    """
    require(dossier, "tiếp nhận", State.SUBMITTED)
    dossier.code, dossier.accepted_at, dossier.state = code, now, State.ACCEPTED
    dossier.ruleset = clock.rules.code
    dossier.forward_by = forward_by(now, clock.calendar, clock.rules.cutoff_forward)
    if dossier.own_counter:
        dossier.received_at = now
    set_due(dossier, clock, start=dossier.received_at or dossier.forward_by, now=now, cause="accepted")
    dossier.promised_at = dossier.due_at
    enter_step(dossier, dossier.plan[0], unit_id=dossier.intake_unit_id, clock=clock, now=now)
    record(
        dossier, "accepted", now=now, actor=actor, code=code, channel=dossier.channel,
        due=dossier.due_at and dossier.due_at.isoformat(), procedure=dossier.procedure_code,
    )  # fmt: skip


def forward(
    dossier: Dossier, *, clock: Clock, now: datetime, actor: Actor, note: str = "", route: Route = PLAIN
) -> None:
    """The counter passes the dossier on, the same day or at the next opening after 15:00 (NĐ 118 Đ18.2)."""
    require(dossier, "chuyển hồ sơ", State.ACCEPTED)
    late = dossier.forward_by is not None and now > dossier.forward_by
    leave_step(dossier, now=now, actor=actor, note=note)
    if dossier.own_counter:
        dossier.state = State.PROCESSING
        _enter_following(dossier, route, clock=clock, now=now)
    else:
        dossier.state = State.FORWARDED
        dossier.holder_id, dossier.holder_unit_id, dossier.holder_role = None, dossier.unit_id, "counter"
    record(dossier, "forwarded", now=now, actor=actor, to=dossier.unit_id, late=late, note=note)


def receive(dossier: Dossier, *, clock: Clock, now: datetime, actor: Actor, route: Route = PLAIN) -> None:
    """The competent authority confirms it has the dossier: here its clock starts."""
    require(dossier, "xác nhận nhận hồ sơ", State.FORWARDED)
    dossier.received_at, dossier.state = now, State.PROCESSING
    set_due(dossier, clock, start=now, now=now, cause="received")
    _enter_following(dossier, route, clock=clock, now=now)
    record(dossier, "received", now=now, actor=actor, due=dossier.due_at and dossier.due_at.isoformat())


def assign(
    dossier: Dossier, *, holder_id: int, holder_name: str, now: datetime, actor: Actor, reason: str = "",
    from_holder: int | None = None,
) -> None:  # fmt: skip
    """Names the officer who holds the present step; `reason` and who held it before when work is handed over."""
    require(dossier, "phân công", State.ACCEPTED, State.PROCESSING, State.WAITING_SUPPLEMENT, State.PAUSED, State.FINISHED)
    step = dossier.open_step
    if step:
        step.holder_id = holder_id
    dossier.holder_id = holder_id
    handed = {"reason": reason, "from_holder": from_holder} if reason else {}
    record(dossier, "assigned", now=now, actor=actor, holder=holder_id, holder_name=holder_name, **handed)


def advance(
    dossier: Dossier,
    *,
    position: int,
    clock: Clock,
    now: datetime,
    actor: Actor,
    note: str = "",
    holder_id: int | None = None,
    route: Route = PLAIN,
) -> None:
    """Completes the step at `position` and enters the one its branches lead to; the last belong to `decide`, `give_back`."""
    require(dossier, "hoàn thành bước", State.PROCESSING)
    if position != dossier.step_position:
        raise StepAlreadyDone(position=position)
    ahead = following(dossier, route)
    if ahead is None or ahead.stage is Stage.RETURN:
        raise NotNow(act="chuyển tiếp (bước sau là ban hành kết quả)", state="", state_name="Đang giải quyết")
    leave_step(dossier, now=now, actor=actor, note=note)
    unit_id = unit_for(dossier, ahead, route)
    enter_step(dossier, ahead, unit_id=unit_id, clock=clock, now=now, holder_id=holder_id)
    elsewhere = {} if unit_id == dossier.unit_id else {"unit": unit_id}
    record(
        dossier, "advanced", now=now, actor=actor, done=position, to=ahead.position, step=ahead.name, note=note, **elsewhere
    )


def send_back(
    dossier: Dossier,
    *,
    position: int,
    to: int,
    reason: str,
    clock: Clock,
    now: datetime,
    actor: Actor,
    route: Route = PLAIN,
) -> None:
    """Repeats an earlier step: the process says which, the officer says why. Who held it then holds it again."""
    require(dossier, "chuyển trả bước trước", State.PROCESSING)
    if position != dossier.step_position:
        raise StepAlreadyDone(position=position)
    require_reason(reason)
    earlier = next((plan for plan in may_go_back(dossier) if plan.position == to), None)
    if earlier is None:
        raise StepNotRepeatable
    unit_id = unit_for(dossier, earlier, route)
    before = [step for step in dossier.steps if step.position == to and step.unit_id == unit_id]
    leave_step(dossier, now=now, actor=actor, note=reason)
    holder_id = before[-1].holder_id if before else None
    enter_step(dossier, earlier, unit_id=unit_id, clock=clock, now=now, holder_id=holder_id)
    record(
        dossier, "step_sent_back", now=now, actor=actor, done=position, to=to, step=earlier.name, unit=unit_id, reason=reason
    )


def require_items(items: list[dict[str, str]]) -> None:
    if not any(item.get("name", "").strip() for item in items):
        raise NothingAsked


def set_due(dossier: Dossier, clock: Clock, *, start: datetime, now: datetime, cause: str) -> None:
    """Counts the due moment anew and keeps the value with its cause; nobody ever types one."""
    counted = clock.due(dossier, start=start, now=now)
    dossier.due_at = counted.moment if counted else None
    dossier.due_provisional = counted.provisional if counted else False
    last = dossier.dues[-1] if dossier.dues else None
    if last is None or last.due_at != dossier.due_at:
        dossier.dues.append(DueRecord(dossier.due_at, dossier.due_provisional, cause, now))


def enter_step(
    dossier: Dossier, plan: StepPlan, *, unit_id: int, clock: Clock, now: datetime, holder_id: int | None = None
) -> None:
    due = step_due(
        plan, entered=now, start=dossier.received_at or now, due=dossier.due_at, calendar=clock.calendar
    )
    dossier.steps.append(
        StepRecord(plan.position, plan.stage.value, plan.name, plan.role, unit_id, now, due, holder_id)
    )
    dossier.step_position, dossier.step_due_at = plan.position, due
    dossier.holder_id, dossier.holder_unit_id, dossier.holder_role = holder_id, unit_id, plan.role


def _enter_following(dossier: Dossier, route: Route, *, clock: Clock, now: datetime) -> None:
    ahead = following(dossier, route) or dossier.plan[1]
    enter_step(dossier, ahead, unit_id=unit_for(dossier, ahead, route), clock=clock, now=now)


def leave_step(dossier: Dossier, *, now: datetime, actor: Actor, note: str = "") -> None:
    step = dossier.open_step
    if step:
        step.left_at, step.left_by, step.note = now, dossier.named(actor).label, note
        step.holder_id = step.holder_id or actor.id  # nobody was named: who did it held it


def leave_worklist(dossier: Dossier) -> None:
    dossier.holder_id = dossier.holder_unit_id = dossier.step_due_at = None
    dossier.holder_role = ""


def issue(dossier: Dossier, purpose: str, *, now: datetime, actor: Actor, form_set: str = "", **facts: Any) -> None:
    """Issues a numbered slip with the facts only this act knows; its layout comes from the rule set's form set."""
    number = 1 + sum(slip.purpose == purpose for slip in dossier.slips)
    if dossier.capacity and dossier.capacity.signature:
        facts["signature"] = list(dossier.capacity.signature)
    dossier.slips.append(SlipRecord(purpose, form_set, number, facts, now, dossier.named(actor).label))
