"""Events and the deliveries they owe, written in one statement: every act of the house passes here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from motcua.kit.sql import prepared

_PARTS = """
    given AS MATERIALIZED (
        SELECT nextval(pg_get_serial_sequence('journal_event', 'id')) AS id, {stream} AS stream, {stream_id} AS stream_id, e.*
        FROM {source}jsonb_to_recordset(%s::jsonb) AS e (
            name text, version smallint, at timestamptz, actor_kind text, actor_id bigint, actor_label text,
            actor_unit text, data jsonb, destinations jsonb)
    ), written AS (
        INSERT INTO journal_event
            (id, stream, stream_id, name, version, at, actor_kind, actor_id, actor_label, actor_unit, data)
        SELECT id, stream, stream_id, name, version, at, actor_kind, actor_id, actor_label, actor_unit, data FROM given
    ), owed AS (
        INSERT INTO journal_delivery (event_id, destination, stream, stream_id, state, attempts, next_at, note)
        SELECT given.id, owed.destination, given.stream, given.stream_id, 'waiting', 0, given.at, ''
        FROM given, jsonb_array_elements_text(given.destinations) WITH ORDINALITY AS owed (destination, place)
        ORDER BY given.id, owed.place
    )
"""


def parts(*, stream: str, stream_id: str, source: str = "") -> str:
    """The parts of a WITH that append events to one stream, for a statement that also writes what they tell of.

    stream, stream_id: SQL expressions over `source` (an earlier part, or nothing). Takes one value: the events as JSON.
    """
    return _PARTS.format(stream=stream, stream_id=stream_id, source=f"{source}, " if source else "")


_WRITE = f"""
    WITH named AS (SELECT %s::text AS stream, %s::text AS stream_id),
    {parts(stream="named.stream", stream_id="named.stream_id", source="named")}
    SELECT id FROM given ORDER BY id
"""


def write(stream: str, stream_id: str, events: Sequence[dict[str, Any]]) -> list[int]:
    """Appends `events` (columns by name, and `destinations`) to one stream in their order; gives their numbers."""
    if not events:
        return []
    document = json.dumps(events, ensure_ascii=False)
    return [int(row[0]) for row in prepared(_WRITE, [stream, stream_id, document])]
