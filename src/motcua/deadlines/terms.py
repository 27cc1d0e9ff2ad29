"""A time limit as the law writes it: an amount and a unit, never a bare number."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .errors import TermUnreadable, TermWithoutUnit

HOURS_PER_WORKING_DAY = 8
LARGEST_AMOUNT = 9_999


class TermUnit(StrEnum):
    WORKING_DAY = "ngay_lam_viec"
    DAY = "ngay"
    MONTH = "thang"
    WORKING_HOUR = "gio_lam_viec"
    HOUR = "gio"
    SAME_DAY = "trong_ngay"


WORDS = {
    TermUnit.WORKING_DAY: "ngày làm việc",
    TermUnit.DAY: "ngày",
    TermUnit.MONTH: "tháng",
    TermUnit.WORKING_HOUR: "giờ làm việc",
    TermUnit.HOUR: "giờ",
    TermUnit.SAME_DAY: "trong ngày",
}

_SPELLINGS = {
    **{words: unit for unit, words in WORDS.items() if unit is not TermUnit.SAME_DAY},
    "giờ hành chính": TermUnit.WORKING_HOUR,
}
_SAME_DAY = {"trong ngày", "trong ngày làm việc", "ngay trong ngày", "ngay trong ngày làm việc", "trong_ngay"}
_AMOUNT = r"(?P<whole>\d+)(?:\s*(?:[.,]\s*(?P<decimal>\d+)|/\s*(?P<below>\d+)))?"
_TERM = re.compile(rf"{_AMOUNT}\s*(?P<unit>\D*)\Z")


@dataclass(frozen=True)
class Term:
    """A time limit. `amount` is a whole number from 1 to 9,999 of `unit`; for "trong ngày" it is 1."""

    amount: int
    unit: TermUnit

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= LARGEST_AMOUNT:
            raise TermUnreadable(
                text=f"{self.amount} {WORDS[self.unit]}", reason=f"số lượng phải từ 1 đến {LARGEST_AMOUNT}."
            )

    def words(self) -> str:
        """The limit as printed on a slip: "5 ngày làm việc", "trong ngày"."""
        if self.unit is TermUnit.SAME_DAY:
            return WORDS[self.unit]
        return f"{self.amount} {WORDS[self.unit]}"


def parse_term(text: str) -> Term:
    """Reads "5 ngày làm việc", "05 (năm) ngày", "2,5 ngày làm việc", "trong ngày", and the
    stored form "5 ngay_lam_viec".

    A part of a working day becomes working hours at 8 a day (how internal processes plan steps). A part of a
    calendar day, month or hour has no legal reading and is refused. Raises TermWithoutUnit for a bare number,
    TermUnreadable for anything else.
    """
    plain = _plain(text)
    if plain in _SAME_DAY:
        return Term(1, TermUnit.SAME_DAY)
    match = _TERM.match(plain)
    if not match:
        raise TermUnreadable(text=text, reason="không có số lượng ở đầu.")
    if not match["unit"]:
        raise TermWithoutUnit(text=text)
    return _whole(_amount(match, text=text), _unit(match["unit"], text=text), text=text)


def _plain(text: str) -> str:
    """Composed, lower-case, single spaces, without the amount spelled again in brackets."""
    without_brackets = re.sub(r"\([^)]*\)", " ", unicodedata.normalize("NFC", text))
    return " ".join(without_brackets.lower().split()).rstrip(" .;,")


def _amount(match: re.Match[str], *, text: str) -> Fraction:
    if match["below"]:
        if not int(match["below"]):
            raise TermUnreadable(text=text, reason="mẫu số bằng 0.")
        return Fraction(int(match["whole"]), int(match["below"]))
    return Fraction(f"{match['whole']}.{match['decimal'] or 0}")


def _unit(words: str, *, text: str) -> TermUnit:
    if words in _SPELLINGS:
        return _SPELLINGS[words]
    if words in {unit.value for unit in TermUnit if unit is not TermUnit.SAME_DAY}:
        return TermUnit(words)
    raise TermUnreadable(text=text, reason=f"không có đơn vị “{words}”.")


def _whole(amount: Fraction, unit: TermUnit, *, text: str) -> Term:
    if amount.denominator == 1:
        return Term(int(amount), unit)
    hours = amount * HOURS_PER_WORKING_DAY
    if unit is TermUnit.WORKING_DAY and hours.denominator == 1:
        return Term(int(hours), TermUnit.WORKING_HOUR)
    raise TermUnreadable(
        text=text,
        reason="chỉ “ngày làm việc” mới được có phần lẻ, và phần lẻ phải tròn giờ (1 ngày làm việc = 8 giờ).",
    )
