"""A dossier of a group has a result: what waited for it opens (NĐ 301/2026: the next agency has it within minutes)."""

from __future__ import annotations

from motcua.base.actor import SYSTEM
from motcua.groups import queries, services
from motcua.journal.registry import Envelope
from motcua.kit.clock import now

ENDS = ("dossier.decided", "dossier.mirrored", "dossier.mirror_told")


def result_came(envelope: Envelope) -> None:
    """Opens what may open now; safe to repeat, since an opened dossier is not opened again."""
    group = queries.group_of(int(envelope.stream_id))
    if group is not None:
        services.open_ready(group, actor=SYSTEM, now=now())
