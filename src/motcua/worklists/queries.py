"""Reads of views and preferences; the lists themselves are read by `listing`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse

from motcua.base.actor import Actor
from motcua.base.errors import NotFound
from motcua.dossiers import worklist
from motcua.organisation.queries import latest
from motcua.people.rules import ROLE_NAMES, Role
from motcua.worklists import access
from motcua.worklists.models import Preference, SavedView


@dataclass(frozen=True, slots=True)
class View:
    """A saved view as the pages show it. `shared_with` says in words who else has it."""

    id: int
    name: str
    query: str
    own: bool
    owner: str
    unit_id: int | None
    role: str

    @property
    def url(self) -> str:
        """The list as the view has it; the view's number only says which one is open."""
        query = f"{self.query}&view={self.id}" if self.query else f"view={self.id}"
        return f"{reverse('worklists_office:list')}?{query}"

    @property
    def shared_with(self) -> str:
        if self.unit_id is None:
            return ""
        role = f"{ROLE_NAMES[Role(self.role)]}, " if self.role else ""
        return f"{role}{latest(self.unit_id).name}"


@dataclass(frozen=True, slots=True)
class Liked:
    """What the officer has chosen: columns (none: the usual ones) and the view to begin with."""

    columns: list[str] = field(default_factory=list)
    view: View | None = None


def views_of(actor: Actor) -> list[View]:
    """One's own views and those shared with one's positions, by name; one's own first."""
    rows = SavedView.objects.select_related("owner").filter(access.offered(actor))
    views = [_told(row, actor) for row in rows]
    return sorted(views, key=lambda view: (not view.own, view.name.casefold()))


def current(views: list[View], asked: str) -> View | None:
    """The view an address names. One the officer may not open is not found, as if it did not exist."""
    if asked in ("", "0"):
        return None
    found = next((view for view in views if str(view.id) == asked), None)
    if found is None:
        raise NotFound(what="danh sách đã lưu này")
    return found


def preference_of(actor: Actor) -> Liked:
    """The officer's choices. A view no longer shared with them is no longer what they begin with."""
    row = Preference.objects.select_related("view__owner").filter(officer_id=actor.id).first()
    if row is None:
        return Liked()
    view = row.view
    may = view is not None and SavedView.objects.filter(access.offered(actor), pk=view.pk).exists()
    return Liked(list(row.columns), _told(view, actor) if view is not None and may else None)


def counts(actor: Actor, *, unit: bool, now: datetime) -> dict[str, int]:
    """How many open dossiers stand in each group of urgency: one's own, or with `unit` all the officer oversees."""
    rows = worklist.open_dossiers(actor) if unit else worklist.mine(actor)
    return {group.value: number for group, number in worklist.counts(rows, worklist.edges(now)).items()}


def _told(row: SavedView, actor: Actor) -> View:
    query = row.query
    return View(row.pk, row.name, query, row.owner_id == actor.id, row.owner.full_name, row.unit_id, row.role)
