"""The verbs on lists: save, rename, share, delete a view; choose columns; mark as seen; mark for digitising."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from motcua.base.actor import Actor
from motcua.base.text import clean
from motcua.dossiers import queries as dossiers
from motcua.journal.services import append
from motcua.people.rules import Role
from motcua.worklists import access
from motcua.worklists.models import DossierSeen, Preference, SavedView, ToDigitise
from motcua.worklists.rules import (
    NAME_LENGTH,
    VIEWS_AT_MOST,
    AlreadyMarked,
    CannotShareThere,
    NotMarked,
    TooManyViews,
    ViewNameMissing,
    ViewNameTaken,
)

_SEE = """
    WITH last AS (
        SELECT coalesce(max(id), 0) AS event FROM journal_event WHERE stream = 'dossier' AND stream_id = %(stream)s),
    before AS (SELECT event FROM worklists_dossierseen WHERE officer_id = %(officer)s AND dossier_id = %(dossier)s),
    written AS (
        INSERT INTO worklists_dossierseen (officer_id, dossier_id, event, at)
        SELECT %(officer)s, %(dossier)s, last.event, %(now)s FROM last
        ON CONFLICT ON CONSTRAINT seen_once DO UPDATE SET event = excluded.event, at = excluded.at
        WHERE worklists_dossierseen.event < excluded.event)
    SELECT before.event, last.event FROM last LEFT JOIN before ON true
"""


@transaction.atomic
def save_view(*, name: str, query: str, columns: list[str], actor: Actor, now: datetime) -> int:
    """Keeps the list as it stands in the address under a name. Raises ViewNameMissing, ViewNameTaken, TooManyViews."""
    name = _name(name)
    if SavedView.objects.filter(owner_id=actor.id).count() >= VIEWS_AT_MOST:
        raise TooManyViews(limit=VIEWS_AT_MOST)
    try:
        with transaction.atomic():
            view = SavedView.objects.create(
                owner_id=actor.id, name=name, query=query, columns=columns, changed_at=now
            )
    except IntegrityError as error:
        raise ViewNameTaken(name=name) from error
    _record(view.pk, "view_saved", {"name": name}, actor, now)
    return view.pk


@transaction.atomic
def rename_view(view_id: int, *, name: str, actor: Actor, now: datetime) -> None:
    """Gives a view of one's own another name."""
    view = access.own_view(actor, view_id)
    view.name, view.changed_at = _name(name), now
    try:
        with transaction.atomic():
            view.save(update_fields=["name", "changed_at"])
    except IntegrityError as error:
        raise ViewNameTaken(name=view.name) from error
    _record(view_id, "view_renamed", {"name": view.name}, actor, now)


@transaction.atomic
def replace_view(view_id: int, *, query: str, columns: list[str], actor: Actor, now: datetime) -> None:
    """Lets a view of one's own show the list as it stands now."""
    view = access.own_view(actor, view_id)
    view.query, view.columns, view.changed_at = query, columns, now
    view.save(update_fields=["query", "columns", "changed_at"])
    _record(view_id, "view_replaced", {}, actor, now)


@transaction.atomic
def share_view(view_id: int, *, unit_id: int | None, role: str, actor: Actor, now: datetime) -> None:
    """Offers a view of one's own to those who hold `role` (every role when empty) at a unit; None takes the offer back.

    They see their own dossiers through it and nothing else. Raises CannotShareThere.
    """
    view = access.own_view(actor, view_id)
    if unit_id is not None and unit_id not in actor.units() | {duty.unit_id for duty in actor.duties}:
        raise CannotShareThere
    view.unit_id, view.role, view.changed_at = unit_id, Role(role).value if unit_id and role else "", now
    view.save(update_fields=["unit", "role", "changed_at"])
    _record(view_id, "view_shared", {"unit": unit_id, "role": view.role}, actor, now)


@transaction.atomic
def delete_view(view_id: int, *, actor: Actor, now: datetime) -> None:
    """Removes a view of one's own; for those it was shared with it is gone as well. No dossier is touched."""
    view = access.own_view(actor, view_id)
    _record(view_id, "view_deleted", {"name": view.name}, actor, now)
    view.delete()


@transaction.atomic
def open_with(view_id: int | None, *, actor: Actor) -> None:
    """The view the worklist opens with, one's own or a shared one; None: the plain list."""
    view = access.view_of(actor, view_id) if view_id is not None else None
    Preference.objects.update_or_create(officer_id=actor.id, defaults={"view": view})


@transaction.atomic
def choose_columns(keys: list[str], *, actor: Actor) -> None:
    """The columns the officer wants to see; none: the usual ones."""
    Preference.objects.update_or_create(officer_id=actor.id, defaults={"columns": keys})


def see(dossier_id: int, *, actor: Actor, now: datetime) -> tuple[int | None, int]:
    """Notes that the officer has the dossier before their eyes; gives the event last seen before (None at first sight)
    and the latest one.

    One statement, which writes only when something has happened since.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _SEE, {"officer": actor.id, "dossier": dossier_id, "stream": str(dossier_id), "now": now}
        )
        before, latest = cursor.fetchone()
    return before, latest


@transaction.atomic
def see_all(latest: dict[int, int], *, actor: Actor, now: datetime) -> None:
    """Notes dossiers with their latest event as seen without opening each."""
    rows = [DossierSeen(officer_id=actor.id, dossier_id=d, event=e, at=now) for d, e in latest.items()]
    DossierSeen.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["officer", "dossier"], update_fields=["event", "at"]
    )


@transaction.atomic
def mark_to_digitise(dossier_id: int, *, actor: Actor, now: datetime) -> None:
    """Puts the dossier on the list of papers to be digitised later. Raises NotAllowed, AlreadyMarked."""
    dossiers.require_seen(actor, dossier_id)
    try:
        with transaction.atomic():
            ToDigitise.objects.create(dossier_id=dossier_id, by_id=actor.id, at=now)
    except IntegrityError as error:
        raise AlreadyMarked from error
    _record(dossier_id, "to_digitise_marked", {}, actor, now, stream="worklist")


@transaction.atomic
def unmark_to_digitise(dossier_id: int, *, actor: Actor, now: datetime) -> None:
    """Takes the dossier off that list. Raises NotAllowed, NotMarked."""
    dossiers.require_seen(actor, dossier_id)
    if not ToDigitise.objects.filter(dossier_id=dossier_id, done_at=None).update(done_at=now):
        raise NotMarked
    _record(dossier_id, "to_digitise_done", {}, actor, now, stream="worklist")


def _name(text: str) -> str:
    name = clean(text)[:NAME_LENGTH]
    if not name:
        raise ViewNameMissing
    return name


def _record(
    number: int, what: str, data: dict[str, Any], actor: Actor, now: datetime, *, stream: str = "view"
) -> None:
    append(stream=stream, stream_id=str(number), name=f"worklist.{what}", data=data, actor=actor, at=now)
