"""The verbs of this room, each one transaction or a row of them that may be stopped anywhere and repeated."""

from __future__ import annotations

from motcua.alerts.backlog import check_backlog
from motcua.alerts.digests import send_digests
from motcua.alerts.letters import edit_draft, lay_before_head, send_letter
from motcua.alerts.plans import end_plan, set_plan
from motcua.alerts.watching import warn

__all__ = [
    "check_backlog",
    "edit_draft",
    "end_plan",
    "lay_before_head",
    "send_digests",
    "send_letter",
    "set_plan",
    "warn",
]
