"""What the designer asks the catalogue, which stands above this room. Joined in `site/wiring.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from motcua.deadlines.rules import Term


@dataclass(frozen=True, slots=True)
class CaseTold:
    """A case of a procedure with its legal term, if it has one in numbers."""

    name: str
    term: Term | None
    after_15h: bool = False


@dataclass(frozen=True, slots=True)
class ProcedureTold:
    """A procedure in force as the designer needs it."""

    code: str
    name: str
    field_code: str
    field_name: str
    levels: tuple[str, ...]
    cases: tuple[CaseTold, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        return tuple(case.term for case in self.cases if case.term is not None)


class Procedures(Protocol):
    """Reads of procedures in force on a day."""

    def search(self, text: str, *, on: date) -> list[tuple[str, str]]:
        """Code and name of the procedures whose name or code fits `text`."""
        ...

    def told(self, code: str, *, on: date) -> ProcedureTold | None:
        """The procedure, or None when it is not in force."""
        ...

    def settled_by(self, code: str, *, on: date) -> frozenset[int]:
        """The units competent for the procedure."""
        ...

    def codes(self, *, on: date) -> dict[str, str]:
        """Name by code of every procedure in force."""
        ...


class _NoProcedures:
    """Stands here until the catalogue is joined."""

    def search(self, text: str, *, on: date) -> list[tuple[str, str]]:
        return []

    def told(self, code: str, *, on: date) -> ProcedureTold | None:
        return None

    def settled_by(self, code: str, *, on: date) -> frozenset[int]:
        return frozenset()

    def codes(self, *, on: date) -> dict[str, str]:
        return {}


_joined: Procedures = _NoProcedures()


def join(procedures: Procedures) -> None:
    """Names the room that answers."""
    global _joined
    _joined = procedures


def procedures() -> Procedures:
    """Who answers."""
    return _joined
