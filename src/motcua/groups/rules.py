"""What a linked group may consist of, which of its procedures open when, and its one state to the owner. Pure.

NĐ 63/2024 as amended by NĐ 301/2026: one form, the procedures one after the other or side by side, results one by one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.base.errors import MotcuaError

FEWEST, MOST = 2, 10


class GroupMalformed(MotcuaError):
    """Members that do not make a group."""

    code = "group_malformed"
    sentence = "Nhóm thủ tục chưa hợp lệ: {why}"


@dataclass(frozen=True, slots=True)
class MemberPlan:
    """A procedure of a group; `after`: positions that must have a result before it opens; `source`: a ministry's system."""

    position: int
    procedure_code: str
    after: tuple[int, ...] = ()
    optional: bool = False
    source: str = ""


class Stage(StrEnum):
    """Where one procedure of a filed group stands, as the group sees it."""

    PENDING = "pending"
    ELSEWHERE = "elsewhere"
    BLOCKED = "blocked"
    SUBMITTED = "submitted"
    OPEN = "open"
    WAITING = "waiting"
    READY = "ready"
    RETURNED = "returned"
    ENDED = "ended"


class GroupStage(StrEnum):
    """The one state of a group to its owner."""

    NOT_ACCEPTED = "not_accepted"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    PARTLY = "partly"
    READY = "ready"
    DONE = "done"
    ENDED = "ended"


WITH_RESULT = frozenset({Stage.READY, Stage.RETURNED})
OVER = frozenset({Stage.ENDED, Stage.BLOCKED})
_NOT_BEGUN = frozenset({Stage.PENDING, Stage.ELSEWHERE, Stage.SUBMITTED})

_STAGES: Mapping[str, Stage] = {
    "submitted": Stage.SUBMITTED,
    "intake_supplement": Stage.WAITING,
    "refused_at_intake": Stage.ENDED,
    "accepted": Stage.OPEN,
    "forwarded": Stage.OPEN,
    "processing": Stage.OPEN,
    "waiting_supplement": Stage.WAITING,
    "paused": Stage.OPEN,
    "finished": Stage.READY,
    "returned": Stage.RETURNED,
    "stopped": Stage.ENDED,
    "withdrawn": Stage.ENDED,
    "sent_back": Stage.ENDED,
    "voided": Stage.ENDED,
}
"""Every state of a dossier; a test holds them against the spine's."""


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """What the group's state needs to know of one procedure."""

    stage: Stage
    due_on: date | None = None
    ended_on: date | None = None
    stopped_clock: bool = False


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late the group is: procedures late or overdue now, and by how many days the worst of them."""

    late: int
    worst_days: int
    overdue_now: int


@dataclass(frozen=True, slots=True)
class GroupState:
    """Stage, how many of how many procedures have a result, how many end without one, and the lateness told truly."""

    stage: GroupStage
    settled: int
    total: int
    without_result: int
    lateness: Lateness


def check_members(members: Sequence[MemberPlan]) -> None:
    """Refuses members that do not make a group. Raises GroupMalformed."""
    if why := _wrong(members):
        raise GroupMalformed(why=why)


def stage_of(state: str | None, *, elsewhere: bool, blocked: bool) -> Stage:
    """The stage of one procedure from its dossier's state; None: not opened yet."""
    if state is not None:
        return _STAGES[state]
    return Stage.BLOCKED if blocked else Stage.ELSEWHERE if elsewhere else Stage.PENDING


def opens_now(after: Mapping[int, Collection[int]], stages: Mapping[int, Stage]) -> list[int]:
    """The positions that may open: not opened yet, and everything they wait for has a result."""
    return sorted(
        position
        for position, stage in stages.items()
        if stage is Stage.PENDING and all(stages[other] in WITH_RESULT for other in after[position] if other in stages)
    )


def blocked_by(after: Mapping[int, Collection[int]], stages: Mapping[int, Stage]) -> dict[int, int]:
    """Positions that can never open, each with the one that ended without a result before it."""
    found: dict[int, int] = {}
    waiting = [p for p, stage in stages.items() if stage in (Stage.PENDING, Stage.ELSEWHERE)]
    while True:
        fresh = {
            position: other
            for position in waiting
            if position not in found
            for other in after[position]
            if other in found or stages.get(other) in OVER
        }
        if not fresh:
            return found
        found |= fresh


def state_of(children: Iterable[ChildFacts], *, today: date) -> GroupState:
    """The group's state as its owner is told."""
    known = list(children)
    stages = [child.stage for child in known]
    over = sum(stage in OVER for stage in stages)
    settled = sum(stage in WITH_RESULT for stage in stages)
    return GroupState(_stage([s for s in stages if s not in OVER]), settled, len(stages), over, lateness(known, today=today))


def lateness(children: Iterable[ChildFacts], *, today: date) -> Lateness:
    """Late by date, as the table counts: what ended after its due date, and what is open past it while its clock runs."""
    days = [(_days_late(child, today), child) for child in children]
    late = [(n, child) for n, child in days if n > 0]
    now = sum(child.ended_on is None for _, child in late)
    return Lateness(len(late), max((n for n, _ in late), default=0), now)


def _stage(stages: list[Stage]) -> GroupStage:
    if not stages:
        return GroupStage.ENDED
    if Stage.WAITING in stages:
        return GroupStage.WAITING
    if all(stage is Stage.RETURNED for stage in stages):
        return GroupStage.DONE
    if all(stage in WITH_RESULT for stage in stages):
        return GroupStage.READY
    if all(stage in _NOT_BEGUN for stage in stages):
        return GroupStage.NOT_ACCEPTED
    return GroupStage.PARTLY if any(stage in WITH_RESULT for stage in stages) else GroupStage.IN_PROGRESS


def _days_late(child: ChildFacts, today: date) -> int:
    if child.due_on is None or child.stage is Stage.ENDED:
        return 0
    if child.ended_on is None and (child.stage is Stage.WAITING or child.stopped_clock):
        return 0
    return max(0, ((child.ended_on or today) - child.due_on).days)


def _wrong(members: Sequence[MemberPlan]) -> str:
    positions = [member.position for member in members]
    codes = [member.procedure_code for member in members]
    if not FEWEST <= len(members) <= MOST:
        return f"cần từ {FEWEST} đến {MOST} thủ tục."
    if len(set(codes)) < len(codes):
        return "một thủ tục chỉ đứng trong nhóm một lần."
    if positions != list(range(1, len(members) + 1)):
        return "các thủ tục phải được đánh số liên tiếp từ 1."
    for member in members:
        if member.position in member.after or not set(member.after) <= set(positions):
            return f"thủ tục {member.position} chờ một thủ tục không có trong nhóm."
    if all(member.optional for member in members):
        return "phải có ít nhất một thủ tục bắt buộc."
    return "các thủ tục chờ lẫn nhau nên không bao giờ mở được." if _has_loop(members) else ""


def _has_loop(members: Sequence[MemberPlan]) -> bool:
    done: set[int] = set()
    while fresh := {m.position for m in members if m.position not in done and set(m.after) <= done}:
        done |= fresh
    return len(done) < len(members)
