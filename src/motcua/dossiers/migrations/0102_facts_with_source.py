"""The facts say which ministry's system handles a dossier; the column stands last, so that the views can be replaced."""

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
    d.state, d.recorded_at, d.source
"""
_COUNTED = "d.accepted_at IS NOT NULL AND d.state <> 'voided'"

_CREATE = f"""
    CREATE OR REPLACE VIEW dossier_facts AS SELECT {_COLUMNS} FROM dossiers_dossier d WHERE {_COUNTED};

    CREATE OR REPLACE FUNCTION dossier_facts_before(k timestamptz) RETURNS SETOF dossier_facts
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
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0101_mirrored")]

    operations = [migrations.RunSQL(_CREATE, migrations.RunSQL.noop)]
