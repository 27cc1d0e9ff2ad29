from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest

from motcua.catalogue.models import Procedure
from motcua.catalogue.tests.conftest import lines, record
from motcua.cli import import_procedures

SOURCE = Path(import_procedures.__file__).parents[2]


def run(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    import_procedures.add_arguments(parser)
    return import_procedures.run(parser.parse_args([str(argument) for argument in arguments]))


def test_check_writes_the_report_and_puts_only_data_on_stdout(write, tmp_path, capsys):
    out = tmp_path / "out.json"
    assert run(write("a.jsonl.gz", lines(record())), "--check", "--report", out, "--json") == 0
    summary = json.loads(capsys.readouterr().out)
    report = json.loads(out.read_text("utf-8"))
    assert (summary["new"], report["by_record"]["1.900001"]) == (1, {"status": "new", "findings": []})


def test_findings_are_no_failure(write, tmp_path):
    path = write("a.jsonl", lines(record(ket_qua_xu_ly="")))
    assert run(path, "--check", "--report", tmp_path / "out.json") == 0


def test_a_bad_line_is_a_failure_named_by_file_and_line(write, tmp_path, capsys):
    path = write("a.jsonl", lines(record()) + b"{\n")
    assert run(path, "--check", "--report", tmp_path / "out.json") == 1
    assert f"{path}:2: " in capsys.readouterr().err


def test_a_missing_file_is_a_failure(tmp_path):
    assert run(tmp_path / "absent.jsonl", "--check", "--report", tmp_path / "out.json") == 1


@pytest.mark.parametrize("report", ["no/such/folder/out.json", ".", "a.jsonl"])
def test_a_report_that_cannot_be_written_is_wrong_use(write, tmp_path, report):
    path = write("a.jsonl", lines(record()))
    assert run(path, "--check", "--report", tmp_path / report) == 2
    assert path.read_bytes() == lines(record())


def test_wrong_options_are_wrong_use(tmp_path):
    with pytest.raises(SystemExit) as stop:
        run("--report", tmp_path / "out.json")
    assert stop.value.code == 2


@pytest.mark.django_db
def test_without_check_the_records_are_stored_and_a_second_time_unchanged(write, tmp_path):
    path, out = write("a.jsonl", lines(record())), tmp_path / "out.json"
    assert run(path, "--report", out) == 0
    assert Procedure.objects.get().code == "1.900001"
    assert run(path, "--report", out) == 0
    assert json.loads(out.read_text("utf-8"))["unchanged"] == 1


def test_check_needs_neither_django_nor_a_database(write, tmp_path):
    program = (
        "import sys, argparse\n"
        "from motcua.cli import import_procedures as command\n"
        "parser = argparse.ArgumentParser(); command.add_arguments(parser)\n"
        "code = command.run(parser.parse_args())\n"
        "sys.exit(9 if 'django' in sys.modules else code)\n"
    )
    path = write("a.jsonl", lines(record()))
    asked = [sys.executable, "-c", program, str(path), "--check", "--report", str(tmp_path / "out.json")]
    done = subprocess.run(asked, env={"PYTHONPATH": str(SOURCE)}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
