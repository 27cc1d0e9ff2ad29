from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.base.actor import SYSTEM
from motcua.catalogue import queries, services
from motcua.catalogue.errors import (
    CannotPublish,
    FieldNotEditable,
    NotADraft,
    ProcedureNotInForce,
    ProcedureUnknown,
    ValidityOverlaps,
)
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.rules import FeeKind
from motcua.catalogue.tests.conftest import CHANNELS, lines, record
from motcua.deadlines.rules import Term, TermUnit
from motcua.journal.models import Event

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
WHO = {"actor": SYSTEM, "now": NOW}
CODE = "1.900001"
DECISION = {"decision_number": "99/QĐ-UBND", "decision_date": date(2026, 7, 10)}


@pytest.fixture
def first(write) -> int:
    services.import_files([write("a.jsonl", lines(record()))], **WHO)
    return ProcedureVersion.objects.get().pk


def publish(version_id: int, day: date = date(2026, 8, 1)) -> None:
    services.publish(version_id, valid_from=day, **DECISION, **WHO)


def test_a_correction_is_a_new_draft_with_all_parts(first):
    draft = services.correct(first, changes={"name": "Tên mới"}, **WHO)
    old, new = queries.read_version(first), queries.read_version(draft)
    assert (old.name, new.name, new.number) == ("Cấp giấy phép thử nghiệm", "Tên mới", 2)
    for part in ("cases", "components", "tariffs", "results"):
        assert len(getattr(new, part)) == len(getattr(old, part)) > 0


def test_a_column_that_is_no_content_cannot_be_corrected(first):
    with pytest.raises(FieldNotEditable):
        services.correct(first, changes={"state": "published"}, **WHO)


def test_publishing_ends_the_version_before(first):
    publish(services.correct(first, changes={"name": "Tên mới"}, **WHO))
    assert queries.version_for_intake(CODE, date(2026, 7, 31)).version_id == first
    assert queries.version_for_intake(CODE, date(2026, 8, 1)).name == "Tên mới"
    assert ProcedureVersion.objects.get(pk=first).state == "replaced"


@pytest.mark.parametrize("day", [date(2026, 8, 1), date(2026, 7, 1)])
def test_a_version_must_begin_after_those_before_it(first, day):
    publish(services.correct(first, changes={}, **WHO))
    with pytest.raises(ValidityOverlaps):
        publish(services.correct(first, changes={}, **WHO), day)


def test_the_database_refuses_two_versions_on_one_day(first):
    draft = services.correct(first, changes={}, **WHO)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcedureVersion.objects.filter(pk=draft).update(
            state="published", valid=DateRange(date(2026, 1, 1), None)
        )


@pytest.mark.parametrize(
    "cell",
    ["Trực tuyến1Miễn phí", "Trực tuyếnKhông có thông tinMiễn phí", "Trực tuyếnKhông quy địnhMiễn phí"],
)
def test_a_term_without_number_or_unit_cannot_be_published_until_it_is_said(write, cell):
    services.import_files([write("a.jsonl", lines(record(cach_thuc_thuc_hien=CHANNELS + cell)))], **WHO)
    draft = services.correct(ProcedureVersion.objects.get().pk, changes={}, **WHO)
    with pytest.raises(CannotPublish, match="đơn vị"):
        publish(draft)
    case = queries.read_version(draft).cases[0]
    assert case.term is None
    services.set_term(case.id, term=Term(3, TermUnit.WORKING_DAY), **WHO)
    publish(draft)
    assert queries.version_for_intake(CODE, date(2026, 8, 1)).cases[0].term == Term(3, TermUnit.WORKING_DAY)


def test_a_draft_without_components_cannot_be_published(write):
    services.import_files([write("a.jsonl", lines(record(thanh_phan_ho_so="--")))], **WHO)
    with pytest.raises(CannotPublish, match="thành phần hồ sơ"):
        publish(services.correct(ProcedureVersion.objects.get().pk, changes={}, **WHO))


def test_parts_are_added_to_a_draft_only(first):
    draft = services.correct(first, changes={}, **WHO)
    term = Term(8, TermUnit.WORKING_HOUR)
    case = services.add_case(draft, name="Trường hợp khó", channels=["direct"], term=term, **WHO)
    services.add_component(draft, name="Bản đồ", originals=2, copies=0, required=True, case_id=case, **WHO)
    services.add_tariff(draft, kind=FeeKind.FEE, name="Phí thẩm định", amount=50_000, case_id=case, **WHO)
    services.add_result(draft, name="Văn bản trả lời", is_document=True, **WHO)
    facts = queries.read_version(draft)
    assert facts.case(case).term == term
    assert [paper.name for paper in facts.components_of(case)][-1] == "Bản đồ"
    assert (facts.tariffs[-1].amount, facts.results[-1].name) == (50_000, "Văn bản trả lời")
    with pytest.raises(NotADraft):
        services.add_case(first, name="x", channels=[], term=term, **WHO)


def test_a_case_of_another_version_is_refused(first):
    draft = services.correct(first, changes={}, **WHO)
    foreign = queries.read_version(first).cases[0].id
    with pytest.raises(ProcedureVersion.cases.rel.related_model.DoesNotExist):
        services.add_component(draft, name="x", originals=1, copies=0, required=True, case_id=foreign, **WHO)


def test_a_published_version_cannot_be_published_again(first):
    with pytest.raises(NotADraft):
        publish(first)


def test_closing_stops_intake_from_that_day(first):
    services.close(CODE, from_date=date(2026, 9, 1), **DECISION, **WHO)
    assert queries.version_for_intake(CODE, date(2026, 8, 31)).version_id == first
    with pytest.raises(ProcedureNotInForce, match="01/09/2026"):
        queries.version_for_intake(CODE, date(2026, 9, 1))
    with pytest.raises(ProcedureNotInForce):
        services.close(CODE, from_date=date(2026, 9, 1), **DECISION, **WHO)


def test_an_unknown_code_is_named():
    with pytest.raises(ProcedureUnknown, match=r"9\.999999"):
        queries.version_for_intake("9.999999", date(2026, 7, 1))


def test_every_verb_leaves_its_event(first):
    draft = services.correct(first, changes={"name": "Tên mới"}, **WHO)
    services.add_result(draft, name="Văn bản", is_document=True, **WHO)
    publish(draft)
    services.close(CODE, from_date=date(2026, 9, 1), **DECISION, **WHO)
    names = Event.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) == [
        "catalogue.imported",
        "catalogue.version_drafted",
        "catalogue.draft_changed",
        "catalogue.version_published",
        "catalogue.procedure_closed",
    ]
