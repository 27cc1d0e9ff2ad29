"""What the public may know of a group: by its code how far it is; with its secret the procedures and their dossiers.

As for a single dossier (TT 01/2018 Đ16), the public part names no procedure and no person.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.base.time import local, local_date
from motcua.groups import queries, words
from motcua.groups.models import Group
from motcua.groups.queries import ChildView, GroupView
from motcua.groups.rules import Stage

PREFIX = "LT-"
_NOBODYS_SECRET = "-" * 8
_STEP_STATES = {
    Stage.RETURNED: "done",
    Stage.READY: "done",
    Stage.ENDED: "done",
    Stage.OPEN: "now",
    Stage.WAITING: "now",
    Stage.SUBMITTED: "now",
}


@dataclass(frozen=True, slots=True)
class GroupProgress:
    """How far a group is, for anybody who holds its code."""

    id: int
    code: str
    stage: str
    late: str
    steps: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class GroupDetails:
    """The owner's page of a group."""

    code: str
    name: str
    stage: str
    late: str
    children: tuple[dict[str, str], ...]


def progress_of(code: str, *, now: datetime) -> GroupProgress | None:
    """How far the group with this code is; None when there is none."""
    view = _view(code, now)
    if view is None:
        return None
    steps = tuple(_step(child) for child in view.children)
    return GroupProgress(view.id, view.code, words.state_words(view.state), words.lateness_words(view.state), steps)


def details_of(code: str, *, now: datetime) -> GroupDetails | None:
    """Everything the owner's page shows."""
    view = _view(code, now)
    if view is None:
        return None
    children = tuple(_child(child) for child in view.children)
    return GroupDetails(view.code, view.name, words.state_words(view.state), words.lateness_words(view.state), children)


def unlocked(code: str, typed: str) -> tuple[str, ...]:
    """The keys that the right secret opens: the group's own and its dossiers'; empty for a wrong one or an unknown code."""
    row = queries.by_code(code) if code.startswith(PREFIX) else None
    right = hmac.compare_digest((row.secret if row else _NOBODYS_SECRET).encode(), typed.encode())
    return keys_of(row) if row is not None and right else ()


def key_of(code: str) -> str | None:
    """The group's own key in a visitor's session; None for a code that is no group's."""
    row = queries.by_code(code) if code.startswith(PREFIX) else None
    return f"g{row.pk}" if row else None


def keys_of(row: Group) -> tuple[str, ...]:
    """The group's key and the numbers of its dossiers."""
    return (f"g{row.pk}", *(str(child.dossier_id) for child in row.children.all() if child.dossier_id))


def keys_behind(code: str) -> tuple[str, ...]:
    """`keys_of` the group with this code, for a visitor who has already opened it."""
    row = queries.by_code(code)
    return keys_of(row) if row else ()


def _view(code: str, now: datetime) -> GroupView | None:
    row = queries.by_code(code) if code.startswith(PREFIX) else None
    return queries.views([row], actor=None, today=local_date(now))[0] if row else None


def _step(child: ChildView) -> dict[str, str]:
    name = _("Thủ tục %(n)s: %(state)s") % {"n": child.position, "state": str(words.STAGES[child.stage]).lower()}
    return {"name": name, "state": _STEP_STATES.get(child.stage, "next"), "date": "", "holder": ""}


def _child(child: ChildView) -> dict[str, str]:
    found = child.dossier
    due = f"{local(found.due_at):%H:%M ngày %d/%m/%Y}" if found and found.due_at else ""
    code = found.code if found else ""
    return {"name": child.name, "code": code, "state": str(words.STAGES[child.stage]), "due": due}
