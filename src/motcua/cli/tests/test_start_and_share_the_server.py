"""The private server: started once, shared, stopped by the last user, recovered after a hard kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.cli.bootstrap import account, locks, places, programs, tuning
from motcua.cli.bootstrap.places import REPO

_HOLD = """
import os, sys, psycopg
from motcua.cli.bootstrap import database
database.ensure()
with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as found:
    found.execute("create table if not exists written (n int)")
    print(found.execute("select count(*) from written").fetchone()[0], flush=True)
    for line in sys.stdin:
        found.execute("insert into written values (%s)", [int(line)])
        print("stored", flush=True)
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """A state folder that the server's account can enter, with a short path."""
    with tempfile.TemporaryDirectory(prefix="motcua-test-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
        for left in Path(folder).glob("pg*/data/postmaster.pid"):
            os.kill(int(left.read_text().splitlines()[0]), signal.SIGQUIT)


def _command(home: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "MOTCUA_STATE_DIR": str(home), "PYTHONPATH": str(REPO / "src")}
    environment.pop("DATABASE_URL", None)
    return subprocess.Popen(
        [sys.executable, "-c", _HOLD],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip


def _line(command: subprocess.Popen[str]) -> str:
    assert command.stdout is not None
    return command.stdout.readline().strip()


def _write(command: subprocess.Popen[str], number: int) -> None:
    assert command.stdin is not None
    command.stdin.write(f"{number}\n")
    command.stdin.flush()
    assert _line(command) == "stored"


def _end(command: subprocess.Popen[str]) -> None:
    assert command.stdin is not None
    command.stdin.close()
    assert command.wait(60) == 0


def _postmaster(home: Path) -> int:
    return int(next(home.glob("pg*/data/postmaster.pid")).read_text().splitlines()[0])


def test_the_last_of_two_commands_stops_the_shared_server(home):
    first, second = _command(home), None
    assert _line(first) == "0"
    second = _command(home)
    assert _line(second) == "0"
    server = _postmaster(home)
    _end(first)
    _write(second, 1)
    assert _postmaster(home) == server
    _end(second)
    assert not list(home.glob("pg*/data/postmaster.pid"))


def test_two_first_commands_at_once_make_one_database(home):
    both = [_command(home), _command(home)]
    assert [_line(command) for command in both] == ["0", "0"]
    for command in both:
        _end(command)


def test_every_acknowledged_write_survives_a_kill_of_everything(home):
    command = _command(home)
    assert _line(command) == "0"
    for number in range(20):
        _write(command, number)
    os.kill(_postmaster(home), signal.SIGKILL)
    command.kill()
    command.wait()
    again = _command(home)
    assert _line(again) == "20"
    _end(again)


def test_a_place_among_sharers_knows_whether_it_is_the_last(tmp_path):
    first, second = locks.Shared(tmp_path / "lock"), locks.Shared(tmp_path / "lock")
    assert (first.leave(), second.leave()) == (False, True)


@pytest.mark.parametrize("gigabytes", [1, 4, 24, 512])
def test_settings_never_trade_safety_and_fit_the_machine(gigabytes):
    chosen = tuning.settings(sockets=Path("/run"), memory=gigabytes * 2**30)
    assert (chosen["fsync"], chosen["synchronous_commit"], chosen["listen_addresses"]) == ("on", "on", "")
    assert 64 <= int(chosen["shared_buffers"][:-2]) <= gigabytes * 1024 // 4


def test_missing_server_programs_are_named(monkeypatch, tmp_path):
    monkeypatch.setenv("MOTCUA_PG_BIN", str(tmp_path))
    with pytest.raises(places.SetupError, match="MOTCUA_PG_BIN"):
        programs.server()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root changes to another account")
def test_a_closed_clone_moves_data_and_programs_outside(monkeypatch):
    with tempfile.TemporaryDirectory(prefix="motcua-closed-", dir="/tmp") as closed:
        monkeypatch.setenv("MOTCUA_STATE_DIR", f"{closed}/state")
        found = programs.server()
        try:
            assert not found.data.is_relative_to(closed)
            assert account.server_account().can_run(found.program("postgres"))
            assert programs.server() == found
        finally:
            subprocess.run(["rm", "-rf", "--", str(found.home)], check=True)
