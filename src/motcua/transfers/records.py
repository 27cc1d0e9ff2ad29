"""What every verb of this room leaves behind: an event in the dossier's own history, and the minutes that were lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from motcua.base.actor import Actor
from motcua.base.time import local
from motcua.deadlines.queries import work_calendar
from motcua.journal.services import append
from motcua.organisation.queries import latest
from motcua.transfers.models import Stoppage
from motcua.transfers.rules import Move, minutes_lost


def tell(dossier_id: int, name: str, *, actor: Actor, now: datetime, **data: Any) -> None:
    """Writes `transfers.<name>` into the dossier's stream. Units are kept with the name they had."""
    units = {f"{key}_name": latest(data[key]).name for key in ("from_unit", "to_unit") if key in data}
    append(
        stream="dossier", stream_id=str(dossier_id), name=f"transfers.{name}", data={**data, **units}, actor=actor, at=now
    )


def resumed(
    dossier_id: int, unit_id: int, *, due: datetime | None, now: datetime, move: Move, actor: Actor, reason: str = "",
    line_id: int | None = None, leg_id: int | None = None,
) -> int:  # fmt: skip
    """Records the working minutes from the due moment of the receiving unit until now; nothing when it was in time."""
    if due is None or now <= due:
        return 0
    minutes = minutes_lost(due, now, work_calendar())
    Stoppage.objects.create(
        dossier_id=dossier_id, unit_id=unit_id, line_id=line_id, leg_id=leg_id, due_at=due, resumed_at=now,
        minutes=minutes, move=move, reason=reason, officer=actor.label,
    )  # fmt: skip
    return minutes


def moment(at: datetime | None) -> str:
    """ "14:30 ngày 10/02/2026" for sentences."""
    return f"{local(at):%H:%M ngày %d/%m/%Y}" if at else ""
