"""Papers whose content the State already holds: asked for only with the failed look-up (NĐ 118/2025 Đ4.2a as amended).

Which papers those are is data of the catalogue (`held_by` of a component, with the procedure's decision).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.base.text import fold
from motcua.base.time import local
from motcua.catalogue.queries import version_facts
from motcua.dossiers.rules.refusals import LookupMissing


@dataclass(frozen=True, slots=True)
class Lookup:
    """A look-up in a database that did not give what was needed: what was asked and answered, when, and its print."""

    text: str
    at: datetime
    file_id: int | None = None


def held_by(version_id: int) -> dict[str, str]:
    """Folded name of each paper of the version that the State holds, with the database that holds it."""
    return {fold(c.name): c.held_by for c in version_facts(version_id).components if c.held_by}


def with_lookup(items: Iterable[dict[str, str]], version_id: int, lookup: Lookup | None) -> list[dict[str, Any]]:
    """`items` with the look-up written beside what the State holds. Raises LookupMissing when it was not attached."""
    listed, held = [dict(item) for item in items], held_by(version_id)
    concerned = [item for item in listed if fold(item.get("name", "")) in held]
    if not concerned:
        return listed
    if lookup is None or not lookup.text.strip():
        raise LookupMissing(names="; ".join(f"{i['name']} ({held[fold(i['name'])]})" for i in concerned))
    for item in concerned:
        item |= _written(lookup, held[fold(item["name"])], item.get("note", ""))
    return listed


def _written(lookup: Lookup, database: str, note: str) -> dict[str, Any]:
    told = f"Không khai thác được từ {database} lúc {local(lookup.at):%H:%M ngày %d/%m/%Y}"
    return {
        "note": f"{note}. {told}" if note else told,
        "held_by": database,
        "lookup": lookup.text.strip(),
        "looked_up_at": lookup.at.isoformat(),
        "lookup_file": lookup.file_id,
    }
