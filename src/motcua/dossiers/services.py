"""The verbs on dossiers: the only writers. One transaction each, the actor named, permission checked again here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.codes import dossier_code
from motcua.base.errors import NotAllowed
from motcua.base.time import local_date
from motcua.catalogue.queries import is_competent, version_for_intake
from motcua.deadlines import queries as deadlines
from motcua.deadlines.rules import PauseKind
from motcua.dossiers import access, arrivals, models, recalculation, store
from motcua.dossiers.acting import acting as _acting
from motcua.dossiers.duties import require_duties
from motcua.dossiers.held_data import Lookup, with_lookup
from motcua.dossiers.intake import Intake, case_of, check_components, new_dossier
from motcua.dossiers.routing import route_of
from motcua.dossiers.rules import acts, endings, turning_back, waiting
from motcua.dossiers.rules.clock import Clock
from motcua.dossiers.rules.refusals import ComponentMissing, NotCompetent
from motcua.dossiers.rules.state import Dossier, EndKind, LateCause, ResultRecord
from motcua.organisation import queries as units
from motcua.people.queries import PersonFacts, officer_name
from motcua.people.services import checked_person, remember
from motcua.processes.queries import plan_of_version, version_for

_BATCH = 500


def clock_on(day: date) -> Clock:
    """Calendar and rule set for a dossier accepted on `day`."""
    return Clock(deadlines.work_calendar(), deadlines.ruleset_on(day))


def clock_of(dossier: Dossier) -> Clock:
    """Calendar and the rule set pinned on the dossier (before acceptance: the one of the submission day)."""
    if dossier.ruleset:
        return Clock(deadlines.work_calendar(), deadlines.ruleset(dossier.ruleset))
    return clock_on(local_date(dossier.submitted_at))


@transaction.atomic
def submit(intake: Intake, *, actor: Actor, now: datetime) -> int:
    """Takes in a submission: acknowledgement and provisional code, no receipt yet. Gives the dossier's number."""
    dossier, owner = _prepare(intake, actor, now)
    acts.submit(dossier, now=now, actor=actor)
    return store.insert(dossier, owner, intake)


@transaction.atomic
def receive_at_counter(intake: Intake, *, actor: Actor, now: datetime) -> int:
    """Submission and acceptance in one act, as at the counter: code, receipt and due date at once."""
    dossier, owner = _prepare(intake, actor, now)
    version = version_for_intake(intake.procedure_code, on=local_date(now))
    check_components(version, case_of(version, intake), intake)
    _accept(dossier, actor, now)  # takes the day's number, which others wait for: as late as possible
    number = store.insert(dossier, owner, intake)
    arrivals.tell(dossier, known=0, actor=actor, at=now)
    return number


def accept(dossier_id: int, *, actor: Actor, now: datetime, revision: int | None = None) -> None:
    """Accepts a submitted dossier whose required papers are all in."""
    with _acting(dossier_id, "accept", actor=actor, now=now, revision=revision) as (dossier, at):
        _check_stored_components(dossier)
        _accept(dossier, actor, at)


def ask_supplement_at_intake(
    dossier_id: int, *, items: list[dict[str, str]], reason: str, ground: str, actor: Actor, now: datetime,
    lookup: Lookup | None = None, revision: int | None = None,
) -> None:  # fmt: skip
    """Asks, before acceptance and once, for everything that is missing; `lookup` for what the State holds itself."""
    with _acting(dossier_id, "ask_supplement_at_intake", actor=actor, now=now, revision=revision) as (dossier, at):
        items = with_lookup(items, dossier.version_id, lookup)
        acts.ask_supplement_at_intake(dossier, items=items, reason=reason, ground=ground, now=at, actor=actor)


def answer_intake_supplement(
    dossier_id: int, *, answer: str, received_components: list[int], actor: Actor, now: datetime,
    revision: int | None = None,
) -> None:  # fmt: skip
    """Takes in the missing papers (`received_components`: numbers of checklist lines now complete)."""
    with _acting(dossier_id, "answer_intake_supplement", actor=actor, now=now, revision=revision) as (dossier, at):
        models.Component.objects.filter(dossier_id=dossier_id, pk__in=received_components).update(received=True)
        acts.answer_intake_supplement(dossier, answer=answer, now=at, actor=actor)


def refuse_at_intake(
    dossier_id: int, *, reason: str, ground: str, actor: Actor, now: datetime, revision: int | None = None
) -> None:
    """Refuses to receive, with reason, ground and slip."""
    with _acting(dossier_id, "refuse_at_intake", actor=actor, now=now, revision=revision) as (dossier, at):
        acts.refuse_at_intake(dossier, reason=reason, ground=ground, now=at, actor=actor)


