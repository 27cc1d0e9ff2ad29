from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.resources import files

import pytest

from motcua.base.actor import SYSTEM
from motcua.catalogue import queries, services, shipped
from motcua.catalogue.parsing.fields import SECTORS
from motcua.catalogue.rules import FindingKind, missing_to_publish
from motcua.catalogue.tests.conftest import lines, record
from motcua.deadlines.rules import Term, TermUnit

DAY = date(2026, 7, 1)
WHO = {"actor": SYSTEM, "now": datetime(2026, 7, 1, 2, 0, tzinfo=UTC)}
RECORDS = shipped.records()


def test_the_file_is_small_and_has_some_hundreds_of_procedures_of_many_fields():
    file = files("motcua.catalogue") / "data" / shipped.FILE_NAME
    assert len(file.read_bytes()) < 1_500_000
    assert len(RECORDS) >= 300
    assert len({shipped_one.parsed.field for shipped_one in RECORDS}) >= 50
    assert {shipped_one.parsed.sector for shipped_one in RECORDS} <= set(SECTORS)


def test_every_shipped_procedure_can_be_received():
    for shipped_one in RECORDS:
        parsed = shipped_one.parsed
        assert not missing_to_publish(parsed)
        assert parsed.components and parsed.results, parsed.code
        for case in parsed.cases:
            assert Term(case.term.amount, case.term.unit), parsed.code


def test_long_descriptive_texts_are_not_shipped():
    for shipped_one in RECORDS:
        assert shipped_one.parsed.texts == {}
        assert all(len(paper.name) <= 260 for paper in shipped_one.parsed.components)


def test_facts_survive_writing_and_reading():
    for shipped_one in RECORDS:
        assert shipped.facts_of(shipped_one.parsed) == shipped_one.raw


@pytest.mark.django_db
def test_loading_twice_changes_nothing():
    assert services.load_shipped(**WHO) == {"new": len(RECORDS)}
    assert services.load_shipped(**WHO) == {"unchanged": len(RECORDS)}


@pytest.mark.django_db
def test_loading_leaves_imported_procedures_alone(write):
    own = record(ma_thu_tuc="1.001193", ten_thu_tuc="Đăng ký khai sinh theo bản ghi quốc gia")
    services.import_files([write("a.jsonl", lines(own))], **WHO)
    assert services.load_shipped(**WHO) == {"new": len(RECORDS) - 1, "unchanged": 1}
    assert [version["number"] for version in queries.versions_of("1.001193")] == [1]


@pytest.mark.django_db
def test_birth_registration_is_same_day_with_its_rule_for_the_late_afternoon():
    services.load_shipped(**WHO)
    facts = queries.version_for_intake("1.001193", DAY)
    (case,) = facts.cases
    assert case.term == Term(1, TermUnit.SAME_DAY)
    assert case.after_15h
    assert facts.levels == ("commune",)
    assert any(paper.required and paper.name.startswith("Giấy chứng sinh") for paper in facts.components)
    assert [result.name for result in facts.results] == ["Giấy khai sinh"]
    kinds = {finding["kind"] for finding in queries.findings_of(facts.version_id)}
    assert {FindingKind.AFTER_15H, FindingKind.TERM_UNIT_MISSING} <= kinds
