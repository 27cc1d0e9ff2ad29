"""The time of a step as an officer writes it: "4 giờ", "1 buổi", "1,5 ngày", "20 %". Pure."""

from __future__ import annotations

import re
from decimal import Decimal

from motcua.base.errors import MotcuaError
from motcua.processes.rules.plan import StepPlan
from motcua.processes.rules.timing import HOURS_PER_DAY, HOURS_PER_HALF_DAY

_WRITTEN = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?|nửa) ?(giờ|buổi|ngày|%)(?: làm việc| thời hạn)?", re.IGNORECASE)
_HOURS = {"giờ": Decimal(1), "buổi": HOURS_PER_HALF_DAY, "ngày": HOURS_PER_DAY}


class TimeUnreadable(MotcuaError):
    code = "step_time_unreadable"
    sentence = (
        "Thời gian “{text}” không đọc được. Hãy ghi số kèm đơn vị: giờ, buổi (nửa ngày), ngày làm việc hoặc % thời hạn, "
        "ví dụ: 4 giờ; 1 buổi; 1,5 ngày; 20 %."
    )


def parse_time(text: str) -> tuple[Decimal | None, int | None]:
    """Working hours, or percent of the term. Raises TimeUnreadable."""
    found = _WRITTEN.fullmatch(" ".join(text.split()))
    if found is None:
        raise TimeUnreadable(text=text[:40])
    amount = Decimal("0.5") if found[1].lower() == "nửa" else Decimal(found[1].replace(",", "."))
    if found[2] != "%":
        return (amount * _HOURS[found[2].lower()]).quantize(Decimal("0.01")), None
    if amount != amount.to_integral_value() or amount > 100:
        raise TimeUnreadable(text=text[:40])
    return None, int(amount)


def time_text(step: StepPlan) -> str:
    """The time as it would be written; whole days and half days as such."""
    if step.share is not None:
        return f"{step.share} %"
    return "" if step.hours is None else hours_text(step.hours)


def hours_text(hours: Decimal) -> str:
    """ "2 ngày", "1 buổi" or "3,5 giờ"."""
    if hours and hours % HOURS_PER_DAY == 0:
        return f"{_plain(hours / HOURS_PER_DAY)} ngày"
    if hours and hours % HOURS_PER_HALF_DAY == 0:
        return f"{_plain(hours / HOURS_PER_HALF_DAY)} buổi"
    return f"{_plain(hours)} giờ"


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}".replace(".", ",")
