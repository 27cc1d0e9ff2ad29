"""Names and numbers that nobody can take for real ones, always the same for the same number. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from motcua.base.codes import is_mst
from motcua.people.queries import PersonFacts

_DIGITS = ("Không", "Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín")
_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ")
_MEN = ("Văn Thử", "Văn Mẫu", "Văn Ví Dụ", "Quang Thí Điểm")
_WOMEN = ("Thị Ví Dụ", "Thị Mẫu", "Thị Thử", "Thị Minh Họa")
_TRADES = ("Thương mại", "Xây dựng", "Nông sản", "Vận tải", "Dịch vụ")
_PLACES = ("thôn Mẫu", "thôn Thử", "tổ dân phố Ví Dụ", "khu phố Minh Họa")


def in_words(number: int) -> str:
    """The digits read one by one: 21 → "Hai Một"."""
    return " ".join(_DIGITS[int(digit)] for digit in str(number))


def officer_name(number: int) -> str:
    """"Nguyễn Thị Mẫu Hai Một"."""
    middle = "Thị" if number % 2 else "Văn"
    return f"{_FAMILIES[number % len(_FAMILIES)]} {middle} Mẫu {in_words(number)}"


def citizen(number: int) -> PersonFacts:
    """A citizen with a number of the right form from a province that does not exist (099)."""
    woman = number % 2
    born = date(1950, 1, 1) + timedelta(days=number * 37 % 18_000)
    names = _WOMEN if woman else _MEN
    name = f"{_FAMILIES[number % 10]} {names[number // 10 % 4]} {in_words(number % 1000)}"
    cccd = f"099{woman}{born:%y}{number % 1_000_000:06d}"
    return PersonFacts(
        "citizen", cccd, name, born, "Nữ" if woman else "Nam", f"0900{number % 1_000_000:06d}",
        f"nguoi.dan.{number}@example.vn", f"Số {number % 200 + 1}, {_PLACES[number % 4]}, tỉnh Bình Mẫu",
    )  # fmt: skip


def enterprise(number: int) -> PersonFacts:
    """A company with a tax code whose check digit is right and whose province does not exist."""
    return PersonFacts(
        "enterprise", tax_code(number), f"Công ty TNHH Mẫu {_TRADES[number % 5]} {in_words(number % 1000)}", None, "",
        f"0900{number % 1_000_000:06d}", f"cong.ty.{number}@example.vn", f"Lô {number % 90 + 1}, Cụm công nghiệp Mẫu",
    )  # fmt: skip


def tax_code(number: int) -> str:
    """The first valid MST at or after 99 + `number`."""
    for candidate in range(number % 6_000_000 + 1, 9_999_999):
        for check in range(10):
            code = f"99{candidate:07d}{check}"
            if is_mst(code):
                return code
    raise AssertionError("no tax code left")
