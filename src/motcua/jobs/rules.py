"""States of a job and the hours of the schedule. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from motcua.base.errors import MotcuaError
from motcua.base.time import at, local_date

TRIES_WITHOUT_PROGRESS = 5
"""How often a job may be taken up without a single batch done before it is given up: one that ends its worker each
time must not hold the others back for ever."""


class JobState(StrEnum):
    """How a job stands. A worker that was killed leaves it `running`; the next one takes it up where it stood."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


OPEN = frozenset({JobState.WAITING, JobState.RUNNING})


class UnknownWork(MotcuaError):
    """Nobody does this kind of work; wiring forgot it or a newer version asked for it."""

    code = "job_unknown_work"
    sentence = "Hệ thống không có loại việc nền “{kind}”. Hãy báo quản trị hệ thống."


class JobOver(MotcuaError):
    """The job is over and cannot be stopped."""

    code = "job_over"
    sentence = "Việc này đã kết thúc, không dừng được nữa."


class JobNotResumable(MotcuaError):
    """Only what failed or was stopped can go on."""

    code = "job_not_resumable"
    sentence = "Chỉ việc bị lỗi hoặc đã dừng mới làm tiếp được."


class GaveUp(MotcuaError):
    """Every worker that took the job up ended before a batch was done."""

    code = "job_gave_up"
    sentence = "Việc đã được bắt đầu lại {tries} lần mà không tiến thêm. Hãy thu hẹp phạm vi, hoặc báo quản trị hệ thống."


class UnexpectedFault(MotcuaError):
    """An error of the program; its kind is in the log under the job's number."""

    code = "job_unexpected_fault"
    sentence = "Việc dừng vì lỗi ngoài dự kiến ({fault}). Phần đã làm vẫn giữ; hãy bấm “Làm tiếp” hoặc báo quản trị hệ thống."


@dataclass(frozen=True, slots=True)
class Daily:
    """Every day at a time of a Vietnamese clock."""

    hour: time

    def last_slot(self, now: datetime) -> datetime:
        """The latest moment at or before `now` when the work was due."""
        today = at(local_date(now), self.hour)
        return today if today <= now else at(local_date(now) - timedelta(days=1), self.hour)


@dataclass(frozen=True, slots=True)
class Every:
    """Again and again, counted from midnight, so that every worker names the same moments."""

    span: timedelta

    def last_slot(self, now: datetime) -> datetime:
        """The latest moment at or before `now` when the work was due."""
        midnight = at(local_date(now), time(0))
        return midnight + (now - midnight) // self.span * self.span
