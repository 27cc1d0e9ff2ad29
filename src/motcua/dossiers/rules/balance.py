"""Who has too much and who could take some of it. Pure.

The proposal is deliberately plain, so that a head can check it by hand: between the officer with the most and the one
with the least open work of the same role, half the difference moves, and only what nobody has begun.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Load:
    """The work of one officer in one role at one unit; `untouched`: not begun, not late, free to move."""

    officer_id: int
    name: str
    role: str
    open: int
    overdue: int = 0
    week: int = 0
    untouched: int = 0
    settled_a_week: float = 0.0
    away: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """`count` of the newest untouched dossiers go from the most loaded to the least loaded of a role."""

    role: str
    giver: Load
    taker: Load
    count: int

    @property
    def after(self) -> tuple[int, int]:
        """How many each has afterwards."""
        return self.giver.open - self.count, self.taker.open + self.count


def suggestions(loads: Iterable[Load]) -> list[Move]:
    """At most one move a role; nobody away takes anything, and a difference of one is left alone."""
    by_role: dict[str, list[Load]] = defaultdict(list)
    for load in loads:
        by_role[load.role].append(load)
    moves = (_move(role, group) for role, group in sorted(by_role.items()))
    return [move for move in moves if move is not None]


def _move(role: str, group: list[Load]) -> Move | None:
    takers = [load for load in group if not load.away]
    if not takers:
        return None
    giver = max(group, key=lambda load: (load.open, -load.officer_id))
    taker = min(takers, key=lambda load: (load.open, load.officer_id))
    count = min((giver.open - taker.open) // 2, giver.untouched)
    return Move(role, giver, taker, count) if count > 0 and giver != taker else None
