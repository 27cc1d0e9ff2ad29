"""Which kind of sheet is done by whom."""

from __future__ import annotations

from motcua.onboarding.kinds.base import SheetKind
from motcua.onboarding.kinds.dossiers import Dossiers
from motcua.onboarding.kinds.officers import Officers
from motcua.onboarding.kinds.units import Units
from motcua.onboarding.rules.fields import Kind

_KINDS: dict[Kind, SheetKind] = {Kind.UNITS: Units(), Kind.OFFICERS: Officers(), Kind.DOSSIERS: Dossiers()}


def sheet_kind(kind: Kind) -> SheetKind:
    """What examines, applies and takes back the lines of this kind."""
    return _KINDS[kind]
