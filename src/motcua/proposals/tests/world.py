"""What the tests of proposals share: a dossier at the specialist's desk, and drafts of each kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from motcua.base.actor import SYSTEM, Actor
from motcua.demo.cast import LICENCE, PASSWORD, SINCE, Cast, Place
from motcua.dossiers import services as dossiers
from motcua.dossiers.rules.state import EndKind
from motcua.dossiers.tests.office import NOW
from motcua.people import services as people
from motcua.people.queries import actor_of_officer
from motcua.people.rules import Role
from motcua.proposals import services
from motcua.proposals.rules import Draft, Kind

LATER = NOW + timedelta(hours=2)
GROUND = "Điều 17 Nghị định 118/2025/NĐ-CP"
DRAFTS = {
    Kind.SUPPLEMENT: Draft(
        Kind.SUPPLEMENT, "ineligible", "Bản chụp mờ", GROUND, items=({"name": "Bản chụp rõ"},), reply_by=NOW + timedelta(days=9)
    ),
    Kind.REFUSE: Draft(Kind.REFUSE, "ineligible", "Không đủ điều kiện", GROUND),
    Kind.PAUSE: Draft(Kind.PAUSE, "superior", "Chờ nộp thuế", GROUND, pause_kind="financial_obligation"),
    Kind.STOP: Draft(Kind.STOP, "field_check", "Không xác minh được", GROUND, end_kind=EndKind.STOPPED.value),
    Kind.APOLOGY: Draft(Kind.APOLOGY, "superior", "Chờ ý kiến cấp trên", new_date=NOW + timedelta(days=20)),
}  # fmt: skip


def at_desk(cast: Cast, *, procedure: str = LICENCE, place: Place | None = None, **more: Any) -> int:
    """A dossier that Bob has on his desk: accepted, forwarded and handed to him by Charlie."""
    place = place or cast.justice
    number = dossiers.receive_at_counter(cast.intake(procedure, place=place, **more), actor=place.alice, now=NOW)
    dossiers.forward(number, actor=place.alice, now=NOW)
    dossiers.advance(number, position=2, actor=place.charlie, now=NOW)
    return number


def propose(number: int, kind: Kind, actor: Actor, *, now: datetime = LATER, **changes: Any) -> int:
    return services.propose(number, draft=replace(DRAFTS[kind], **changes), actor=actor, now=now)


def second_head(cast: Cast, *, until: date | None = None) -> Actor:
    """Another head of the department of justice."""
    return officer("dora", "Phạm Thị Mẫu", cast.justice.unit, Role.LEADER, until=until)


def officer(username: str, name: str, unit: int, role: Role, *, until: date | None = None) -> Actor:
    number = people.create_officer(
        username=username, full_name=name, password=PASSWORD, actor=SYSTEM, now=NOW, must_change=False
    )
    more = {"until": until} if until else {}
    people.assign(officer_id=number, unit_id=unit, role=role, since=SINCE, actor=SYSTEM, now=NOW, **more)
    return actor_of_officer(number, on=NOW.date())
