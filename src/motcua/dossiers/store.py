"""Between the rules' dossier and the tables: load under lock, write what an act changed. The room's only writer of rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any

from django.db import models as dj

from motcua.base.errors import NotFound
from motcua.base.text import fold
from motcua.catalogue.queries import version_facts
from motcua.dossiers import insertion, models
from motcua.dossiers.intake import Intake
from motcua.dossiers.rules import state as rules
from motcua.journal.services import NewEvent, append_all, documents
from motcua.kit.sql import prepared
from motcua.people.queries import PersonFacts
from motcua.processes.queries import plan_of_version

RECORDS: dict[str, tuple[type[Any], type[dj.Model]]] = {
    "steps": (rules.StepRecord, models.StepRecord),
    "pauses": (rules.PauseRecord, models.PauseRecord),
    "supplements": (rules.SupplementRecord, models.SupplementRecord),
    "dues": (rules.DueRecord, models.DueRecord),
    "slips": (rules.SlipRecord, models.SlipRecord),
    "results": (rules.ResultRecord, models.ResultRecord),
}
_NO_COLUMNS = {*RECORDS, "plan", "happenings", "capacity", "as_read", "id"}
COLUMNS = tuple(f.name for f in fields(rules.Dossier) if f.name not in _NO_COLUMNS)

_NEXT_NUMBER = """
    INSERT INTO dossiers_dailysequence (unit_id, day, kind, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT ON CONSTRAINT sequence_of_the_day DO UPDATE SET last = dossiers_dailysequence.last + 1
    RETURNING last
"""


def load(dossier_id: int, *, lock: bool = True) -> rules.Dossier:
    """The dossier with all its records; its row is locked until the transaction ends."""
    rows = models.Dossier.objects.select_for_update() if lock else models.Dossier.objects.all()
    values = rows.filter(pk=dossier_id).values(*COLUMNS).first()
    if values is None:
        raise NotFound(what="hồ sơ này")
    values["state"] = rules.State(values["state"])
    dossier = rules.Dossier(**values, id=dossier_id)
    for name, (record, table) in RECORDS.items():
        read = _records(record, table, dossier_id)
        getattr(dossier, name).extend(read)
        dossier.as_read |= {(name, row.id): record_values(row) for row in read}
    if dossier.process_version_id:
        dossier.plan = plan_of_version(dossier.process_version_id)
    return dossier


def insert(dossier: rules.Dossier, owner: PersonFacts, intake: Intake) -> int:
    """Writes a new dossier with its applicant, papers, fees, steps, due moments and events; gives its number."""
    dossier.id = insertion.insert(
        row_values(dossier),
        {
            models.Applicant: [applicant_values(dossier, owner, intake)],
            models.Component: component_values(dossier, intake),
            models.FeeLine: fee_values(None, intake),
            models.StepRecord: [record_values(step) for step in dossier.steps],
            models.DueRecord: [record_values(due) for due in dossier.dues],
        },
        documents(_events(dossier)),
    )
    dossier.happenings.clear()
    return dossier.id


def write_waits(dossier: rules.Dossier) -> None:
    """Writes the pauses of a dossier that was told whole; `insert` writes what a counter can bring in."""
    for pause in dossier.pauses:
        pause.id = models.PauseRecord.objects.create(dossier_id=dossier.id, **record_values(pause)).pk


def change_applicant(dossier: rules.Dossier, owner: PersonFacts) -> None:
    """The owner as the source of a followed dossier tells it now."""
    columns = ("kind", "number", "name", "born", "sex", "phone", "email", "address")
    values = {name: getattr(owner, name) for name in columns} | {"folded_name": fold(owner.name)}
    models.Applicant.objects.filter(dossier_id=dossier.id).update(**values)


def next_number(unit_id: int, day: date, kind: str = "dossier") -> int:
    """The next number of the unit's day, without gaps: the row stays locked until the transaction ends."""
    return int(prepared(_NEXT_NUMBER, [unit_id, day, kind])[0][0])


def save(dossier: rules.Dossier) -> None:
    """Writes an existing dossier back, counts its revision up, and appends its events."""
    dossier.revision += 1
    models.Dossier.objects.filter(pk=dossier.id).update(**row_values(dossier))
    _write_records(dossier)
    write_events(dossier)


def write_events(dossier: rules.Dossier) -> None:
    """Appends what happened to the journal, in order, and forgets it here."""
    append_all(stream="dossier", stream_id=str(dossier.id), events=_events(dossier))
    dossier.happenings.clear()


def _events(dossier: rules.Dossier) -> list[NewEvent]:
    return [NewEvent(name=h.name, at=h.at, actor=h.actor, data=h.data) for h in dossier.happenings]


def row_values(dossier: rules.Dossier) -> dict[str, Any]:
    """The spine row of `dossier` by column."""
    return {name: getattr(dossier, name) for name in COLUMNS}


def applicant_values(dossier: rules.Dossier, owner: PersonFacts, intake: Intake) -> dict[str, Any]:
    """The applicant's row: owner and submitter as they are today."""
    by, places = intake.submitter, {dossier.unit_id, dossier.intake_unit_id}
    return {
        "dossier_id": dossier.id, "places": sorted(places), "kind": owner.kind, "number": owner.number, "name": owner.name,
        "folded_name": fold(owner.name), "born": owner.born, "sex": owner.sex, "phone": owner.phone,
        "email": owner.email, "address": owner.address, "submitter_name": by.name, "submitter_number": by.number,
        "submitter_phone": by.phone,
    }  # fmt: skip


def component_values(dossier: rules.Dossier, intake: Intake) -> Iterator[dict[str, Any]]:
    """The checklist of the pinned version and case, with what was handed in; a followed dossier's papers lie elsewhere."""
    if dossier.is_mirrored:
        return
    handed = {line.component_id: line for line in intake.components}
    for position, asked in enumerate(version_facts(dossier.version_id).components, 1):
        line = handed.get(asked.id)
        if line is None and asked.case_id not in (None, dossier.case_id):
            continue
        yield {
            "dossier_id": dossier.id, "position": position, "code": asked.code, "name": asked.name,
            "required": asked.required, "received": bool(line and line.received),
            "originals": line.originals if line else 0, "copies": line.copies if line else 0,
            "file_id": line.file_id if line else None,
        }  # fmt: skip


def fee_values(dossier_id: int | None, intake: Intake) -> Iterator[dict[str, Any]]:
    """The fees told at intake, in VND, with their payers."""
    for position, fee in enumerate(intake.fees, 1):
        yield {
            "dossier_id": dossier_id, "position": position, "kind": fee.kind, "name": fee.name,
            "amount": fee.amount, "payer": fee.payer, "paid": fee.paid,
        }  # fmt: skip


def record_values(record: Any) -> dict[str, Any]:
    """The row of one record by column, without its number."""
    return {f.name: getattr(record, f.name) for f in fields(record) if f.name != "id"}


def _records(record: type[Any], table: type[dj.Model], dossier_id: int) -> list[Any]:
    """Every act reads six kinds of records, so these statements are prepared by the server once a connection."""
    statement, documents = _reading(record, table)
    rows = prepared(statement, [dossier_id])
    if not documents:
        return [record(*row) for row in rows]
    return [record(*(json.loads(v) if n in documents else v for n, v in enumerate(row))) for row in rows]


@cache
def _reading(record: type[Any], table: type[dj.Model]) -> tuple[str, frozenset[int]]:
    """The statement that reads the records of a dossier, and the places of its JSON columns, which come as text."""
    columns = [table._meta.get_field(f.name) for f in fields(record)]
    documents = frozenset(n for n, column in enumerate(columns) if isinstance(column, dj.JSONField))
    names = ", ".join(f'"{column.column}"' for column in columns)
    return f"SELECT {names} FROM {table._meta.db_table} WHERE dossier_id = %s ORDER BY id", documents


def _write_records(dossier: rules.Dossier) -> None:
    """New records, and those an act has changed since they were read."""
    for name, (_, table) in RECORDS.items():
        for record in getattr(dossier, name):
            if record.id is None:
                record.id = table.objects.create(dossier_id=dossier.id, **record_values(record)).pk
            elif dossier.as_read.get((name, record.id)) != (values := record_values(record)):
                table.objects.filter(pk=record.id).update(**values)
