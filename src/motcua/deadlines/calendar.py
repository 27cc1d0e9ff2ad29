"""The working calendar: which days and hours count. Immutable; every exception carries its notice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from motcua.base.time import at, local

from .errors import NoSessionPlan, NoWorkingDay, SessionsUnusable, ValidityOverlap

ONE_DAY = timedelta(days=1)
NOON = time(12)
SATURDAY = 5


class DayKind(StrEnum):
    """Why a date differs from its weekday (BLLĐ 2019 Đ111–112 and the yearly notices)."""

    HOLIDAY = "NGHI_LE"
    MAKE_UP_REST = "NGHI_BU"
    SWAPPED_REST = "NGHI_HOAN_DOI"
    MAKE_UP_WORK = "LAM_BU"


KIND_WORDS = {
    DayKind.HOLIDAY: "nghỉ lễ",
    DayKind.MAKE_UP_REST: "nghỉ bù",
    DayKind.SWAPPED_REST: "nghỉ hoán đổi",
    DayKind.MAKE_UP_WORK: "làm bù",
}


class DayPart(StrEnum):
    ALL = "ca_ngay"
    MORNING = "buoi_sang"
    AFTERNOON = "buoi_chieu"


@dataclass(frozen=True, order=True)
class Session:
    """One session of a day, local time, `start` before `end`."""

    start: time
    end: time


Sessions = tuple[Session, ...]


@dataclass(frozen=True)
class SessionHours:
    """Sessions valid from `valid_from` up to, not including, `valid_to` (None: until further notice).

    `weekday_sessions` replaces `sessions` on given weekdays (0 = Monday): a half day, or none at all.
    Saturday and Sunday rest unless named there.
    """

    valid_from: date
    valid_to: date | None
    sessions: Sessions
    weekday_sessions: Mapping[int, Sessions] = field(default_factory=dict)
    citation: str = ""

    def __post_init__(self) -> None:
        for sessions in (self.sessions, *self.weekday_sessions.values()):
            check_sessions(sessions)
        if not self.sessions:
            raise SessionsUnusable(reason="một ngày làm việc phải có ít nhất một buổi.")

    def on_weekday(self, weekday: int) -> Sessions:
        return self.weekday_sessions.get(weekday, () if weekday >= SATURDAY else self.sessions)


@dataclass(frozen=True)
class DayMark:
    """A date declared by a notice: off (holiday, make-up, swap) or worked (Saturday), whole or half."""

    day: date
    kind: DayKind
    notice: str
    name: str = ""
    part: DayPart = DayPart.ALL

    def words(self) -> str:
        """ "nghỉ lễ: Tết Nguyên đán, theo 9441/TB-BNV"."""
        name = f": {self.name}" if self.name else ""
        return f"{KIND_WORDS[self.kind]}{name}, theo {self.notice}"


def check_sessions(sessions: Sessions) -> None:
    """Refuses sessions that end before they start, overlap or are out of order."""
    for session in sessions:
        if session.start >= session.end:
            raise SessionsUnusable(
                reason=f"buổi {session.start:%H:%M}–{session.end:%H:%M} kết thúc trước khi bắt đầu."
            )
    for earlier, later in zip(sessions, sessions[1:], strict=False):
        if earlier.end >= later.start:
            raise SessionsUnusable(reason=f"buổi bắt đầu lúc {later.start:%H:%M} chồng lên buổi trước.")


class WorkCalendar:
    """Days and hours that count for terms. Build once, share freely: nothing in it changes.

    plans: session hours with validity, not overlapping (ValidityOverlap); marks: declared dates, at most one
    per date; confirmed_years: years whose notice has been issued. All other years are provisional.
    """

    def __init__(
        self,
        *,
        plans: Iterable[SessionHours],
        marks: Iterable[DayMark] = (),
        confirmed_years: Iterable[int] = (),
    ) -> None:
        self._plans = tuple(sorted(plans, key=lambda plan: plan.valid_from))
        self._starts = [plan.valid_from for plan in self._plans]
        self._marks = {mark.day: mark for mark in marks}
        self._confirmed = frozenset(confirmed_years)
        self._known: dict[date, Sessions] = {}
        _refuse_overlap(self._plans)

    @property
    def first_day(self) -> date:
        """The first date for which the calendar knows session hours."""
        if not self._starts:
            raise NoSessionPlan(day="bất kỳ")
        return self._starts[0]

    def mark(self, day: date) -> DayMark | None:
        """What a notice declared about `day`, if anything."""
        return self._marks.get(day)

    def is_provisional(self, year: int) -> bool:
        """Whether no notice fixes the days off of `year` yet."""
        return year not in self._confirmed

    def sessions(self, day: date) -> Sessions:
        """The sessions of `day` in order; empty on a day off."""
        if day not in self._known:
            self._known[day] = self._work_out(day)
        return self._known[day]

    def is_working_day(self, day: date) -> bool:
        return bool(self.sessions(day))

    def opening(self, day: date) -> datetime:
        """Start of the first session of the working day `day`."""
        return at(day, self.sessions(day)[0].start)

    def closing(self, day: date) -> datetime:
        """End of the last session of the working day `day`."""
        return at(day, self.sessions(day)[-1].end)

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        for _ in range(367):
            day += ONE_DAY
            if self.sessions(day):
                return day
        raise NoWorkingDay(day=f"{day - timedelta(days=367):%d/%m/%Y}")

    def on_or_after(self, day: date) -> date:
        """`day` itself when it is worked, otherwise the next working day."""
        return day if self.sessions(day) else self.next_working_day(day)

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day`; `day` itself is not counted and may be a day off. `n` is at least
        1.
        """
        for _ in range(n):
            day = self.next_working_day(day)
        return day

    def working_days_between(self, a: date, b: date) -> int:
        """How many working days d have a < d ≤ b."""
        return sum(1 for i in range(1, (b - a).days + 1) if self.sessions(a + timedelta(days=i)))

    def in_session(self, moment: datetime) -> bool:
        """Whether `moment` lies in a session; both ends belong to it."""
        clock = local(moment).time()
        return any(s.start <= clock <= s.end for s in self.sessions(local(moment).date()))

    def next_opening(self, moment: datetime) -> datetime:
        """`moment` itself while a session still runs, otherwise the start of the next session (also at a
        session's end).
        """
        here = local(moment)
        for session in self.sessions(here.date()):
            if here.time() < session.end:
                return max(here, at(here.date(), session.start))
        return self.opening(self.next_working_day(here.date()))

    def session_time_between(self, a: datetime, b: datetime) -> timedelta:
        """Session time from `a` to `b`; zero when `b` is not after `a`."""
        a, b, total = local(a), local(b), timedelta()
        day = a.date()
        while day <= b.date():
            for session in self.sessions(day):
                total += max(min(b, at(day, session.end)) - max(a, at(day, session.start)), timedelta())
            day += ONE_DAY
        return total

    def consume(self, start: datetime, work: timedelta) -> datetime:
        """The moment when `work` (positive) of session time has run since `start`; a session's exact end
        stays there.
        """
        moment = self.next_opening(start)
        while True:
            day = moment.date()
            for session in self.sessions(day):
                begin, end = max(moment, at(day, session.start)), at(day, session.end)
                if begin + work <= end:
                    return begin + work
                work -= max(end - begin, timedelta())
            moment = self.opening(self.next_working_day(day))

    def _work_out(self, day: date) -> Sessions:
        plan, mark = self._plan(day), self._marks.get(day)
        usual = plan.on_weekday(day.weekday())
        if mark is None:
            return usual
        if mark.kind is DayKind.MAKE_UP_WORK:
            return tuple(s for s in plan.sessions if _touches(s, mark.part))
        return tuple(s for s in usual if not _touches(s, mark.part))

    def _plan(self, day: date) -> SessionHours:
        index = bisect_right(self._starts, day) - 1
        plan = self._plans[index] if index >= 0 else None
        if plan is None or (plan.valid_to and day >= plan.valid_to):
            raise NoSessionPlan(day=f"{day:%d/%m/%Y}")
        return plan


def _touches(session: Session, part: DayPart) -> bool:
    if part is DayPart.ALL:
        return True
    return (session.start < NOON) is (part is DayPart.MORNING)


def _refuse_overlap(plans: tuple[SessionHours, ...]) -> None:
    for earlier, later in zip(plans, plans[1:], strict=False):
        if earlier.valid_to is None or earlier.valid_to > later.valid_from:
            raise ValidityOverlap(what="khung giờ làm việc", period=f"từ {later.valid_from:%d/%m/%Y}")
