"""Rooms above may hold an act back: a gate says why. Filled in `site/wiring.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from motcua.base.errors import MotcuaError
from motcua.dossiers.rules.state import Dossier


@dataclass(frozen=True, slots=True)
class Blocker:
    """Why an act has to wait, and what to do about it."""

    sentence: str


Gate = Callable[[Dossier, str], Blocker | None]
GATES: list[Gate] = []


class Blocked(MotcuaError):
    code = "blocked"
    sentence = "{why}"


def pass_gates(dossier: Dossier, act: str) -> None:
    """Refuses `act` when a gate holds it back; the first blocker speaks."""
    for gate in GATES:
        blocker = gate(dossier, act)
        if blocker is not None:
            raise Blocked(why=blocker.sentence)
