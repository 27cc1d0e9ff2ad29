"""Builds the fictional province through the verbs of the rooms: units over time, counters, who took over what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from motcua.base.actor import SYSTEM
from motcua.catalogue import queries as catalogue
from motcua.catalogue import services as procedures
from motcua.demo import units as plan
from motcua.organisation import services as organisation
from motcua.organisation.queries import by_code
from motcua.organisation.rules import Level, UnitKind

Progress = Callable[[int], None]


@dataclass
class Builder:
    """Opens units and remembers their numbers by code."""

    now: datetime
    progress: Progress

    def open(
        self, code: str, name: str, kind: UnitKind, level: Level, *, parent: str = "", place: str = "",
        since: date = plan.SINCE, citation: str = plan.FOUNDED,
    ) -> int:  # fmt: skip
        data = organisation.UnitData(
            name=name, kind=kind, parent=parent, place=place or "Bình Mẫu", address=f"Số 1, {place or 'đường Mẫu'}",
            phone="0900 000 000", email=f"{code.lower()}@example.vn",
        )  # fmt: skip
        self.progress(1)
        return organisation.open_unit(
            code=code, level=level, data=data, since=since, citation=citation, actor=SYSTEM, now=self.now
        )

    def serve(self, counter: int, unit: int, *, since: date, until: date | None = None) -> None:
        organisation.serve(
            counter_id=counter, unit_id=unit, since=since, until=until, citation=plan.FOUNDED, actor=SYSTEM, now=self.now
        )

    def close(self, code: str, on: date, citation: str) -> None:
        organisation.close_unit(unit_id=by_code(code), on=on, citation=citation, actor=SYSTEM, now=self.now)

    def succeed(self, unit: str, heir: str, on: date, citation: str, *, field: str = "", procedure: str = "") -> None:
        organisation.succeed(
            unit_id=by_code(unit), heir_id=by_code(heir), on=on, citation=citation, field_code=field,
            procedure_code=procedure, actor=SYSTEM, now=self.now,
        )  # fmt: skip

    def area(self, area: plan.Area, level: Level, *, centre: bool, since: date, until: date | None) -> None:
        """A district or commune with its counter."""
        citation = plan.REORGANISED if centre else plan.FOUNDED
        unit = self.open(
            area.code, area.name, UnitKind.COMMITTEE, level, parent=area.parent, place=area.place, since=since,
            citation=citation,
        )  # fmt: skip
        counter = self.open(
            area.counter, area.counter_name, UnitKind.CENTRE if centre else UnitKind.COUNTER, level, parent=area.code,
            place=area.place, since=since, citation=citation,
        )  # fmt: skip
        self.serve(counter, unit, since=since, until=until)


def build(*, now: datetime, progress: Progress) -> None:
    """The whole tree from 2018 to today, with the reorganisations of 01/3/2025 and 01/7/2025."""
    builder = Builder(now, progress)
    _province(builder)
    for district, area in enumerate(plan.districts()):
        builder.area(area, Level.DISTRICT, centre=False, since=plan.SINCE, until=plan.TWO_LEVELS)
        for commune in plan.old_communes(district):
            builder.area(commune, Level.COMMUNE, centre=False, since=plan.SINCE, until=plan.TWO_LEVELS)
    for district in range(len(plan.DISTRICTS)):
        for commune in plan.new_communes(district):
            builder.area(commune, Level.COMMUNE, centre=True, since=plan.TWO_LEVELS, until=None)


def _province(builder: Builder) -> None:
    builder.open(plan.COMMITTEE, f"Ủy ban nhân dân {plan.PROVINCE_NAME}", UnitKind.COMMITTEE, Level.PROVINCE)
    centre = builder.open(
        plan.CENTRE, f"Trung tâm Phục vụ hành chính công {plan.PROVINCE_NAME}", UnitKind.CENTRE, Level.PROVINCE,
        parent=plan.COMMITTEE,
    )  # fmt: skip
    for agency in plan.AGENCIES:
        unit = builder.open(agency.code, agency.name, UnitKind(agency.kind), Level.PROVINCE, parent=plan.COMMITTEE)
        gone = plan.MERGER if agency.code == plan.LAND_AGENCY else None
        builder.serve(centre, unit, since=plan.SINCE, until=gone)
        if agency.kind == "nganh_doc":
            proxy = builder.open(
                f"{plan.CENTRE}.{agency.code[-2:]}", f"Quầy {agency.name} tại Trung tâm Phục vụ hành chính công tỉnh",
                UnitKind.COUNTER, Level.PROVINCE, parent=plan.CENTRE,
            )  # fmt: skip
            builder.serve(proxy, unit, since=plan.SINCE)


def reorganise(*, now: datetime, progress: Progress) -> None:
    """The department merger of 01/3/2025, then the end of the districts and the old communes on 01/7/2025."""
    builder = Builder(now, progress)
    organisation.change_unit(
        unit_id=by_code(plan.FARM_AGENCY), since=plan.MERGER, actor=SYSTEM, now=now,
        data=organisation.UnitData(
            name=plan.FARM_AGENCY_NAME, kind=UnitKind.DEPARTMENT, parent=plan.COMMITTEE, place="Bình Mẫu"
        ), citation=plan.MERGED,
    )  # fmt: skip
    builder.close(plan.LAND_AGENCY, plan.MERGER, plan.MERGED)
    builder.succeed(plan.LAND_AGENCY, plan.FARM_AGENCY, plan.MERGER, plan.MERGED)
    fields = {name: code for code, name, _ in catalogue.fields()}
    for district, area in enumerate(plan.districts()):
        _end_district(builder, district, area, fields)
        progress(1)


def _end_district(builder: Builder, district: int, area: plan.Area, fields: dict[str, str]) -> None:
    heirs = plan.new_communes(district)
    on, why = plan.TWO_LEVELS, plan.REORGANISED
    for number, commune in enumerate(plan.old_communes(district), 1):
        for code in (commune.counter, commune.code):
            builder.close(code, on, why)
        heir = plan.heir_of_commune(district, number)
        builder.succeed(commune.code, heir, on, why)
        builder.succeed(commune.counter, f"{heir}.01", on, why)
    for code in (area.counter, area.code):
        builder.close(code, on, why)
    builder.succeed(area.code, heirs[0].code, on, why)
    builder.succeed(area.counter, heirs[0].counter, on, why)
    _share_fields(builder, area.code, heirs, fields)


def _share_fields(builder: Builder, district: str, heirs: list[plan.Area], fields: dict[str, str]) -> None:
    """A closed district has no single heir: land and building go up to departments, civil status to one commune,
    certification to another, the rest to the seat."""
    on, why = plan.TWO_LEVELS, plan.REORGANISED
    for name, heir in (
        ("Đất đai", plan.FARM_AGENCY), ("Hoạt động xây dựng", "H99.14"), ("Hộ tịch", heirs[1].code),
        ("Chứng thực", heirs[2].code),
    ):  # fmt: skip
        if name in fields:
            builder.succeed(district, heir, on, why, field=fields[name])
    one = next((hit.code for hit in catalogue.search("khai sinh", on=on, limit=1).hits), "")
    if one:
        builder.succeed(district, heirs[0].code, on, why, procedure=one)


def give_competences(*, now: datetime, progress: Progress) -> None:
    """Departments settle the fields of their sectors; every new commune the fields that reach communes."""
    for code, name, sector in catalogue.fields():
        for agency in plan.AGENCIES:
            if sector in agency.sectors:
                _give_department(agency.code, code, name, now)
        progress(1)
    on = plan.TWO_LEVELS
    fields = {hit.field_code for hit in catalogue.search("", on=on, level="commune", limit=1000).hits if hit.field_code}
    for district in range(len(plan.DISTRICTS)):
        for area in plan.new_communes(district):
            for field in sorted(fields):
                _give(area.code, field, "commune", on, plan.REORGANISED, now)
            progress(1)


def _give_department(agency: str, field: str, name: str, now: datetime) -> None:
    if name in plan.LAND_FIELDS:
        _give(plan.LAND_AGENCY, field, "province", plan.SINCE, plan.FOUNDED, now, until=plan.MERGER)
        _give(agency, field, "province", plan.MERGER, plan.MERGED, now)
    else:
        _give(agency, field, "province", plan.SINCE, plan.FOUNDED, now)


def _give(
    unit: str, field: str, level: str, since: date, decision: str, now: datetime, *, until: date | None = None
) -> None:
    procedures.give_competence(
        by_code(unit), level=level, valid_from=since, valid_to=until, decision=decision, field_code=field, actor=SYSTEM,
        now=now,
    )  # fmt: skip
