"""Dossiers handled on a ministry's system and followed here (NĐ 224/2026 Đ15.1.h). Pure.

What the system says is taken as it says it: due moment, steps, end. Nothing is counted by our clock. A message that is
older than what is known, or would lead the dossier backwards, changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError
from motcua.base.time import local
from motcua.dossiers.rules.acts import record
from motcua.dossiers.rules.lateness import is_late_by_moment, timing
from motcua.dossiers.rules.state import ENDED_EARLY, Dossier, DueRecord, EndKind, PauseRecord, State

CLOCKS_MAY_DIFFER = timedelta(minutes=10)
"""How far a ministry's clock may run ahead of ours; a message from later than that would silence all after it."""

STAGES: dict[State, int] = {
    State.SUBMITTED: 0,
    State.INTAKE_SUPPLEMENT: 0,
    State.ACCEPTED: 1,
    State.PROCESSING: 2,
    State.WAITING_SUPPLEMENT: 2,
    State.PAUSED: 2,
    State.REFUSED_AT_INTAKE: 3,
    State.FINISHED: 3,
    State.STOPPED: 3,
    State.WITHDRAWN: 3,
    State.SENT_BACK: 3,
    State.RETURNED: 4,
}
"""The states a system may tell, by how far the dossier has come."""

_UNACCEPTED = frozenset({State.SUBMITTED, State.INTAKE_SUPPLEMENT, State.REFUSED_AT_INTAKE})
_WAITING = frozenset({State.WAITING_SUPPLEMENT, State.PAUSED})
_RESULTS = frozenset({State.FINISHED, State.RETURNED})


class MessageContradicts(MotcuaError):
    """A record whose parts do not fit together."""

    code = "mirror_message_contradicts"
    sentence = "Bản ghi không nhất quán: {why} Hãy kiểm tra lại dữ liệu của hệ thống nguồn."


class ToldLater(MotcuaError):
    """A record from the future."""

    code = "mirror_message_from_future"
    sentence = "Thời điểm của bản ghi ({at}) muộn hơn hiện tại. Hãy kiểm tra đồng hồ của hệ thống nguồn."


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One step as the source tells it; state: done, now or next."""

    name: str
    state: str
    at: datetime | None = None
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """All a ministry's system says of one dossier at `told_at`; `own_code`: our code of the same dossier, if it names one."""

    source: str
    external_code: str
    told_at: datetime
    procedure_code: str
    unit_code: str
    channel: str
    state: State
    submitted_at: datetime
    accepted_at: datetime | None = None
    due_at: datetime | None = None
    ended_at: datetime | None = None
    end_kind: str = ""
    returned_at: datetime | None = None
    state_words: str = ""
    intake_unit_code: str = ""
    own_code: str = ""
    steps: tuple[ToldStep, ...] = ()


class Standing(StrEnum):
    """What a message is beside what is known."""

    NEWER = "newer"
    SAME = "same"
    OLDER = "older"


def check(told: Told, *, now: datetime) -> None:
    """Refuses a message that contradicts itself or comes from the future. Raises MessageContradicts, ToldLater."""
    latest = max(m for m in (told.told_at, told.submitted_at, told.accepted_at, told.ended_at, told.returned_at) if m)
    if latest > now + CLOCKS_MAY_DIFFER:
        raise ToldLater(at=f"{local(latest):%H:%M %d/%m/%Y}")
    for why in (_wrong_order(told), _wrong_state(told), _wrong_end(told)):
        if why:
            raise MessageContradicts(why=why)


def standing(told: Told, *, state: State, told_at: datetime, same_words: bool) -> Standing:
    """Whether `told` carries on from the known `state` as told at `told_at`."""
    if same_words:
        return Standing.SAME
    if told.told_at < told_at or STAGES[told.state] < STAGES.get(state, 0):
        return Standing.OLDER
    return Standing.NEWER


def take_over(dossier: Dossier, told: Told, *, source_name: str, now: datetime, actor: Actor) -> None:
    """The dossier becomes what the message says; the first one tells where it is handled."""
    before = dossier.state
    dossier.channel, dossier.submitted_at = told.channel, told.submitted_at
    dossier.accepted_at = dossier.received_at = told.accepted_at
    _take_due(dossier, told.due_at, now)
    _take_end(dossier, told)
    _take_wait(dossier, told)
    dossier.state = told.state
    words = {"state": told.state.value, "source": source_name, "external_code": told.external_code, "answer": told.state_words}
    if dossier.id is None:
        record(dossier, "mirrored", now=now, actor=actor, **words)
    else:
        record(dossier, "mirror_told", now=now, actor=actor, before=before.value, **words)


