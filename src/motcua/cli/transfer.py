"""Moves whole databases with PostgreSQL's own programs, which the private server's package brings along."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from motcua.base.errors import MotcuaError
from motcua.cli.bootstrap.programs import client_programs

_NEWER_ONLY = b"SET transaction_timeout = 0;"
"""Written by pg_dump 17 and newer; older servers do not know it."""
_PREAMBLE_LINES = 60


class TransferFailed(MotcuaError):
    """PostgreSQL's program failed; a restore changed nothing."""

    code = "transfer_failed"
    sentence = "{program} không hoàn thành: {reason}"


def dump(to: Path) -> None:
    """Dumps the database of `DATABASE_URL` as it is at one instant, compressed, without owners and rights."""
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={to}", _address())


def replace(source: Path) -> None:
    """Replaces the contents of the database by the dump `source` in one transaction: all of it or nothing."""
    psql = [
        _program("psql"),
        "-X",
        "-q",
        "--single-transaction",
        "-v",
        "ON_ERROR_STOP=1",
        "-o",
        os.devnull,
        _address(),
    ]
    listing = [_program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(source)]
    with (
        subprocess.Popen(listing, stdout=subprocess.PIPE) as reader,
        subprocess.Popen(psql, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as writer,
    ):
        taken = _feed(reader, writer)
        if reader.wait() and taken:
            writer.kill()  # before its input ends: the end of the input would be its COMMIT
            raise TransferFailed(program="pg_restore", reason=f"mã lỗi {reader.returncode}")
        _, complaint = writer.communicate()
        if writer.returncode:
            raise TransferFailed(program="psql", reason=complaint.decode(errors="replace").strip())


def _feed(reader: subprocess.Popen[bytes], writer: subprocess.Popen[bytes]) -> bool:
    """Sends the statements and leaves the input open; False when psql stopped at an error, and the reader with it."""
    assert reader.stdout is not None and writer.stdin is not None
    try:
        writer.stdin.write(b"SET client_min_messages = warning;\n")
        writer.stdin.write(b"DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n")
        for chunk in _compatible(reader.stdout):
            writer.stdin.write(chunk)
        writer.stdin.flush()
    except BrokenPipeError:
        reader.kill()
        return False
    return True


def _compatible(statements: IO[bytes]) -> Iterator[bytes]:
    for _ in range(_PREAMBLE_LINES):
        line = statements.readline()
        if line.strip() != _NEWER_ONLY:
            yield line
    while chunk := statements.read(1024 * 1024):
        yield chunk


def _program(name: str) -> str:
    return str(client_programs() / name)


def _address() -> str:
    return os.environ["DATABASE_URL"]


def _run(name: str, *arguments: str) -> None:
    done = subprocess.run(
        [_program(name), *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if done.returncode:
        raise TransferFailed(program=name, reason=done.stderr.strip())
