"""Early, on the date, late: measured at the end of handling, not at collection. Pure.

The statutory table compares dates; the comparison by the minute is stored beside it. A re-appointment never moves the
date used here: it is an apology, not a new term (NĐ 61/2018 Đ19.9).
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from motcua.base.time import local_date


class Timing(StrEnum):
    EARLY = "early"
    ON_DATE = "on_date"
    LATE = "late"


def timing(ended: datetime, due: datetime | None) -> Timing:
    """By date, as II.06a counts; a dossier without due date ends on the date (column 9)."""
    if due is None:
        return Timing.ON_DATE
    end, promised = local_date(ended), local_date(due)
    return Timing.EARLY if end < promised else Timing.ON_DATE if end == promised else Timing.LATE


def is_late_by_moment(ended: datetime, due: datetime | None) -> bool:
    """By the minute."""
    return due is not None and ended > due
