"""What is to be done again and again. Filled once, in `site/wiring.py`.

A due moment becomes an ordinary job, asked for once however many workers there are. A worker that starts late makes up for
the latest moment only, and only as long as it makes sense (`late`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from motcua.base.actor import SYSTEM
from motcua.jobs import services
from motcua.jobs.registry import Function, work
from motcua.jobs.rules import Daily, Every

_HALF_A_DAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Entry:
    """A kind of work, when it is due, and how late it may still be begun."""

    kind: str
    plan: Daily | Every
    late: timedelta


_entries: dict[str, Entry] = {}
_asked: dict[str, datetime] = {}
"""The latest moment of each entry this process has seen to, so that it does not ask the database every second."""


def daily(name: str, function: Function, *, title: Any, hour: time, late: timedelta = _HALF_A_DAY) -> None:
    """Does `function` every day at `hour` (Vietnamese clock)."""
    work(name, function, title=title)
    _entries[name] = Entry(name, Daily(hour), late)


def every(name: str, function: Function, *, title: Any, span: timedelta) -> None:
    """Does `function` whenever `span` has passed, counted from midnight."""
    work(name, function, title=title)
    _entries[name] = Entry(name, Every(span), span)


def entries() -> list[Entry]:
    """Everything that is done again and again."""
    return list(_entries.values())


def ask_for_what_is_due(now: datetime) -> int:
    """Asks for the jobs whose moment has come; gives how many were new."""
    return sum(1 for entry in entries() if _ask(entry, now))


def _ask(entry: Entry, now: datetime) -> bool:
    slot = entry.plan.last_slot(now)
    if _asked.get(entry.kind) == slot or now - slot > entry.late:
        return False
    asked = services.ask_once(f"{entry.kind} {slot.isoformat()}", entry.kind, actor=SYSTEM, now=now)
    _asked[entry.kind] = slot
    return asked is not None
