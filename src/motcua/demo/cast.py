"""A province in miniature for the tests of every room: made through the verbs, small enough to remember.

One centre counter for two departments, one commune with its own counter, a board nobody here works for; Alice at the
counter, Bob as specialist and Charlie as leader of each place; three procedures.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache

from django.contrib.auth.hashers import make_password

from motcua.base.actor import SYSTEM, Actor
from motcua.base.time import at
from motcua.catalogue.queries import version_for_intake
from motcua.catalogue.testing import Paper, ProcedureText, publish
from motcua.deadlines.rules import Term, TermUnit
from motcua.dossiers.intake import ComponentInput, FeeInput, Intake
from motcua.dossiers.rules.state import Channel
from motcua.organisation import services as units
from motcua.organisation.rules import Level, UnitKind
from motcua.people import services as people
from motcua.people.queries import PersonFacts, actor_of_officer
from motcua.people.rules import Role

SINCE = date(2018, 1, 1)
ON = date(2026, 3, 10)
PASSWORD = "mau-mot-cua-2026"
CITATION = "Quyết định mẫu 01/QĐ-MẪU (dữ liệu thử)"

LICENCE, BIRTH, NO_TERM = "1.000001", "1.000002", "1.000003"
OWNER = PersonFacts(
    "citizen", "001090000001", "Nguyễn Văn Thử", date(1990, 1, 1), "Nam", "0900000001", "thu@example.vn",
    "Số 1, thôn Mẫu, xã Mẫu",
)  # fmt: skip

PROCEDURES = (
    ProcedureText(
        code=LICENCE, name="Cấp giấy phép mẫu (5 ngày làm việc)", field="Chứng thực", sector="tu_phap",
        levels=("province", "district", "commune"), term=Term(5, TermUnit.WORKING_DAY), fee=50_000,
        papers=(Paper("Đơn đề nghị"), Paper("Bản sao giấy tờ tùy thân", copies=1), Paper("Giấy ủy quyền", required=False)),
        result="Giấy phép mẫu",
    ),
    ProcedureText(
        code=BIRTH, name="Đăng ký khai sinh (mẫu)", field="Hộ tịch", sector="tu_phap", levels=("commune",),
        term=Term(1, TermUnit.SAME_DAY), after_15h=True,
        papers=(Paper("Tờ khai đăng ký khai sinh"), Paper("Giấy chứng sinh")), result="Giấy khai sinh",
    ),
    ProcedureText(
        code=NO_TERM, name="Cung cấp thông tin mẫu (không quy định thời hạn)", field="Đất đai",
        sector="nong_nghiep_moi_truong", levels=("province", "commune"), term=None,
        papers=(Paper("Phiếu yêu cầu"),), result="Thông báo bằng lời", is_document=False,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A competent unit with its counter and its three officers; `alice.id` is an officer's number."""

    unit: int
    code: str
    counter: int
    alice: Actor
    bob: Actor
    charlie: Actor


@dataclass(frozen=True, slots=True)
class Cast:
    """The miniature province. `justice` and `land` share the centre's counter; `outsider` works at a board apart."""

    province: int
    centre: int
    justice: Place
    land: Place
    commune: Place
    board: int
    outsider: Actor
    director: Actor
    admin: Actor
    procedures: dict[str, int] = field(default_factory=dict)

    def intake(
        self, procedure: str = LICENCE, *, place: Place | None = None, channel: Channel = Channel.DIRECT,
        owner: PersonFacts = OWNER, complete: bool = True, counter: int | None = None, on: date = ON,
    ) -> Intake:  # fmt: skip
        """A dossier as handed in at `place` (default: justice), its required papers ticked when `complete`."""
        place = place or (self.commune if procedure == BIRTH else self.justice)
        version = version_for_intake(procedure, on=on)
        papers = tuple(
            ComponentInput(c.id, received=complete, originals=1) for c in version.components if c.required
        )
        fees = (FeeInput("le_phi", "Lệ phí", 50_000, owner.name),) if procedure == LICENCE else ()
        return Intake(
            procedure, place.unit, counter or place.counter, channel, owner, components=papers, fees=fees
        )


