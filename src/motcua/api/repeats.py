"""A request that may be sent again after a broken line: the same `Idempotency-Key` gives the same dossier."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError
from motcua.journal.queries import taken_in
from motcua.journal.services import take_in

_SOURCE = "api"


class KeyReused(MotcuaError):
    code = "idempotency_key_reused"
    sentence = "Idempotency-Key này đã dùng cho một yêu cầu có nội dung khác. Hãy dùng khóa mới cho yêu cầu mới."


def once(key: str | None, body: str, work: Callable[[], int], *, actor: Actor, now: datetime) -> int:
    """Runs `work` unless the caller already did with this key; gives the number of the dossier either way.

    Only a digest of `body` is kept, no personal data. Raises KeyReused when the same key comes with another body.
    """
    if not key:
        return work()
    digest = hashlib.sha256(body.encode()).hexdigest()
    external_id = hashlib.sha256(f"{actor.id} {key}".encode()).hexdigest()

    def handle(payload: dict[str, Any]) -> None:
        payload["dossier"] = work()

    with transaction.atomic():
        payload = {"digest": digest}
        if not take_in(source=_SOURCE, external_id=external_id, payload=payload, at=now, handle=handle):
            payload = taken_in(_SOURCE, external_id)
    if payload["digest"] != digest:
        raise KeyReused
    return int(payload["dossier"])
