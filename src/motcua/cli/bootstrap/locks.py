"""Locks between commands that run at the same time. The kernel frees them when their holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from motcua.cli.bootstrap.places import say


@contextmanager
def exclusive(path: Path, *, waiting: str) -> Iterator[None]:
    """Holds the lock file `path` alone; says `waiting` once if another command holds it."""
    handle = _open(path)
    try:
        if not _try(handle, fcntl.LOCK_EX):
            say(waiting)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


class Shared:
    """A place among several holders of one lock file: "I am using this". The last one to leave can find out."""

    def __init__(self, path: Path) -> None:
        self._handle = _open(path)
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def leave(self) -> bool:
        """Gives up the place; True if nobody else holds one."""
        alone = _try(self._handle, fcntl.LOCK_EX)
        os.close(self._handle)
        return alone


def _open(path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _try(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
