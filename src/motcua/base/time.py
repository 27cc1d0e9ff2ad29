"""Local time of Vietnam. The country has one zone, +07:00, without daylight saving."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

VN = timezone(timedelta(hours=7), "+07")


def local(moment: datetime) -> datetime:
    """`moment` on a Vietnamese clock. A naive moment is refused: nobody knows which clock it was read from."""
    if moment.tzinfo is None:
        raise ValueError("naive datetime")
    return moment.astimezone(VN)


def local_date(moment: datetime) -> date:
    """The Vietnamese calendar date on which `moment` falls."""
    return local(moment).date()


def at(day: date, clock: time) -> datetime:
    """The aware moment of `clock` on `day` in Vietnam."""
    return datetime.combine(day, clock, VN)


def day_start(day: date) -> datetime:
    """Midnight that opens `day`."""
    return at(day, time.min)


def day_end(day: date) -> datetime:
    """Midnight that closes `day`, i.e. the first moment that no longer belongs to it."""
    return day_start(day + timedelta(days=1))
