"""The clock of a dossier whose date was promised on another system: the promise holds, only later standstills move it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from motcua.base.time import at, local

from .calendar import WorkCalendar
from .counting import COUNTERS, DEFAULT_CUTOFF, WEEKDAYS, DayCount, Due, DueStep, WorkingDays, due
from .pauses import Pause, Stop, checked, clock_words, merged
from .terms import Term, TermUnit


def due_as_promised(
    *,
    promised: datetime,
    accepted: datetime,
    taken_over: datetime,
    term: Term | None,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
    count: DayCount = DayCount.CLOSING,
    same_day_cutoff: time = DEFAULT_CUTOFF,
    now: datetime,
) -> Due:
    """The due moment of a dossier taken over from another system at `taken_over`.

    What the owner's paper says is kept (NĐ 61/2018 Đ17: the date on the receipt binds the agency); pauses before
    the take-over are unknown here, so our own count is only told beside it. A standstill after the take-over adds what
    it would add to the term; one that restarts the term ends the promise and the whole term is counted by the rules.
    """
    stops = merged(pauses, start=checked(taken_over), now=checked(now))
    restart = next((n for n in range(len(stops) - 1, -1, -1) if stops[n].restart), None)
    if restart is not None and term is not None:
        return due(
            start=stops[restart].end, term=term, calendar=calendar, pauses=pauses, count=count,
            same_day_cutoff=same_day_cutoff, now=now,
        )  # fmt: skip
    moment = local(promised)
    steps = [
        DueStep(
            "promised",
            f"Hạn đã hẹn trên giấy của hệ thống cũ: {clock_words(moment)}; được giữ nguyên.",
            moment,
        )
    ]
    if term is not None:
        own = due(
            start=accepted, term=term, calendar=calendar, count=count, same_day_cutoff=same_day_cutoff, now=now
        )  # fmt: skip
        steps.append(DueStep("own_count", _own_count(accepted, own), own.moment))
    for stop in stops:
        moment, line = _moved(moment, stop, term, calendar)
        steps.append(line)
    steps.append(
        DueStep("due", f"Hạn trả kết quả: {clock_words(moment)} ({WEEKDAYS[moment.weekday()]}).", moment)
    )
    return Due(moment, False, tuple(steps))


def _own_count(accepted: datetime, own: Due) -> str:
    return (
        f"Nếu tính từ lúc tiếp nhận ({clock_words(local(accepted))}) theo quy tắc của hệ thống thì hạn là "
        f"{clock_words(own.moment)}; các lần tạm dừng trên hệ thống cũ chưa biết nên chỉ để đối chiếu."
    )


def _moved(
    moment: datetime, stop: Stop, term: Term | None, calendar: WorkCalendar
) -> tuple[datetime, DueStep]:
    words = (
        f"Tạm dừng từ {clock_words(stop.start)} đến {clock_words(stop.end)}{', chưa kết thúc' * stop.open}"
    )
    if stop.start > moment:
        return moment, DueStep("pause_ignored", f"{words}: bắt đầu sau hạn nên không được tính.", None)
    counter = COUNTERS.get(term.unit if term else TermUnit.WORKING_DAY, WorkingDays)(
        term or Term(1, TermUnit.WORKING_DAY), calendar, DayCount.CLOSING, DEFAULT_CUTOFF
    )
    gained = counter.gain(stop.start, stop.end)
    text = f"{words}: thêm {counter.gain_words(gained)}."
    return _later(moment, gained, term, calendar), DueStep("pause", text, stop.end)


def _later(moment: datetime, gained: int | timedelta, term: Term | None, calendar: WorkCalendar) -> datetime:
    """`moment` put off by what a standstill gained, in the unit of the term."""
    if isinstance(gained, timedelta):
        if term is not None and term.unit is TermUnit.HOUR:
            return (
                moment + gained
                if calendar.in_session(moment + gained)
                else calendar.next_opening(moment + gained)
            )
        return calendar.consume(moment, gained)
    if term is not None and term.unit in (TermUnit.DAY, TermUnit.MONTH):
        day = calendar.on_or_after(moment.date() + timedelta(days=gained)) if gained else moment.date()
        return at(day, moment.time())
    return at(calendar.add_working_days(moment.date(), gained), moment.time()) if gained else moment
