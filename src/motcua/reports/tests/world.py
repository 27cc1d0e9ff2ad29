"""A small made-up province for the report tests: three levels until 30/6/2025, two from 01/7/2025."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.base.actor import SYSTEM
from motcua.base.time import VN, at
from motcua.catalogue.models import Field, Procedure, ProcedureVersion
from motcua.dossiers.models import Dossier, PauseRecord
from motcua.organisation import services as organisation
from motcua.organisation.rules import Level, UnitKind

SINCE, REFORM = date(2020, 1, 1), date(2025, 7, 1)
OPENED = datetime(2020, 1, 1, tzinfo=VN)


@dataclass(frozen=True)
class World:
    """Numbers of units and fields by name."""

    units: dict[str, int]
    fields: dict[str, int]
    versions: dict[str, ProcedureVersion]


UNITS = [
    ("H99", "province", "UBND tỉnh Ví Dụ", UnitKind.COMMITTEE, "", None),
    ("H99.01", "province", "Sở Tư pháp", UnitKind.DEPARTMENT, "H99", None),
    ("H99.31", "district", "UBND huyện Mẫu", UnitKind.COMMITTEE, "H99", REFORM),
    ("H99.31.01", "commune", "UBND xã Cũ", UnitKind.COMMITTEE, "H99.31", REFORM),
    ("H99.61", "commune", "UBND xã Mới", UnitKind.COMMITTEE, "H99", None),
]


def make_world() -> World:
    """Units, two fields with a procedure each, and who took over from the closed district and commune."""
    units = {}
    for code, level, name, kind, parent, until in UNITS:
        data = organisation.UnitData(name=name, kind=kind, parent=parent)
        units[code] = organisation.open_unit(
            code=code, level=Level(level), data=data, since=SINCE, citation="Quyết định thử", actor=SYSTEM, now=OPENED,
            until=until,
        )  # fmt: skip
    fields, versions = {}, {}
    for number, (code, name) in enumerate([("HT", "Hộ tịch"), ("DD", "Đất đai")], 1):
        field = Field.objects.create(code=code, name=name, valid=DateRange(SINCE, None))
        procedure = Procedure.objects.create(code=f"1.00000{number}"[:8], field=field)
        fields[code] = field.pk
        versions[code] = ProcedureVersion.objects.create(
            procedure=procedure, number=1, source="import", name=name, folded_name=name, levels=["commune"], channels=["direct"]
        )  # fmt: skip
    _succession(units)
    return World(units, fields, versions)


def _succession(units: dict[str, int]) -> None:
    """The district's land work goes to the department, all the rest to the new commune; the old commune to the new one."""
    told: dict[str, Any] = {"on": REFORM, "citation": "Nghị quyết thử", "actor": SYSTEM, "now": OPENED}
    organisation.succeed(unit_id=units["H99.31"], heir_id=units["H99.01"], field_code="DD", **told)
    organisation.succeed(unit_id=units["H99.31"], heir_id=units["H99.61"], **told)
    organisation.succeed(unit_id=units["H99.31.01"], heir_id=units["H99.61"], **told)


def add(
    world: World, code: str, *, accepted: str, due: str = "", ended: str = "", kind: str = "", channel: str = "online",
    unit: str = "H99.01", field: str = "HT", recorded: str = "", waits: list[tuple[str, str]] | None = None,
    voided: bool = False,
) -> Dossier:  # fmt: skip
    """Writes one dossier; days as "2024-03-01", at 9:00; acceptance at 8:00, due at 17:00."""
    version = world.versions[field]
    accepted_at = _at(accepted, 8)
    ended_at = _at(ended, 9)
    state = (
        "voided"
        if voided
        else {"": "processing", "finished": "returned", "refused": "returned"}.get(kind, kind)
    )
    level = next(row[1] for row in UNITS if row[0] == unit)
    dossier = Dossier.objects.create(
        provisional_code=f"TN-{code}", code=code, secret="SECRET", state=state, channel=channel,
        procedure=version.procedure, procedure_code=version.procedure.code, version=version,
        field_id=world.fields[field], level=level, unit_id=world.units[unit], intake_unit_id=world.units[unit],
        own_counter=True, submitted_at=accepted_at, accepted_at=accepted_at, received_at=accepted_at,
        due_at=_at(due, 17), ended_at=ended_at, end_kind=kind, recorded_at=_at(recorded, 10) or ended_at or accepted_at,
    )  # fmt: skip
    for start, end in waits or []:
        PauseRecord.objects.create(
            dossier=dossier, kind="supplement", mode="resume", start=_at(start, 9), end=_at(end, 9), reason="thiếu giấy",
            ground="NĐ 61/2018", approver="Thử",
        )  # fmt: skip
    return dossier


def change(dossier: Dossier, *, on: str, **values: Any) -> None:
    """A later act on the dossier, recorded at 10:00 of day `on`."""
    for name, value in values.items():
        setattr(dossier, name, value)
    dossier.recorded_at = _at(on, 10)
    dossier.save()


def moment(day: str, hour: int = 9) -> datetime:
    """That hour of that day."""
    found = _at(day, hour)
    assert found is not None
    return found


def _at(day: str, hour: int) -> datetime | None:
    return at(date.fromisoformat(day), time(hour)) if day else None
