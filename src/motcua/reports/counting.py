"""The room's SQL: counts by class in one pass, and the dossiers behind a figure. Conditions come from `indicators`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from motcua.indicators.measures import period_parameters
from motcua.indicators.settlement import OUTCOMES, WAYS_IN, classified, decided, facts_source
from motcua.kit.sql import rows
from motcua.reports.tables import Group

_UNITS = "AND f.unit_id = ANY(%(units)s)"
_SOURCE = " AND f.source = %(source)s"
_FOLLOWED = " AND f.source <> ''"
_SHOWN = ("f.id", "f.code", "f.unit_id", "f.level", "f.field_id", "f.procedure_code", "f.accepted_on", "f.due_on",
          "f.ended_on", "f.end_kind", "f.state", "f.source")  # fmt: skip
_TRUTHS = (
    *(f"w{place}" for place in range(len(WAYS_IN.conditions))),
    *(f"o{place}" for place in range(len(OUTCOMES.conditions))),
)
_BEFORE = "dossier_facts_before(%(cutoff)s)"
_AFTER = "(SELECT * FROM dossier_facts WHERE recorded_at > %(cutoff)s)"


def count_groups(
    from_: date,
    to: date,
    *,
    units: Collection[int] | None,
    by: Collection[str] = (),
    known_at: datetime | None,
    source: str | None = None,
) -> list[Group]:
    """Every unit, level and class with its number of dossiers, in one pass.

    `by` adds "field_id", "procedure_code" or "source" (then only followed dossiers are counted). `source`: None all, empty
    our own, else one ministry's system.
    """
    names = ("unit_id", "level", *by)
    inner = decided(
        *(f"f.{name}" for name in names),
        source=facts_source(known=known_at is not None),
        where=_where(units, source) + (_FOLLOWED if "source" in by else ""),
    )
    columns = (*names, *_TRUTHS)
    sql = f"SELECT count(*), {', '.join(columns)} FROM ({inner}) c GROUP BY {', '.join(columns)}"
    return [
        _group(number, dict(zip(names, rest, strict=False)), rest[len(names) :])
        for number, *rest in _fetch(sql, _parameters(from_, to, units, known_at) | {"source": source})
    ]


def _group(number: int, place: dict[str, Any], truths: Sequence[bool | None]) -> Group:
    ways = len(WAYS_IN.conditions)
    return Group(WAYS_IN.key_of(truths[:ways]), OUTCOMES.key_of(truths[ways:]), number, **place)


def list_dossiers(
    from_: date,
    to: date,
    *,
    units: Collection[int] | None,
    classes: tuple[Collection[str], Collection[str]],
    level: str | None,
    field_id: int | None,
    known_at: datetime | None,
    limit: int | None,
    offset: int,
    source: str | None = None,
) -> list[dict[str, Any]]:
    """The dossiers of the given (ways in, outcomes), by code. `limit` None gives all."""
    where = _where(units, source) + (" AND f.level = %(level)s" if level else "")
    where += " AND f.field_id = %(field_id)s" if field_id is not None else ""
    inner = classified(*_SHOWN, source=facts_source(known=known_at is not None), where=where)
    sql = f"""
        SELECT * FROM ({inner}) c WHERE way_in = ANY(%(ways_in)s) AND outcome = ANY(%(outcomes)s)
        ORDER BY code, id LIMIT %(limit)s OFFSET %(offset)s
    """
    return rows(sql, _parameters(from_, to, units, known_at) | {
        "level": level, "field_id": field_id, "ways_in": list(classes[0]), "outcomes": list(classes[1]),
        "limit": limit, "offset": offset, "source": source,
    })  # fmt: skip


def _where(units: Collection[int] | None, source: str | None) -> str:
    return (_UNITS if units is not None else "") + (_SOURCE if source is not None else "")


def changes_since(
    from_: date, to: date, *, units: Collection[int] | None, cutoff: datetime
) -> list[dict[str, Any]]:
    """Dossiers whose class differs between `cutoff` and now, with both; null where a dossier is not counted.

    Every act stamps its dossier, so only rows recorded after the cutoff can differ.
    """
    narrowed = _UNITS if units is not None else ""
    columns = ("f.id", "f.code", "f.unit_id", "f.level", "f.field_id", "f.procedure_code", "f.recorded_at")
    before = classified(*columns, source=_BEFORE, where=narrowed)
    after = classified(*columns, source=_AFTER, where=narrowed, known="for_ever")
    sql = f"""
        WITH before AS ({before}), after AS ({after})
        SELECT coalesce(after.id, before.id) AS id, coalesce(after.code, before.code) AS code,
               coalesce(after.unit_id, before.unit_id) AS unit_id,
               coalesce(after.procedure_code, before.procedure_code) AS procedure_code,
               coalesce(after.field_id, before.field_id) AS field_id,
               before.way_in AS way_before, before.outcome AS outcome_before,
               after.way_in AS way_after, after.outcome AS outcome_after, after.recorded_at
        FROM before FULL JOIN after ON after.id = before.id
        WHERE (before.way_in, before.outcome, before.unit_id) IS DISTINCT FROM
              (after.way_in, after.outcome, after.unit_id)
        ORDER BY code
    """
    return rows(sql, _parameters(from_, to, units, cutoff) | {"cutoff": cutoff, "for_ever": "infinity"})


def _parameters(
    from_: date, to: date, units: Collection[int] | None, known_at: datetime | None
) -> dict[str, Any]:
    return period_parameters(from_, to, known_at=known_at) | {
        "units": None if units is None else sorted(units)
    }


def _fetch(sql: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    """One counting statement: compiling it takes longer than running it, and the groups fit in memory."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL jit = off; SET LOCAL work_mem = '64MB'")
        cursor.execute(sql, parameters)
        return cursor.fetchall()
