"""What this room does when a dossier ends: what still waited for a decision or an opinion is closed."""

from __future__ import annotations

from motcua.journal.registry import Envelope
from motcua.kit.clock import now
from motcua.proposals import opinions
from motcua.proposals.services import close_open

ENDS = ("dossier.decided", "dossier.stopped", "dossier.sent_back", "dossier.withdrawn", "dossier.voided")
_WHY = "Hồ sơ đã kết thúc, không còn việc để quyết định."


def dossier_ended(envelope: Envelope) -> None:
    """Closes what is open on the dossier; safe to repeat."""
    close_open(int(envelope.stream_id), why=_WHY, now=now())
    opinions.close_open(int(envelope.stream_id), now=now())
