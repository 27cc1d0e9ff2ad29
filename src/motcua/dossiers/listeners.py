"""What this room does when another room says something happened."""

from __future__ import annotations

from motcua.base.actor import SYSTEM
from motcua.dossiers.services import recompute_due_dates
from motcua.journal.registry import Envelope
from motcua.kit.clock import now

CALENDAR_CHANGES = (
    "deadlines.day_declared",
    "deadlines.day_withdrawn",
    "deadlines.year_confirmed",
    "deadlines.session_plan_added",
    "deadlines.session_plan_ended",
)


def calendar_changed(envelope: Envelope) -> None:
    """Counts the due moments of open dossiers again; safe to repeat, since only a moved moment is written."""
    recompute_due_dates(cause=envelope.name, actor=SYSTEM, now=now())
