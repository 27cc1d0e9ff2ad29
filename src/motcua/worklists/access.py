"""Which lists an officer may open and share. What a list shows is always `dossiers.access.visible`."""

from __future__ import annotations

from django.db.models import Q

from motcua.base.actor import Actor
from motcua.base.errors import NotFound
from motcua.worklists.models import SavedView
from motcua.worklists.rules import NotYourView


def offered(actor: Actor) -> Q:
    """One's own views, and those shared with a position one holds today."""
    shared = Q()
    for duty in actor.duties:
        shared |= Q(unit_id=duty.unit_id, role__in=("", duty.role))
    return Q(owner_id=actor.id) | (shared if actor.duties else Q())


def view_of(actor: Actor, view_id: int) -> SavedView:
    """A view the officer may open. Any other is not found, as if it did not exist."""
    view = SavedView.objects.select_related("owner").filter(offered(actor), pk=view_id).first()
    if view is None:
        raise NotFound(what="danh sách đã lưu này")
    return view


def own_view(actor: Actor, view_id: int) -> SavedView:
    """A view the officer may change. Raises NotFound, NotYourView."""
    view = view_of(actor, view_id)
    if view.owner_id != actor.id:
        raise NotYourView(owner=view.owner.full_name)
    return view
