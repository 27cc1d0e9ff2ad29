from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from motcua.base.actor import SYSTEM
from motcua.catalogue import queries, services
from motcua.catalogue.errors import CompetenceOverlaps, CompetenceUnclear
from motcua.catalogue.models import Procedure
from motcua.catalogue.tests.conftest import lines, record
from motcua.deadlines.rules import Term, TermUnit
from motcua.journal.remembered import one_look
from motcua.organisation import services as organisation
from motcua.organisation.rules import Level, UnitKind

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
DAY = date(2026, 7, 1)
WHO = {"actor": SYSTEM, "now": NOW}


@pytest.fixture
def catalogue(write):
    services.import_files(
        [
            write(
                "a.jsonl",
                lines(
                    record(ma_thu_tuc="1.000001", ten_thu_tuc="Đăng ký khai sinh"),
                    record(
                        ma_thu_tuc="1.000002", ten_thu_tuc="Đăng ký lại khái sinh", cap_thuc_hien="Cấp tỉnh"
                    ),
                    record(ma_thu_tuc="1.000003", ten_thu_tuc="Sinh hoạt khai báo", linh_vuc="Đất đai"),
                    record(ma_thu_tuc="6.000004", ten_thu_tuc="Khai sinh nội bộ", loai_thu_tuc=""),
                    record(
                        ma_thu_tuc="3.000005.000.00.00.H22", ten_thu_tuc="Cấp phép", cap_thuc_hien="Cấp xã"
                    ),
                ),
            )
        ],
        **WHO,
    )


def codes(text: str, **options) -> list[str]:
    return [hit.code for hit in queries.search(text, on=DAY, **options).hits]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("khai sinh", ["1.000001", "1.000002", "1.000003"]),
        ("KHÁI SINH", ["1.000002", "1.000001", "1.000003"]),
        ("dang ky sinh", ["1.000001", "1.000002"]),
        ("đăng ký", ["1.000001", "1.000002"]),
        ("1.000003", ["1.000003"]),
        ("không có đâu", []),
        ("100% _", []),
    ],
)
def test_search_forgives_accents_and_ranks_exact_ones_first(catalogue, text, found):
    assert codes(text) == found


def test_search_narrows_by_level_and_field_and_pages(catalogue):
    assert codes("khai", level="commune") == ["1.000001", "1.000003"]
    assert codes("khai", field="dat-dai") == ["1.000003"]
    page = queries.search("", on=DAY, limit=2, offset=2)
    assert (page.total, len(page.hits)) == (4, 2)


def test_internal_procedures_are_found_only_when_asked_for(catalogue):
    assert codes("khai sinh", internal=True) == ["6.000004"]


def test_the_facts_of_a_version_are_read_once(catalogue, django_assert_num_queries):
    queries.version_facts.cache_clear()
    with one_look(), django_assert_num_queries(6):
        first = queries.version_for_intake("1.000001", DAY)
    with one_look(), django_assert_num_queries(0):
        assert queries.version_for_intake("1.000001", DAY) is first
    assert first.cases[0].term == Term(5, TermUnit.WORKING_DAY)
    assert [paper.code for paper in first.components] == ["TP01", "TP02"]
    assert first.results[0].is_document


def test_the_page_has_texts_laws_versions_and_remarks(write):
    services.import_files([write("a.jsonl", lines(record(so_quyet_dinh="1681")))], **WHO)
    page = queries.procedure_page("1.900001", DAY)
    assert page.texts["trinh_tu_thuc_hien"] == "Bước 1: Nộp hồ sơ."
    assert page.legal_bases == (("60/2014/QH13", "Luật Hộ tịch"),)
    assert page.versions[0]["number"] == 1
    assert page.findings[0]["sentence"] == "Số quyết định công bố không đúng dạng số/QĐ-cơ quan."


def test_counts_tell_distinct_procedures_from_counts_per_level(catalogue):
    counts = queries.counts(DAY)
    assert (counts.total, counts.central, counts.local, counts.internal) == (4, 3, 1, 1)
    assert counts.by_level == {"province": 3, "commune": 3}
    assert counts.of_several_levels == 2
    assert sum(counts.by_level.values()) - counts.of_several_levels == counts.total


@pytest.fixture
def units() -> dict[str, int]:
    def unit(code: str, level: Level, parent: str) -> int:
        return organisation.open_unit(
            code=code,
            level=level,
            data=organisation.UnitData(name=code, short_name=code, kind=UnitKind.COMMITTEE, parent=parent),
            since=date(2020, 1, 1),
            citation="thử nghiệm",
            **WHO,
        )

    province = unit("H99", Level.PROVINCE, "")
    return {
        "province": province,
        "department": unit("H99.01", Level.PROVINCE, "H99"),
        "commune": unit("H99.02", Level.COMMUNE, "H99"),
        "other": unit("H99.03", Level.COMMUNE, "H99"),
    }


def give(unit: int, level: str, **target: str) -> None:
    services.give_competence(
        unit, level=level, valid_from=date(2020, 1, 1), decision="QĐ thử", **target, **WHO
    )


def test_the_competent_unit_is_found_within_the_place(catalogue, units):
    give(units["commune"], "commune", field_code="ho-tich")
    give(units["other"], "commune", field_code="ho-tich")
    found = queries.competent_unit("1.000001", level="commune", place_unit=units["commune"], on=DAY)
    assert found == units["commune"]
    with pytest.raises(CompetenceUnclear):
        queries.competent_unit("1.000001", level="commune", place_unit=units["province"], on=DAY)


def test_a_rule_for_the_procedure_is_narrower_than_one_for_its_field(catalogue, units):
    give(units["department"], "province", field_code="ho-tich")
    give(units["province"], "province", procedure_code="1.000002")
    at = {"level": "province", "place_unit": units["province"], "on": DAY}
    assert queries.competent_unit("1.000001", **at) == units["department"]
    assert queries.competent_unit("1.000002", **at) == units["province"]
    assert queries.competent_unit("1.000003", **at) is None


def test_a_unit_offers_what_it_settles_at_its_level(catalogue, units):
    give(units["commune"], "commune", field_code="ho-tich")
    assert {hit.code for hit in queries.procedures_offered(units["commune"], DAY)} == {"1.000001", "3.000005"}
    assert queries.procedures_offered(units["other"], DAY) == ()


def test_the_same_competence_twice_at_one_time_is_refused(catalogue, units):
    give(units["commune"], "commune", field_code="ho-tich")
    with pytest.raises(CompetenceOverlaps):
        give(units["commune"], "commune", field_code="ho-tich")


def test_the_name_search_has_its_index(catalogue):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        found = Procedure.objects.filter(versions__folded_name__contains="khai sinh")
        assert "version_folded_name_trgm" in found.explain()
