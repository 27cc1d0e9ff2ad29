"""The verbs on proposals. One transaction each: the dossier's row is locked first, so that officers never meet halfway."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.base.actor import SYSTEM, Actor
from motcua.base.errors import NotAllowed, NotFound
from motcua.base.time import local_date
from motcua.deadlines.rules import PauseKind
from motcua.dossiers import access, store
from motcua.dossiers import services as dossiers
from motcua.dossiers.held_data import Lookup, with_lookup
from motcua.dossiers.rules.acts import require as require_state
from motcua.dossiers.rules.acts import require_revision
from motcua.dossiers.rules.state import IN_HAND, Dossier, EndKind, LateCause
from motcua.dossiers.rules.state import State as At
from motcua.journal.services import append
from motcua.proposals.models import Proposal, ReasonClass
from motcua.proposals.rules import (
    KIND_NAMES,
    SLIPS,
    STATE_NAMES,
    AlreadySettled,
    Draft,
    Kind,
    NotTheProposer,
    OwnProposal,
    ProposalChanged,
    ProposedAlready,
    ReasonClassUnknown,
    RejectionWithoutReason,
    State,
    check,
    moment_words,
)


@transaction.atomic
def propose(dossier_id: int, *, draft: Draft, actor: Actor, now: datetime, revision: int | None = None) -> int:
    """Lays `draft` before the head of the competent agency; gives the proposal's number.

    Raises NotAllowed, Conflict (the dossier has changed since `revision`), NotNow, DraftIncomplete, ReasonClassUnknown,
    LookupMissing (the State holds what is asked for), ProposedAlready.
    """
    dossier = store.load(dossier_id)
    access.require(actor, "propose", dossier)
    require_revision(dossier, revision)
    require_state(dossier, f"đề xuất “{KIND_NAMES[draft.kind].lower()}”", *states_of(draft.kind))
    values = _values(draft, dossier, now)
    if Proposal.objects.filter(dossier_id=dossier_id, kind=draft.kind, state=State.PENDING).exists():
        raise ProposedAlready(kind=KIND_NAMES[draft.kind])
    proposal = Proposal.objects.create(
        dossier_id=dossier_id, unit_id=dossier.unit_id, kind=draft.kind, proposer_id=actor.id,
        proposer_label=actor.label, proposed_at=now, changed_at=now, dossier_revision=dossier.revision, **values,
    )  # fmt: skip
    _told(proposal, "proposed", actor=actor, now=now, reason=draft.reason)
    return proposal.pk


def change_draft(proposal_id: int, *, draft: Draft, actor: Actor, now: datetime, revision: int | None = None) -> None:
    """The proposer says it better while the head has not decided. `revision`: of the proposal, as last seen."""
    with _pending(proposal_id, revision) as (proposal, dossier):
        _require_proposer(proposal, actor, dossier)
        for name, value in _values(draft, dossier, now).items():
            setattr(proposal, name, value)
        proposal.changed_at, proposal.dossier_revision = now, dossier.revision
        _told(proposal, "draft_changed", actor=actor, now=now, reason=draft.reason)


def take_back(proposal_id: int, *, note: str = "", actor: Actor, now: datetime) -> None:
    """The proposer withdraws the proposal; it stays on record."""
    with _pending(proposal_id) as (proposal, dossier):
        _require_proposer(proposal, actor, dossier)
        _settle(proposal, State.TAKEN_BACK, note, actor, now)
        _told(proposal, "taken_back", actor=actor, now=now, note=note)


def reject(proposal_id: int, *, reason: str, actor: Actor, now: datetime, revision: int | None = None) -> None:
    """The head does not agree, and says why. Raises RejectionWithoutReason."""
    with _pending(proposal_id, revision) as (proposal, dossier):
        _require_decider(proposal, actor, dossier)
        if not reason.strip():
            raise RejectionWithoutReason
        _settle(proposal, State.REJECTED, reason.strip(), actor, now)
        _told(proposal, "rejected", actor=actor, now=now, reason=reason)


def approve(
    proposal_id: int, *, actor: Actor, now: datetime, note: str = "", revision: int | None = None,
    dossier_revision: int | None = None, late_cause: LateCause | None = None, late_note: str = "",
) -> None:  # fmt: skip
    """The head agrees: the act is done in the same transaction, with the head on record, or nothing happens at all.

    `revision` and `dossier_revision`: as the head saw them. `late_cause`: for the refusal of a dossier that is late.
    Raises NotAllowed, OwnProposal, AlreadySettled, Conflict and whatever the act itself refuses.
    """
    with _pending(proposal_id, revision) as (proposal, dossier):
        _require_decider(proposal, actor, dossier)
        late = {"late_cause": late_cause, "late_note": late_note} if proposal.kind == Kind.REFUSE else {}
        who = {"actor": actor, "now": now, "revision": dossier_revision}
        _PERFORM[Kind(proposal.kind)](proposal, **who, **late)
        _settle(proposal, State.APPROVED, note, actor, now)
        _keep_what_was_made(proposal)
        _told(proposal, "approved", actor=actor, now=now, note=note)


@transaction.atomic
def close_open(dossier_id: int, *, why: str, now: datetime) -> int:
    """Takes back what still waits on a dossier that has ended; gives how many. Safe to repeat."""
    dossier = store.load(dossier_id)
    if dossier.state in IN_HAND:
        return 0
    waiting = list(Proposal.objects.select_for_update().filter(dossier_id=dossier_id, state=State.PENDING))
    for proposal in waiting:
        _settle(proposal, State.TAKEN_BACK, why, SYSTEM, now)
        proposal.save()
        _told(proposal, "taken_back", actor=SYSTEM, now=now, note=why)
    return len(waiting)


@contextmanager
def _pending(proposal_id: int, revision: int | None = None) -> Iterator[tuple[Proposal, Dossier]]:
    """The proposal still under consideration with its dossier, both locked; saved when the act is through."""
    with transaction.atomic():
        dossier_id = Proposal.objects.filter(pk=proposal_id).values_list("dossier_id", flat=True).first()
        if dossier_id is None:
            raise NotFound(what="đề xuất này")
        dossier = store.load(dossier_id)
        proposal = Proposal.objects.select_for_update().get(pk=proposal_id)
        require_open(proposal, revision)
        yield proposal, dossier
        proposal.revision += 1
        proposal.save()


def require_open(proposal: Proposal, revision: int | None = None) -> None:
    """Refuses what is decided or taken back, and what was changed since `revision`, saying by whom and when."""
    if proposal.state != State.PENDING:
        assert proposal.decided_at is not None
        state = STATE_NAMES[State(proposal.state)].lower()
        raise AlreadySettled(state=state, at=moment_words(proposal.decided_at), by=proposal.decider_label)
    if revision is not None and revision != proposal.revision:
        raise ProposalChanged(by=proposal.proposer_label, at=moment_words(proposal.changed_at))


def _require_proposer(proposal: Proposal, actor: Actor, dossier: Dossier) -> None:
    access.require(actor, "propose", dossier)
    if proposal.proposer_id != actor.id:
        raise NotTheProposer(by=proposal.proposer_label)


def _require_decider(proposal: Proposal, actor: Actor, dossier: Dossier) -> None:
    """The head of the competent agency as of today, and never the one who proposed."""
    access.require(actor, "settle_proposal", dossier)
    if actor.id is None:
        raise NotAllowed(reason="đề xuất phải do một cán bộ có thẩm quyền quyết định.")
    if proposal.proposer_id == actor.id:
        raise OwnProposal


def _settle(proposal: Proposal, state: State, note: str, actor: Actor, now: datetime) -> None:
    proposal.state, proposal.decided_at, proposal.decision_note = state, now, note
    proposal.decider_id, proposal.decider_label = actor.id, actor.label


def _values(draft: Draft, dossier: Dossier, now: datetime) -> dict[str, Any]:
    check(draft)
    values = asdict(draft)
    kind = values.pop("kind")
    values["reason_class_id"] = _reason_class(values.pop("reason_class"), kind, now)
    values["items"] = list(draft.items)
    with_lookup(draft.items, dossier.version_id, _lookup_of(draft.lookup, draft.looked_up_at, draft.lookup_file_id, now))
    return values


def _reason_class(code: str, kind: Kind, now: datetime) -> int:
    known = ReasonClass.objects.filter(code=code, kinds__contains=[kind], valid__contains=local_date(now)).first()
    if known is None:
        raise ReasonClassUnknown
    return known.pk


def _lookup_of(text: str, at: datetime | None, file_id: int | None, now: datetime) -> Lookup | None:
    return Lookup(text, at or now, file_id) if text.strip() else None


def states_of(kind: Kind) -> tuple[At, ...]:
    """The states of a dossier in which `kind` may be proposed: those in which its act may be done."""
    return tuple(IN_HAND) if kind in (Kind.STOP, Kind.APOLOGY) else (At.PROCESSING,)


def _supplement(p: Proposal, **who: Any) -> None:
    lookup = _lookup_of(p.lookup, p.looked_up_at, p.lookup_file_id, p.proposed_at)
    dossiers.ask_supplement(
        p.dossier_id, items=p.items, reason=p.reason, ground=p.ground, reply_by=p.reply_by, override=p.override,
        lookup=lookup, **who,
    )  # fmt: skip


def _refuse(p: Proposal, **who: Any) -> None:
    dossiers.decide(p.dossier_id, granted=False, reason=p.reason, ground=p.ground, **who)


def _pause(p: Proposal, **who: Any) -> None:
    dossiers.pause(p.dossier_id, kind=PauseKind(p.pause_kind), reason=p.reason, ground=p.ground, **who)


def _stop(p: Proposal, **who: Any) -> None:
    dossiers.stop(p.dossier_id, kind=EndKind(p.end_kind), reason=p.reason, ground=p.ground, **who)


def _apologise(p: Proposal, **who: Any) -> None:
    dossiers.apologise(p.dossier_id, reason=p.reason, new_date=p.new_date, **who)


_PERFORM: dict[Kind, Callable[..., None]] = {
    Kind.SUPPLEMENT: _supplement,
    Kind.REFUSE: _refuse,
    Kind.PAUSE: _pause,
    Kind.STOP: _stop,
    Kind.APOLOGY: _apologise,
}


def _keep_what_was_made(proposal: Proposal) -> None:
    """The paper or the pause the act has just made, so that no figure counts the act beside its proposal."""
    dossier, kind = store.load(proposal.dossier_id), Kind(proposal.kind)
    if kind is Kind.PAUSE:
        proposal.pause_id = dossier.pauses[-1].id
    else:
        proposal.slip_id = next(slip.id for slip in reversed(dossier.slips) if slip.purpose == SLIPS[kind])


def _told(proposal: Proposal, name: str, *, actor: Actor, now: datetime, **words: str) -> None:
    """One event on the dossier, told in its history."""
    data = {"proposal": proposal.pk, "kind": str(proposal.kind), **words}
    append(
        stream="dossier", stream_id=str(proposal.dossier_id), name=f"proposal.{name}", data=data, actor=actor, at=now
    )
