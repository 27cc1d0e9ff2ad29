"""The verbs that bring an open dossier of another system in, and take it back while nobody has acted on it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from motcua.base.actor import Actor
from motcua.base.codes import dossier_code, is_dossier_code
from motcua.base.errors import NotAllowed
from motcua.base.text import clean
from motcua.base.time import local, local_date
from motcua.catalogue.errors import ProcedureNotInForce
from motcua.catalogue.queries import VersionFacts, is_competent, version_for_intake
from motcua.dossiers import access, models, store
from motcua.dossiers.intake import ComponentInput, Intake, case_of, new_dossier, required_components
from motcua.dossiers.routing import elsewhere, unit_of_place
from motcua.dossiers.rules import taking_over as rules
from motcua.dossiers.rules.refusals import AlreadyTakenOver, HolderNotThere, NotCompetent
from motcua.dossiers.rules.state import Dossier
from motcua.dossiers.rules.taking_over import Standing
from motcua.dossiers.rules.way import Route, unit_for
from motcua.dossiers.services import clock_on
from motcua.organisation import queries as units
from motcua.people.queries import PersonFacts, colleagues, officer_name, person
from motcua.people.rules import ROLE_NAMES, Role
from motcua.people.services import checked_person, remember
from motcua.processes.queries import plan_of_version, version_for
from motcua.processes.rules import StepPlan


@transaction.atomic
def take_over(intake: Intake, standing: Standing, *, actor: Actor, now: datetime) -> int:
    """Takes in an open dossier of another system where it stands; gives its number.

    Owner, procedure and competence are checked as at intake. Its old code remains an alias that finds it, and stays its
    code where it has the statutory form; otherwise it gets one of today. Raises AlreadyTakenOver for the same code
    of the same system, HolderNotThere, NotCompetent, the refusals of `rules.taking_over` and of the catalogue.
    """
    dossier, owner, route, _ = _checked(intake, standing, actor, now)
    old_code = as_kept(standing.code)
    code = _code(dossier, old_code, now)
    clock = clock_on(local_date(standing.accepted_at))
    rules.take_over(dossier, standing=standing, code=code, clock=clock, now=now, actor=actor, route=route)
    if person(owner.kind, owner.number) is None:  # what we know here is newer than the old system's data
        remember(owner, now=now)
    number = store.insert(dossier, owner, intake)
    _write_results(dossier)
    _write_alias(number, standing.system, old_code, now)
    return number


def would_take_over(intake: Intake, standing: Standing, *, actor: Actor, now: datetime) -> StepPlan:
    """The step at which the dossier would go on, or the refusal of `take_over`; writes nothing."""
    return _checked(intake, standing, actor, now)[3]


@transaction.atomic
def undo_take_over(dossier_id: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """Takes the dossier back out and frees its old code for another import.

    Raises ActedSinceTakeOver as soon as somebody has acted on it.
    """
    dossier = store.load(dossier_id)
    access.require(actor, "undo_take_over", dossier)
    rules.undo_take_over(dossier, reason=reason, now=max(now, dossier.recorded_at), actor=actor)
    store.save(dossier)
    models.DossierAlias.objects.filter(dossier_id=dossier_id, released_at=None).update(released_at=now)


def as_kept(old_code: str) -> str:
    """An old code as it is stored and looked for: one spelling, capital letters."""
    return clean(old_code).upper()


def _checked(
    intake: Intake, standing: Standing, actor: Actor, now: datetime
) -> tuple[Dossier, PersonFacts, Route, StepPlan]:
    dossier, owner = _prepared(intake, standing, actor, now)
    step = rules.check_standing(dossier, standing, now=now)
    route = Route(
        units={plan.position: unit_of_place(dossier, plan.place) for plan in elsewhere(dossier.plan)}
    )
    _check_holder(unit_for(dossier, step, route), step, standing, now)
    _check_new(standing.system, as_kept(standing.code))
    return dossier, owner, route, step


def _prepared(intake: Intake, standing: Standing, actor: Actor, now: datetime) -> tuple[Dossier, PersonFacts]:
    today, accepted = local_date(now), local_date(standing.accepted_at)
    version = _version(intake.procedure_code, accepted, today)
    process_version = version_for(version.code, on=today)
    dossier = new_dossier(
        intake, version, unit=units.unit(intake.unit_id, on=today), process_version_id=process_version,
        own_counter=intake.unit_id in units.served_units(intake.intake_unit_id, on=today),
        plan=plan_of_version(process_version), now=now,
    )  # fmt: skip
    if not is_competent(dossier.unit_id, version.code, level=dossier.level, on=today):
        raise NotCompetent(unit=units.unit(dossier.unit_id, on=today).name, code=version.code)
    access.require(actor, "take_over", dossier)
    if (
        not dossier.own_counter
        and not actor.holds(Role.ADMIN, dossier.intake_unit_id)
        and actor.kind != "system"
    ):
        raise NotAllowed(
            reason="nơi tiếp nhận không tiếp nhận cho đơn vị này và ngoài phạm vi quản trị của bạn."
        )
    return dossier, checked_person(intake.owner)


def _version(procedure_code: str, accepted: date, today: date) -> VersionFacts:
    """The version of the day of acceptance; today's where our catalogue does not reach back so far."""
    try:
        return version_for_intake(procedure_code, accepted)
    except ProcedureNotInForce:
        return version_for_intake(procedure_code, today)