def forward(dossier_id: int, *, actor: Actor, now: datetime, note: str = "", revision: int | None = None) -> None:
    """Passes an accepted dossier to the competent unit."""
    with _acting(dossier_id, "forward", actor=actor, now=now, revision=revision) as (dossier, at):
        require_duties(dossier)
        acts.forward(dossier, clock=clock_of(dossier), now=at, actor=actor, note=note, route=route_of(dossier))


def receive(dossier_id: int, *, actor: Actor, now: datetime, revision: int | None = None) -> None:
    """The competent unit confirms receipt; the clock of a dossier taken in elsewhere starts."""
    with _acting(dossier_id, "receive", actor=actor, now=now, revision=revision) as (dossier, at):
        acts.receive(dossier, clock=clock_of(dossier), now=at, actor=actor, route=route_of(dossier))


def hand_back(dossier_id: int, *, reason: str, actor: Actor, now: datetime, revision: int | None = None) -> None:
    """The competent unit refuses what it was handed: the dossier lies at the counter again."""
    with _acting(dossier_id, "hand_back", actor=actor, now=now, revision=revision) as (dossier, at):
        turning_back.hand_back(dossier, reason=reason, clock=clock_of(dossier), now=at, actor=actor)


def take_back(dossier_id: int, *, reason: str, actor: Actor, now: datetime, revision: int | None = None) -> None:
    """The counter takes back what nobody has taken over."""
    with _acting(dossier_id, "take_back", actor=actor, now=now, revision=revision) as (dossier, at):
        turning_back.take_back(dossier, reason=reason, clock=clock_of(dossier), now=at, actor=actor)


def redirect(
    dossier_id: int, *, unit_id: int, reason: str, actor: Actor, now: datetime, revision: int | None = None
) -> None:
    """Another unit is competent than was entered. Raises NotCompetent, UnitClosed."""
    with _acting(dossier_id, "redirect", actor=actor, now=now, revision=revision) as (dossier, at):
        unit = units.unit(unit_id, on=local_date(now))
        if not is_competent(unit_id, dossier.procedure_code, level=dossier.level, on=local_date(now)):
            raise NotCompetent(unit=unit.name, code=dossier.procedure_code)
        turning_back.redirect(dossier, unit_id=unit_id, reason=reason, now=at, actor=actor)


def assign(
    dossier_id: int, *, holder_id: int, actor: Actor, now: datetime, revision: int | None = None
) -> None:
    """Names the officer who holds the present step."""
    with _acting(dossier_id, "assign", actor=actor, now=now, revision=revision) as (dossier, at):
        acts.assign(dossier, holder_id=holder_id, holder_name=officer_name(holder_id), now=at, actor=actor)


def advance(
    dossier_id: int, *, position: int, actor: Actor, now: datetime, note: str = "", holder_id: int | None = None,
    revision: int | None = None,
) -> None:  # fmt: skip
    """Completes the step at `position` and passes the dossier to the next one."""
    with _acting(dossier_id, "advance", actor=actor, now=now, revision=revision) as (dossier, at):
        _require_holds_step(actor, dossier)
        require_duties(dossier)
        acts.advance(
            dossier, position=position, clock=clock_of(dossier), now=at, actor=actor, note=note, holder_id=holder_id,
            route=route_of(dossier),
        )  # fmt: skip


def send_back(
    dossier_id: int, *, position: int, to: int, reason: str, actor: Actor, now: datetime, revision: int | None = None
) -> None:
    """Sends the present step at `position` back to an earlier one the process allows, with a reason."""
    with _acting(dossier_id, "send_back", actor=actor, now=now, revision=revision) as (dossier, at):
        _require_holds_step(actor, dossier)
        acts.send_back(
            dossier, position=position, to=to, reason=reason, clock=clock_of(dossier), now=at, actor=actor,
            route=route_of(dossier),
        )  # fmt: skip


def ask_supplement(
    dossier_id: int, *, items: list[dict[str, str]], reason: str, ground: str, actor: Actor, now: datetime,
    reply_by: datetime | None = None, override: str = "", lookup: Lookup | None = None, revision: int | None = None,
) -> None:  # fmt: skip
    """Asks for papers after appraisal; the clock does what the rule set says.

    `override`: why it is asked more often than the rule set allows; `lookup`: the failed look-up of what the State
    holds itself (NĐ 118/2025 Đ4.2a), without which that is not asked for.
    """
    with _acting(dossier_id, "ask_supplement", actor=actor, now=now, revision=revision) as (dossier, at):
        items = with_lookup(items, dossier.version_id, lookup)
        waiting.ask_supplement(
            dossier, items=items, reason=reason, ground=ground, clock=clock_of(dossier), now=at, actor=actor,
            reply_by=reply_by, override=override,
        )  # fmt: skip


