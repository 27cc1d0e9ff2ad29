"""Defining linked groups: a draft with its members, put in force by decision, ended by decision."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.base.actor import Actor
from motcua.base.text import clean
from motcua.catalogue.queries import version_for_intake
from motcua.groups.access import require_definer
from motcua.groups.errors import (
    GroupCodeMalformed,
    GroupDecisionMissing,
    GroupNotInForce,
    GroupValidityOverlaps,
    GroupVersionUnknown,
    NotADraftGroup,
)
from motcua.groups.models import GroupDefinition, GroupVersion, Member
from motcua.groups.rules import MemberPlan, check_members
from motcua.journal.services import append

_CODE = re.compile(r"[A-Z][A-Z0-9\-]{1,19}\Z")
STREAM = "group-definition"


@transaction.atomic
def draft(
    *, code: str, name: str, citation: str, members: Sequence[MemberPlan], actor: Actor, now: datetime, on: date
) -> int:
    """A new draft version of the group `code`; gives its number in the tables.

    Raises GroupCodeMalformed, GroupDecisionMissing, GroupMalformed, and ProcedureUnknown or ProcedureNotInForce for a member
    that is not in force `on` the day.
    """
    require_definer(actor)
    if not _CODE.match(code):
        raise GroupCodeMalformed
    if not clean(name) or not clean(citation):
        raise GroupDecisionMissing
    check_members(members)
    codes = [version_for_intake(member.procedure_code, on=on).code for member in members]
    definition, _ = GroupDefinition.objects.select_for_update().get_or_create(code=code)
    number = definition.versions.count() + 1
    version = definition.versions.create(number=number, name=clean(name), citation=clean(citation))
    Member.objects.bulk_create(
        Member(
            version=version, position=m.position, procedure_code=c, after=sorted(m.after), optional=m.optional,
            source=m.source,
        )
        for m, c in zip(members, codes, strict=True)
    )  # fmt: skip
    _record("drafted", version, {"members": codes}, actor, now)
    return version.pk


@transaction.atomic
def publish(
    version_id: int, *, decision_number: str, decision_date: date, valid_from: date, actor: Actor, now: datetime
) -> None:
    """Puts a draft in force; the version before ends on that day. Raises NotADraftGroup, GroupValidityOverlaps."""
    require_definer(actor)
    version = _locked(version_id)
    if version.state != GroupVersion.State.DRAFT:
        raise NotADraftGroup
    if not clean(decision_number):
        raise GroupDecisionMissing
    for earlier in version.definition.versions.filter(valid__isnull=False):
        _end_at(earlier, valid_from)
    version.state, version.valid = GroupVersion.State.PUBLISHED, DateRange(valid_from, None)
    version.decision_number, version.decision_date = clean(decision_number), decision_date
    version.save()
    _record("published", version, {"decision": version.decision_number, "from": valid_from.isoformat()}, actor, now)


@transaction.atomic
def close(version_id: int, *, decision_number: str, from_date: date, actor: Actor, now: datetime) -> None:
    """From `from_date` no group is taken in any more; open ones go on. Raises GroupNotInForce."""
    require_definer(actor)
    version = _locked(version_id)
    if version.valid is None or from_date not in version.valid or version.valid.lower >= from_date:
        raise GroupNotInForce(name=version.name, on=from_date)
    version.valid, version.state = DateRange(version.valid.lower, from_date), GroupVersion.State.ENDED
    version.save()
    _record("closed", version, {"decision": clean(decision_number), "from": from_date.isoformat()}, actor, now)


def _locked(version_id: int) -> GroupVersion:
    version = GroupVersion.objects.select_related("definition").filter(pk=version_id).first()
    if version is None:
        raise GroupVersionUnknown
    GroupDefinition.objects.select_for_update().get(pk=version.definition_id)
    version.refresh_from_db(fields=["state", "valid"])
    return version


def _end_at(earlier: GroupVersion, valid_from: date) -> None:
    if earlier.valid.lower >= valid_from:
        raise GroupValidityOverlaps(taken=earlier.valid.lower)
    if earlier.valid.upper is None or earlier.valid.upper > valid_from:
        earlier.valid, earlier.state = DateRange(earlier.valid.lower, valid_from), GroupVersion.State.ENDED
        earlier.save()


def _record(name: str, version: GroupVersion, data: dict[str, Any], actor: Actor, now: datetime) -> None:
    told = {"version": version.number, **data}
    append(stream=STREAM, stream_id=version.definition.code, name=f"groups.{name}", data=told, actor=actor, at=now)
