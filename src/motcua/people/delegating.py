"""Verbs by which one officer stands in for another: absence with a substitute, signing for the head of a unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.base.actor import Actor
from motcua.base.errors import NotAllowed, NotFound, check_span
from motcua.base.text import clean
from motcua.base.time import local_date
from motcua.journal.services import append
from motcua.people.actors import actor_of_officer
from motcua.people.models import Absence, Assignment, Delegation, Officer
from motcua.people.rules import Role
from motcua.people.standing_in import (
    GIVERS,
    AbsenceOverlaps,
    DelegationIncomplete,
    DelegationOverlaps,
    ItselfSubstitute,
    NoPositionThere,
    NotYoursToDelegate,
    ReasonForAbsence,
    SignatureForm,
    Span,
    StandsInAlready,
    SubstituteElsewhere,
    check_substitute,
)


def decides_for(actor: Actor) -> frozenset[int]:
    """The units whose absences the actor decides: in their own right as a head, or as an administrator at work."""
    return frozenset().union(*(d.units for d in actor.duties if d.own and d.role in {*GIVERS, Role.ADMIN}))


def delegates_for(actor: Actor) -> frozenset[int]:
    """The units for which the actor may let others sign: where they are the head, never below and never passed on."""
    return frozenset(duty.unit_id for duty in actor.duties if duty.own and duty.role in GIVERS)


@transaction.atomic
def record_absence(
    *, officer_id: int, unit_id: int, substitute_id: int, since: date, until: date, reason: str, decided_by: str,
    actor: Actor, now: datetime,
) -> int:  # fmt: skip
    """Says that an officer is away from their positions at a unit on [since, until) and who does their work.

    Ends by itself on `until`. Raises NoPositionThere, ItselfSubstitute, SubstituteAbsent, SubstituteElsewhere,
    StandsInAlready (no chains), AbsenceOverlaps, ReasonForAbsence, ValidityReversed.
    """
    _require_decides(actor, unit_id)
    check_span(since, until)
    if not clean(reason) or not clean(decided_by):
        raise ReasonForAbsence
    officer, substitute, span = _officer(officer_id), _officer(substitute_id), Span(since, until)
    if not _positions(officer_id, {unit_id}, on=since):
        raise NoPositionThere(name=officer.full_name, on=since)
    _check_free(officer, substitute, span)
    _check_at_hand(substitute, unit_id, span, actor)
    try:
        with transaction.atomic():
            row = Absence.objects.create(
                officer=officer, unit_id=unit_id, substitute=substitute, valid=DateRange(since, until),
                reason=clean(reason), decided_by=clean(decided_by), recorded_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise AbsenceOverlaps from error
    _record(officer_id, "absence_recorded", row.pk, _span_data(row) | {"substitute": substitute_id}, actor, now)
    return row.pk


@transaction.atomic
def end_absence(*, absence_id: int, until: date, actor: Actor, now: datetime) -> None:
    """The officer is back on `until`: earlier than said; one that had not begun by then never was."""
    row = Absence.objects.select_for_update().filter(pk=absence_id).first()
    if row is None:
        raise NotFound(what="bản ghi vắng mặt này")
    _require_decides(actor, row.unit_id)
    row.valid = _shortened(row.valid, until)
    row.save(update_fields=["valid"])
    _record(row.officer_id, "absence_ended", row.pk, {"until": until.isoformat()}, actor, now)


@dataclass(frozen=True, slots=True)
class SigningFor:
    """What a delegation of signature says; titles as they are printed, `body` the collective of a TM., procedures by code."""

    form: SignatureForm
    principal_title: str
    own_title: str
    decision: str
    body: str = ""
    procedures: tuple[str, ...] = ()


@transaction.atomic
def delegate_signature(
    *, officer_id: int, giver_id: int, unit_id: int, terms: SigningFor, since: date, until: date | None, actor: Actor,
    now: datetime,
) -> int:  # fmt: skip
    """Lets an officer decide and sign for the head `giver_id` of a unit on [since, until), by decision.

    The giver acts in person or an administrator records the written decision. Raises NotYoursToDelegate,
    DelegationIncomplete, DelegationOverlaps, ItselfSubstitute, SubstituteElsewhere, ValidityReversed.
    """
    check_span(since, until)
    _require_gives(actor, giver_id, unit_id, on=max(since, local_date(now)))
    if not all(map(clean, (terms.decision, terms.principal_title, terms.own_title))):
        raise DelegationIncomplete
    officer = _officer(officer_id)
    if officer_id == giver_id:
        raise ItselfSubstitute
    _check_at_hand(officer, unit_id, Span(since, until), _person(giver_id, since))
    try:
        with transaction.atomic():
            row = Delegation.objects.create(
                officer=officer, giver_id=giver_id, unit_id=unit_id, form=terms.form, body=clean(terms.body),
                principal_title=clean(terms.principal_title), own_title=clean(terms.own_title),
                procedures=sorted(set(terms.procedures)), valid=DateRange(since, until), decision=clean(terms.decision),
                recorded_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise DelegationOverlaps from error
    data = _span_data(row) | {"form": row.form, "giver": giver_id, "decision": row.decision, "procedures": row.procedures}
    _record(officer_id, "signature_delegated", row.pk, data, actor, now)
    return row.pk


@transaction.atomic
def end_delegation(*, delegation_id: int, until: date, actor: Actor, now: datetime) -> None:
    """Ends a delegation: it no longer holds on `until`; one that had not begun by then never was."""
    row = Delegation.objects.select_for_update().filter(pk=delegation_id).first()
    if row is None:
        raise NotFound(what="việc giao ký này")
    if row.unit_id not in delegates_for(actor) | actor.units(Role.ADMIN) and actor.kind != "system":
        raise NotAllowed(reason="chỉ lãnh đạo đơn vị đã giao ký hoặc quản trị hệ thống được kết thúc việc giao ký.")
    row.valid = _shortened(row.valid, until)
    row.save(update_fields=["valid"])
    _record(row.officer_id, "signature_delegation_ended", row.pk, {"until": until.isoformat()}, actor, now)


def _require_decides(actor: Actor, unit_id: int) -> None:
    if actor.kind != "system" and unit_id not in decides_for(actor):
        raise NotAllowed(reason="việc vắng mặt và người làm thay do lãnh đạo phụ trách đơn vị quyết định.")


def _require_gives(actor: Actor, giver_id: int, unit_id: int, *, on: date) -> None:
    giver = _person(giver_id, on)
    if unit_id not in delegates_for(giver):
        raise NotYoursToDelegate
    if actor.kind != "system" and actor.id != giver_id and unit_id not in actor.units(Role.ADMIN):
        raise NotAllowed(reason="việc giao ký do chính lãnh đạo đơn vị thực hiện hoặc quản trị hệ thống ghi theo văn bản.")


def _person(officer_id: int, on: date) -> Actor:
    return actor_of_officer(officer_id, on=on)


def _officer(officer_id: int) -> Officer:
    found = Officer.objects.select_for_update().filter(pk=officer_id, is_active=True).first()
    if found is None:
        raise NotFound(what="cán bộ này trong các tài khoản đang dùng")
    return found


def _positions(officer_id: int, units: set[int] | frozenset[int], *, on: date) -> bool:
    return Assignment.objects.filter(officer_id=officer_id, unit_id__in=units, valid__contains=on).exists()


def _check_free(officer: Officer, substitute: Officer, span: Span) -> None:
    away = Absence.objects.filter(officer=substitute, valid__isempty=False)
    check_substitute(
        officer_id=officer.pk, substitute_id=substitute.pk, name=substitute.full_name, span=span,
        away=[Span(a.valid.lower, a.valid.upper) for a in away],
    )  # fmt: skip
    doing = Absence.objects.filter(substitute=officer, valid__isempty=False)
    if any(span.overlaps(Span(a.valid.lower, a.valid.upper)) for a in doing):
        raise StandsInAlready(name=officer.full_name)


def _check_at_hand(chosen: Officer, unit_id: int, span: Span, decider: Actor) -> None:
    """Somebody of the same unit or within the reach of the head who decides, during the whole span."""
    rows = Assignment.objects.filter(officer=chosen, valid__isempty=False)
    if decider.kind != "system":
        rows = rows.filter(unit_id__in={unit_id, *decides_for(decider)})
    if not span.within([Span(row.valid.lower, row.valid.upper) for row in rows]):
        raise SubstituteElsewhere(name=chosen.full_name)


def _shortened(valid: DateRange, until: date) -> DateRange:
    last = until if valid.upper is None else min(until, valid.upper)
    return DateRange(valid.lower, max(last, valid.lower))


def _span_data(row: Absence | Delegation) -> dict[str, object]:
    until = row.valid.upper
    return {"unit": row.unit_id, "since": row.valid.lower.isoformat(), "until": until.isoformat() if until else None}


def _record(officer_id: int, name: str, row: int, data: dict[str, object], actor: Actor, now: datetime) -> None:
    append(
        stream="officer", stream_id=str(officer_id), name=f"people.{name}", data={"number": row, **data}, actor=actor, at=now
    )
