"""From a start and a term to the due moment, line by line: the only place that knows how terms count."""

from __future__ import annotations

from abc import ABC, abstractmethod
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from motcua.base.time import at

from .calendar import ONE_DAY, DayKind, WorkCalendar
from .pauses import Pause, Stop, checked, clock_words, merged
from .terms import Term, TermUnit

DEFAULT_CUTOFF = time(15)
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


class DayCount(StrEnum):
    """How day terms end: at the closing of the last day (the rule), or at the start's time of day (some real
    systems).
    """

    CLOSING = "closing"
    CLOCK = "clock"


@dataclass(frozen=True)
class DueStep:
    """One line of the explanation. `kind` is for machines, `text` a Vietnamese sentence."""

    kind: str
    text: str
    moment: datetime | None = None


@dataclass(frozen=True)
class Due:
    """A due moment; `provisional` when it was counted through a year whose holiday notice has not been
    issued.
    """

    moment: datetime
    provisional: bool
    steps: tuple[DueStep, ...]


@dataclass(frozen=True)
class Counter(ABC):
    """How one unit counts: `gain` measures a pause, `moment` ends the term after what was gained."""

    term: Term
    calendar: WorkCalendar
    count: DayCount
    cutoff: time

    zero: ClassVar[Any] = 0
    first_counted: ClassVar[int] = 1

    @abstractmethod
    def gain(self, a: datetime, b: datetime) -> Any:
        """What a standstill from `a` to `b` adds to the term."""

    @abstractmethod
    def gain_words(self, gained: Any) -> str:
        """The same in words."""

    @abstractmethod
    def moment(self, start: datetime, gained: Any) -> datetime:
        """When the term ends after what was gained."""

    @abstractmethod
    def explain(self, start: datetime, gained: Any) -> Iterator[DueStep]:
        """The lines that lead to that moment."""

    def end_of(self, day: date, start: datetime) -> datetime:
        return at(day, start.time()) if self.count is DayCount.CLOCK else self.calendar.closing(day)


class WorkingDays(Counter):
    def gain(self, a: datetime, b: datetime) -> int:
        return self.calendar.working_days_between(a.date(), b.date())

    def gain_words(self, gained: int) -> str:
        return f"{gained} ngày làm việc"

    def moment(self, start: datetime, gained: int) -> datetime:
        return self.end_of(self.calendar.add_working_days(start.date(), self.term.amount + gained), start)

    def explain(self, start: datetime, gained: int) -> Iterator[DueStep]:
        last = self.moment(start, gained)
        yield day_zero(start)
        yield from days_off(self.calendar, start.date() + ONE_DAY, last.date())
        yield DueStep("count", f"Ngày làm việc thứ {self.term.amount + gained} là {day_words(last)}.", last)


class CalendarDays(Counter):
    def gain(self, a: datetime, b: datetime) -> int:
        return (b.date() - a.date()).days

    def gain_words(self, gained: int) -> str:
        return f"{gained} ngày"

    def last_day(self, start: datetime, gained: int) -> date:
        return start.date() + timedelta(days=self.term.amount + gained)

    def moment(self, start: datetime, gained: int) -> datetime:
        return self.end_of(self.calendar.on_or_after(self.last_day(start, gained)), start)

    def explain(self, start: datetime, gained: int) -> Iterator[DueStep]:
        last, settled = self.last_day(start, gained), self.moment(start, gained)
        yield day_zero(start)
        more = f" cộng {gained} ngày tạm dừng" if gained else ""
        yield DueStep(
            "count", f"{self.term.words()}{more} kể từ {day_words(start)} là {day_words(last)}.", None
        )
        if last != settled.date():
            to = f"hạn chuyển sang ngày làm việc tiếp theo: {day_words(settled)}."
            yield DueStep("moved", f"Ngày cuối ({day_words(last)}) là ngày nghỉ nên {to}", settled)
            yield from days_off(self.calendar, last, settled.date())


class Months(CalendarDays):
    def last_day(self, start: datetime, gained: int) -> date:
        month = start.year * 12 + start.month - 1 + self.term.amount
        year, month = month // 12, month % 12 + 1
        day = min(start.day, monthrange(year, month)[1])
        return date(year, month, day) + timedelta(days=gained)


