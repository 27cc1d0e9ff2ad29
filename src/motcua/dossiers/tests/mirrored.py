"""What the tests of followed dossiers share: a source on the list and a message of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from motcua.base.actor import SYSTEM
from motcua.base.time import at
from motcua.demo.cast import LICENCE, ON, OWNER, SINCE
from motcua.dossiers import mirrors, sources
from motcua.dossiers.mirrors import Outcome
from motcua.dossiers.rules.mirroring import Told, ToldStep
from motcua.dossiers.rules.state import State

NOW = at(ON, time(8))
SOURCE = "BTP-HT"
CODE = "G15.22-260302-0007"


def list_source(code: str = SOURCE) -> None:
    sources.add_source(
        code=code, name="Hệ thống mẫu", ministry="Bộ Mẫu", since=SINCE, citation="NĐ 224/2026/NĐ-CP Đ15", actor=SYSTEM, now=NOW
    )


def told(state: State = State.PROCESSING, **changes: Any) -> Told:
    """A message of 9/3/2026, 10:00, about a dossier accepted on 2/3 and due on 12/3."""
    first = NOW - timedelta(days=8)
    message = Told(
        SOURCE, CODE, NOW - timedelta(hours=22), LICENCE, "H99.02", "online", state, first, accepted_at=first,
        due_at=at(ON, time(17)) + timedelta(days=2), state_words="Đang thẩm định",
        steps=(ToldStep("Tiếp nhận", "done", first), ToldStep("Thẩm định", "now")),
    )  # fmt: skip
    return replace(message, **changes)


def finished(end: datetime = NOW - timedelta(hours=1), **changes: Any) -> Told:
    return told(State.FINISHED, ended_at=end, end_kind="finished", told_at=end, **changes)


def take(message: Told, *, owner: Any = OWNER, now: datetime = NOW) -> tuple[int, Outcome]:
    return mirrors.mirror(message, owner, actor=SYSTEM, now=now)
