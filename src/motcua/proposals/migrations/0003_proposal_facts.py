"""The view by which the matrix counts; its columns are explained in `proposals.facts`."""

from __future__ import annotations

from django.db import migrations

_STANDS = "(s.purpose NOT IN ('STOP', 'REFUSAL') OR d.ended_at = s.issued_at)"
_CREATE = f"""
    CREATE VIEW proposal_facts AS
        SELECT p.id AS proposal_id, p.dossier_id, d.unit_id, d.intake_unit_id,
            CASE p.kind WHEN 'pause' THEN 'stop' ELSE p.kind END AS kind, p.state, c.code AS reason_class,
            p.proposed_at, p.decided_at
        FROM proposals_proposal p
        JOIN dossiers_dossier d ON d.id = p.dossier_id
        JOIN proposals_reasonclass c ON c.id = p.reason_class_id
        LEFT JOIN dossiers_sliprecord s ON s.id = p.slip_id
        LEFT JOIN dossiers_pauserecord w ON w.id = p.pause_id
        WHERE p.kind <> 'apology' AND d.state <> 'voided' AND (s.id IS NULL OR {_STANDS}) AND w.retracted_at IS NULL
    UNION ALL
        SELECT NULL, s.dossier_id, d.unit_id, d.intake_unit_id,
            CASE s.purpose WHEN 'STOP' THEN 'stop' WHEN 'REFUSAL' THEN 'refuse' ELSE 'supplement' END, 'approved', '',
            s.issued_at, s.issued_at
        FROM dossiers_sliprecord s
        JOIN dossiers_dossier d ON d.id = s.dossier_id
        WHERE d.state <> 'voided' AND {_STANDS}
            AND (s.purpose = 'STOP' OR s.purpose = 'REFUSAL' AND s.facts @> '{{"after_appraisal": true}}'
                OR s.purpose = 'SUPPLEMENT' AND EXISTS (
                    SELECT FROM dossiers_supplementrecord r
                    WHERE r.dossier_id = s.dossier_id AND NOT r.at_intake AND r.asked_at = s.issued_at))
            AND NOT EXISTS (SELECT FROM proposals_proposal p WHERE p.slip_id = s.id)
    UNION ALL
        SELECT NULL, w.dossier_id, d.unit_id, d.intake_unit_id, 'stop', 'approved', '', w.start, w.start
        FROM dossiers_pauserecord w
        JOIN dossiers_dossier d ON d.id = w.dossier_id
        WHERE d.state <> 'voided' AND w.kind <> 'supplement' AND w.retracted_at IS NULL
            AND NOT EXISTS (SELECT FROM proposals_proposal p WHERE p.pause_id = w.id)
    UNION ALL
        SELECT NULL, d.id, d.unit_id, d.intake_unit_id, 'withdrawn', 'approved', '', d.ended_at, d.ended_at
        FROM dossiers_dossier d
        WHERE d.end_kind = 'withdrawn' AND d.accepted_at IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0002_reason_classes"), ("dossiers", "0100_dossier_facts")]
    operations = [migrations.RunSQL(_CREATE, "DROP VIEW proposal_facts")]
