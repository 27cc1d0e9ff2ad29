"""The only place that reads the real clock. Rules take `now` as an argument; the edge (page, command, worker) asks here."""

from __future__ import annotations

from datetime import datetime

from motcua.base.time import VN


def now() -> datetime:
    """The present moment, aware, on a Vietnamese clock."""
    return datetime.now(VN)