class WorkingHours(Counter):
    zero = timedelta()
    first_counted = 0

    def gain(self, a: datetime, b: datetime) -> timedelta:
        return self.calendar.session_time_between(a, b)

    def gain_words(self, gained: timedelta) -> str:
        return f"{hour_words(gained)} làm việc"

    def moment(self, start: datetime, gained: timedelta) -> datetime:
        return self.calendar.consume(start, timedelta(hours=self.term.amount) + gained)

    def explain(self, start: datetime, gained: timedelta) -> Iterator[DueStep]:
        opening, last = self.calendar.next_opening(start), self.moment(start, gained)
        if opening != start:
            yield DueStep("opening", f"Ngoài giờ làm việc nên tính từ {clock_words(opening)}.", opening)
        yield from days_off(self.calendar, start.date(), last.date())
        total = hour_words(timedelta(hours=self.term.amount) + gained)
        yield DueStep("count", f"Đủ {total} làm việc lúc {clock_words(last)}.", last)


class ClockHours(Counter):
    zero = timedelta()
    first_counted = 0

    def gain(self, a: datetime, b: datetime) -> timedelta:
        return b - a

    def gain_words(self, gained: timedelta) -> str:
        return hour_words(gained)

    def raw(self, start: datetime, gained: timedelta) -> datetime:
        return start + timedelta(hours=self.term.amount) + gained

    def moment(self, start: datetime, gained: timedelta) -> datetime:
        raw = self.raw(start, gained)
        return raw if self.calendar.in_session(raw) else self.calendar.next_opening(raw)

    def explain(self, start: datetime, gained: timedelta) -> Iterator[DueStep]:
        raw, settled = self.raw(start, gained), self.moment(start, gained)
        total = hour_words(timedelta(hours=self.term.amount) + gained)
        yield DueStep("count", f"{total} kể từ {clock_words(start)} là {clock_words(raw)}.", raw)
        if raw != settled:
            yield DueStep("moved", f"Ngoài giờ làm việc nên hạn chuyển sang {clock_words(settled)}.", settled)
            yield from days_off(self.calendar, raw.date(), settled.date())


class SameDay(Counter):
    """ "Trong ngày": pauses gain working days, as in working-day terms."""

    first_counted = 0

    def gain(self, a: datetime, b: datetime) -> int:
        return self.calendar.working_days_between(a.date(), b.date())

    def gain_words(self, gained: int) -> str:
        return f"{gained} ngày làm việc"

    def starts_today(self, start: datetime) -> bool:
        """Whether the day of `start` is still the day of the result: worked, before the cut-off, and not yet
        closed.
        """
        day = start.date()
        in_time = self.calendar.is_working_day(day) and start.time() < self.cutoff
        return in_time and start < self.calendar.closing(day)

    def moment(self, start: datetime, gained: int) -> datetime:
        days = gained if self.starts_today(start) else gained + 1
        return self.calendar.closing(self.calendar.add_working_days(start.date(), days))

    def explain(self, start: datetime, gained: int) -> Iterator[DueStep]:
        last = self.moment(start, gained)
        if not self.starts_today(start):
            why = f"trước {self.cutoff:%H:%M} của một ngày làm việc"
            yield DueStep("cutoff", f"Không bắt đầu {why} nên tính sang ngày làm việc tiếp theo.", None)
        yield from days_off(self.calendar, start.date(), last.date())
        yield DueStep("count", f"Ngày phải trả kết quả là {day_words(last)}.", last)


COUNTERS: dict[TermUnit, type[Counter]] = {
    TermUnit.WORKING_DAY: WorkingDays,
    TermUnit.DAY: CalendarDays,
    TermUnit.MONTH: Months,
    TermUnit.WORKING_HOUR: WorkingHours,
    TermUnit.HOUR: ClockHours,
    TermUnit.SAME_DAY: SameDay,
}


