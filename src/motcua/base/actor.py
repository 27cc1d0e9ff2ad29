"""Who does an act. Every verb takes one; every event keeps it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Duty:
    """A position an officer holds today: a role at a unit, with the numbers of that unit and all below it."""

    role: str
    unit_id: int
    units: frozenset[int]


@dataclass(frozen=True)
class Actor:
    """A person or a program that acts.

    kind: "officer", "citizen" or "system"; id: the officer's number (None for others);
    label: the words shown in the history ("Nguyễn Thị Mẫu – Bộ phận một cửa"); unit: code of the unit acted for.
    """

    kind: str
    label: str
    id: int | None = None
    unit: str = ""
    duties: tuple[Duty, ...] = ()

    def holds(self, role: str, unit_id: int | None = None) -> bool:
        """Whether the actor has `role`, at `unit_id` itself or above it when one is given."""
        return any(duty.role == role and (unit_id is None or unit_id in duty.units) for duty in self.duties)

    def units(self, *roles: str) -> frozenset[int]:
        """The numbers of all units the actor covers with any of `roles` (with every role when none is named)."""
        return frozenset().union(*(d.units for d in self.duties if not roles or d.role in roles))


SYSTEM = Actor(kind="system", label="Hệ thống")
