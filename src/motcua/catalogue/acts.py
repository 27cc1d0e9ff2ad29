"""What every verb of this room does: take the procedure's lock, write the event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from motcua.base.actor import Actor
from motcua.catalogue import events
from motcua.catalogue.errors import NotADraft, ProcedureUnknown, VersionUnknown
from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.journal import services as journal


def locked(code: str) -> Procedure:
    procedure = Procedure.objects.select_for_update().filter(code=code).first()
    if procedure is None:
        raise ProcedureUnknown(procedure=code)
    return procedure


def record(
    name: str,
    procedure: Procedure | None = None,
    data: dict[str, Any] | None = None,
    *,
    actor: Actor,
    now: datetime,
    stream: str = events.STREAM,
    stream_id: str = "",
) -> None:
    key = procedure.code if procedure else stream_id
    journal.append(stream=stream, stream_id=key, name=name, data=data or {}, actor=actor, at=now)


def draft_of(version_id: int) -> ProcedureVersion:
    version = (
        ProcedureVersion.objects.select_related("procedure")
        .select_for_update(of=("self",))
        .filter(pk=version_id)
        .first()
    )
    if version is None:
        raise VersionUnknown
    if version.state != ProcedureVersion.State.DRAFT:
        raise NotADraft(number=version.number, procedure=version.procedure.code)
    return version
