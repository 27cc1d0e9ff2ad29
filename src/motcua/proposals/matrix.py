"""The matrix of the monthly report (SOS-01, 02): counted from `proposal_facts`, each figure with its dossiers.

At the end of the period a proposal is under consideration when it was made by then and not decided by then; decisions
and withdrawals count in the period they fall into. The officer's reach limits the rows, not the shape.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from motcua.base.actor import Actor
from motcua.base.time import day_end, day_start
from motcua.dossiers import access
from motcua.organisation import queries as organisation

GROUPS = ("stop", "supplement", "refuse")
STATES = ("pending", "approved", "rejected")
WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Question:
    """Which days (both included) and which unit with all below it (None: everything within reach)."""

    first: date
    last: date
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Nine cells by group and state, and the withdrawals beside."""

    cells: dict[tuple[str, str], int]
    withdrawn: int

    @property
    def stopped(self) -> int:
        """All but withdrawals ("738")."""
        return sum(self.cells.values())

    @property
    def total(self) -> int:
        """Withdrawals too ("885")."""
        return self.stopped + self.withdrawn


_IN_PERIOD = """
    SELECT f.*, CASE WHEN f.decided_at IS NULL OR f.decided_at >= %(end)s THEN 'pending' ELSE f.state END AS stood
    FROM proposal_facts f
    WHERE f.proposed_at < %(end)s AND (f.decided_at IS NULL OR f.decided_at >= %(start)s)
        AND (f.unit_id = ANY(%(reach)s) OR f.intake_unit_id = ANY(%(reach)s))
        AND (%(units)s::bigint[] IS NULL OR f.unit_id = ANY(%(units)s))
"""
_COUNTED = f"""
    SELECT {{columns}}, count(DISTINCT r.dossier_id) FROM ({_IN_PERIOD}) r
    WHERE r.stood <> 'taken_back' GROUP BY {{columns}}
"""
_BEHIND = f"SELECT r.dossier_id FROM ({_IN_PERIOD}) r WHERE r.kind = %(kind)s AND r.stood = %(state)s"


def count(question: Question, *, actor: Actor) -> Matrix:
    """The ten cells."""
    found = {(kind, state): n for kind, state, n in _counted(question, actor, "r.kind, r.stood")}
    cells = {(group, state): found.get((group, state), 0) for group in GROUPS for state in STATES}
    return Matrix(cells, found.get((WITHDRAWN, "approved"), 0))


def by_unit(question: Question, *, actor: Actor) -> list[tuple[int, int]]:
    """Competent units by how many stops, supplements, refusals and withdrawals they had, the busiest first."""
    return sorted(_counted(question, actor, "r.unit_id"), key=lambda row: (-row[1], row[0]))


def by_reason(question: Question, *, actor: Actor) -> list[tuple[str, int]]:
    """Codes of reason classes by their number, the most frequent first; withdrawals give no class and are left out."""
    rows = _counted(question, actor, "r.kind, r.reason_class")
    sums: dict[str, int] = {}
    for kind, code, n in rows:
        if kind != WITHDRAWN:
            sums[code] = sums.get(code, 0) + n
    return sorted(sums.items(), key=lambda row: (-row[1], row[0]))


def behind(question: Question, *, kind: str, state: str, actor: Actor) -> list[int]:
    """Numbers of the dossiers in one cell."""
    return [number for (number,) in _read(_BEHIND, question, actor, kind=kind, state=state)]


def reach(actor: Actor) -> frozenset[int]:
    """Units whose figures the officer may read."""
    return actor.units(*access.OVERSEERS)


def _counted(question: Question, actor: Actor, columns: str) -> Sequence[Any]:
    return _read(_COUNTED.format(columns=columns), question, actor)


def _read(sql: str, question: Question, actor: Actor, **more: str) -> Sequence[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {**_parameters(question, reach(actor)), **more})
        return cursor.fetchall()


def _parameters(question: Question, units: Collection[int]) -> dict[str, Any]:
    below = organisation.ever_below(question.unit_id) if question.unit_id is not None else None
    return {
        "start": day_start(question.first), "end": day_end(question.last), "reach": sorted(units),
        "units": sorted(below) if below is not None else None,
    }  # fmt: skip