def small_province(*, now: datetime | None = None) -> Cast:
    """Makes the cast in the present database; positions hold from 2018, actors are as on `now` (10/3/2026)."""
    now = now or at(ON, time(8))
    province = _unit("H99", "Ủy ban nhân dân tỉnh Mẫu", UnitKind.COMMITTEE, "", Level.PROVINCE, now)
    centre = _unit("H99.01", "Trung tâm Phục vụ hành chính công tỉnh Mẫu", UnitKind.COUNTER, "H99", Level.PROVINCE, now)
    board = _unit("H99.09", "Ban Mẫu", UnitKind.BOARD, "H99", Level.PROVINCE, now)
    alice = _officer("alice", "Nguyễn Thị Mẫu Một", centre, Role.COUNTER, now)
    justice = _department("H99.02", "Sở Tư pháp tỉnh Mẫu", centre, alice, now)
    land = _department("H99.03", "Sở Nông nghiệp và Môi trường tỉnh Mẫu", centre, alice, now)
    commune = _commune(now)
    outsider = _officer("outsider", "Trần Văn Ngoài Cuộc", board, Role.SPECIALIST, now)
    director = _officer("director", "Lê Thị Giám Đốc", centre, Role.CENTRE, now)
    admin = _officer("admin", "Phạm Văn Quản Trị", province, Role.ADMIN, now)
    procedures = {text.code: publish(text, since=SINCE).pk for text in PROCEDURES}
    day = now.date()
    return Cast(
        province, centre, _place(*justice, day), _place(*land, day), _place(*commune, day), board,
        _actor(outsider, day), _actor(director, day), _actor(admin, day), procedures,
    )  # fmt: skip


def _department(code: str, name: str, centre: int, alice: int, now: datetime) -> tuple[int, str, int, int, int, int]:
    unit = _unit(code, name, UnitKind.DEPARTMENT, "H99", Level.PROVINCE, now)
    units.serve(counter_id=centre, unit_id=unit, since=SINCE, citation=CITATION, actor=SYSTEM, now=now)
    return unit, code, centre, alice, *_handlers(code, unit, now)


def _commune(now: datetime) -> tuple[int, str, int, int, int, int]:
    unit = _unit("H99.40", "Ủy ban nhân dân xã Mẫu", UnitKind.COMMITTEE, "H99", Level.COMMUNE, now)
    counter = _unit(
        "H99.40.01", "Trung tâm Phục vụ hành chính công xã Mẫu", UnitKind.COUNTER, "H99.40", Level.COMMUNE, now
    )
    units.serve(counter_id=counter, unit_id=unit, since=SINCE, citation=CITATION, actor=SYSTEM, now=now)
    alice = _officer("alice.h99.40", "Nguyễn Thị Mẫu Hai", counter, Role.COUNTER, now)
    return unit, "H99.40", counter, alice, *_handlers("H99.40", unit, now)


def _handlers(code: str, unit: int, now: datetime) -> tuple[int, int]:
    suffix = code.lower()
    bob = _officer(f"bob.{suffix}", f"Trần Văn Mẫu {code}", unit, Role.SPECIALIST, now)
    charlie = _officer(f"charlie.{suffix}", f"Lê Thị Mẫu {code}", unit, Role.LEADER, now)
    return bob, charlie


def _unit(code: str, name: str, kind: UnitKind, parent: str, level: Level, now: datetime) -> int:
    data = units.UnitData(name=name, kind=kind, parent=parent, place="xã Mẫu")
    return units.open_unit(
        code=code, level=level, data=data, since=SINCE, citation=CITATION, actor=SYSTEM, now=now
    )


def _officer(username: str, full_name: str, unit: int, role: Role, now: datetime) -> int:
    officer = people.create_officer(
        username=username, full_name=full_name, password=_hashed(), actor=SYSTEM, now=now, must_change=False,
        hashed=True,
    )  # fmt: skip
    people.assign(officer_id=officer, unit_id=unit, role=role, since=SINCE, actor=SYSTEM, now=now, decision=CITATION)
    return officer


@cache
def _hashed() -> str:
    """Hashed once for all: the strong hash would cost every test seconds."""
    return make_password(PASSWORD)


def _place(unit: int, code: str, counter: int, alice: int, bob: int, charlie: int, day: date) -> Place:
    return Place(unit, code, counter, _actor(alice, day), _actor(bob, day), _actor(charlie, day))


def _actor(officer_id: int, day: date) -> Actor:
    return actor_of_officer(officer_id, on=day)
