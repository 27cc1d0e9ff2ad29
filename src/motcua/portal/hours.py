"""When the counters are open in the coming week, from the working calendar: sessions, days off, make-up Saturdays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from motcua.deadlines import queries as deadlines
from motcua.deadlines.errors import NoSessionPlan
from motcua.deadlines.rules import WorkCalendar

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@dataclass(frozen=True, slots=True)
class Opening:
    """Days in a row with the same hours."""

    days: str
    hours: str


def coming_week(today: date) -> list[Opening]:
    """The next seven days, equal neighbours together; empty while the calendar has no session hours."""
    calendar = deadlines.work_calendar()
    days = [today + timedelta(days=n) for n in range(7)]
    try:
        groups = [(words, list(run)) for words, run in groupby(days, key=lambda day: _hours(calendar, day))]
    except NoSessionPlan:
        return []
    return [Opening(_days(run), words) for words, run in groups]


def _hours(calendar: WorkCalendar, day: date) -> str:
    sessions = _(" và ").join(f"{s.start:%H:%M}–{s.end:%H:%M}" for s in calendar.sessions(day))
    mark = calendar.mark(day)
    name = f" ({mark.name})" if mark and mark.name else ""
    return (sessions or _("nghỉ")) + name


def _days(run: list[date]) -> str:
    first, last = _day(run[0]), _day(run[-1])
    return first if len(run) == 1 else _("%(first)s đến %(last)s") % {"first": first, "last": last}


def _day(day: date) -> str:
    return f"{_(_WEEKDAYS[day.weekday()])} {day:%d/%m}"
