"""What belongs together in the demonstration: merged land procedures, linked groups, dossiers followed from ministries."""

from __future__ import annotations

from datetime import datetime, timedelta

from motcua.base.actor import SYSTEM
from motcua.base.time import local_date
from motcua.catalogue import services as catalogue
from motcua.catalogue.queries import version_for_intake
from motcua.catalogue.shipped import LINKED_FILE
from motcua.demo import units as plan
from motcua.demo.places import Desk, desks
from motcua.demo.result_files import store_samples
from motcua.dossiers import mirrors, sources
from motcua.dossiers import services as dossiers
from motcua.dossiers.intake import ComponentInput
from motcua.dossiers.rules.mirroring import Told, ToldStep
from motcua.dossiers.rules.state import Channel, LateCause, ResultRecord, State
from motcua.groups import definitions, queries, services
from motcua.groups.rules import MemberPlan
from motcua.groups.services import Filing, Part
from motcua.organisation.queries import tree
from motcua.people.queries import PersonFacts

RESIDENCE, INSURANCE = "BCA-CUTRU", "BHXH"
BIRTH, DEATH = "1.001193", "1.000656"
ON_RESIDENCE, HEALTH_CARD, OFF_RESIDENCE, FUNERAL = "9.900001", "9.900002", "9.900003", "9.900004"
CITATION = "Nghị định 63/2024/NĐ-CP, Nghị định 301/2026/NĐ-CP"
DECISION = "02/QĐ-MẪU"
GROUPS = {
    "KHAI-SINH": (
        "Khai sinh, thường trú, thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi",
        (
            MemberPlan(1, BIRTH),
            MemberPlan(2, ON_RESIDENCE, after=(1,), source=RESIDENCE),
            MemberPlan(3, HEALTH_CARD, after=(1,), source=INSURANCE),
        ),
    ),
    "KHAI-TU": (
        "Khai tử, xóa thường trú, hỗ trợ mai táng",
        (
            MemberPlan(1, DEATH),
            MemberPlan(2, OFF_RESIDENCE, after=(1,), source=RESIDENCE),
            MemberPlan(3, FUNERAL, after=(1,), optional=True),
        ),
    ),
}
FOLLOWED = 8


def load(*, now: datetime) -> None:
    """Sources, groups with three filings at one commune, some followed dossiers, thirteen merged procedures."""
    catalogue.load_shipped(actor=SYSTEM, now=now, file_name=LINKED_FILE)
    catalogue.load_example_mergers(actor=SYSTEM, now=now, valid_from=plan.TWO_LEVELS)
    found = desks(local_date(now))
    commune = min((desk for desk in found if desk.level == "commune"), key=lambda desk: desk.code)
    _give_competence(now)
    _list_sources(now)
    _define(now)
    _follow(commune, now)
    _file(commune, now)


def _give_competence(now: datetime) -> None:
    """The example procedures of the groups are settled by every commune of the first district."""
    known = {unit.code: unit.id for unit in tree(local_date(now)).values()}
    for area in plan.new_communes(0):
        for code in (ON_RESIDENCE, HEALTH_CARD, OFF_RESIDENCE, FUNERAL):
            catalogue.give_competence(
                known[area.code], level="commune", valid_from=plan.TWO_LEVELS, decision=DECISION, procedure_code=code,
                actor=SYSTEM, now=now,
            )  # fmt: skip


def _list_sources(now: datetime) -> None:
    for code, name, ministry in (
        (RESIDENCE, "Hệ thống quản lý cư trú (mẫu)", "Bộ Công an"),
        (INSURANCE, "Hệ thống giám định, cấp thẻ (mẫu)", "Bảo hiểm xã hội Việt Nam"),
    ):
        sources.add_source(
            code=code, name=name, ministry=ministry, since=plan.TWO_LEVELS,
            citation="Nghị định 224/2026/NĐ-CP, Điều 15 khoản 1 điểm h", actor=SYSTEM, now=now,
        )  # fmt: skip


