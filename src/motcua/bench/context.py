"""What every benchmark is given, the shape of what it answers, and the databases of its own."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

DATABASE, SCALE_DATABASE = "motcua_bench", "motcua_bench_scale"
Line = dict[str, Any]


@dataclass(frozen=True)
class Context:
    """`say` writes a line of progress; `serve(port, log)` starts the real web server and returns when it answers."""

    say: Callable[[str], None]
    serve: Callable[[int, Path], subprocess.Popen[bytes]]
    state: Path

    def progress(self, what: str, done: int, total: int) -> None:
        """Counting progress, told at every tenth."""
        if done == total or done * 10 // max(total, 1) != (done - 1) * 10 // max(total, 1):
            self.say(f"{what}: {done:,}/{total:,}")


def at_most(bench: str, metric: str, value: float, unit: str, *, bar: float) -> Line:
    """The answer of a benchmark without a floor: `value` must not exceed `bar`."""
    return _line(bench, metric, value, unit, bar, ok=value <= bar)


def beside_floor(bench: str, metric: str, value: float, unit: str, *, floor: float, bar: float) -> Line:
    """Work per second beside the least that must be done: `value / floor` must reach `bar`."""
    ratio = value / floor
    return _line(bench, metric, value, unit, bar, floor=floor, ratio=ratio, ok=ratio >= bar)


def _line(
    bench: str, metric: str, value: float, unit: str, bar: float, *, ok: bool, floor: float | None = None,
    ratio: float | None = None,
) -> Line:  # fmt: skip
    return {
        "bench": bench, "metric": metric, "value": _short(value), "unit": unit, "floor": _short(floor),
        "ratio": _short(ratio), "bar": bar, "ok": ok,
    }  # fmt: skip


def _short(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}") if abs(value) < 1000 else round(value)


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` (0…1) of `values` lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def move_to(name: str, *, fresh: bool) -> None:
    """Points DATABASE_URL at the benchmark's own database on the same server; made anew when `fresh` or missing.

    Called before Django is loaded. The database the address named before is never touched.
    """
    url = os.environ["DATABASE_URL"]
    own = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    with psycopg.connect(url, autocommit=True) as connection:
        if fresh:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not known:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    os.environ["DATABASE_URL"] = own


@contextmanager
def running(server: subprocess.Popen[bytes]) -> Iterator[None]:
    """Ends the web server afterwards, also when the benchmark fails."""
    try:
        yield
    finally:
        server.terminate()
        server.wait(30)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
