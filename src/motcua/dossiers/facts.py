"""What other rooms may count: plain rows about accepted dossiers, without personal data.

`dossier_facts` is a view of the very rows the officers work on. Acceptances undone as mistakes (`voided`) are not in it.
`dossier_facts_known(k)` gives the rows as they were known at instant k: what was recorded by then, with later changes
undone from the audit trail. `dossier_facts_before(k)` gives only the former state of rows that changed after k.
`waiting_facts` has one row for each wait that keeps an open dossier within its term: for papers after acceptance, and every
other pause that stops the clock (begun before the due moment; while it is open, the due moment is as if it ended now).

The SQL lives in migrations `0100_dossier_facts` and `0102_facts_with_source`; a test holds the lists below against the database.
"""

from __future__ import annotations

from django.db import connection

DOSSIER_FACTS = {
    "id": "number of the dossier",
    "code": "mã hồ sơ",
    "unit_id": "competent unit as it was at acceptance",
    "level": "province, district or commune, as it was at acceptance",
    "field_id": "lĩnh vực",
    "procedure_id": "procedure",
    "procedure_code": "national code of the procedure",
    "channel": "direct, post or online (NĐ 61/2018 Đ16)",
    "accepted_at": "instant of acceptance (tiếp nhận)",
    "accepted_on": "its Vietnamese date",
    "received_at": "instant at which the competent unit had it; the clock starts here; null before",
    "due_at": "hạn trả kết quả with pauses on record counted; null without a term; a re-appointment never moves it",
    "due_on": "its Vietnamese date",
    "ended_at": "instant at which handling ended; null while open",
    "ended_on": "its Vietnamese date",
    "end_kind": "finished, refused (after appraisal), stopped, withdrawn, sent_back; empty while open",
    "timing": "early, on_date, late by date, as stored at the end; empty while open and for dossiers ended early",
    "late_by_moment": "whether it ended after the due moment by the minute; null while open",
    "late_cause": "why it was late (TIM-07); empty when it was not",
    "returned_on": "Vietnamese date on which the owner got the result; null before",
    "state": "business state",
    "recorded_at": "instant of the last act on record",
    "source": "code of the ministry's system that handles it and is followed here; empty for our own",
}
"""Columns of `dossier_facts`, `dossier_facts_known(k)` and `dossier_facts_before(k)` with their meaning."""

WAITING_FACTS = {
    "dossier_id": "number of the dossier",
    "started_at": "instant at which the wait began",
    "ended_at": "instant at which it was over (or the dossier ended); null while waiting",
    "retracted_at": "instant at which the pause was undone as a mistake; null otherwise",
}
"""Columns of `waiting_facts` with their meaning."""


def wait_for_acts_under_way() -> None:
    """Acts that began before a cut-off finish first; new ones wait until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE dossiers_dossier IN SHARE MODE")
