"""A titled table before it becomes a file. Pure values; the three writers only draw them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Literal

Cell = str | int | Decimal | date | None


@dataclass(frozen=True, kw_only=True)
class Column:
    """`labels` is the path through the header: ("Tiếp nhận", "Trong kỳ", "Trực tuyến").

    `width` is relative to the other columns. `number` is printed below the header, by position when None.
    """

    labels: tuple[str, ...]
    width: float = 1.0
    align: Literal["left", "center", "right"] = "left"
    number: str | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line; `bold` marks group rows such as a level of government, `indent` their children."""

    cells: tuple[Cell, ...]
    bold: bool = False
    indent: int = 0


@dataclass(frozen=True, kw_only=True)
class HeadLine:
    text: str
    bold: bool = False


@dataclass(frozen=True, kw_only=True)
class Signature:
    """A signature block: `title` such as "Thủ trưởng đơn vị", `note` below it, `name` below the signature."""

    title: str
    note: str = "(Ký, ghi rõ họ tên)"
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table with its head and feet.

    head_left, head_right: form code or office, and Đơn vị báo cáo / Đơn vị nhận báo cáo or Quốc hiệu;
    period: the lines under the title (Kỳ báo cáo, từ ngày … đến ngày …); unit: "Đơn vị tính: …"; totals:
    the last line in bold; place_date: the line above the signatures; created_at: dates the file, so the
    same sheet gives the same file.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    created_at: datetime
    head_left: tuple[HeadLine, ...] = ()
    head_right: tuple[HeadLine, ...] = ()
    period: tuple[str, ...] = ()
    unit: str = ""
    totals: Row | None = None
    notes: tuple[str, ...] = ()
    place_date: str = ""
    signatures: tuple[Signature, ...] = ()

    def __post_init__(self) -> None:
        for row in self.lines():
            if len(row.cells) != len(self.columns):
                raise ValueError(
                    f"{len(row.cells)} cells in a row of {len(self.columns)} columns: {row.cells!r}"
                )

    def lines(self) -> Iterator[Row]:
        """The rows and, last, the totals."""
        yield from self.rows
        if self.totals is not None:
            yield self.totals

    def numbers(self) -> tuple[str, ...]:
        """The row of column numbers: (1) (2) (3) …"""
        return tuple(
            f"({place})" if column.number is None else column.number
            for place, column in enumerate(self.columns, start=1)
        )


@dataclass(frozen=True)
class HeaderCell:
    """One cell of the header with its place (from 0) and its spans."""

    text: str
    row: int
    column: int
    rowspan: int
    colspan: int


def header_depth(columns: tuple[Column, ...]) -> int:
    """How many lines the header has."""
    return max(len(column.labels) for column in columns)


def header_cells(columns: tuple[Column, ...]) -> list[HeaderCell]:
    """The header as cells: neighbours of one group share a cell, a short path reaches down to the bottom.

    In reading order. Cells never overlap and cover the whole header.
    """
    return sorted(
        _cells(list(enumerate(columns)), 0, header_depth(columns)), key=lambda cell: (cell.row, cell.column)
    )


def _cells(columns: list[tuple[int, Column]], row: int, depth: int) -> Iterator[HeaderCell]:
    for group in _groups(columns, row):
        place, first = group[0]
        is_leaf = len(first.labels) == row + 1
        yield HeaderCell(first.labels[row], row, place, depth - row if is_leaf else 1, len(group))
        if not is_leaf:
            yield from _cells(group, row + 1, depth)


def _groups(columns: list[tuple[int, Column]], row: int) -> Iterator[list[tuple[int, Column]]]:
    """Neighbours under one label; a leaf stands alone even beside a leaf of the same name."""
    for _, members in groupby(columns, key=lambda item: _group_key(item, row)):
        yield list(members)


def _group_key(item: tuple[int, Column], row: int) -> tuple[str, int]:
    place, column = item
    return column.labels[row], place if len(column.labels) == row + 1 else -1


def shown(cell: Cell) -> str:
    """A cell as Vietnamese readers write it: 314.849, 0,54, 30/06/2024."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case date():
            return f"{cell:%d/%m/%Y}"
        case int() | Decimal():
            return f"{cell:,}".replace(",", " ").replace(".", ",").replace(" ", ".")


def without_controls(text: str) -> str:
    """`text` without the signs XML files may not hold; line breaks stay."""
    return "".join(
        sign for sign in text if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs", "Cf")
    )
