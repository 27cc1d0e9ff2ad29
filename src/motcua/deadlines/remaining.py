"""How much time is left, and when a paper dossier must be passed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from decimal import ROUND_HALF_UP, Decimal

from .calendar import WorkCalendar
from .counting import DEFAULT_CUTOFF
from .pauses import checked
from .terms import HOURS_PER_WORKING_DAY

_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class TimeLeft:
    """Session time between now and the due moment, in working days of 8 hours and in working hours, one
    decimal each.

    Both are never negative; `overdue` says on which side of the due moment we are.
    """

    working_days: Decimal
    working_hours: Decimal
    overdue: bool

    def words(self) -> str:
        """ "còn 1,5 ngày làm việc", "quá hạn 3 giờ làm việc", "vừa quá hạn", "đến hạn"."""
        if not self.working_hours:
            return "vừa quá hạn" if self.overdue else "đến hạn"
        side = "quá hạn" if self.overdue else "còn"
        if self.working_days >= 1:
            return f"{side} {_decimal_words(self.working_days)} ngày làm việc"
        return f"{side} {_decimal_words(self.working_hours)} giờ làm việc"


def time_left(now: datetime, due_moment: datetime, calendar: WorkCalendar) -> TimeLeft:
    """Session time from `now` to `due_moment`, or since it when overdue. Exactly at the due moment is not
    overdue.
    """
    early, late = sorted((checked(now), checked(due_moment)))
    hours = Decimal(calendar.session_time_between(early, late).total_seconds()) / 3600
    return TimeLeft(_rounded(hours / HOURS_PER_WORKING_DAY), _rounded(hours), now > due_moment)


def forward_by(received: datetime, calendar: WorkCalendar, cutoff: time = DEFAULT_CUTOFF) -> datetime:
    """By when a received paper dossier must reach the handling unit: closing of the same working day, or the
    next opening when received after `cutoff` or on a day off (NĐ 61/2018 Đ18; NĐ 118/2025 Đ18.2).
    """
    here = checked(received)
    day = here.date()
    if calendar.is_working_day(day) and here.time() <= cutoff and here <= calendar.closing(day):
        return calendar.closing(day)
    if here < calendar.next_opening(here) and not calendar.is_working_day(day):
        return calendar.next_opening(here)
    return calendar.opening(calendar.next_working_day(day))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_TENTH, rounding=ROUND_HALF_UP)


def _decimal_words(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
