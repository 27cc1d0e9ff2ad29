"""Twenty communes with a counter each, for the intake: made through the verbs, in the benchmark's own database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from motcua.base.actor import SYSTEM
from motcua.base.time import local_date
from motcua.catalogue.queries import version_for_intake
from motcua.catalogue.testing import Paper, ProcedureText, publish
from motcua.deadlines.rules import Term, TermUnit
from motcua.organisation import services as units
from motcua.organisation.rules import Level, UnitKind
from motcua.people import services as people
from motcua.people.rules import Role

UNITS = 20
SINCE = date(2018, 1, 1)
CITATION = "Quyết định mẫu 01/QĐ-MẪU (dữ liệu đo tốc độ)"
PROCEDURE = ProcedureText(
    code="1.000001", name="Thủ tục mẫu để đo tốc độ", field="Chứng thực", sector="tu_phap", levels=("commune",),
    term=Term(5, TermUnit.WORKING_DAY), papers=(Paper("Đơn đề nghị"), Paper("Bản sao giấy tờ"), Paper("Ảnh chân dung")),
)  # fmt: skip


@dataclass(frozen=True)
class Counter:
    """A counter with the key of its officer; `papers` are the numbers of the procedure's components."""

    key: str
    unit: str
    intake_unit: str
    papers: tuple[int, ...]


def build(*, now: datetime) -> list[Counter]:
    """The province in an empty database."""
    _unit("H99", "Ủy ban nhân dân tỉnh Mẫu", UnitKind.COMMITTEE, "", Level.PROVINCE, now)
    publish(PROCEDURE, since=SINCE)
    papers = tuple(c.id for c in version_for_intake(PROCEDURE.code, on=local_date(now)).components)
    password = make_password("mau-mot-cua-2026")
    return [_counter(number, papers, password, now) for number in range(1, UNITS + 1)]


def _counter(number: int, papers: tuple[int, ...], password: str, now: datetime) -> Counter:
    code = f"H99.{number + 20}"
    commune = _unit(code, f"Ủy ban nhân dân xã Mẫu {number}", UnitKind.COMMITTEE, "H99", Level.COMMUNE, now)
    desk = _unit(f"{code}.01", f"Bộ phận một cửa xã Mẫu {number}", UnitKind.COUNTER, code, Level.COMMUNE, now)
    units.serve(counter_id=desk, unit_id=commune, since=SINCE, citation=CITATION, actor=SYSTEM, now=now)
    officer = people.create_officer(
        username=f"quay{number}", full_name=f"Nguyễn Thị Mẫu {number}", password=password, actor=SYSTEM, now=now,
        must_change=False, hashed=True,
    )  # fmt: skip
    people.assign(officer_id=officer, unit_id=desk, role=Role.COUNTER, since=SINCE, actor=SYSTEM, now=now)
    key = people.issue_token(officer_id=officer, label="đo tốc độ", actor=SYSTEM, now=now)
    return Counter(key, code, f"{code}.01", papers)


def _unit(code: str, name: str, kind: UnitKind, parent: str, level: Level, now: datetime) -> int:
    data = units.UnitData(name=name, kind=kind, parent=parent, place="xã Mẫu")
    return units.open_unit(code=code, level=level, data=data, since=SINCE, citation=CITATION, actor=SYSTEM, now=now)
