"""Following dossiers that a ministry's system handles (NĐ 224/2026 Đ15.1.h): told here, never acted upon here.

One verb takes a message in, however often it comes: the same one changes nothing, an older one changes nothing, a newer one
becomes the row. A dossier that is also ours counts once: it stays our row, and the message is noted beside it.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import connection, transaction
from django.db.models import Prefetch, Q, QuerySet

from motcua.base.actor import Actor
from motcua.base.codes import is_dossier_code
from motcua.base.errors import MotcuaError, NotAllowed
from motcua.base.time import local_date
from motcua.catalogue.errors import ProcedureNotInForce
from motcua.catalogue.queries import VersionFacts, version_for_intake
from motcua.dossiers import access, models, store
from motcua.dossiers.intake import SECRET_LENGTH, SECRET_LETTERS, Intake
from motcua.dossiers.rules import mirroring
from motcua.dossiers.rules.mirroring import Standing, Told
from motcua.dossiers.rules.state import Channel, Dossier, State
from motcua.dossiers.sources import SourceUnknown, is_listed, source_name
from motcua.dossiers.worklist import related
from motcua.organisation import queries as units
from motcua.organisation.rules import UnitUnknown
from motcua.people.queries import PersonFacts
from motcua.people.rules import Role
from motcua.people.services import checked_person

EXTERNAL_CODE = re.compile(r"[0-9A-Z][0-9A-Z./\-]{2,39}\Z")


class ExternalCodeMalformed(MotcuaError):
    code = "mirror_external_code"
    sentence = "Mã hồ sơ của hệ thống nguồn “{given}” không dùng được: gồm 3 đến 40 chữ không dấu, chữ số, dấu . - /."


class CodeOfOurOwn(MotcuaError):
    """A foreign code that looks like one our counters give out would block the real one."""

    code = "mirror_code_of_our_own"
    sentence = "Mã {given} thuộc dải mã do đơn vị của tỉnh cấp nhưng không có hồ sơ nào mang mã này ở đây."


class OwnDossierUnknown(MotcuaError):
    code = "mirror_own_unknown"
    sentence = "Không có hồ sơ {given} của tỉnh cho cùng thủ tục. Hãy kiểm tra mã hồ sơ liên kết."


class LinkedAlready(MotcuaError):
    code = "mirror_linked_already"
    sentence = "Hồ sơ {given} của tỉnh đã được liên kết với một hồ sơ khác của hệ thống bộ."


class Outcome(StrEnum):
    """What a message did."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    OLDER = "older"
    LINKED = "linked"


def require_mirrors(actor: Actor, unit_id: int) -> None:
    """Messages come in from the exchange, or from a file by an administrator of the unit."""
    if actor.kind != "system" and not actor.holds(Role.ADMIN, unit_id):
        raise NotAllowed(reason="chỉ quản trị hệ thống được nhập hồ sơ theo dõi từ hệ thống của bộ.")


@transaction.atomic
def mirror(told: Told, owner: PersonFacts, *, actor: Actor, now: datetime) -> tuple[int, Outcome]:
    """Takes one message in; gives the dossier's number and what became of the message.

    Raises SourceUnknown, ExternalCodeMalformed, CodeOfOurOwn, OwnDossierUnknown, LinkedAlready, MessageContradicts,
    ToldLater, and what a wrong procedure, unit, channel or owner raises elsewhere; then nothing is changed.
    """
    _check(told, now)
    unit_id = units.by_code(told.unit_code)
    require_mirrors(actor, unit_id)
    _alone(told)
    known = models.Mirror.objects.filter(source=told.source, external_code=told.external_code).first()
    if known is not None:
        return _again(known, told, owner, actor, now)
    own = _own_of(told)
    if own is not None:
        return _link(own, told, owner, actor, now), Outcome.LINKED
    dossier, facts = _new(told, unit_id, now)
    mirroring.take_over(dossier, told, source_name=source_name(told.source), now=now, actor=actor)
    number = store.insert(dossier, checked_person(owner), _intake(told, facts, unit_id, owner))
    store.write_waits(dossier)
    _write_mirror(number, told, owner, own=False)
    return number, Outcome.CREATED


def followed(actor: Actor) -> QuerySet[models.Dossier]:
    """The followed dossiers the officer may see, with what a line of their list shows."""
    rows = models.Dossier.objects.filter(access.visible(actor)).exclude(external_code="").exclude(state=State.VOIDED)
    return rows.prefetch_related(
        Prefetch("applicant", models.Applicant.objects.only("dossier_id", "name")), related("version", "name")
    )


def _check(told: Told, now: datetime) -> None:
    if not is_listed(told.source, local_date(now)):
        raise SourceUnknown(code=told.source)
    if not EXTERNAL_CODE.match(told.external_code):
        raise ExternalCodeMalformed(given=told.external_code[:60])
    mirroring.check(told, now=now)


