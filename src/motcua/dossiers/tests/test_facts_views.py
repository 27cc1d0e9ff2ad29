"""The views say what `facts` documents, and remember what was known."""

from __future__ import annotations

import pytest
from django.db import connection

from motcua.dossiers.facts import DOSSIER_FACTS, WAITING_FACTS


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "documented"),
    [
        ("dossier_facts", DOSSIER_FACTS),
        ("dossier_facts_known(now())", DOSSIER_FACTS),
        ("dossier_facts_before(now())", DOSSIER_FACTS),
        ("waiting_facts", WAITING_FACTS),
    ],
)
def test_the_columns_are_the_documented_ones_in_their_order(source: str, documented: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {source} LIMIT 0")
        assert [column.name for column in cursor.description] == list(documented)
