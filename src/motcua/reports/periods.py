"""Report periods: the ones the law names, and what a free period is called. Pure.

NĐ 09/2019/NĐ-CP Đ12: months and quarters run from the 15th to the 14th, half-years 15/12–14/6 and 15/6–14/12, the year
15/12–14/12. Some provinces keep months from the 26th to the 25th.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """A named span of days, both ends included."""

    name: str
    from_: date
    to: date


def presets(today: date) -> tuple[Period, ...]:
    """The latest periods of each kind that have begun by `today`, the half-years first."""
    years = (today.year + 1, today.year, today.year - 1)
    halves = [half for year in years for half in (_second_half(year), _first_half(year))]
    quarters = [_quarter(year, number) for year in years for number in (4, 3, 2, 1)]
    months = [_month(year, number) for year in years for number in range(12, 0, -1)]
    late_months = [_month_from_26(year, number) for year in years for number in range(12, 0, -1)]
    full = [_year(year) for year in years]
    begun = [[p for p in kind if p.from_ <= today] for kind in (halves, full, quarters, months, late_months)]
    return tuple(p for kind, wanted in zip(begun, (3, 2, 2, 2, 1), strict=True) for p in kind[:wanted])


def latest_closed_half(today: date) -> Period:
    """The last half-year that is over: what a reader most likely wants."""
    halves = [p for year in (today.year, today.year - 1) for p in (_second_half(year), _first_half(year))]
    return next(p for p in halves if p.to < today)


def name_of(from_: date, to: date) -> str:
    """The law's name of a period, or nothing for a free one."""
    known = [_first_half(to.year), _second_half(to.year), _year(to.year)]
    known += [_quarter(to.year, number) for number in range(1, 5)]
    known += [make(to.year, number) for make in (_month, _month_from_26) for number in range(1, 13)]
    return next((p.name for p in known if (p.from_, p.to) == (from_, to)), "")


def words(from_: date, to: date) -> str:
    """From … to …, as forms print it."""
    return f"Từ ngày {from_:%d/%m/%Y} đến ngày {to:%d/%m/%Y}"


def _first_half(year: int) -> Period:
    return Period(f"6 tháng đầu năm {year}", date(year - 1, 12, 15), date(year, 6, 14))


def _second_half(year: int) -> Period:
    return Period(f"6 tháng cuối năm {year}", date(year, 6, 15), date(year, 12, 14))


def _year(year: int) -> Period:
    return Period(f"Năm {year}", date(year - 1, 12, 15), date(year, 12, 14))


def _quarter(year: int, number: int) -> Period:
    roman = ("I", "II", "III", "IV")[number - 1]
    return Period(f"Quý {roman}/{year}", _before(year, 3 * number - 2, 15), date(year, 3 * number, 14))


def _month(year: int, number: int) -> Period:
    return Period(f"Tháng {number}/{year}", _before(year, number, 15), date(year, number, 14))


def _month_from_26(year: int, number: int) -> Period:
    return Period(f"Tháng {number}/{year} (26–25)", _before(year, number, 26), date(year, number, 25))


def _before(year: int, month: int, day: int) -> date:
    """That day of the month before."""
    return (date(year, month, 1) - timedelta(days=1)).replace(day=day)
