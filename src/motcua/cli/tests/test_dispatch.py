"""`motcua <command>`: lazy, with clear exits."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from importlib import import_module

import pytest

from motcua.base.errors import InvalidInput
from motcua.cli import __main__ as dispatch
from motcua.cli import failures, web
from motcua.cli.bootstrap.places import REPO


def _motcua(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(REPO / "src"),
        "DATABASE_URL": "postgresql://nobody@/nowhere?host=/none",
    }
    return subprocess.run(
        [sys.executable, "-m", "motcua.cli", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        cwd="/",
    )


@pytest.mark.parametrize("name", sorted(dispatch.COMMANDS))
def test_every_command_in_the_table_has_its_module(name):
    module = import_module(f"motcua.cli.{dispatch.COMMANDS[name].module}")
    assert callable(module.add_arguments) and callable(module.run)


def test_due_needs_no_database_and_does_not_load_django():
    code = "import sys; from motcua.cli.__main__ import main; main(sys.argv[1:]); sys.exit('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code, "due", "--start", "2026-02-12T15:30", "--term", "5 ngày làm việc", "--json"],
        env={**os.environ, "PYTHONPATH": str(REPO / "src")}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "2026-02-26T17:00:00+07:00" in done.stdout


@pytest.mark.parametrize(
    "arguments", [["no-such-command"], ["due", "--no-such-option"], ["demo", "--dossiers", "-1"]]
)
def test_wrong_use_ends_with_two_and_says_so_on_stderr(arguments):
    done = _motcua(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "usage" in done.stderr


def test_help_is_data():
    done = _motcua("--help")
    assert done.returncode == 0
    assert "demo" in done.stdout


def test_a_refusal_is_one_sentence_and_one(capsys):
    def refuse() -> int:
        raise InvalidInput(field="Ngày", reason="không hợp lệ")

    assert failures.guarded(refuse) == 1
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "Ngày: không hợp lệ\n")


def test_an_unexpected_error_keeps_its_details_out_of_sight(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("MOTCUA_STATE_DIR", str(tmp_path))
    assert failures.guarded(lambda: 1 // 0) == 1
    shown = capsys.readouterr().err
    assert "Traceback" not in shown and str(tmp_path / "errors.log") in shown
    assert "ZeroDivisionError" in (tmp_path / "errors.log").read_text()


def test_a_taken_port_is_named_before_anything_else_happens():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(web.PortTaken, match=str(port)):
            web.check_port("127.0.0.1", port)


def test_an_old_python_is_told_what_is_missing():
    """The script itself must be readable by Pythons that cannot run motcua."""
    import ast

    ast.parse((REPO / "motcua").read_text(), feature_version=(3, 4))
