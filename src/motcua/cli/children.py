"""Child processes of a command: they end with it, also when it is killed."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path

from motcua.cli.bootstrap.places import REPO, say

_STOP_SECONDS = 15
_PR_SET_PDEATHSIG = 1


def start(
    arguments: list[str], *, environment: Mapping[str, str] | None = None, log: Path | None = None
) -> subprocess.Popen[bytes]:
    """Starts `python <arguments>` in a group of its own, so that Ctrl-C reaches it only through its parent.

    What it says goes to stderr, or to the file `log`.
    """
    with log.open("ab") if log else nullcontext(sys.stderr) as said:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=REPO,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )


def stop(children: list[subprocess.Popen[bytes]]) -> None:
    """Asks all to end, waits, and ends those that do not."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + _STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def watch(essential: subprocess.Popen[bytes], *, renew: Callable[[], subprocess.Popen[bytes]]) -> int:
    """Waits for the end of `essential`; starts the helper made by `renew` again whenever it ends. Gives the exit code.

    Both are stopped when the wait is interrupted.
    """
    helper = renew()
    try:
        while essential.poll() is None:
            if helper.poll() is not None:
                say("Tiến trình nền đã dừng bất thường; đang chạy lại …")
                helper = renew()
            time.sleep(1)
        return essential.returncode
    finally:
        stop([essential, helper])


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
