"""The private database server: started by the first command that needs it, stopped by the last one that leaves."""

from __future__ import annotations

import atexit
import os
import time
from pathlib import Path
from urllib.parse import quote

from motcua.cli.bootstrap import tuning
from motcua.cli.bootstrap.locks import Shared, exclusive
from motcua.cli.bootstrap.places import SetupError, say, state
from motcua.cli.bootstrap.programs import Server, server

ROLE = DATABASE = "motcua"
_WAITING = "Một lệnh khác đang khởi động hoặc dừng cơ sở dữ liệu; đang chờ …"
_PATIENCE_SECONDS = 60
"""After a `kill -9` the dead server's processes and its replay of the log need a moment."""
_held: Shared | None = None


def ensure() -> None:
    """Makes `DATABASE_URL` point to a running server: the given one, otherwise the private one, started if need be.

    The private server is stopped when the last command using it ends. Raises SetupError when it cannot be started.
    """
    global _held
    if os.environ.get("DATABASE_URL"):
        return
    private = server()
    with exclusive(state() / "server.lock", waiting=_WAITING):
        _held = Shared(state() / "users.lock")
        try:
            _start(private)
        except BaseException:
            _held.leave()
            raise
    atexit.register(_leave, private, os.getpid())
    os.environ["DATABASE_URL"] = (
        f"postgresql://{ROLE}@/{DATABASE}?host={quote(str(private.sockets), safe='')}"
    )


def is_private() -> bool:
    """Whether this process uses the private server, which belongs to this clone alone."""
    return _held is not None


def _leave(private: Server, owner: int) -> None:
    """At the end of the command that called `ensure`, not of its forked children."""
    if os.getpid() != owner or _held is None:
        return
    with exclusive(state() / "server.lock", waiting=_WAITING):
        if _held.leave():
            _control(private, "stop", "-m", "fast")


def _start(private: Server) -> None:
    if not (private.data / "PG_VERSION").exists():
        _initialise(private)
    if not _answers(private):
        _write_settings(private)
        _start_patiently(private)
    if not _query(private, f"select 1 from pg_database where datname = '{DATABASE}'"):
        _query(private, f"create database {DATABASE}")


def _initialise(private: Server) -> None:
    """Makes the data directory aside and renames it, so that a set-up cut short leaves nothing half-made."""
    say("Đang tạo cơ sở dữ liệu PostgreSQL riêng …")
    private.account.own(private.data.parent)
    fresh = private.data.with_name("data.new")
    private.account.run("/bin/rm", "-rf", fresh)
    order = ["--locale=C.UTF-8"]
    if private.major >= 17:
        order = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    done = private.account.run(
        private.program("initdb"),
        "-D",
        fresh,
        "-U",
        ROLE,
        "-A",
        "trust",
        "--encoding=UTF8",
        "--data-checksums",
        *order,
    )
    if done.returncode:
        raise SetupError(f"Không tạo được cơ sở dữ liệu: {done.stdout.strip()}")
    with (fresh / "postgresql.conf").open("a") as file:
        file.write("include 'motcua.conf'\n")
    fresh.rename(private.data)


def _write_settings(private: Server) -> None:
    chosen = tuning.settings(sockets=private.sockets)
    path = private.data / "motcua.conf"
    path.write_text("".join(f"{name} = '{value}'\n" for name, value in chosen.items()))
    os.chown(path, private.account.uid, private.account.gid)


def _start_patiently(private: Server) -> None:
    """Starts the server; after a crash, waits for what is left of the former one to disappear and tries again."""
    deadline, told = time.monotonic() + _PATIENCE_SECONDS, False
    while True:
        done = _control(private, "start", "-l", private.log, "-t", str(_PATIENCE_SECONDS))
        if done.returncode == 0:
            return
        if time.monotonic() > deadline:
            raise SetupError(f"Không khởi động được PostgreSQL; chi tiết trong {private.log}.")
        if not told:
            say("Cơ sở dữ liệu lần trước chưa dừng hẳn; đang phục hồi …")
        told = True
        _forget_the_dead(private.data)
        time.sleep(0.3)


def _forget_the_dead(data: Path) -> None:
    """Removes postmaster.pid when nothing works in the data directory any more.

    The server itself refuses while the number written there belongs to any process of the account, even a dead one not
    yet reaped or a stranger that got the number. Its processes stand in the data directory, so their absence is proof.
    """
    if Path("/proc/self/cwd").exists() and not any(
        _stands_in(data, process) for process in Path("/proc").glob("[0-9]*")
    ):
        (data / "postmaster.pid").unlink(missing_ok=True)


def _stands_in(data: Path, process: Path) -> bool:
    try:
        return (process / "cwd").samefile(data)
    except OSError:
        return False


def _control(private: Server, *arguments: str | Path):
    return private.account.run(private.program("pg_ctl"), "-w", "-s", "-D", private.data, *arguments)


def _answers(private: Server) -> bool:
    return _psql(private, "select 1").returncode == 0


def _query(private: Server, statement: str) -> str:
    done = _psql(private, statement)
    if done.returncode:
        raise SetupError(f"PostgreSQL từ chối: {done.stdout.strip()}")
    return done.stdout.strip()


def _psql(private: Server, statement: str):
    return private.account.run(
        private.program("psql"),
        "-X",
        "-A",
        "-t",
        "-h",
        private.sockets,
        "-U",
        ROLE,
        "-d",
        "postgres",
        "-c",
        statement,
    )
