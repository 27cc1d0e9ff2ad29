from __future__ import annotations

import gzip
import json

import pytest

from motcua.catalogue.parsing.files import Limits, read_lines
from motcua.catalogue.reading import check_files
from motcua.catalogue.tests.conftest import lines, record

GOOD = record()
SMALL = Limits(line_bytes=10_000, file_bytes=200_000, pack_ratio=20, ratio_from=50_000)


def check(*paths):
    return check_files(paths).as_dict()


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "named-wrongly.gz.jsonl"])
def test_plain_and_packed_files_are_told_by_content(write, name):
    assert check(write(name, lines(GOOD)))["records"] == 1


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + lines(GOOD),
        lines(GOOD).replace(b"\n", b"\r\n"),
        lines(GOOD).rstrip(b"\n"),
        b"\n\n" + lines(GOOD) + b"   \n",
    ],
    ids=["byte order mark", "CRLF", "no newline at the end", "empty lines"],
)
def test_harmless_oddities_are_read(write, content):
    report = check(write("a.jsonl", content))
    assert (report["lines"], report["records"], report["rejected"]) == (1, 1, 0)


REFUSED = {
    "half a line": (lines(GOOD)[:60] + b"\n", "JSON"),
    "wrong encoding": (lines(GOOD).decode().encode("cp1258", "replace").replace(b"Th", b"\xff\xfe"), "UTF-8"),
    "not an object": (b"[1, 2]\n", "đối tượng JSON"),
    "a number": (b"12\n", "đối tượng JSON"),
    "deep nesting": (b"[" * 9_000 + b"\n", "JSON"),
    "not a number": (b'{"ma_thu_tuc": NaN}\n', "JSON"),
    "a huge number": (b'{"ma_thu_tuc": ' + b"9" * 5_000 + b"}\n", "JSON"),
    "no code": (lines({**GOOD, "ma_thu_tuc": ""}), "mã thủ tục"),
    "a code of another kind": (lines({**GOOD, "ma_thu_tuc": "TT-12"}), "mã thủ tục"),
    "binary": (bytes(range(128, 256)) + b"\n", "UTF-8"),
}


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_a_bad_line_is_refused_by_place_and_the_rest_is_read(write, content, words):
    path = write(
        "bad.jsonl", lines(record(ma_thu_tuc="1.900002")) + content + lines(record(ma_thu_tuc="1.900003"))
    )
    report = check(path)
    assert (report["lines"], report["records"], report["rejected"]) == (3, 2, 1)
    (finding,) = report["by_record"]["bad.jsonl:2"]["findings"]
    assert report["by_record"]["bad.jsonl:2"]["status"] == "rejected"
    assert words in finding["text"]


def test_a_line_of_fifty_megabytes_is_refused_and_the_next_is_read(write):
    huge = lines({**GOOD, "trinh_tu_thuc_hien": "x" * 50_000_000})
    report = check(write("a.jsonl", huge + lines(record(ma_thu_tuc="1.900002"))))
    assert (report["records"], report["rejected"]) == (1, 1)
    assert "4 MB" in report["by_record"]["a.jsonl:1"]["findings"][0]["text"]


def test_a_line_that_is_too_long_is_never_held_whole(write):
    path = write("a.jsonl", b"x" * 150_000 + b"\n" + lines(GOOD))
    first, second = read_lines(path, limits=SMALL)
    assert first.problem.startswith("Dòng dài quá")
    assert second.record == GOOD


@pytest.mark.parametrize("size", [60_000, 300_000])
def test_a_packed_bomb_is_stopped(write, size):
    *_, last = read_lines(write("bomb.jsonl.gz", b"\n" * size * 20), limits=SMALL)
    assert "giải nén" in last.problem


def test_a_packed_file_cut_short_gives_what_could_be_read(tmp_path):
    many = lines(*(record(ma_thu_tuc=f"1.9{n:05d}", trinh_tu_thuc_hien=str(n) * 500) for n in range(400)))
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress(many)[:-2_000])
    report = check_files([path])
    assert report.failed
    assert 0 < report.as_dict()["records"] < 400


@pytest.mark.parametrize("content", [b"\x1f\x8b", b"\x1f\x8bnot gzip at all"])
def test_a_file_that_only_pretends_to_be_packed_is_named(tmp_path, content):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(content)
    report = check(path)
    assert report["findings"] == {"file_unreadable": 1}
    assert "Không đọc được tệp" in report["by_record"]["a.jsonl.gz"]["findings"][0]["text"]


def test_utf16_is_named_as_such(write):
    report = check(write("a.jsonl", lines(GOOD).decode().encode("utf-16")))
    assert "UTF-16" in report["by_record"]["a.jsonl"]["findings"][0]["text"]


def test_a_missing_file_and_a_folder_are_named_and_the_others_are_read(write, tmp_path):
    report = check(tmp_path / "absent.jsonl", tmp_path, write("a.jsonl", lines(GOOD)))
    assert (report["files"], report["records"]) == (3, 1)
    assert report["by_record"]["absent.jsonl"]["status"] == "rejected"
    assert "thư mục" in report["by_record"][tmp_path.name]["findings"][0]["text"]


def test_an_empty_file_is_no_failure(write):
    report = check_files([write("a.jsonl", b"")])
    assert (report.failed, report.as_dict()["lines"]) == (False, 0)


def test_the_same_record_twice_is_unchanged_the_second_time(write):
    report = check(write("a.jsonl", lines(GOOD, GOOD)))
    assert (report["new"], report["unchanged"], report["rejected"]) == (1, 1, 0)
    assert report["by_record"]["1.900001"]["status"] == "new"


def test_one_code_with_two_contents_is_refused_the_second_time(write):
    first, second = write("a.jsonl", lines(GOOD)), write("b.jsonl", lines(record(ten_thu_tuc="Khác")))
    report = check(first, second)
    assert (report["new"], report["rejected"]) == (1, 1)
    assert "a.jsonl:1" in report["by_record"]["b.jsonl:1"]["findings"][0]["text"]


def test_the_report_has_exactly_its_keys_and_every_line_is_accounted_for(write):
    report = check(write("a.jsonl", lines(GOOD, GOOD) + b"{\n"))
    assert list(report) == [
        "files", "lines", "records", "new", "changed", "unchanged", "rejected", "findings", "by_record"
    ]  # fmt: skip
    assert report["lines"] == report["records"] + report["rejected"]
    assert json.dumps(report)
