"""Who may see and close reports: leaders, controllers, directors of centres and chairs, each within their units."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from motcua.base.actor import Actor
from motcua.base.errors import NotAllowed
from motcua.organisation.queries import tree
from motcua.people.access import actor
from motcua.people.rules import Role

READERS = (Role.LEADER, Role.CENTRE, Role.CONTROL, Role.CHAIR)
_SENTENCE = (
    "báo cáo dành cho lãnh đạo, Trung tâm Phục vụ hành chính công và cán bộ kiểm soát thủ tục hành chính."
)


def reader(request: HttpRequest) -> None:
    """Lãnh đạo, giám đốc Trung tâm Phục vụ hành chính công, cán bộ kiểm soát thủ tục hành chính, Chủ tịch."""
    if not reads_reports(actor(request)):
        raise NotAllowed(reason=_SENTENCE)


def reads_reports(officer: Actor) -> bool:
    """Whether the officer has any role that reads reports."""
    return any(officer.holds(role) for role in READERS)


def may_see_unit(officer: Actor, unit: int | None, *, on: date) -> bool:
    """Whether the unit (None: the whole province) lies within the officer's reach."""
    if officer.kind == "system":
        return True
    reach = officer.units(*READERS)
    return unit in reach if unit is not None else bool(reach) and reach >= set(tree(on))


def require_unit(officer: Actor, unit: int | None, *, on: date) -> None:
    """Refuses a unit outside the actor's reach."""
    if not may_see_unit(officer, unit, on=on):
        raise NotAllowed(reason="đơn vị này không thuộc phạm vi quản lý của bạn.")
