"""The acts a step may demand before it is left: papers digitised, fees taken. Files and amounts stand beside the spine. Pure."""

from __future__ import annotations

from datetime import datetime

from motcua.base.actor import Actor
from motcua.dossiers.rules.acts import record, require
from motcua.dossiers.rules.refusals import NothingDone
from motcua.dossiers.rules.state import IN_HAND, Dossier, State


def digitise(dossier: Dossier, *, papers: int, now: datetime, actor: Actor) -> None:
    """`papers` of the checklist got their digitised copy (NĐ 118/2025 Đ18: at reception or before settlement)."""
    require(dossier, "số hóa giấy tờ", *IN_HAND, State.SUBMITTED, State.FINISHED)
    if not papers:
        raise NothingDone(what="giấy tờ nào có tệp")
    record(dossier, "digitised", now=now, actor=actor, papers=papers)


def take_fees(dossier: Dossier, *, names: list[str], amount: int, now: datetime, actor: Actor) -> None:
    """Fees told at intake were taken, `amount` in VND."""
    require(dossier, "ghi nhận đã thu phí, lệ phí", *IN_HAND, State.FINISHED)
    if not names:
        raise NothingDone(what="khoản phí, lệ phí nào")
    record(dossier, "fees_taken", now=now, actor=actor, names="; ".join(names), amount=amount)