def _define(now: datetime) -> None:
    for code, (name, members) in GROUPS.items():
        version = definitions.draft(
            code=code, name=name, citation=CITATION, members=members, actor=SYSTEM, now=now, on=local_date(now)
        )
        definitions.publish(
            version, decision_number=DECISION, decision_date=plan.TWO_LEVELS, valid_from=plan.TWO_LEVELS, actor=SYSTEM,
            now=now,
        )  # fmt: skip


def _follow(commune: Desk, now: datetime) -> None:
    """Eight dossiers of the two systems: open within and past the term, waiting, with results early and late."""
    for number in range(1, FOLLOWED + 1):
        mirrors.mirror(_told(number, commune, now), _person(number, "Trần Thị Theo Dõi"), actor=SYSTEM, now=now)


def _told(number: int, commune: Desk, now: datetime) -> Told:
    start = now - timedelta(days=3 + number)
    due = start + timedelta(days=2 + 2 * number)
    state = (State.PROCESSING, State.FINISHED, State.RETURNED, State.WAITING_SUPPLEMENT)[number % 4]
    ended = start + timedelta(days=4) if state in (State.FINISHED, State.RETURNED) else None
    residence = number % 2 == 1
    return Told(
        RESIDENCE if residence else INSURANCE, f"G{'01' if residence else '24'}.99-{start:%y%m%d}-{number:04d}", now,
        ON_RESIDENCE if residence else HEALTH_CARD, commune.code, "online", state, start, accepted_at=start, due_at=due,
        ended_at=ended, end_kind="finished" if ended else "", returned_at=ended if state is State.RETURNED else None,
        state_words="Theo hệ thống nguồn",
        steps=(ToldStep("Tiếp nhận", "done", start), ToldStep("Xử lý", "done" if ended else "now", ended)),
    )  # fmt: skip


def _file(commune: Desk, now: datetime) -> None:
    """One group just taken in, one whose first result has come, one whose results so far were handed over."""
    birth, death = (next(v.id for v in queries.in_force(local_date(now)) if v.code == code) for code in GROUPS)
    file_id = store_samples(actor=SYSTEM, now=now)[0]
    for number, version in enumerate((birth, birth, death)):
        at = now - timedelta(hours=3 + number)
        filing = _filing(version, commune, number, now)
        group = services.receive(filing, actor=commune.somebody("counter", number), now=at)
        if number:
            _settle_first(group, commune, file_id, now)
            services.open_ready(group, actor=SYSTEM, now=now)
        if number == len(GROUPS):
            services.give_back(
                group, receiver="Lê Văn Ví Dụ", method="Nhận trực tiếp", actor=commune.somebody("counter", number), now=now
            )


def _filing(version: int, commune: Desk, number: int, now: datetime) -> Filing:
    parts = {}
    for member in queries.definition(version).members:
        asked = version_for_intake(member.procedure_code, on=local_date(now)).components
        papers = () if member.source else tuple(ComponentInput(c.id, received=True, originals=1) for c in asked)
        parts[member.position] = Part(commune.unit, papers)
    return Filing(version, commune.counter, Channel.DIRECT, _person(20 + number, "Nguyễn Thị Liên Thông"), parts)


def _settle_first(group: int, commune: Desk, file_id: int, now: datetime) -> None:
    first = queries.group(group, actor=SYSTEM, today=local_date(now)).children[0].dossier
    assert first is not None
    dossiers.forward(first.id, actor=SYSTEM, now=now)
    dossiers.decide(
        first.id, granted=True, result=ResultRecord("", "Giấy khai sinh hoặc trích lục (mẫu)", file_id, "", now), actor=SYSTEM,
        now=now, late_cause=LateCause.OTHER,
    )  # fmt: skip


def _person(number: int, name: str) -> PersonFacts:
    return PersonFacts("citizen", f"0010900{number:05d}", name, None, "Nữ", "", "", f"Số {number}, Bình Mẫu")


DOSSIERS = FOLLOWED + len(GROUPS) + 2
"""Dossiers on top of those asked for: the followed ones, three first dossiers of groups and one funeral aid."""
