"""The floor of the intake: the same rows by plain psycopg, one INSERT a row, one transaction a dossier.

The rows are those of a dossier the API has just written, copied with other keys, so both sides write the same tables,
columns and indexes and fire the same triggers. No rights, no rules, no validation.
"""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

_CHILDREN = ("dossiers_component", "dossiers_feeline", "dossiers_steprecord", "dossiers_duerecord")
_SEQUENCE = """
    INSERT INTO dossiers_dailysequence (unit_id, day, kind, last) VALUES (%s, %s, 'dossier', 1)
    ON CONFLICT ON CONSTRAINT sequence_of_the_day DO UPDATE SET last = dossiers_dailysequence.last + 1 RETURNING last
"""
_PERSON = ("kind", "number", "name", "folded_name", "born", "sex", "phone", "email", "address")
Row = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """Every row of one dossier by table, without its own key; `units` are the counters (number, code)."""

    dossier: Row
    applicant: Row
    children: list[tuple[str, Row]]
    event: Row
    deliveries: list[Row]
    person: Row
    units: list[tuple[int, str]]

    @property
    def rows(self) -> int:
        """How many INSERTs a dossier takes, the sequence included."""
        return 5 + len(self.children) + len(self.deliveries)


def sample_of(connection: psycopg.Connection[Any], dossier_id: int) -> Sample:
    """Reads the rows the API wrote for one dossier."""
    children = [
        (table, row) for table in _CHILDREN for row in _rows(connection, table, dossier_id=dossier_id)
    ]
    (dossier,) = _rows(connection, "dossiers_dossier", id=dossier_id)
    (applicant,) = _rows(connection, "dossiers_applicant", dossier_id=dossier_id)
    person = {name: applicant[name] for name in _PERSON} | {"updated_at": dossier["recorded_at"]}
    event = _rows(connection, "journal_event", stream="dossier", stream_id=str(dossier_id))[0]
    deliveries = _rows(connection, "journal_delivery", stream="dossier", stream_id=str(dossier_id))
    found = connection.execute(
        "SELECT DISTINCT u.id, u.code FROM dossiers_dailysequence s JOIN organisation_unit u ON u.id = s.unit_id"
    )
    return Sample(dossier, applicant, children, event, deliveries, person, list(found.fetchall()))


def _rows(connection: psycopg.Connection[Any], table: str, **where: object) -> list[Row]:
    conditions = sql.SQL(" AND ").join(sql.SQL("{} = %s").format(sql.Identifier(column)) for column in where)
    query = sql.SQL("SELECT * FROM {} WHERE ").format(sql.Identifier(table)) + conditions
    cursor = connection.execute(query, list(where.values()))
    names = [column.name for column in cursor.description or ()]
    return [
        {name: Jsonb(cell) if isinstance(cell, dict) else cell for name, cell in zip(names, row, strict=True) if name != "id"}
        for row in cursor.fetchall()
    ]


def write_for(url: str, sample: Sample, *, threads: int, seconds: float) -> int:
    """Writes dossiers in `threads` threads for `seconds`; gives how many were committed."""
    until, written = time.perf_counter() + seconds, [0] * threads
    workers = [threading.Thread(target=_work, args=(url, sample, until, written, place)) for place in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sum(written)


def _work(url: str, sample: Sample, until: float, written: list[int], place: int) -> None:
    draw = random.Random()
    with psycopg.connect(url) as connection:
        while time.perf_counter() < until:
            _write(connection, sample, draw)
            connection.commit()
            written[place] += 1


def _write(connection: psycopg.Connection[Any], sample: Sample, draw: random.Random) -> None:
    unit, unit_code = draw.choice(sample.units)
    day = sample.dossier["accepted_at"].date()
    number = connection.execute(_SEQUENCE, [unit, day]).fetchone()[0]  # type: ignore[index]
    owner = {"number": f"{draw.randrange(10**12):012d}"}
    keys = {
        "code": f"{unit_code}-{day:%y%m%d}-{number:04d}", "provisional_code": f"TN{draw.randrange(10**16)}",
        "intake_unit_id": unit,
    }  # fmt: skip
    dossier = _insert(connection, "dossiers_dossier", sample.dossier | keys, returning="id")
    mine = {"dossier_id": dossier}
    _insert(connection, "dossiers_applicant", sample.applicant | mine | owner)
    for table, row in sample.children:
        _insert(connection, table, row | mine)
    stream = {"stream_id": str(dossier)}
    event = _insert(connection, "journal_event", sample.event | stream, returning="id")
    for row in sample.deliveries:
        _insert(connection, "journal_delivery", row | stream | {"event_id": event})
    _insert(connection, "people_person", sample.person | owner)


def _insert(connection: psycopg.Connection[Any], table: str, row: Row, *, returning: str = "") -> Any:
    columns = ", ".join(f'"{name}"' for name in row)
    places = ", ".join(["%s"] * len(row))
    tail = f" RETURNING {returning}" if returning else ""
    cursor = connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({places}){tail}", list(row.values()))
    return cursor.fetchone()[0] if returning else None  # type: ignore[index]