def papers_handed_in(intake: Intake, standing: Standing, now: datetime) -> tuple[ComponentInput, ...]:
    """The required papers as received: acceptance on the old system says that they were all there."""
    version = _version(intake.procedure_code, local_date(standing.accepted_at), local_date(now))
    return tuple(
        ComponentInput(c.id, received=True, originals=c.originals, copies=c.copies)
        for c in required_components(version, case_of(version, intake))
    )


def _check_holder(place: int, step: StepPlan, standing: Standing, now: datetime) -> None:
    if standing.holder_id is None:
        return
    known = colleagues(place, role=step.role, on=local_date(now))
    if standing.holder_id not in {number for number, _ in known}:
        role = ROLE_NAMES.get(Role(step.role), step.role).lower()
        raise HolderNotThere(
            name=officer_name(standing.holder_id), role=role, unit=units.unit(place, on=local_date(now)).name
        )


def _check_new(system: str, old_code: str) -> None:
    known = models.DossierAlias.objects.filter(system=system, code=old_code, released_at=None)
    code = known.values_list("dossier__code", flat=True).first()
    if code is not None:
        raise AlreadyTakenOver(old_code=old_code, system=system, code=code)


def _code(dossier: Dossier, old_code: str, now: datetime) -> str:
    """The old code where it has the statutory form and is free here, else the next of today's.

    One that ends in today's date is not kept: our own numbers of today would meet it.
    """
    day = local_date(now)
    todays = f"-{local(now):%y%m%d}-" in old_code
    if is_dossier_code(old_code) and not todays and not models.Dossier.objects.filter(code=old_code).exists():
        return old_code
    unit = units.unit(dossier.intake_unit_id, on=day)
    return dossier_code(unit.code, on=day, sequence=store.next_number(unit.id, day))


def _write_results(dossier: Dossier) -> None:
    for result in dossier.results:
        models.ResultRecord.objects.create(dossier_id=dossier.id, **store.record_values(result))


def _write_alias(number: int, system: str, old_code: str, now: datetime) -> None:
    try:
        with transaction.atomic():
            models.DossierAlias.objects.create(dossier_id=number, system=system, code=old_code, at=now)
    except IntegrityError as error:  # somebody imported the same sheet in the same moment
        raise AlreadyTakenOver(old_code=old_code, system=system, code="?") from error
