"""Who does an act. Every verb takes one; every event keeps it."""

from __future__ import annotations

from dataclasses import dataclass, replace

ADMINISTRATOR = "admin"
"""The role of `people.rules.Role.ADMIN`, named here for the rooms below `people`."""


@dataclass(frozen=True)
class Duty:
    """A position an officer holds today: a role at a unit, with the numbers of that unit and all below it.

    label: how the history names the officer in this position; on_behalf_id, on_behalf_of: number and name of the absent
    officer whose work it is; signature: the lines above the name when signing for another ("KT. GIÁM ĐỐC", "PHÓ GIÁM
    ĐỐC"); procedures: codes it is limited to (none: not limited); top: it stands at the province's own unit.
    """

    role: str
    unit_id: int
    units: frozenset[int]
    label: str = ""
    on_behalf_id: int | None = None
    on_behalf_of: str = ""
    signature: tuple[str, ...] = ()
    procedures: frozenset[str] = frozenset()
    top: bool = False

    @property
    def own(self) -> bool:
        """Held in one's own right: neither as a substitute nor by delegation."""
        return self.on_behalf_id is None and not self.signature


@dataclass(frozen=True)
class Actor:
    """A person or a program that acts.

    kind: "officer", "citizen" or "system"; id: the officer's number (None for others);
    label: the words shown in the history ("Nguyễn Thị Mẫu – Bộ phận một cửa"); unit: code of the unit acted for;
    reason: why the mode of administration is on, kept with every event written in it.
    """

    kind: str
    label: str
    id: int | None = None
    unit: str = ""
    duties: tuple[Duty, ...] = ()
    reason: str = ""

    def holds(self, role: str, unit_id: int | None = None) -> bool:
        """Whether the actor has `role`, at `unit_id` itself or above it when one is given.

        A duty limited to some procedures does not count: who knows the procedure asks `duties_for`.
        """
        return any(
            duty.role == role and not duty.procedures and (unit_id is None or unit_id in duty.units)
            for duty in self.duties
        )

    def units(self, *roles: str) -> frozenset[int]:
        """The numbers of all units the actor covers with any of `roles` (every role when none is named), all procedures."""
        return frozenset().union(
            *(d.units for d in self.duties if not d.procedures and (not roles or d.role in roles))
        )

    def duties_for(self, procedure: str) -> tuple[Duty, ...]:
        """The duties that count for a dossier of this procedure, those in the actor's own right first."""
        counted = [duty for duty in self.duties if not duty.procedures or procedure in duty.procedures]
        return tuple(sorted(counted, key=lambda duty: not duty.own))

    def holders(self, unit_id: int | None) -> frozenset[int | None]:
        """Whose steps by name at this unit are the actor's to do: their own and those of officers they stand in for."""
        absent = {d.on_behalf_id for d in self.duties if d.on_behalf_id is not None and unit_id in d.units}
        return frozenset({self.id, *absent})

    def without(self, role: str) -> Actor:
        """The same person without the duties of `role`."""
        return replace(self, duties=tuple(duty for duty in self.duties if duty.role != role))

    def runs_province(self) -> bool:
        """Whether the actor administers the whole province: units, calendar, what goes out. The system may."""
        return self.kind == "system" or any(d.role == ADMINISTRATOR and d.top for d in self.duties)


SYSTEM = Actor(kind="system", label="Hệ thống")