def note_own(dossier: Dossier, told: Told, *, source_name: str, first: bool, now: datetime, actor: Actor) -> None:
    """A dossier of ours is handled on along with a ministry's system: what that system says is noted, ours goes on."""
    words = {"source": source_name, "external_code": told.external_code, "state": told.state.value, "answer": told.state_words}
    if first:
        record(dossier, "mirror_linked", now=now, actor=actor, **words)
    else:
        record(dossier, "mirror_told", now=now, actor=actor, **words)


def merge_into_own(dossier: Dossier, *, own_code: str, now: datetime, actor: Actor) -> None:
    """A followed dossier turns out to be one of ours: it is counted there alone, this row leaves every list."""
    dossier.state = State.VOIDED
    if dossier.open_pause:
        dossier.open_pause.end = now
    record(dossier, "mirror_merged", now=now, actor=actor, code=own_code)


def _wrong_order(told: Told) -> str:
    moments = [
        ("nộp", told.submitted_at), ("tiếp nhận", told.accepted_at), ("kết thúc", told.ended_at),
        ("trả kết quả", told.returned_at),
    ]  # fmt: skip
    known = [(name, moment) for name, moment in moments if moment is not None]
    for (earlier, a), (later, b) in zip(known, known[1:], strict=False):
        if b < a:
            return f"thời điểm {later} trước thời điểm {earlier}."
    return "hạn trả trước thời điểm nộp." if told.due_at and told.due_at < told.submitted_at else ""


def _wrong_state(told: Told) -> str:
    if told.state not in STAGES:
        return "trạng thái này không dùng cho hồ sơ theo dõi."
    if told.state in _UNACCEPTED and told.accepted_at is not None:
        return "hồ sơ chưa được tiếp nhận nhưng có thời điểm tiếp nhận."
    if told.state not in _UNACCEPTED | ENDED_EARLY and told.accepted_at is None:
        return "thiếu thời điểm tiếp nhận."
    return ""


def _wrong_end(told: Told) -> str:
    kinds = {State.STOPPED: {"stopped"}, State.WITHDRAWN: {"withdrawn"}, State.SENT_BACK: {"sent_back"}}
    allowed = {EndKind.FINISHED.value, EndKind.REFUSED.value} if told.state in _RESULTS else kinds.get(told.state, set())
    if bool(told.ended_at) != bool(allowed) or (allowed and told.end_kind not in allowed) or (told.end_kind and not allowed):
        return "thời điểm và cách kết thúc không khớp với trạng thái."
    if (told.state is State.RETURNED) != (told.returned_at is not None):
        return "thời điểm trả kết quả không khớp với trạng thái."
    return ""


def _take_due(dossier: Dossier, due_at: datetime | None, now: datetime) -> None:
    if not dossier.dues or due_at != dossier.due_at:
        dossier.dues.append(DueRecord(due_at, False, "told", now))
    dossier.due_at = due_at
    dossier.promised_at = dossier.promised_at or due_at


def _take_end(dossier: Dossier, told: Told) -> None:
    dossier.ended_at, dossier.end_kind, dossier.returned_at = told.ended_at, told.end_kind, told.returned_at
    compared = told.ended_at is not None and told.state not in ENDED_EARLY
    dossier.timing = timing(told.ended_at, told.due_at).value if compared and told.ended_at else ""
    dossier.late_by_moment = is_late_by_moment(told.ended_at, told.due_at) if told.ended_at else None


def _take_wait(dossier: Dossier, told: Told) -> None:
    """A wait for papers stands as an interval without effect on the due moment, so that the table counts it within."""
    waits, open_pause = told.state in _WAITING, dossier.open_pause
    if open_pause and not waits:
        open_pause.end = max(told.told_at, open_pause.start)
    if waits and not open_pause:
        dossier.pauses.append(
            PauseRecord("supplement", "none", max(told.told_at, told.submitted_at), told.state_words or "-", told.source, "")
        )
