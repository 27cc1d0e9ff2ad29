"""The worker process: drains the outbox until it is told to stop."""

from __future__ import annotations

import signal
import threading
from datetime import datetime
from types import FrameType

import structlog
from django.db import close_old_connections

from motcua.journal.drain import drain
from motcua.kit.clock import now

log = structlog.get_logger("motcua.worker")
_IDLE = 1.0


class Worker:
    """One loop; several workers may run side by side."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    def stop(self, signum: int = 0, frame: FrameType | None = None) -> None:
        """Ends the loop after the delivery in hand."""
        self._stop.set()

    def run(self) -> None:
        log.info("worker_started")
        while not self._stop.is_set():
            if not self.turn(now()):
                self._stop.wait(_IDLE)
        log.info("worker_stopped")

    def turn(self, at: datetime) -> int:
        """One round: a batch of the deliveries that are due; gives how many there were."""
        close_old_connections()
        try:
            return drain(at)
        except Exception:  # noqa: BLE001 - a database that is away must not end the worker
            log.exception("worker_turn_failed")
            return 0


def run() -> None:
    """Runs a worker in the foreground until SIGTERM or SIGINT."""
    worker = Worker()
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    worker.run()