def _alone(told: Told) -> None:
    """Two messages about one dossier at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 8))", [f"{told.source} {told.external_code}"])


def _again(
    known: models.Mirror, told: Told, owner: PersonFacts, actor: Actor, now: datetime
) -> tuple[int, Outcome]:
    known.refresh_from_db()
    where = mirroring.standing(
        told, state=State(known.state), told_at=known.told_at, same_words=known.digest == _digest(told, owner)
    )
    if where is Standing.SAME:
        return known.dossier_id, Outcome.UNCHANGED
    if where is Standing.OLDER:
        return known.dossier_id, Outcome.OLDER
    own = None if known.own else _own_of(told)
    if own is not None:
        return _merge(known, own, told, owner, actor, now), Outcome.LINKED
    dossier = store.load(known.dossier_id)
    at, name = max(now, dossier.recorded_at), source_name(told.source)
    if known.own:
        mirroring.note_own(dossier, told, source_name=name, first=False, now=at, actor=actor)
        store.write_events(dossier)
    else:
        mirroring.take_over(dossier, told, source_name=name, now=at, actor=actor)
        _name(dossier)
        store.save(dossier)
        store.change_applicant(dossier, checked_person(owner))
    _write_mirror(known.dossier_id, told, owner, own=known.own)
    return known.dossier_id, Outcome.UPDATED


def _link(own: int, told: Told, owner: PersonFacts, actor: Actor, now: datetime) -> int:
    dossier = store.load(own)
    if models.Mirror.objects.filter(dossier_id=own).exists():
        raise LinkedAlready(given=dossier.code or dossier.provisional_code)
    name, at = source_name(told.source), max(now, dossier.recorded_at)
    mirroring.note_own(dossier, told, source_name=name, first=True, now=at, actor=actor)
    store.write_events(dossier)
    _write_mirror(own, told, owner, own=True)
    return own


def _merge(
    known: models.Mirror, own: int, told: Told, owner: PersonFacts, actor: Actor, now: datetime
) -> int:
    """The system names our code only now: the row that followed it leaves, the link moves to our dossier."""
    followed = store.load(known.dossier_id)
    known.delete()
    _link(own, told, owner, actor, now)
    own_code = models.Dossier.objects.values_list("code", flat=True).get(pk=own)
    at = max(now, followed.recorded_at)
    mirroring.merge_into_own(followed, own_code=own_code or told.own_code, now=at, actor=actor)
    store.save(followed)
    return own


def _own_of(told: Told) -> int | None:
    """Our own dossier that the message is about: by the code it names, or because the foreign code is ours."""
    wanted = told.own_code or told.external_code
    rows = models.Dossier.objects.filter(Q(code=wanted) | Q(provisional_code=wanted), source="")
    own = rows.values_list("id", "procedure_code").first()
    same_procedure = own is not None and own[1] == told.procedure_code
    if told.own_code and not same_procedure:
        raise OwnDossierUnknown(given=told.own_code)
    if not same_procedure and _is_in_our_range(told.external_code):
        raise CodeOfOurOwn(given=told.external_code)
    return own[0] if own is not None and same_procedure else None


def _is_in_our_range(code: str) -> bool:
    if not is_dossier_code(code):
        return False
    try:
        units.by_code(code.split("-")[0])
    except UnitUnknown:
        return False
    return True


def _new(told: Told, unit_id: int, now: datetime) -> tuple[Dossier, VersionFacts]:
    facts = _version(told, now)
    unit = units.latest(unit_id)
    desk = units.by_code(told.intake_unit_code) if told.intake_unit_code else unit_id
    dossier = Dossier(
        provisional_code="", secret="".join(secrets.choice(SECRET_LETTERS) for _ in range(SECRET_LENGTH)),
        channel=Channel(told.channel).value, procedure_id=facts.procedure_id, procedure_code=facts.code,
        version_id=facts.version_id, case_id=None, field_id=facts.field_id, level=unit.level, unit_id=unit_id,
        intake_unit_id=desk, own_counter=True, submitted_at=told.submitted_at, recorded_at=now, source=told.source,
        external_code=told.external_code,
    )  # fmt: skip
    dossier.accepted_at = told.accepted_at
    _name(dossier)
    return dossier, facts


def _version(told: Told, now: datetime) -> VersionFacts:
    """What the procedure said when the dossier came in; where nothing is on record for that day, what it says now."""
    try:
        return version_for_intake(told.procedure_code, on=local_date(told.accepted_at or told.submitted_at))
    except ProcedureNotInForce:
        return version_for_intake(told.procedure_code, on=local_date(now))


def _name(dossier: Dossier) -> None:
    """The foreign code is the dossier's code; two systems with one code are told apart by a mark of the source."""
    if not dossier.provisional_code:
        dossier.provisional_code = dossier.external_code
        taken = Q(code=dossier.external_code) | Q(provisional_code=dossier.external_code)
        if models.Dossier.objects.filter(taken).exists():
            mark = hashlib.sha256(f"{dossier.source} {dossier.external_code}".encode()).hexdigest()[:10].upper()
            dossier.provisional_code = f"{dossier.external_code[:29]}.{mark}"
    dossier.code = dossier.provisional_code if dossier.accepted_at else None


def _intake(told: Told, facts: VersionFacts, unit_id: int, owner: PersonFacts) -> Intake:
    return Intake(facts.code, unit_id, unit_id, Channel(told.channel), owner)


def _write_mirror(number: int, told: Told, owner: PersonFacts, *, own: bool) -> None:
    values: dict[str, Any] = {
        "source": told.source, "external_code": told.external_code, "own": own, "told_at": told.told_at,
        "state": told.state.value, "state_words": told.state_words, "digest": _digest(told, owner),
        "steps": [{**asdict(step), "at": step.at.isoformat() if step.at else None} for step in told.steps],
    }  # fmt: skip
    models.Mirror.objects.update_or_create(dossier_id=number, defaults=values)


def _digest(told: Told, owner: PersonFacts) -> str:
    """What makes two messages the same: everything but the moment at which they were told."""
    content = {**asdict(told), **asdict(owner)} | {"told_at": None}
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()
