"""Merged procedures: papers united without doubles, one term by rule, one fee list; published by decision; hostile input."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.actor import SYSTEM
from motcua.base.text import fold
from motcua.catalogue import merged as merged_reads
from motcua.catalogue import queries, services, shipped
from motcua.catalogue.errors import (
    CannotMerge,
    MergedCodeTaken,
    MergedTermMissing,
    ProcedureNotInForce,
    ProcedureUnknown,
    TermsNotAlike,
)
from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.catalogue.rules import MergedFee, MergedPaper, MergedTerm, merged_term, unite_fees, unite_papers
from motcua.catalogue.testing import Paper, ProcedureText, publish
from motcua.deadlines.rules import Term, TermUnit
from motcua.organisation import services as units
from motcua.organisation.rules import Level, UnitKind
from motcua.people import services as people
from motcua.people.models import Officer
from motcua.people.rules import Role

SINCE, TODAY = date(2020, 1, 1), date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 1, tzinfo=UTC)
WHO: dict[str, Any] = {"actor": SYSTEM, "now": NOW}

PAPER = st.builds(
    MergedPaper, st.sampled_from(["Đơn", "đơn ", "Giấy A", "Giấy B"]), st.integers(0, 3), st.integers(0, 3), st.booleans(),
    st.sampled_from(["submit", "present"]),
)  # fmt: skip
PAPERS = st.lists(PAPER, max_size=6)


@given(PAPERS, PAPERS)
def test_papers_are_united_without_doubles_and_none_is_lost(first: list[MergedPaper], second: list[MergedPaper]) -> None:
    united = unite_papers(first, second)
    keys = [(fold(p.name), p.kind) for p in united]
    assert len(keys) == len(set(keys))
    assert set(keys) == {(fold(p.name), p.kind) for p in (*first, *second)}
    for paper in (*first, *second):
        kept = united[keys.index((fold(paper.name), paper.kind))]
        assert kept.originals >= paper.originals
        assert kept.copies >= paper.copies
        assert kept.required >= paper.required
    assert unite_papers(united, []) == unite_papers(united, united) == united


@given(st.lists(st.builds(MergedFee, st.just("phi"), st.sampled_from(["A", "B"]), st.sampled_from([None, 1, 2])), max_size=5))
def test_a_fee_that_both_have_is_asked_once(fees: list[MergedFee]) -> None:
    assert len(unite_fees(fees, fees)) == len({(f.name, f.amount) for f in fees})


DAYS, WORKING = TermUnit.DAY, TermUnit.WORKING_DAY


@pytest.mark.parametrize(
    ("rule", "expected"), [(MergedTerm.LONGER, 7), (MergedTerm.SUM, 12), (MergedTerm.GIVEN, 9)]
)
def test_the_one_term(rule: MergedTerm, expected: int) -> None:
    assert merged_term(rule, Term(5, WORKING), Term(7, WORKING), Term(9, WORKING)) == Term(expected, WORKING)


@given(st.integers(1, 90), st.integers(1, 90))
def test_the_longer_is_never_shorter_and_the_sum_is_the_sum(one: int, two: int) -> None:
    longer = merged_term(MergedTerm.LONGER, Term(one, DAYS), Term(two, DAYS), None)
    total = merged_term(MergedTerm.SUM, Term(one, DAYS), Term(two, DAYS), None)
    assert longer.amount >= one
    assert longer.amount >= two
    assert total.amount == one + two


def test_terms_that_cannot_be_compared_must_be_given() -> None:
    with pytest.raises(TermsNotAlike):
        merged_term(MergedTerm.LONGER, Term(5, WORKING), Term(7, DAYS), None)
    for rule, terms in ((MergedTerm.GIVEN, (Term(5, DAYS), Term(5, DAYS))), (MergedTerm.SUM, (None, Term(5, DAYS)))):
        with pytest.raises(MergedTermMissing):
            merged_term(rule, *terms, None)


def text(code: str, papers: tuple[str, ...], **more: Any) -> ProcedureText:
    values: dict[str, Any] = {"levels": ("province",), "term": Term(5, WORKING), "fee": 50_000} | more
    return ProcedureText(
        code, f"Thủ tục {code}", "Đất đai", "nong_nghiep_moi_truong", papers=tuple(Paper(p) for p in papers), **values
    )


@pytest.fixture
def two(db: None) -> None:
    publish(text("1.000011", ("Đơn đăng ký", "Giấy chứng nhận"), result="Kết quả một"), since=SINCE)
    publish(text("1.000012", ("Giấy Chứng nhận", "Bản vẽ"), term=Term(8, WORKING), result="Kết quả cuối"), since=SINCE)


def merge(**changes: Any) -> int:
    values: dict[str, Any] = {
        "code": "9.000001", "name": "Thủ tục gộp", "first": "1.000011", "second": "1.000012",
        "term_rule": MergedTerm.SUM, "citation": "QĐ mẫu",
    }  # fmt: skip
    return services.merge(**(values | changes), **WHO)


def decide(version: int, since: date = TODAY) -> None:
    services.publish(version, decision_number="02/QĐ", decision_date=since, valid_from=since, **WHO)


def test_one_dossier_one_term_one_fee_list_one_result(two: None) -> None:
    facts = queries.read_version(merge())
    assert [paper.name for paper in facts.components] == ["Đơn đăng ký", "Giấy chứng nhận", "Bản vẽ"]
    assert [case.term for case in facts.cases] == [Term(13, WORKING)]
    assert [fee.amount for fee in facts.tariffs] == [50_000]
    assert [result.name for result in facts.results] == ["Kết quả cuối"]


def test_it_is_a_draft_until_a_decision_and_its_parts_are_known(two: None) -> None:
    version = merge()
    with pytest.raises(ProcedureNotInForce):
        queries.version_for_intake("9.000001", TODAY)
    decide(version)
    found = queries.version_for_intake("9.000001", TODAY)
    merged = merged_reads.merged_from(found.version_id)
    assert merged is not None
    assert (merged.first_code, merged.second_code) == ("1.000011", "1.000012")
    assert merged_reads.parts_of("9.000001") == ("1.000011", "1.000012")
    assert merged_reads.parts_of("1.000011") is None


def test_a_correction_keeps_the_parts_and_a_changed_part_is_noticed(two: None) -> None:
    version = merge()
    decide(version)
    again = services.correct(version, changes={"name": "Tên mới"}, **WHO)
    merged = merged_reads.merged_from(again)
    assert merged is not None
    assert not merged_reads.superseded(merged, TODAY)
    part = ProcedureVersion.objects.get(procedure__code="1.000011").pk
    decide(services.correct(part, changes={}, **WHO))
    assert merged_reads.superseded(merged, TODAY)


def test_a_merged_procedure_gets_a_further_version_by_the_same_code(two: None) -> None:
    decide(merge())
    second = merge(term_rule=MergedTerm.LONGER)
    assert queries.read_version(second).number == 2


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"second": "1.000011"}, CannotMerge),
        ({"name": " "}, CannotMerge),
        ({"citation": ""}, CannotMerge),
        ({"code": "1.000012"}, MergedCodeTaken),
        ({"code": "x"}, MergedCodeTaken),
        ({"code": "9.000001.H99"}, MergedCodeTaken),
        ({"second": "1.999999"}, ProcedureUnknown),
        ({"first": "'; DROP TABLE"}, ProcedureUnknown),
        ({"second": "1.000013"}, CannotMerge),
        ({"term_rule": MergedTerm.GIVEN}, MergedTermMissing),
    ],
)
def test_what_cannot_be_merged_leaves_nothing(two: None, changes: dict[str, Any], error: type) -> None:
    publish(text("1.000013", ("Đơn",), levels=("commune",)), since=SINCE)
    with pytest.raises(error):
        merge(**changes)
    assert not Procedure.objects.filter(code="9.000001").exists()


def test_a_merged_procedure_is_not_merged_again(two: None) -> None:
    decide(merge())
    publish(text("1.000013", ("Đơn",)), since=SINCE)
    with pytest.raises(CannotMerge, match="gốc"):
        merge(code="9.000002", first="9.000001", second="1.000013")


@pytest.mark.django_db
def test_thirteen_land_procedures_of_twenty_six_are_published_once() -> None:
    services.load_shipped(**WHO)
    assert services.load_example_mergers(**WHO, valid_from=TODAY) == 13
    assert services.load_example_mergers(**WHO, valid_from=TODAY) == 0
    pairs = shipped.example_mergers()
    assert len({code for pair in pairs for code in (pair["first"], pair["second"])}) == 26
    for pair in pairs:
        facts = queries.version_for_intake(pair["code"], TODAY)
        assert facts.components
        assert facts.results
        assert facts.cases[0].term is not None


def test_the_pages_make_list_and_show_a_merged_procedure(two: None, client: Any) -> None:
    keeper = people.create_officer(
        username="kiem.soat", full_name="Lê Thị Kiểm Soát", password="Mot-cua-2026-Mau!", must_change=False, **WHO
    )
    unit = units.open_unit(
        code="H99", level=Level.PROVINCE, data=units.UnitData(name="UBND tỉnh Mẫu", kind=UnitKind.COMMITTEE), since=SINCE,
        citation="QĐ", **WHO,
    )  # fmt: skip
    people.assign(officer_id=keeper, unit_id=unit, role=Role.CONTROL, since=SINCE, **WHO)
    client.force_login(Officer.objects.get(pk=keeper), backend="django.contrib.auth.backends.ModelBackend")
    sent = {
        "first": "1.000011", "second": "1.000012", "code": "9.000001", "name": "<b>Gộp</b>", "term_rule": "given",
        "citation": "QĐ",
    }  # fmt: skip
    assert client.post(reverse("catalogue_office:merge"), sent).status_code == 422
    assert client.post(reverse("catalogue_office:merge"), sent | {"term": "mãi mãi"}).status_code == 422
    made = client.post(reverse("catalogue_office:merge"), sent | {"term": "9 ngày làm việc"})
    assert made.status_code == 302
    assert "Gộp từ thủ tục thứ nhất" in client.get(made.url).content.decode()
    listed = client.get(reverse("catalogue_office:merged")).content.decode()
    assert "9.000001" in listed
    assert "<b>Gộp</b>" not in listed
    client.logout()
    assert client.get(reverse("catalogue_office:merged")).status_code == 302
