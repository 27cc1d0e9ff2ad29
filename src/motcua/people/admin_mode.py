"""Administration is a mode of some minutes, not a lasting power: begun with a reason and the password, all of it logged."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from motcua.base.actor import ADMINISTRATOR, Actor
from motcua.base.errors import MotcuaError, NotAllowed, NotFound
from motcua.base.text import clean
from motcua.journal.services import append
from motcua.people.models import AdminMode

_SHORTEST = 10


class AdminReasonMissing(MotcuaError):
    code = "admin_reason_missing"
    sentence = "Hãy ghi rõ việc cần làm (ít nhất 10 ký tự); lý do được lưu cùng mọi thao tác trong chế độ quản trị."


@transaction.atomic
def begin(*, reason: str, minutes: int, actor: Actor, now: datetime) -> int:
    """Begins the mode for `minutes`; the page has asked for the password again. Gives its number.

    actor: the officer with their lasting positions. Raises NotAllowed, AdminReasonMissing.
    """
    if actor.id is None or not actor.holds(ADMINISTRATOR):
        raise NotAllowed(reason="chỉ cán bộ giữ vị trí quản trị hệ thống được bật chế độ quản trị.")
    reason = clean(reason)
    if len(reason) < _SHORTEST:
        raise AdminReasonMissing
    AdminMode.objects.filter(officer_id=actor.id, closed_at=None, ends_at__gt=now).update(closed_at=now)
    row = AdminMode.objects.create(
        officer_id=actor.id, reason=reason, started_at=now, ends_at=now + timedelta(minutes=minutes)
    )
    _record(row, "admin_mode_begun", {"reason": reason, "minutes": minutes}, actor, now)
    return row.pk


@transaction.atomic
def end(*, mode_id: int, actor: Actor, now: datetime) -> None:
    """Ends the mode before its time; a second time changes nothing."""
    row = AdminMode.objects.select_for_update().filter(pk=mode_id, officer_id=actor.id).first()
    if row is None:
        raise NotFound(what="lần bật chế độ quản trị này")
    if row.closed_at is None and row.ends_at > now:
        row.closed_at = now
        row.save(update_fields=["closed_at"])
        _record(row, "admin_mode_ended", {}, actor, now)


def _record(row: AdminMode, name: str, data: dict[str, object], actor: Actor, now: datetime) -> None:
    append(
        stream="officer", stream_id=str(row.officer_id), name=f"people.{name}", data={"mode": row.pk, **data}, actor=actor,
        at=now,
    )  # fmt: skip
