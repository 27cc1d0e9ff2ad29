"""A table says the same on the screen, in its address and in a file."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from motcua.kit.columns import Column, Table, chosen, shown
from motcua.kit.export import csv_lines, write_xlsx
from motcua.kit.pages.examples import COLUMNS, DOSSIERS, a_table

NUMBER = Column("n", "Số", lambda row: row, sort="n", numeric=True)


def numbers(query: str, *, count: int = 25, **changes: Any) -> Table:
    options = {"rows": list(range(count)), "caption": "Số", "path": "/so", "page_size": 10, **changes}
    return Table([NUMBER], params=QueryDict(query), **options)


def codes(table: Table) -> list[str]:
    return [row.code for row in table.rows]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [-2, 0.5, 2.5]),
        ("sort=left", [-2, 0.5, 2.5]),
        ("sort=-left", [2.5, 0.5, -2]),
        ("sort=name", [-2, 0.5, 2.5]),  # not sortable: own order
        ("sort=khong-co", [-2, 0.5, 2.5]),
    ],
)
def test_the_address_decides_the_order(query: str, expected: list[float]) -> None:
    assert [row.left for row in a_table(query).rows] == expected


def test_a_head_offers_the_other_direction_and_says_the_present_one() -> None:
    heads = {head["label"]: head for head in a_table("sort=due&name=Th%E1%BB%8B&page=1").heads}
    assert heads["Ngày hẹn trả"]["aria_sort"] == "ascending"
    assert "sort=-due" in heads["Ngày hẹn trả"]["url"]
    assert "page=" not in heads["Ngày hẹn trả"]["url"]
    assert "name=Th" in heads["Ngày hẹn trả"]["url"]
    assert heads["Thủ tục"]["url"] == ""


def test_a_filter_narrows_and_can_be_taken_away() -> None:
    table = a_table("name=Trần&sort=due")
    assert codes(table) == ["H99.01-260114-0012"]
    assert table.active_filters == [{"label": "Người nộp", "words": "Trần", "remove_url": "/?sort=due"}]
    assert table.kept == [("sort", "due")]


def test_groups_stand_only_while_the_list_has_its_own_order() -> None:
    assert [group["label"] for group in a_table().groups] == [
        "Quá hạn",
        "Đến hạn hôm nay",
        "Đến hạn trong tuần",
    ]
    assert [group["label"] for group in a_table("sort=-left").groups] == [""]


@pytest.mark.parametrize(
    ("query", "first", "last", "previous", "following"),
    [
        ("", 1, 10, "", "/so?page=2"),
        ("page=2", 11, 20, "/so?page=1", "/so?page=3"),
        ("page=3", 21, 25, "/so?page=2", ""),
        ("page=x", 1, 10, "", "/so?page=2"),
        ("page=-4", 1, 10, "", "/so?page=2"),
    ],
)
def test_paging_says_where_we_are(query: str, first: int, last: int, previous: str, following: str) -> None:
    page = numbers(query).page
    assert page is not None
    assert (page.first, page.last, page.previous_url, page.next_url) == (first, last, previous, following)
    assert page.total == 25


def test_one_page_needs_no_paging() -> None:
    assert numbers("", count=10).page is None


def test_an_uncounted_list_does_not_count() -> None:
    page = numbers("", counted=False).page
    assert page is not None
    assert page.total is None


@given(count=st.integers(0, 60), size=st.integers(1, 20))
def test_all_pages_together_are_the_whole_list(count: int, size: int) -> None:
    pages = [
        numbers(f"page={number}", count=count, page_size=size).rows for number in range(1, count // size + 2)
    ]
    assert [row for page in pages for row in page] == list(range(count))


def test_an_export_has_every_filtered_row_not_only_the_page() -> None:
    table = numbers("sort=-n&page=2")
    assert [row[0] for row in table.export_rows()] == list(range(24, -1, -1))
    assert table.export_head() == ["Số"]


def test_csv_opens_in_a_spreadsheet_with_vietnamese_letters() -> None:
    text = "".join(csv_lines(a_table("name=Trần")))
    assert text.startswith("\ufeffMã hồ sơ,Người nộp")
    assert 'Trần Thị Ví Dụ,Cấp bản sao trích lục hộ tịch,15/01/2026,"0,5"' in text


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1+1", "@SUM(A1)", "-2+3", "\t=1"])
def test_a_name_is_never_run_as_a_formula(name: str) -> None:
    table = Table([Column("n", "Tên", str)], rows=[name], params={}, caption="", path="/")
    assert "".join(csv_lines(table)).splitlines()[1].strip('"').startswith("'")


def test_a_sheet_keeps_numbers_and_dates() -> None:
    target = io.BytesIO()
    write_xlsx(a_table("name=Trần"), target)
    target.seek(0)
    rows = CalamineWorkbook.from_filelike(target).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "Mã hồ sơ"
    assert rows[1][3:] == [date(2026, 1, 15), 0.5]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (True, "Có"),
        (1234567, "1.234.567"),
        (0.5, "0,5"),
        (-1234.5, "-1.234,5"),
        (100.0, "100"),
        (date(2026, 1, 5), "05/01/2026"),
        (datetime(2026, 1, 5, 1, 30, tzinfo=UTC), "08:30 05/01/2026"),
        ("Nguyễn", "Nguyễn"),
    ],
)
def test_values_are_written_as_in_vietnam(value: object, words: str) -> None:
    assert shown(value) == words


def test_the_officer_chooses_columns_but_never_loses_the_code() -> None:
    assert [column.key for column in chosen(COLUMNS, ["due"])] == ["code", "due"]
    assert chosen(COLUMNS, []) == COLUMNS


def test_a_cell_escapes_what_people_typed() -> None:
    column = Column("n", "Tên", lambda row: row, url=lambda row: "/x")
    assert column.render("<b>") == '<a href="/x">&lt;b&gt;</a>'


def test_an_empty_list_says_what_to_do() -> None:
    table = a_table("name=khong-co")
    assert (len(DOSSIERS), table.rows, table.empty_text) == (3, [], "Hãy bỏ bớt điều kiện lọc.")
