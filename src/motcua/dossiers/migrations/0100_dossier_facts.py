"""The views by which other rooms count dossiers; their columns are explained in `dossiers.facts`."""

from __future__ import annotations

from django.db import migrations

_COLUMNS = """
    d.id, d.code, d.unit_id, d.level, d.field_id, d.procedure_id, d.procedure_code, d.channel,
    d.accepted_at, (d.accepted_at AT TIME ZONE INTERVAL '07:00')::date AS accepted_on,
    d.received_at,
    d.due_at, (d.due_at AT TIME ZONE INTERVAL '07:00')::date AS due_on,
    d.ended_at, (d.ended_at AT TIME ZONE INTERVAL '07:00')::date AS ended_on,
    d.end_kind, d.timing, d.late_by_moment, d.late_cause,
    (d.returned_at AT TIME ZONE INTERVAL '07:00')::date AS returned_on,
    d.state, d.recorded_at
"""
_COUNTED = "d.accepted_at IS NOT NULL AND d.state <> 'voided'"

_CREATE = f"""
    CREATE VIEW dossier_facts AS SELECT {_COLUMNS} FROM dossiers_dossier d WHERE {_COUNTED};

    CREATE FUNCTION dossier_facts_before(k timestamptz) RETURNS SETOF dossier_facts
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT {_COLUMNS}
        FROM dossiers_dossier changed
        CROSS JOIN LATERAL (
            SELECT * FROM dossiers_dossierevent e
            WHERE e.pgh_obj_id = changed.id AND e.recorded_at <= k
            ORDER BY e.pgh_id DESC LIMIT 1
        ) d
        WHERE changed.recorded_at > k AND {_COUNTED}
    $$;

    CREATE FUNCTION dossier_facts_known(k timestamptz) RETURNS SETOF dossier_facts
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT * FROM dossier_facts WHERE recorded_at <= k
        UNION ALL
        SELECT * FROM dossier_facts_before(k)
    $$;

    CREATE VIEW waiting_facts AS
        SELECT p.dossier_id, p.start AS started_at, p."end" AS ended_at, p.retracted_at
        FROM dossiers_pauserecord p JOIN dossiers_dossier d ON d.id = p.dossier_id
        WHERE p.kind = 'supplement' OR (p.mode <> 'none' AND p.start <= d.due_at);
"""

_DROP = """
    DROP VIEW waiting_facts;
    DROP FUNCTION dossier_facts_known(timestamptz);
    DROP FUNCTION dossier_facts_before(timestamptz);
    DROP VIEW dossier_facts;
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0002_initial")]

    operations = [migrations.RunSQL(_CREATE, _DROP)]