def answer_supplement(
    dossier_id: int, *, answer: str, actor: Actor, now: datetime, revision: int | None = None
) -> None:
    """Takes in the supplement at the desk; the clock resumes or restarts."""
    with _acting(dossier_id, "answer_supplement", actor=actor, now=now, revision=revision) as (dossier, at):
        waiting.answer_supplement(dossier, answer=answer, clock=clock_of(dossier), now=at, actor=actor)


def pause(
    dossier_id: int, *, kind: PauseKind, reason: str, ground: str, actor: Actor, now: datetime,
    revision: int | None = None,
) -> None:  # fmt: skip
    """Stops the clock where the rule set allows it; who acts is the approver on record."""
    with _acting(dossier_id, "pause", actor=actor, now=now, revision=revision) as (dossier, at):
        waiting.pause(
            dossier, kind=kind, reason=reason, ground=ground, clock=clock_of(dossier), now=at, actor=actor
        )


def resume(dossier_id: int, *, actor: Actor, now: datetime, note: str = "", revision: int | None = None) -> None:
    """Ends the pause."""
    with _acting(dossier_id, "resume", actor=actor, now=now, revision=revision) as (dossier, at):
        waiting.resume(dossier, clock=clock_of(dossier), now=at, actor=actor, note=note)


def apologise(
    dossier_id: int, *, reason: str, new_date: datetime | None, actor: Actor, now: datetime, revision: int | None = None
) -> None:
    """Sends the apology, with one re-appointment as long as the rule set allows it."""
    with _acting(dossier_id, "apologise", actor=actor, now=now, revision=revision) as (dossier, at):
        waiting.apologise(dossier, reason=reason, new_date=new_date, clock=clock_of(dossier), now=at, actor=actor)


def decide(
    dossier_id: int, *, granted: bool, actor: Actor, now: datetime, result: ResultRecord | None = None,
    reason: str = "", ground: str = "", late_cause: LateCause | None = None, late_note: str = "",
    revision: int | None = None,
) -> None:  # fmt: skip
    """Ends the handling with a result, granted or refused after appraisal."""
    with _acting(dossier_id, "decide", actor=actor, now=now, revision=revision) as (dossier, at):
        require_duties(dossier, granted=granted, result=result)
        endings.decide(
            dossier, granted=granted, result=result, clock=clock_of(dossier), now=at, actor=actor, reason=reason,
            ground=ground, late_cause=late_cause, late_note=late_note,
        )  # fmt: skip


def give_back(
    dossier_id: int, *, receiver: str, method: str, actor: Actor, now: datetime, receiver_number: str = "",
    revision: int | None = None,
) -> None:  # fmt: skip
    """Hands the result over and records who took it."""
    with _acting(dossier_id, "give_back", actor=actor, now=now, revision=revision) as (dossier, at):
        require_duties(dossier, granted=dossier.end_kind == EndKind.FINISHED)
        endings.give_back(
            dossier, receiver=receiver, method=method, now=at, actor=actor, receiver_number=receiver_number
        )


def stop(
    dossier_id: int, *, kind: EndKind, reason: str, ground: str, actor: Actor, now: datetime, revision: int | None = None
) -> None:
    """Stops the dossier for good (`STOPPED`) or returns its papers (`SENT_BACK`)."""
    with _acting(dossier_id, "stop", actor=actor, now=now, revision=revision) as (dossier, at):
        endings.stop(dossier, kind=kind, reason=reason, ground=ground, clock=clock_of(dossier), now=at, actor=actor)


def withdraw(
    dossier_id: int, *, reason: str, actor: Actor, now: datetime, file_id: int | None = None, request: str = "",
    evidence: str = "", revision: int | None = None,
) -> None:  # fmt: skip
    """Records the owner's withdrawal with its evidence: the file of the request, or the reference of an electronic one."""
    with _acting(dossier_id, "withdraw", actor=actor, now=now, revision=revision) as (dossier, at):
        endings.withdraw(
            dossier, reason=reason, form_set=clock_of(dossier).rules.form_set, now=at, actor=actor, file_id=file_id,
            request=request, evidence=evidence,
        )  # fmt: skip


def give_late_cause(
    dossier_id: int, *, cause: LateCause, note: str, actor: Actor, now: datetime, revision: int | None = None
) -> None:
    """Names why the dossier is late."""
    with _acting(dossier_id, "give_late_cause", actor=actor, now=now, revision=revision) as (dossier, at):
        endings.give_late_cause(dossier, cause=cause, note=note, now=at, actor=actor)


