"""What may be counted of proposals: plain rows without personal data.

`proposal_facts` has one row for each proposal (but apologies, which no matrix counts), each stop, refusal, supplement and pause
a head ordered directly, without a proposal (counted as approved at once), and each withdrawal by the owner. Acts undone as
mistakes and voided dossiers are not in it. The SQL lives in migration `0003_proposal_facts`.
"""

from __future__ import annotations

PROPOSAL_FACTS = {
    "proposal_id": "number of the proposal; null for a direct act and a withdrawal",
    "dossier_id": "number of the dossier",
    "unit_id": "competent unit",
    "intake_unit_id": "counter that took the dossier in",
    "kind": "stop (for good or for a time), supplement, refuse; withdrawn (by the owner)",
    "state": "pending, approved, rejected, taken_back",
    "reason_class": "code of the reason class; empty for direct acts and withdrawals",
    "proposed_at": "instant of the proposal, of the direct act, of the withdrawal",
    "decided_at": "instant of the decision; null while under consideration",
}
"""Columns of `proposal_facts` with their meaning."""
