"""What people write into cells: dates in every usual hand, money, choices. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from motcua.base.text import clean, fold

_TIME = r"(?:[ T,]+(?:lúc )?(?P<hour>\d{1,2})(?::|h|g| giờ )(?P<minute>\d{2})?(?::\d{2})?(?:\.\d+)?)?"
_DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}})\s*[/.\-]\s*(?P<month>\d{{1,2}})\s*[/.\-]\s*(?P<year>\d{{4}}){_TIME}\Z"
)
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})[/.\-](?P<month>\d{{1,2}})[/.\-](?P<day>\d{{1,2}}){_TIME}\Z")
_IN_WORDS = re.compile(
    rf"(?:ngày )?(?P<day>\d{{1,2}}) tháng (?P<month>\d{{1,2}}) năm (?P<year>\d{{4}}){_TIME}\Z"
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?\Z")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  the day zero of sheets has no zone
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_MONEY = re.compile(r"\d+|\d{1,3}(?:[.,  ]\d{3})+")
_CURRENCY = re.compile(r"\s*(?:đồng|đ|vnđ|vnd)\.?\Z", re.IGNORECASE)
_DAY_SECONDS = 86_400


def plain(text: str) -> str:
    """A cell as it is kept: composed letters, single spaces, nothing invisible (controls, direction marks)."""
    seen = (" " if c in "\n\r\t\v\f\u00a0" else c for c in text)
    return clean("".join(c for c in seen if unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs", "Cn")))


def read_day(text: str) -> date | None:
    """The day a cell means, None when it is none: 5/3/2026, 05-03-2026, 2026-03-05, "ngày 5 tháng 3 năm 2026", 46086."""
    moment = read_moment(text)
    return moment[0] if moment else None


def read_moment(text: str) -> tuple[date, time | None] | None:
    """Day and, where it is written, time of a cell. Years have four digits: of two nobody knows the century.

    A number of five digits is a serial day as sheets store it (46086 is 05/03/2026), its fraction the time.
    """
    if _SERIAL.match(text):
        return _of_serial(float(text))
    match = _DAY_FIRST.match(text) or _YEAR_FIRST.match(text) or _IN_WORDS.match(text.lower())
    if match is None or not _FIRST_YEAR <= int(match["year"]) <= _LAST_YEAR:
        return None
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        return day, time(int(match["hour"]), int(match["minute"] or 0)) if match["hour"] else None
    except ValueError:
        return None


def _of_serial(number: float) -> tuple[date, time | None]:
    days, fraction = divmod(number, 1)
    minutes = round(fraction * _DAY_SECONDS / 60)
    moment = _EPOCH + timedelta(days=days, minutes=minutes)
    return moment.date(), moment.time() if minutes else None


def read_money(text: str) -> int | None:
    """Whole đồng of "50.000", "50,000 đ", "50000"; None for anything else, also for parts of a đồng."""
    bare = _CURRENCY.sub("", text)
    return int(re.sub(r"\D", "", bare)) if _MONEY.fullmatch(bare) else None


def read_choice(text: str, words: Mapping[str, str], told: Mapping[str, str]) -> str | None:
    """The value behind a word: as told on the mapping page, else as known; accents and capitals do not matter."""
    key = fold(text)
    return told.get(key) or words.get(key)