def reverse_return(dossier_id: int, *, reason: str, actor: Actor, now: datetime, revision: int | None = None) -> None:
    """Undoes a return that was entered by mistake."""
    with _acting(dossier_id, "reverse_return", actor=actor, now=now, revision=revision) as (dossier, at):
        endings.reverse_return(dossier, reason=reason, clock=clock_of(dossier), now=at, actor=actor)


def reverse_end(dossier_id: int, *, reason: str, actor: Actor, now: datetime, revision: int | None = None) -> None:
    """Undoes a decision, stop or withdrawal that was entered by mistake."""
    with _acting(dossier_id, "reverse_end", actor=actor, now=now, revision=revision) as (dossier, at):
        endings.reverse_end(
            dossier, reason=reason, clock=clock_of(dossier), now=at, actor=actor, route=route_of(dossier)
        )


def void(dossier_id: int, *, reason: str, actor: Actor, now: datetime, revision: int | None = None) -> None:
    """Undoes an acceptance that was a mistake."""
    with _acting(dossier_id, "void", actor=actor, now=now, revision=revision) as (dossier, at):
        endings.void(dossier, reason=reason, now=at, actor=actor)


def take_number(unit_id: int, day: date, kind: str) -> int:
    """The next number of a unit's day for another kind of paper (a group …), without gaps, within the caller's transaction."""
    return store.next_number(unit_id, day, kind)


def recompute_due_dates(
    *, cause: str, actor: Actor, now: datetime, progress: Callable[[int], None] = lambda done: None
) -> int:
    """Counts the due moments of all open dossiers again; gives how many moved. The printed promise stays.

    Dossiers that move are written in batches, so that a stop in between loses nothing and a repetition goes on.
    """
    if actor.kind != "system" and not actor.holds("admin"):
        raise NotAllowed(reason=access.PERMISSIONS["recompute"].sentence)
    candidates, changed = recalculation.moved(now), 0
    for first in range(0, len(candidates), _BATCH):
        with transaction.atomic():
            changed += sum(_recompute_one(pk, cause, actor, now) for pk in candidates[first : first + _BATCH])
        progress(min(first + _BATCH, len(candidates)))
    return changed


def _prepare(intake: Intake, actor: Actor, now: datetime) -> tuple[Dossier, PersonFacts]:
    """The dossier with its promises pinned, and its owner, checked and remembered for the next time."""
    on = local_date(now)
    version = version_for_intake(intake.procedure_code, on=on)
    process_version = version_for(version.code, on=on)
    dossier = new_dossier(
        intake, version, unit=units.unit(intake.unit_id, on=on), process_version_id=process_version,
        own_counter=intake.unit_id in units.served_units(intake.intake_unit_id, on=on),
        plan=plan_of_version(process_version), now=now,
    )  # fmt: skip
    if not is_competent(dossier.unit_id, version.code, level=dossier.level, on=on):
        raise NotCompetent(unit=units.unit(dossier.unit_id, on=on).name, code=version.code)
    access.require(actor, "submit", dossier)
    dossier.capacity = access.capacity(actor, "submit", dossier)
    owner = checked_person(intake.owner)
    remember(owner, now=now)
    return dossier, owner


def _accept(dossier: Dossier, actor: Actor, now: datetime) -> None:
    day = local_date(now)
    unit = units.unit(dossier.intake_unit_id, on=day)
    code = dossier_code(unit.code, on=day, sequence=store.next_number(unit.id, day))
    acts.accept(dossier, code=code, clock=clock_on(day), now=now, actor=actor)


def _check_stored_components(dossier: Dossier) -> None:
    missing = models.Component.objects.filter(dossier_id=dossier.id, required=True, received=False)
    names = list(missing.values_list("name", flat=True))
    if names:
        raise ComponentMissing(names="; ".join(names))


def _require_holds_step(actor: Actor, dossier: Dossier) -> None:
    if access.holds_step(actor, dossier):
        return
    if actor.holds(dossier.holder_role, dossier.holder_unit_id):
        raise NotAllowed(reason="bước này đang do cán bộ khác thụ lý; lãnh đạo có thể phân công lại.")
    raise NotAllowed(reason=access.PERMISSIONS["advance"].sentence)


def _recompute_one(dossier_id: int, cause: str, actor: Actor, now: datetime) -> bool:
    dossier = store.load(dossier_id)
    at = max(now, dossier.recorded_at)
    moved = waiting.recompute(dossier, cause=cause, clock=clock_of(dossier), now=at, actor=actor)
    if moved:
        store.save(dossier)
    return moved
