"""What every kind of sheet answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError
from motcua.onboarding.rules.rows import Problem, Row
from motcua.onboarding.rules.states import RowState

Made = dict[str, Any]
"""What a line brought about, by number, as plain data; enough to take it back.

With `again` it waits for another line of the sheet and is done once more when all others have been.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line whose cells could be read: its number in the sheet and what it says."""

    line: int
    row: Row


@dataclass(frozen=True, slots=True)
class Verdict:
    """What would come of a line. `place`: its turn, smaller first; `action`: in words; `key`: what must not come twice."""

    state: RowState
    key: str
    action: str = ""
    place: int = 0
    problems: tuple[Problem, ...] = field(default=())


class TakeBackRefused(MotcuaError):
    code = "take_back_refused"
    sentence = "{why}"


class SheetKind(Protocol):
    """A kind of sheet. All three functions check rights through the verbs they call."""

    def examine(self, entries: Sequence[Entry], *, actor: Actor, now: datetime) -> Mapping[int, Verdict]:
        """What would come of every line, by its number; writes nothing."""
        ...

    def apply(self, row: Row, *, actor: Actor, now: datetime) -> Made | None:
        """Does what the line says, in the caller's transaction; None when it is there already."""
        ...

    def loosen(self, made: Made, *, actor: Actor, now: datetime) -> Made:
        """Before anything is taken back: undoes what ties lines to each other; gives what is left to take back."""
        ...

    def take_back(self, made: Made, *, actor: Actor, now: datetime) -> None:
        """Undoes it by reverse acts; refuses when something has been built on it."""
        ...


def wrong(key: str, *problems: Problem) -> Verdict:
    """A line that cannot come in."""
    return Verdict(RowState.WRONG, key, problems=problems)
