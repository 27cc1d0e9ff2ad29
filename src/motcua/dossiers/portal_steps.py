"""The way of a dossier in the five stations a citizen knows: handed in, accepted, passed on, settled, returned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from motcua.base.time import local
from motcua.dossiers.rules.state import State

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier

Step = dict[str, str]


def steps_of(row: Dossier, names: Mapping[int, str]) -> list[Step]:
    """The stations: done with their date, the present one with who holds the dossier, those to come."""
    desk, unit = names.get(row.intake_unit_id, ""), names.get(row.unit_id, "")
    way = [_done(_("Nộp hồ sơ"), row.submitted_at, desk)]
    if row.state == State.VOIDED:
        return way
    if row.state == State.REFUSED_AT_INTAKE:
        return [*way, _done(_("Từ chối tiếp nhận"), row.ended_at, desk)]
    way.append(_station(_("Tiếp nhận, hẹn ngày trả"), row.accepted_at, desk, now=True))
    if not row.own_counter:
        way.append(_station(_("Chuyển đến cơ quan giải quyết"), row.received_at, unit, now=row.accepted_at is not None))
    begun = row.accepted_at is not None and (row.own_counter or row.received_at is not None)
    if row.state in _EARLY_ENDS:
        return [step for step in way if step["state"] == "done"] + [_done(_EARLY_ENDS[row.state](), row.ended_at, unit)]
    holder = names.get(row.holder_unit_id or 0, unit) if begun and row.ended_at is None else unit
    way.append(_station(_("Giải quyết"), row.ended_at, holder, now=begun))
    return [*way, _station(_("Trả kết quả"), row.returned_at, desk, now=row.ended_at is not None)]


_EARLY_ENDS = {
    State.STOPPED.value: lambda: _("Dừng giải quyết"),
    State.WITHDRAWN.value: lambda: _("Chủ hồ sơ rút hồ sơ"),
    State.SENT_BACK.value: lambda: _("Trả lại hồ sơ"),
}


def _station(name: str, at: datetime | None, place: str, *, now: bool) -> Step:
    if at is not None:
        return _done(name, at, place)
    return {"name": name, "state": "now" if now else "next", "date": "", "holder": place}


def _done(name: str, at: datetime | None, place: str) -> Step:
    return {"name": name, "state": "done", "date": f"{local(at):%H:%M ngày %d/%m/%Y}" if at else "", "holder": place}
