"""`motcua due`: data on stdout, sentences on stderr, no database and no Django."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys

import pytest

from motcua.cli import due


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    due.add_arguments(parser)
    return due.run(parser.parse_args(arguments))


def test_the_example_of_the_specification(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--start", "2026-02-12T15:30", "--term", "5 ngày làm việc", "--json") == 0
    out, err = capsys.readouterr()
    answer = json.loads(out)
    assert answer["due"] == "2026-02-26T17:00:00+07:00"
    assert answer["provisional"] is False
    assert answer["steps"][0]["kind"] == "start"
    assert err == ""


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--term", "trong ngày"], "2026-03-02T17:00:00+07:00"),
        (["--term", "2 ngày làm việc", "--count", "clock"], "2026-03-04T08:00:00+07:00"),
        (["--term", "2 ngày làm việc", "--pause", "2026-03-03/2026-03-05"], "2026-03-06T17:00:00+07:00"),
        (
            [
                "--term",
                "2 ngày làm việc",
                "--pause",
                "2026-03-03T09:00/2026-03-05T09:00",
                "--mode",
                "restart",
            ],
            "2026-03-09T17:00:00+07:00",
        ),
        (
            ["--term", "2 ngày làm việc", "--pause", "2026-03-03T09:00/", "--now", "2026-03-06T09:00"],
            "2026-03-09T17:00:00+07:00",
        ),
    ],
)
def test_options(arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--start", "2026-03-02T08:00", *arguments, "--json") == 0
    assert json.loads(capsys.readouterr().out)["due"] == expected


def test_a_start_with_another_zone_is_converted(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--start", "2026-03-02T20:00+00:00", "--term", "1 ngày làm việc", "--json") == 0
    assert json.loads(capsys.readouterr().out)["due"] == "2026-03-04T17:00:00+07:00"


def test_the_explanation_as_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--start", "2026-12-31T08:00", "--term", "1 ngày làm việc") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "Hạn trả kết quả: 17:00 ngày 04/01/2027 (thứ Hai)."
    assert any("năm 2027 chưa có thông báo" in line for line in lines)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--start", "2026-03-02T08:00", "--term", "5"],
        ["--start", "2026-03-02T08:00", "--term", "mãi mãi"],
        ["--start", "hôm nay", "--term", "1 ngày"],
        ["--start", "2026-03-02", "--term", "1 ngày"],
        ["--start", "2026-02-30T08:00", "--term", "1 ngày"],
        ["--start", "2026-03-02T08:00", "--term", "1 ngày", "--pause", "2026-03-03T09:00"],
        ["--start", "2026-03-02T08:00", "--term", "1 ngày", "--pause", "2026-03-03T09:00/2026-03-02T09:00"],
        ["--start", "2026-03-02T08:00", "--term", "1 ngày", "--now", "bây giờ"],
        ["--start", "0001-01-01T00:00", "--term", "1 ngày"],
        ["--start", "0001-01-01T00:00+14:00", "--term", "1 ngày"],
    ],
)
def test_wrong_use_is_one_sentence_on_stderr(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments, "--json") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.strip().splitlines()) == 1


def test_no_django_is_loaded() -> None:
    heavy = "('django', 'psycopg', 'numpy')"
    code = f"import sys, motcua.cli.due; sys.exit(any(m.split('.')[0] in {heavy} for m in sys.modules))"
    assert (
        subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": ":".join(sys.path)}).returncode == 0
    )
