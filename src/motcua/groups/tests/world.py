"""What the tests of groups share: the miniature province with two groups in force, and a filing."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from motcua.base.actor import SYSTEM
from motcua.base.time import at
from motcua.catalogue.queries import version_for_intake
from motcua.demo.cast import BIRTH, LICENCE, NO_TERM, ON, OWNER, SINCE, Cast
from motcua.documents import services as documents
from motcua.dossiers import services as dossiers
from motcua.dossiers.intake import ComponentInput
from motcua.dossiers.rules.state import Channel, LateCause, ResultRecord
from motcua.dossiers.tests.mirrored import SOURCE
from motcua.dossiers.tests.office import PDF, province
from motcua.groups import definitions, services
from motcua.groups.models import Child
from motcua.groups.rules import MemberPlan
from motcua.groups.services import Filing, Part

NOW = at(ON, time(8))
CITATION = "Nghị định 63/2024/NĐ-CP, Nghị định 301/2026/NĐ-CP"
BIRTH_GROUP = (
    MemberPlan(1, BIRTH),
    MemberPlan(2, LICENCE, after=(1,)),
    MemberPlan(3, NO_TERM, after=(1,), optional=True, source=SOURCE),
)


def define(code: str = "KHAI-SINH", members: tuple[MemberPlan, ...] = BIRTH_GROUP) -> int:
    """A group in force since 2018; gives its version."""
    version = definitions.draft(
        code=code, name=f"Nhóm mẫu {code}", citation=CITATION, members=members, actor=SYSTEM, now=NOW, on=ON
    )
    definitions.publish(
        version, decision_number="02/QĐ-MẪU", decision_date=SINCE, valid_from=SINCE, actor=SYSTEM, now=NOW
    )
    return version


def made() -> tuple[Cast, int]:
    """The province and its birth group."""
    return province(), define()


def part(cast: Cast, code: str, *, complete: bool = True) -> Part:
    papers = version_for_intake(code, on=ON).components
    return Part(
        cast.commune.unit, tuple(ComponentInput(c.id, received=complete, originals=1) for c in papers if c.required)
    )


def filing(cast: Cast, version: int, **changes: Any) -> Filing:
    """A filing for the birth group at the commune, with everything but the ministry's part."""
    parts = {1: part(cast, BIRTH), 2: part(cast, LICENCE)}
    values: dict[str, Any] = {
        "version_id": version, "intake_unit_id": cast.commune.counter, "channel": Channel.DIRECT, "owner": OWNER,
        "parts": parts,
    }  # fmt: skip
    return Filing(**(values | changes))


def filed(cast: Cast, version: int, **changes: Any) -> int:
    return services.receive(filing(cast, version, **changes), actor=cast.commune.alice, now=NOW)


def dossier_of(group: int, position: int) -> int:
    found = Child.objects.get(group_id=group, position=position).dossier_id
    assert found is not None
    return found


def settle(cast: Cast, dossier: int, *, granted: bool = True, now: datetime = NOW) -> None:
    """From acceptance to a result, by the commune's officers."""
    place = cast.commune
    dossiers.forward(dossier, actor=place.alice, now=now)
    result = ResultRecord("", "Kết quả mẫu", _file(place.charlie, now), "", now)
    dossiers.decide(
        dossier, granted=granted, result=result if granted else None, reason="Lý do", ground="Căn cứ",
        actor=place.charlie, now=now, late_cause=LateCause.OTHER,
    )  # fmt: skip


def _file(actor: Any, now: datetime) -> int:
    return documents.store("ket-qua.pdf", [PDF], actor=actor, now=now)
