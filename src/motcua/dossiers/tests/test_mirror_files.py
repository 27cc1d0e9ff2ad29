"""Records from files: every line judged by itself, nothing written by a check, hostile content refused by name."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.actor import SYSTEM
from motcua.base.errors import InvalidInput, MotcuaError
from motcua.demo.cast import small_province
from motcua.dossiers import mirror_files
from motcua.dossiers.mirror_files import FileUnreadable, Report
from motcua.dossiers.mirror_records import FIELDS, read
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.mirrored import NOW, SOURCE, list_source

RECORD: dict[str, Any] = {
    "external_code": "G15.22-260302-0007", "told_at": "2026-03-09T10:00:00+07:00", "procedure": "1.000001",
    "unit": "H99.02", "channel": "online", "state": "processing", "state_name": "Đang thẩm định",
    "submitted_at": "02/03/2026 08:00", "accepted_at": "2026-03-02T08:30:00", "due_at": "2026-03-12T17:00:00+07:00",
    "owner_kind": "citizen", "owner_number": "001090000001", "owner_name": "Nguyễn Văn Thử",
    "steps": [{"name": "Tiếp nhận", "state": "done", "at": "2026-03-02T08:30:00"}],
}  # fmt: skip


def lines(*records: Any) -> bytes:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()


def take(content: bytes, kind: str = "jsonl", *, check: bool = False) -> Report:
    return mirror_files.take_in(content, kind, source=SOURCE, check=check, actor=SYSTEM, now=NOW)


@pytest.fixture
def province(db: None) -> None:
    small_province()
    list_source()


def test_good_lines_go_in_and_bad_ones_are_named(province: None) -> None:
    bad = {**RECORD, "external_code": "X-2", "unit": "H98"}
    report = take(lines(RECORD, bad, "no record", {**RECORD, "external_code": "X-3", "lạ": 1}) + b"\n{broken")
    assert [line.outcome for line in report.lines] == ["created", "rejected", "rejected", "rejected", "rejected"]
    assert "H98" in report.lines[1].error
    assert "lạ" in report.lines[3].error
    assert Dossier.objects.count() == 1


def test_the_same_file_again_changes_nothing(province: None) -> None:
    take(lines(RECORD))
    assert take(lines(RECORD)).counts == {"unchanged": 1}


def test_a_check_writes_nothing(province: None) -> None:
    assert take(lines(RECORD), check=True).counts == {"created": 1}
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_sheet_says_the_same_as_json_lines(province: None, kind: str) -> None:
    row = {**RECORD, "steps": json.dumps(RECORD["steps"])}
    if kind == "csv":
        content = (",".join(row) + "\n" + ",".join('"' + str(v).replace('"', '""') + '"' for v in row.values())).encode()
    else:
        target = io.BytesIO()
        with xlsxwriter.Workbook(target) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, list(row))
            sheet.write_row(1, 0, list(row.values()))
        content = target.getvalue()
    assert take(content, kind).counts == {"created": 1}
    assert take(lines(RECORD)).counts == {"unchanged": 1}


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"\xff\xfe", "jsonl"), (b"PK\x03\x04 broken", "xlsx"), (b"a,b\n1,2", "csv"), (b"{}", "exe"), (b"\x00", "xlsx")],
)
def test_an_unreadable_file_is_refused_whole(content: bytes, kind: str) -> None:
    with pytest.raises(FileUnreadable):
        take(content, kind)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("submitted_at", ""), ("submitted_at", "hôm qua"), ("submitted_at", "0001-01-01"), ("told_at", None),
        ("told_at", 5), ("state", "forwarded"), ("state", ""), ("channel", "fax"), ("owner_kind", "king"),
        ("owner_name", ""), ("owner_name", "x" * 301), ("steps", "x"), ("steps", [1]), ("steps", [{"name": ""}] * 2),
        ("steps", [{"name": "a"}] * 101), ("procedure", ["1"]), ("external_code", True), ("due_at", "31/02/2026"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named(field: str, value: Any) -> None:
    with pytest.raises(InvalidInput) as caught:
        read({**RECORD, field: value}, source=SOURCE)
    assert caught.value.data["field"] in (field, "name")


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), st.one_of(st.none(), st.text(), st.floats(), st.lists(st.text()))))
def test_whatever_stands_in_a_record_is_read_or_refused_with_a_sentence(record: dict[str, Any]) -> None:
    try:
        read({**RECORD, **record}, source=SOURCE)
    except MotcuaError as error:
        assert error.message


def test_a_hostile_name_is_kept_as_a_name(province: None) -> None:
    name = "<script>alert(1)</script> =cmd|' /C calc'!A0"
    take(lines({**RECORD, "owner_name": name}))
    assert Dossier.objects.get().applicant.name == name