def due(
    *,
    start: datetime,
    term: Term,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
    count: DayCount = DayCount.CLOSING,
    same_day_cutoff: time = DEFAULT_CUTOFF,
    now: datetime,
) -> Due:
    """The due moment of `term` begun at `start`, with its explanation.

    Day terms do not count the day of the start (BLDS 2015 Đ147.2) and end at a closing (Đ148), moved off days
    off (Đ148.5); the start is the moment of complete receipt by the competent authority (NĐ 118/2025 Đ17.3).
    `now` serves open pauses only. Raises NaiveMoment, MomentOutOfRange, NoSessionPlan, NoWorkingDay.
    """
    counter = COUNTERS[term.unit](term, calendar, DayCount(count), same_day_cutoff)
    begun = checked(start)
    run, lines = _run(counter, begun, merged(pauses, start=begun, now=checked(now)))
    moment = counter.moment(*run)
    provisional = _provisional_years(counter, run[0], moment)
    steps = [
        DueStep(
            "start", f"Bắt đầu tính thời hạn lúc {clock_words(begun)} ({WEEKDAYS[begun.weekday()]}).", begun
        )
    ]
    steps += [DueStep("term", f"Thời hạn giải quyết: {term.words()}."), *lines, *counter.explain(*run)]
    steps += [_provisional_step(year) for year in provisional]
    steps.append(
        DueStep("due", f"Hạn trả kết quả: {clock_words(moment)} ({WEEKDAYS[moment.weekday()]}).", moment)
    )
    return Due(moment, bool(provisional), tuple(steps))


def _run(counter: Counter, start: datetime, stops: list[Stop]) -> tuple[tuple[datetime, Any], list[DueStep]]:
    """Start and gain after all standstills in time order; one begun after the due moment has no effect."""
    gained, lines = counter.zero, []
    for stop in stops:
        if stop.start > counter.moment(start, gained):
            lines.append(
                DueStep("pause_ignored", f"{_stop_words(stop)}: bắt đầu sau hạn nên không được tính.", None)
            )
        elif stop.restart:
            start, gained = stop.end, counter.zero
            lines.append(
                DueStep("restart", f"{_stop_words(stop)}: tính lại từ đầu toàn bộ thời hạn.", stop.end)
            )
        else:
            more = counter.gain(stop.start, stop.end)
            gained += more
            lines.append(DueStep("pause", f"{_stop_words(stop)}: thêm {counter.gain_words(more)}.", stop.end))
    return (start, gained), lines


def _stop_words(stop: Stop) -> str:
    reason = f" ({stop.reason})" if stop.reason else ""
    end = f"{clock_words(stop.end)}, chưa kết thúc" if stop.open else clock_words(stop.end)
    return f"Tạm dừng từ {clock_words(stop.start)} đến {end}{reason}"


def _provisional_years(counter: Counter, start: datetime, moment: datetime) -> list[int]:
    first = (start.date() + timedelta(days=counter.first_counted)).year
    return [year for year in range(first, moment.year + 1) if counter.calendar.is_provisional(year)]


def _provisional_step(year: int) -> DueStep:
    text = f"Lịch nghỉ năm {year} chưa có thông báo chính thức; hạn này là dự kiến và có thể được tính lại."
    return DueStep("provisional", text)


def day_zero(start: datetime) -> DueStep:
    return DueStep("day_zero", f"Ngày bắt đầu {start:%d/%m/%Y} không tính vào thời hạn (ngày 0).", None)


def day_words(day: date) -> str:
    """ "thứ Năm 26/02/2026"."""
    return f"{WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}"


def hour_words(span: timedelta) -> str:
    """ "4 giờ", "1 giờ 30 phút"."""
    minutes = int(span.total_seconds()) // 60
    hours, minutes = divmod(minutes, 60)
    return f"{hours} giờ {minutes} phút" if minutes else f"{hours} giờ"


def days_off(calendar: WorkCalendar, first: date, last: date) -> Iterator[DueStep]:
    """Lines on the declared days from `first` to `last` inclusive, then one on ordinary weekends."""
    weekends = 0
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        mark = calendar.mark(day)
        if mark and mark.kind is DayKind.MAKE_UP_WORK:
            yield DueStep("worked", f"Có tính {day_words(day)} ({mark.words()}).", None)
        elif mark:
            yield DueStep("day_off", f"Không tính {day_words(day)} ({mark.words()}).", None)
        elif not calendar.is_working_day(day):
            weekends += 1
    if weekends:
        yield DueStep("weekend", f"Không tính {weekends} ngày nghỉ hằng tuần.", None)
