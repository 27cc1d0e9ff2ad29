"""When to warn, whom, when a letter is owed, what is stuck. Pure: no clock, no tables.

"Session time" is time within working sessions; `between` gives it for two moments (a calendar's `session_time_between`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

from motcua.base.errors import MotcuaError
from motcua.base.time import local
from motcua.deadlines.rules import PauseMode, WorkCalendar, forward_by
from motcua.dossiers.rules.state import PauseRecord

Between = Callable[[datetime, datetime], timedelta]
MOST_LEVELS = 6
LONGEST_HOURS, LONGEST_DAYS = 400, 60


class Recipient(StrEnum):
    """Who is warned: whoever holds the step, the head of the unit, the director of the counter's centre, the chair."""

    HOLDER = "holder"
    LEADER = "leader"
    CENTRE = "centre"
    CHAIR = "chair"


class LevelsUnusable(MotcuaError):
    code = "warning_levels_unusable"
    sentence = (
        "Các mức cảnh báo phải là số nguyên từ 1 đến 100 và tăng dần (ví dụ 50, 80, 100); đang là: {levels}."
    )


class LevelsMissing(MotcuaError):
    code = "warning_levels_missing"
    sentence = "Hãy đặt ít nhất một và nhiều nhất {most} mức cảnh báo."


class LevelWithoutRecipient(MotcuaError):
    code = "warning_level_without_recipient"
    sentence = "Mức {percent} % chưa có người nhận. Hãy chọn ít nhất một nơi nhận cảnh báo."


class PlanNumbersUnusable(MotcuaError):
    code = "warning_plan_numbers"
    sentence = "{what} phải từ 1 đến {most}."


class EscalationReversed(MotcuaError):
    code = "escalation_reversed"
    sentence = "Báo cáo lên giám đốc Trung tâm, Chủ tịch phải sau khi báo cáo lãnh đạo đơn vị ({first} giờ làm việc)."


class CitationMissing(MotcuaError):
    code = "warning_plan_without_citation"
    sentence = "Hãy ghi căn cứ của việc cấu hình, ví dụ số quyết định hoặc thông báo."


