"""The hands that do the jobs, beside the outbox in one process."""

from __future__ import annotations

import threading

import structlog
from django.db import close_old_connections, connection

from motcua.jobs.running import run_next
from motcua.jobs.schedule import ask_for_what_is_due
from motcua.kit.clock import now

log = structlog.get_logger("motcua.jobs")
_IDLE = 1.0
HANDS = 2
"""Two, so that a long export does not hold a short act back."""


class Hands:
    """Threads that take up jobs until `stop`. A job in hand goes on to the end of its batch and is left there."""

    def __init__(self, number: int = HANDS) -> None:
        self._stop = threading.Event()
        # Daemons: a batch that takes longer than the process may live is given up; nothing of it was written.
        self._threads = [
            threading.Thread(target=self._loop, name=f"jobs-{n}", daemon=True) for n in range(number)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float) -> None:
        """Waits at most `seconds` for the batches in hand."""
        self._stop.set()
        for thread in self._threads:
            thread.join(seconds / len(self._threads))

    def _loop(self) -> None:
        while not self._stop.is_set():
            if not self._turn():
                self._stop.wait(_IDLE)
        connection.close()

    def _turn(self) -> bool:
        """One job, after asking for what the schedule owes."""
        close_old_connections()
        try:
            ask_for_what_is_due(now())
            return run_next(ends=self._stop.is_set)
        except Exception:  # noqa: BLE001 - a database that is away must not end the worker
            log.exception("jobs_turn_failed")
            connection.close()
            return False
