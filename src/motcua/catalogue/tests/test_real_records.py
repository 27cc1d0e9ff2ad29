"""The 2,039 national records beside the repository; those named below were read by eye."""

from __future__ import annotations

import pytest

from motcua.catalogue.reading import Report, accepted_records
from motcua.catalogue.rules import FindingKind as K
from motcua.deadlines.rules import TermUnit

WORKING_DAY, DAY, HOUR = TermUnit.WORKING_DAY, TermUnit.DAY, TermUnit.HOUR


@pytest.fixture(scope="module")
def report() -> Report:
    return Report()


@pytest.fixture
def parsed(real_files, report, _read={}):  # noqa: B006 - read once for the whole module
    if not _read:
        _read.update({r.parsed.code: r.parsed for r in accepted_records(real_files, report=report)})
    return _read


def test_every_real_record_is_read(parsed, report):
    assert (len(parsed), report.lines, report.failed) == (2039, 2039, False)
    components = sum(len(p.components) for p in parsed.values())
    with_term = sum(all(c.term.unit for c in p.cases) and bool(p.cases) for p in parsed.values())
    assert components > 12_000
    assert with_term > 1_500
    assert sum(K.AFTER_15H in p.kinds() for p in parsed.values()) == 32
    assert sum(K.NO_LEGAL_BASIS in p.kinds() for p in parsed.values()) == 70
    assert sum(p.is_internal for p in parsed.values()) == 111


TERMS = {
    "1.001193": [(1, None)],
    "2.001793": [(6, WORKING_DAY)],
    "1.009097": [(8, HOUR)],
    "1.012790": [(8, WORKING_DAY), (18, WORKING_DAY)],
    "1.013978": [(17, WORKING_DAY), (20, WORKING_DAY), (27, WORKING_DAY)],
    "1.014979": [(6, WORKING_DAY), (40, DAY)],
    "1.009731": [(10, DAY), (10, WORKING_DAY)],
    "3.000540": [(None, None)],
    "1.008312": [(None, None)],
    "1.003091": [(5, WORKING_DAY)],
}


@pytest.mark.parametrize(("code", "terms"), TERMS.items())
def test_terms_of_known_records(parsed, code, terms):
    assert [(case.term.amount, case.term.unit) for case in parsed[code].cases] == terms


AMOUNTS = {
    "1.003394": {1_500_000},
    "1.002079": {None},
    "1.009502": {10_000_000},
    "2.001793": {0},
    "1.002866": {None},
    "1.010029": {100_000},
}


@pytest.mark.parametrize(("code", "amounts"), AMOUNTS.items())
def test_amounts_of_known_records(parsed, code, amounts):
    assert {fee.amount for case in parsed[code].cases for fee in case.fees} == amounts


PAPERS = {
    "1.003347": [(1, 0)] * 6,
    "1.000254": [(1, 1), (1, 0)],
    "1.003398": [(0, 1), (0, 1), (2, 0)],
    "1.003851": [(1, 1), (1, 1)],
    "1.004719": [(1, 0), (0, 1), (0, 1)],
}


@pytest.mark.parametrize(("code", "counts"), PAPERS.items())
def test_papers_of_known_records(parsed, code, counts):
    assert [(paper.originals, paper.copies) for paper in parsed[code].components] == counts


def test_birth_registration_is_read_whole(parsed):
    birth = parsed["1.001193"]
    assert (birth.name, birth.field, birth.decision_number) == (
        "Thủ tục đăng ký khai sinh",
        "Hộ tịch",
        "163/QĐ-BTP",
    )
    assert [(r.code, r.name) for r in birth.results] == [("KQ.G15.000031", "Giấy khai sinh")]
    assert {"60/2014/QH13", "123/2015/NĐ-CP", "87/2020/NĐ-CP", "66.7/2025/NQ-CP"} <= {
        basis.number for basis in birth.legal_bases
    }
    assert birth.after_15h.startswith("nếu tiếp nhận hồ sơ sau 15 giờ")
    assert birth.kinds() == {K.TERM_UNIT_MISSING, K.AFTER_15H, K.COMPONENT_COUNT_MISSING, K.PORTAL_CHROME}


def test_a_form_of_a_known_record_is_split_from_its_paper(parsed):
    forms = {paper.form_name: paper.name for paper in parsed["1.000254"].components if paper.form_name}
    assert list(forms) == ["Mẫu số 2.docx"]
    assert forms["Mẫu số 2.docx"].endswith("số 19/2017/TT-BGTVT")