@dataclass(frozen=True, slots=True)
class Level:
    """At `percent` of the time those in `to` are warned."""

    percent: int
    to: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How the dossiers of a unit are watched.

    idle_hours: working hours without an act before a dossier counts as stuck. escalate_hours, escalate_again_hours: working
    hours late without a letter before the head, and before the director of the centre and the chair, are told.
    extension_days: working days a drafted letter suggests. digest_at: when the morning's message is sent.
    """

    levels: tuple[Level, ...]
    idle_hours: int
    escalate_hours: int
    escalate_again_hours: int
    extension_days: int
    digest_at: time
    citation: str


def check_plan(plan: Plan) -> None:
    """Refuses a plan that cannot be followed; the first fault speaks."""
    percents = [level.percent for level in plan.levels]
    if not 1 <= len(percents) <= MOST_LEVELS:
        raise LevelsMissing(most=MOST_LEVELS)
    rising = all(a < b for a, b in zip(percents, percents[1:], strict=False))
    if not rising or not all(1 <= percent <= 100 for percent in percents):
        raise LevelsUnusable(levels=", ".join(map(str, percents)))
    for level in plan.levels:
        if not level.to:
            raise LevelWithoutRecipient(percent=level.percent)
    _check_numbers(plan)
    if not plan.citation.strip():
        raise CitationMissing


def _check_numbers(plan: Plan) -> None:
    asked = (
        ("Số giờ không có thao tác", plan.idle_hours, LONGEST_HOURS),
        ("Số giờ báo cáo lãnh đạo", plan.escalate_hours, LONGEST_HOURS),
        ("Số giờ báo cáo cấp trên", plan.escalate_again_hours, LONGEST_HOURS),
        ("Số ngày đề nghị gia hạn", plan.extension_days, LONGEST_DAYS),
    )
    for what, number, most in asked:
        if not 1 <= number <= most:
            raise PlanNumbersUnusable(what=what, most=most)
    if plan.escalate_again_hours <= plan.escalate_hours:
        raise EscalationReversed(first=plan.escalate_hours)


@cache
def shipped_plan() -> Plan:
    """The plan that came with the program (data/plan.toml)."""
    told = tomllib.loads((files("motcua.alerts.data") / "plan.toml").read_text(encoding="utf-8"))
    levels = levels_from([(level["percent"], level["to"]) for level in told.pop("level")])
    return Plan(levels, **told)


def levels_from(rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[Level, ...]:
    """Levels from plain values, as kept in tables and files."""
    return tuple(Level(percent, tuple(Recipient(name) for name in to)) for percent, to in rows)


def share_used(
    *,
    start: datetime,
    due: datetime,
    at: datetime,
    stops: Sequence[tuple[str, datetime, datetime | None]],
    between: Between,
) -> int:
    """Whole percent of the session time from `start` to `due` that has run at `at`; 100 or more from the due moment on.

    stops: (mode, start, end) of pauses. A pause that stops the clock does not count; while one lasts, time stands at its start;
    after one that restarts the term, time runs anew from its end.
    """
    halts = [stop for stop in stops if stop[0] != PauseMode.NONE]
    lasting = [begin for _, begin, end in halts if end is None]
    if not lasting and at >= due:
        return max(100, _share(start, due, at, halts, between))
    return min(99, _share(start, due, min([at, *lasting]), halts, between))


def _share(
    start: datetime,
    due: datetime,
    at: datetime,
    halts: Sequence[tuple[str, datetime, datetime | None]],
    between: Between,
) -> int:
    start = max([start, *(end for mode, _, end in halts if mode == PauseMode.RESTART and end and end <= at)])
    over = [(max(start, begin), min(due, end or at)) for _, begin, end in halts if (end or at) > start]
    stood = sum((between(begin, end) for begin, end in over), timedelta())
    stood_so_far = sum((between(begin, min(end, at)) for begin, end in over), timedelta())
    whole = between(start, due) - stood
    return int(100 * (between(start, at) - stood_so_far) / whole) if whole > timedelta() else 0


def reached(plan: Plan, share: int) -> list[Level]:
    """The levels of `plan` that a dossier at `share` percent has passed."""
    return [level for level in plan.levels if share >= level.percent]


def letter_from(due: datetime, *, lead_days: int, calendar: WorkCalendar) -> datetime:
    """By when a letter must be out: closing of the working day `lead_days` working days before the due day.

    "At least one working day before expiry" (NĐ 61/2018 Đ19.9); the number is part of the rule set.
    """
    return calendar.closing(_lead_day(due, lead_days, calendar)) if lead_days else due


def draft_from(due: datetime, *, lead_days: int, calendar: WorkCalendar) -> datetime:
    """When the letter is drafted: at the opening of the day by whose closing it must be out."""
    return calendar.opening(_lead_day(due, lead_days, calendar)) if lead_days else due


def _lead_day(due: datetime, lead_days: int, calendar: WorkCalendar) -> date:
    day = local(due).date()
    while lead_days:
        day -= timedelta(days=1)
        lead_days -= calendar.is_working_day(day)
    return day


class LetterState(StrEnum):
    """Where a dossier stands with its letter of apology."""

    NOT_YET = "not_yet"
    TO_WRITE = "to_write"
    SENT = "sent"
    OWED = "owed"
    OWED_AGAIN = "owed_again"


def letter_state(
    *,
    due: datetime | None,
    letters: Sequence[tuple[datetime, datetime | None]],
    draft_at: datetime | None,
    now: datetime,
) -> LetterState:
    """Whether a letter is owed. letters: (issued, new date) in order; draft_at: from when one is drafted.

    Late without a letter: owed. Late again after the new date: owed again, and without a further appointment.
    """
    if due is None:
        return LetterState.NOT_YET
    if letters:
        appointment = next((new for _, new in reversed(letters) if new), None)
        passed = appointment is not None and now > appointment and letters[-1][0] <= appointment
        return LetterState.OWED_AGAIN if passed and now > due else LetterState.SENT
    if now > due:
        return LetterState.OWED
    return LetterState.TO_WRITE if draft_at is not None and now >= draft_at else LetterState.NOT_YET


OWING = frozenset({LetterState.OWED, LetterState.OWED_AGAIN})


def escalations(plan: Plan, hours_owed: float) -> tuple[int, ...]:
    """The rungs reached after `hours_owed` working hours without the letter: 1 the head, 2 centre director and chair."""
    limits = (plan.escalate_hours, plan.escalate_again_hours)
    return tuple(rung for rung, hours in enumerate(limits, 1) if hours_owed >= hours)


def suggested_date(due: datetime, now: datetime, *, days: int, calendar: WorkCalendar) -> datetime:
    """The new date a draft suggests: closing of the `days`-th working day after the due day, or after today when late."""
    day: date = local(max(due, now)).date()
    return calendar.closing(calendar.add_working_days(day, days))


class Obstacle(StrEnum):
    """Why a dossier does not move on."""

    IDLE = "idle"
    TRANSFER = "transfer"
    UNDELIVERED = "undelivered"
    NOBODY = "nobody"
    ABSENT = "absent"


def transfer_overdue(
    *, forwarded_at: datetime, promised: datetime | None, cutoff: time, now: datetime, calendar: WorkCalendar
) -> bool:
    """Whether a dossier on its way should have arrived: the same working day, or at the next opening (NĐ 118/2025 Đ18.2)."""
    by = forward_by(forwarded_at, calendar, cutoff)
    return now > max(by, promised or by)


def stops_of(pauses: Sequence[PauseRecord]) -> list[tuple[str, datetime, datetime | None]]:
    """The pauses of a dossier in hand as `share_used` takes them."""
    return [(p.mode, p.start, p.end) for p in pauses if p.retracted_at is None]


def moment(text: str | None) -> datetime | None:
    """A kept moment, or None."""
    return datetime.fromisoformat(text) if text else None
