"""`motcua report`: the JSON of the issue on stdout, files, and refusals in a sentence."""

from __future__ import annotations

import argparse
import io
import json
import sys
from pathlib import Path

import pytest

from motcua.cli import report
from motcua.reports.tests.test_closing import close
from motcua.reports.tests.world import World, add

PERIOD = ("II.06a", "--from", "2023-12-15", "--to", "2024-06-14")


class Out(io.TextIOWrapper):
    """A stdout that remembers bytes; a terminal or not."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def run(monkeypatch: pytest.MonkeyPatch, *words: str, terminal: bool = False) -> tuple[int, bytes]:
    parser = argparse.ArgumentParser()
    report.add_arguments(parser)
    out = Out(terminal=terminal)
    monkeypatch.setattr(sys, "stdout", out)
    code = report.run(parser.parse_args(words))
    return code, out.buffer.getvalue()


@pytest.fixture
def one(world: World) -> World:
    add(world, "A1", accepted="2024-01-02", due="2024-01-10", unit="H99.31")
    return world


def test_json_goes_to_stdout(one: World, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out = run(monkeypatch, *PERIOD)
    body = json.loads(out)
    assert code == 0
    assert list(body) == ["total", "levels", "units", "identities"]
    assert list(body["total"]) == [
        "c3",
        "c4",
        "c5",
        "c6",
        "c7",
        "c8",
        "c9",
        "c10",
        "c11",
        "c12",
        "c13",
        "returned",
    ]
    assert [level["level"] for level in body["levels"]] == ["province", "district", "commune"]
    assert body["units"][0]["unit"] == "H99.31" and body["units"][0]["c13"] == 1
    assert all(identity["holds"] is True for identity in body["identities"])


@pytest.mark.parametrize(
    ("more", "received"),
    [
        (("--unit", "H99"), 1),
        (("--unit", "H99.31"), 1),
        (("--unit", "H99.01"), 0),
        (("--unit", "H99.61", "--structure", "now"), 1),
    ],
)
def test_one_unit_with_everything_below_it(
    one: World, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...], received: int
) -> None:
    code, out = run(monkeypatch, *PERIOD, *more)
    assert (code, json.loads(out)["total"]["c3"]) == (0, received)


def test_a_closed_period_gives_the_closed_figures_and_says_so(
    one: World, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    close()
    add(one, "LATE", accepted="2024-02-01", recorded="2024-07-01")
    code, out = run(monkeypatch, *PERIOD)
    assert (code, json.loads(out)["total"]["c3"]) == (0, 1)
    assert "đã chốt lúc 09:00 ngày 18/06/2024" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("kind", "start"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("docx", b"PK"), ("json", b"{")]
)
def test_a_file_is_written_whole(
    one: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str, start: bytes
) -> None:
    target = tmp_path / f"bieu.{kind}"
    code, out = run(monkeypatch, *PERIOD, "--as", kind, "--out", str(target), terminal=True)
    assert (code, out) == (0, b"")
    assert target.read_bytes().startswith(start)
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_binary_file_may_be_redirected(one: World, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out = run(monkeypatch, *PERIOD, "--as", "xlsx")
    assert code == 0 and out.startswith(b"PK")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("II.99", *PERIOD[1:]), "Không có biểu mẫu báo cáo mang mã “II.99”. Các biểu hiện có: II.06a."),
        ((*PERIOD, "--unit", "H99.77"), "Không có đơn vị mang mã H99.77"),
        ((*PERIOD, "--unit", "H99.31", "--structure", "now"), "UBND huyện Mẫu không hoạt động"),
        (("II.06a", "--from", "2026-01-01", "--to", "2026-02-01", "--unit", "H99.31"), "không hoạt động"),
        (("II.06a", "--from", "2024-06-15", "--to", "2024-06-14"), "sau ngày kết thúc kỳ"),
        (("II.06a", "--from", "15/12/2023", "--to", "2024-06-14"), "không đọc được ngày “15/12/2023”"),
        ((*PERIOD, "--as", "pdf"), "thêm --out FILE"),
    ],
)
def test_wrong_use_is_said_in_a_sentence(
    one: World,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    sentence: str,
) -> None:
    code, out = run(monkeypatch, *words, terminal=True)
    assert (code, out) == (2, b"")
    assert sentence in capfd.readouterr().err


def test_a_folder_that_does_not_exist_is_a_failure(
    one: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code, _ = run(monkeypatch, *PERIOD, "--out", str(tmp_path / "none" / "x.json"))
    assert code == 1
    assert "Không ghi được" in capfd.readouterr().err
