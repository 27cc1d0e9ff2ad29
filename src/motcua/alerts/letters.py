"""Letters of apology before they go out: the officer edits the draft, the head of the agency sends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.alerts.errors import NoLetterOwed
from motcua.alerts.models import Escalation, LetterDraft
from motcua.alerts.watching import World
from motcua.base.actor import Actor
from motcua.dossiers import access, services, store
from motcua.dossiers.rules.refusals import NewDateNotLater, ReappointedAlready, ReasonMissing
from motcua.dossiers.watch_queries import Watched, watched
from motcua.journal.registry import Envelope
from motcua.proposals import rules as proposals
from motcua.proposals.services import propose


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter as it stands; `new_date` is empty where no appointment may be named any more."""

    dossier_id: int
    due_at: datetime
    reason: str
    new_date: datetime | None
    made_at: datetime
    edited_at: datetime | None
    edited_by: str
    may_appoint: bool
    letters_sent: int


def draft_of(dossier_id: int, *, now: datetime) -> Draft:
    """The open draft of a dossier. Raises NoLetterOwed when it needs no letter."""
    row = LetterDraft.objects.filter(dossier_id=dossier_id, over_at=None).first()
    watched_facts = next(iter(watched([dossier_id])), None)
    if row is None or watched_facts is None or watched_facts.due_at is None:
        raise NoLetterOwed
    may = appointments_left(watched_facts, World.read(now)) > 0
    return Draft(
        dossier_id, watched_facts.due_at, row.reason, row.new_date if may else None, row.made_at, row.edited_at,
        row.edited_by, may, len(watched_facts.letters),
    )  # fmt: skip


def appointments_left(told: Watched, world: World) -> int:
    """How many new dates may still be named under the rule set pinned on the dossier (NĐ 61/2018 Đ19.9: one in all)."""
    rule_set = world.rule_sets.get(told.ruleset)
    named = sum(letter.new_date is not None for letter in told.letters)
    return max(0, rule_set.reappoint_max - named) if rule_set else 0


@transaction.atomic
def edit_draft(
    dossier_id: int, *, reason: str, new_date: datetime | None, actor: Actor, now: datetime
) -> None:
    """Writes reason and new date into the draft; nothing goes out yet.

    Raises NoLetterOwed, ReasonMissing, NewDateNotLater, ReappointedAlready.
    """
    access.require(actor, "draft_apology", store.load(dossier_id))
    row = LetterDraft.objects.select_for_update().filter(dossier_id=dossier_id, over_at=None).first()
    if row is None:
        raise NoLetterOwed
    _check(dossier_id, reason, new_date, now)
    row.reason, row.new_date, row.edited_at, row.edited_by = reason.strip(), new_date, now, actor.label
    row.save(update_fields=["reason", "new_date", "edited_at", "edited_by"])


def _check(dossier_id: int, reason: str, new_date: datetime | None, now: datetime) -> None:
    """What the sending would refuse is refused while it is typed."""
    if not reason.strip():
        raise ReasonMissing
    told = next(iter(watched([dossier_id])), None)
    if told is None:
        raise NoLetterOwed
    if new_date is None:
        return
    if not appointments_left(told, World.read(now)):
        raise ReappointedAlready(times=sum(letter.new_date is not None for letter in told.letters))
    if new_date <= now or (told.due_at is not None and new_date <= told.due_at):
        raise NewDateNotLater


@transaction.atomic
def lay_before_head(
    dossier_id: int, *, reason: str, new_date: datetime | None, reason_class: str, actor: Actor, now: datetime,
    revision: int | None = None,
) -> int:  # fmt: skip
    """The officer proposes the letter as it stands in the draft; the head decides in the queue of proposals.

    Gives the number of the proposal. Raises what `edit_draft` and `proposals.services.propose` refuse.
    """
    edit_draft(dossier_id, reason=reason, new_date=new_date, actor=actor, now=now)
    draft = proposals.Draft(proposals.Kind.APOLOGY, reason_class, reason.strip(), new_date=new_date)
    return propose(dossier_id, draft=draft, actor=actor, now=now, revision=revision)


@transaction.atomic
def send_letter(
    dossier_id: int,
    *,
    reason: str,
    new_date: datetime | None,
    actor: Actor,
    now: datetime,
    revision: int | None = None,
) -> None:
    """The head of the agency sends the letter: slip, message to the owner, draft closed."""
    services.apologise(dossier_id, reason=reason, new_date=new_date, actor=actor, now=now, revision=revision)
    LetterDraft.objects.filter(dossier_id=dossier_id, over_at=None).update(
        reason=reason, new_date=new_date, sent_at=now, over_at=now
    )


def letter_went_out(envelope: Envelope) -> None:
    """A letter sent from anywhere (the page of acts, an approved proposal, the API) settles draft and escalation."""
    for table in (LetterDraft, Escalation):
        table.objects.filter(dossier_id=int(envelope.stream_id), over_at=None).update(over_at=envelope.at)


SENT = ("dossier.apologised",)
