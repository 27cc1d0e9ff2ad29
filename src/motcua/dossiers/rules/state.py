"""What a dossier is: the promises pinned at acceptance, where it stands, and the records of its life. Pure.

Fields carry the names of the table columns; `dossiers.store` maps the one to the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from motcua.base.actor import Actor, Duty
from motcua.deadlines.rules import Term, TermUnit
from motcua.processes.rules import StepPlan


class State(StrEnum):
    """Business state. Money, delivery and synchronisation are axes of their own; overdue is computed, never a state."""

    SUBMITTED = "submitted"
    INTAKE_SUPPLEMENT = "intake_supplement"
    REFUSED_AT_INTAKE = "refused_at_intake"
    ACCEPTED = "accepted"
    FORWARDED = "forwarded"
    PROCESSING = "processing"
    WAITING_SUPPLEMENT = "waiting_supplement"
    PAUSED = "paused"
    FINISHED = "finished"
    RETURNED = "returned"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"
    SENT_BACK = "sent_back"
    VOIDED = "voided"


TAKEN_OVER, PROMISE_KEPT = "taken_over", "imported"
"""Causes of the first due moment of a dossier brought from another system: counted here, or promised there and kept."""
BEFORE_ACCEPTANCE = frozenset({State.SUBMITTED, State.INTAKE_SUPPLEMENT})
IN_HAND = frozenset(
    {State.ACCEPTED, State.FORWARDED, State.PROCESSING, State.WAITING_SUPPLEMENT, State.PAUSED}
)
ON_WORKLIST = BEFORE_ACCEPTANCE | IN_HAND | {State.FINISHED}
ENDED_EARLY = frozenset({State.STOPPED, State.WITHDRAWN, State.SENT_BACK})


class Channel(StrEnum):
    """How the dossier came (NĐ 61/2018 Đ16)."""

    DIRECT = "direct"
    POST = "post"
    ONLINE = "online"


class EndKind(StrEnum):
    """How handling ended. Only `FINISHED` and `REFUSED` are compared with the due date in II.06a."""

    FINISHED = "finished"
    REFUSED = "refused"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"
    SENT_BACK = "sent_back"


class LateCause(StrEnum):
    """Why a dossier was late (TIM-07); every late dossier names one."""

    OFFICER = "officer"
    COORDINATION = "coordination"
    SUPERIOR = "superior"
    FIELD_CHECK = "field_check"
    SOFTWARE = "software"
    OVERLOAD = "overload"
    OTHER = "other"


@dataclass(slots=True)
class StepRecord:
    """One passage through a step of the process."""

    position: int
    stage: str
    name: str
    role: str
    unit_id: int
    entered_at: datetime
    due_at: datetime | None = None
    holder_id: int | None = None
    left_at: datetime | None = None
    left_by: str = ""
    note: str = ""
    id: int | None = None


@dataclass(slots=True)
class PauseRecord:
    """An interval during which the clock is handled by `mode`. Never edited: ended once, or retracted by a reverse act."""

    kind: str
    mode: str
    start: datetime
    reason: str
    ground: str
    approver: str
    end: datetime | None = None
    reply_by: datetime | None = None
    retracted_at: datetime | None = None
    id: int | None = None


@dataclass(slots=True)
class SupplementRecord:
    """A request for papers: before acceptance (no clock) or after appraisal (clock by rule)."""

    at_intake: bool
    items: list[dict[str, str]]
    reason: str
    ground: str
    asked_at: datetime
    asked_by: str
    reply_by: datetime | None = None
    answered_at: datetime | None = None
    answer: str = ""
    id: int | None = None


@dataclass(slots=True)
class DueRecord:
    """One value the due moment has had, and why; the first is the printed promise."""

    due_at: datetime | None
    provisional: bool
    cause: str
    at: datetime
    id: int | None = None


@dataclass(slots=True)
class SlipRecord:
    """A numbered paper issued by an act, with the facts that only that act knows."""

    purpose: str
    form_set: str
    number: int
    facts: dict[str, Any]
    issued_at: datetime
    officer: str
    id: int | None = None


@dataclass(slots=True)
class ResultRecord:
    """A result: its number, date, title and file; revoked when the decision is reversed."""

    number: str
    title: str
    file_id: int | None
    signed_by: str
    at: datetime
    revoked_at: datetime | None = None
    id: int | None = None


@dataclass(slots=True)
class Happening:
    """An event to be written: name, instant, actor, data."""

    name: str
    at: datetime
    actor: Actor
    data: dict[str, Any]


@dataclass(slots=True)
class Dossier:
    """The spine row with its records. Acts change it in memory; `store` writes the difference in one transaction."""

    provisional_code: str
    secret: str
    channel: str
    procedure_id: int
    procedure_code: str
    version_id: int
    case_id: int | None
    field_id: int
    level: str
    unit_id: int
    intake_unit_id: int
    own_counter: bool
    submitted_at: datetime
    recorded_at: datetime
    state: State = State.SUBMITTED
    code: str | None = None
    ruleset: str = ""
    process_version_id: int | None = None
    term_amount: int | None = None
    term_unit: str = ""
    after_15h: bool = False
    result_is_document: bool = True
    accepted_at: datetime | None = None
    received_at: datetime | None = None
    forward_by: datetime | None = None
    promised_at: datetime | None = None
    due_at: datetime | None = None
    due_provisional: bool = False
    reappointed_at: datetime | None = None
    ended_at: datetime | None = None
    end_kind: str = ""
    timing: str = ""
    late_by_moment: bool | None = None
    late_cause: str = ""
    late_note: str = ""
    returned_at: datetime | None = None
    step_position: int = 0
    step_due_at: datetime | None = None
    holder_id: int | None = None
    holder_unit_id: int | None = None
    holder_role: str = ""
    revision: int = 0
    source: str = ""
    external_code: str = ""
    id: int | None = None
    plan: tuple[StepPlan, ...] = ()
    steps: list[StepRecord] = field(default_factory=list)
    pauses: list[PauseRecord] = field(default_factory=list)
    supplements: list[SupplementRecord] = field(default_factory=list)
    dues: list[DueRecord] = field(default_factory=list)
    slips: list[SlipRecord] = field(default_factory=list)
    results: list[ResultRecord] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    capacity: Duty | None = None
    as_read: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict, compare=False)

    def named(self, actor: Actor) -> Actor:
        """`actor` as the history names them: in the position (a substitute's, a delegated one) the present act is done in."""
        if self.capacity is None or not self.capacity.label or self.capacity.label == actor.label:
            return actor
        return replace(actor, label=self.capacity.label)

    @property
    def is_mirrored(self) -> bool:
        """Handled on a ministry's system and only followed here (NĐ 224/2026 Đ15.1.h)."""
        return bool(self.source)

    @property
    def term(self) -> Term | None:
        """The pinned term, or None for a procedure without one."""
        if not self.term_unit:
            return None
        return Term(self.term_amount or 0, TermUnit(self.term_unit))

    @property
    def open_step(self) -> StepRecord | None:
        return next((step for step in reversed(self.steps) if step.left_at is None), None)

    @property
    def open_pause(self) -> PauseRecord | None:
        return next((p for p in self.pauses if p.end is None and p.retracted_at is None), None)

    @property
    def open_supplement(self) -> SupplementRecord | None:
        return next((s for s in self.supplements if s.answered_at is None), None)

    @property
    def valid_results(self) -> list[ResultRecord]:
        return [result for result in self.results if result.revoked_at is None]

    @property
    def taken_over_at(self) -> datetime | None:
        """When the dossier came from another system; None for one received here."""
        first = self.dues[0] if self.dues else None
        return first.at if first and first.cause in (TAKEN_OVER, PROMISE_KEPT) else None

    @property
    def promise_taken_over(self) -> bool:
        """Whether the due moment was promised on another system and is kept."""
        return bool(self.dues) and self.dues[0].cause == PROMISE_KEPT and self.dues[0].due_at is not None

    @property
    def ended_elsewhere(self) -> bool:
        """Whether the result was issued on another system, before the dossier came here."""
        since = self.taken_over_at
        return since is not None and self.ended_at is not None and self.ended_at < since
