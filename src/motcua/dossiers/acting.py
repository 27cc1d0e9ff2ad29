"""What every verb on a dossier does around its act: lock, check, save, tell those who wait for the new step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from motcua.base.actor import Actor
from motcua.dossiers import access, arrivals, store
from motcua.dossiers.gates import pass_gates
from motcua.dossiers.rules import acts
from motcua.dossiers.rules.state import Dossier


@contextmanager
def acting(
    dossier_id: int, act: str, *, actor: Actor, now: datetime, revision: int | None
) -> Iterator[tuple[Dossier, datetime]]:
    """Lock, check revision, right and gates; the act; save. A clock set back never runs behind the last act."""
    with transaction.atomic():
        dossier = store.load(dossier_id)
        access.require(actor, act, dossier)
        acts.require_revision(dossier, revision)
        pass_gates(dossier, act)
        dossier.capacity = access.capacity(actor, act, dossier)
        known, at = len(dossier.steps), max(now, dossier.recorded_at)
        yield dossier, at
        store.save(dossier)
        arrivals.tell(dossier, known=known, actor=actor, at=at)
