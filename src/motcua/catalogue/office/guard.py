"""Who keeps the catalogue."""

from __future__ import annotations

from motcua.people.access import roles
from motcua.people.rules import Role

keepers = roles(Role.ADMIN, Role.CONTROL)
"""Administrators and the officers who control administrative procedures (NĐ 63/2010)."""
