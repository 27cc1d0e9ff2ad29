"""One published record, field by field, into the facts of a procedure."""

from __future__ import annotations

import json
import re
from typing import Any

from motcua.base.codes import national_procedure_code
from motcua.base.text import clean
from motcua.catalogue.findings import FindingKind, Findings
from motcua.catalogue.parsing.channels import Row, cases_of, read_channels
from motcua.catalogue.parsing.components import Group, read_components
from motcua.catalogue.parsing.fields import sector_of
from motcua.catalogue.parsing.results import read_legal_bases, read_results
from motcua.catalogue.parsing.texts import nothing, readable, sentences, storable
from motcua.catalogue.rules import Applicant, Level, ParsedCase, ParsedProcedure

FIELDS = (
    "ma_thu_tuc",
    "ten_thu_tuc",
    "so_quyet_dinh",
    "cap_thuc_hien",
    "loai_thu_tuc",
    "linh_vuc",
    "doi_tuong_thuc_hien",
    "co_quan_co_tham_quyen",
    "dia_chi_tiep_nhan",
    "co_quan_duoc_uy_quyen",
    "co_quan_phoi_hop",
    "thu_tuc_lien_quan",
    "trinh_tu_thuc_hien",
    "cach_thuc_thuc_hien",
    "thanh_phan_ho_so",
    "can_cu_phap_ly",
    "co_quan_thuc_hien",
    "yeu_cau_dieu_kien",
    "ket_qua_xu_ly",
    "co_quan_cong_bo",
)
LEVELS = {
    "Cấp bộ": Level.CENTRAL,
    "Cấp tỉnh": Level.PROVINCE,
    "Cấp huyện": Level.DISTRICT,
    "Cấp xã": Level.COMMUNE,
    "Cơ quan khác": Level.OTHER,
}
APPLICANTS = {
    "Tổ chức (không bao gồm doanh nghiệp, HTX)": Applicant.ORGANISATION,
    "Doanh nghiệp có vốn đầu tư nước ngoài": Applicant.FOREIGN_INVESTED,
    "Doanh nghiệp Việt Nam": Applicant.ENTERPRISE,
    "Doanh nghiệp": Applicant.ENTERPRISE,
    "Hợp tác xã": Applicant.COOPERATIVE,
    "Công dân Việt Nam": Applicant.CITIZEN,
    "Người Việt Nam định cư ở nước ngoài": Applicant.OVERSEAS_VIETNAMESE,
    "Người nước ngoài cư trú tại Việt Nam": Applicant.FOREIGNER,
    "Người nước ngoài": Applicant.FOREIGNER,
    "Cán bộ, công chức, viên chức": Applicant.OFFICIAL,
    "Tổ chức nước ngoài": Applicant.FOREIGN_ORGANISATION,
    "Tổ chức Đảng": Applicant.PARTY,
    "Đảng viên": Applicant.PARTY,
}
_APPLICANT = re.compile("|".join(re.escape(name) for name in sorted(APPLICANTS, key=len, reverse=True)))
_DECISION = re.compile(r"\d+/Q[ĐD]-[A-ZĐ0-9]+\Z")
_TERM_IN_STEPS = re.compile(r"thời hạn\D{0,60}\d+\s*(?:\([^)]{1,30}\)\s*)?(?:ngày|giờ)", re.I)
_AFTER_15H = re.compile(r"sau[\s\xa0]+15[\s\xa0]*(?:giờ|h\b|h00|:00)", re.I)


def parse_record(raw: dict[str, Any]) -> ParsedProcedure:
    """Reads a record with the portal's field names. Never raises: what cannot be read becomes a finding."""
    findings = Findings()
    texts = {name: _text(raw, name, findings) for name in FIELDS}
    rows = read_channels(texts["cach_thuc_thuc_hien"], part := Findings("cach_thuc_thuc_hien"))
    cases = cases_of(rows, part)
    groups = read_components(texts["thanh_phan_ho_so"], papers := Findings("thanh_phan_ho_so"))
    results = read_results(texts["ket_qua_xu_ly"], kinds := Findings("ket_qua_xu_ly"))
    bases = read_legal_bases(texts["can_cu_phap_ly"], laws := Findings("can_cu_phap_ly"))
    heading = _heading(texts, findings)
    after_15h = _after_15h(texts, findings)
    cases = _cases_by_components(cases, groups, papers)
    _note_term_in_steps(rows, texts, part)
    for read in (part, papers, kinds, laws):
        findings.extend(read.done())
    return ParsedProcedure(
        **heading,
        channels=tuple(dict.fromkeys(row.channel for row in rows)),
        cases=cases,
        components=tuple(paper for group in groups for paper in group.components),
        results=results,
        legal_bases=bases,
        after_15h=after_15h,
        texts=texts,
        findings=findings.done(),
    )


def _text(raw: dict[str, Any], name: str, findings: Findings) -> str:
    value = raw.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        findings.note(FindingKind.FIELD_NOT_TEXT, str(value)[:100], field=name)
        value = json.dumps(value, ensure_ascii=False, default=str)
    kept = storable(value)
    if kept != value:
        findings.note(FindingKind.CHARACTERS_REPLACED, field=name)
    return kept


def _heading(texts: dict[str, str], findings: Findings) -> dict[str, Any]:
    full_code = clean(readable(texts["ma_thu_tuc"]))
    code = national_procedure_code(full_code) or ""
    if not code:
        findings.note(FindingKind.INVALID_CODE, full_code, field="ma_thu_tuc")
    name = clean(readable(texts["ten_thu_tuc"]))
    if not name:
        findings.note(FindingKind.NO_NAME, field="ten_thu_tuc")
    field, sector = _field(texts, findings)
    category = clean(readable(texts["loai_thu_tuc"]))[:200]
    return {
        "code": code,
        "full_code": full_code,
        "name": name,
        "decision_number": _decision(texts, findings),
        "levels": _levels(texts, findings),
        "field": field,
        "sector": sector,
        "category": category,
        "is_internal": code[:1] in ("5", "6") and not category,
        "applicants": _applicants(texts, findings),
        "competent": _competent(texts),
    }


def _decision(texts: dict[str, str], findings: Findings) -> str:
    number = clean(readable(texts["so_quyet_dinh"]))
    if nothing(number):
        findings.note(FindingKind.NO_DECISION, field="so_quyet_dinh")
        return ""
    if not _DECISION.match(number):
        findings.note(FindingKind.DECISION_IRREGULAR, number, field="so_quyet_dinh")
    return number[:100]


def _levels(texts: dict[str, str], findings: Findings) -> tuple[Level, ...]:
    names = [clean(part) for part in readable(texts["cap_thuc_hien"]).split(",") if clean(part)]
    for name in names:
        if name not in LEVELS:
            findings.note(FindingKind.UNKNOWN_LEVEL, name, field="cap_thuc_hien")
    if not names:
        findings.note(FindingKind.NO_LEVEL, field="cap_thuc_hien")
    return tuple(dict.fromkeys(LEVELS[name] for name in names if name in LEVELS))


def _field(texts: dict[str, str], findings: Findings) -> tuple[str, str]:
    name = clean(readable(texts["linh_vuc"]))
    if nothing(name):
        findings.note(FindingKind.NO_FIELD, field="linh_vuc")
        return "", ""
    sector = sector_of(name)
    if not sector:
        findings.note(FindingKind.UNKNOWN_FIELD, name, field="linh_vuc")
    return name, sector


def _applicants(texts: dict[str, str], findings: Findings) -> tuple[Applicant, ...]:
    text = clean(readable(texts["doi_tuong_thuc_hien"]))
    rest = _APPLICANT.sub("", text).strip(" ,;")
    if rest and not nothing(text):
        findings.note(FindingKind.UNKNOWN_APPLICANT, rest, field="doi_tuong_thuc_hien")
    return tuple(dict.fromkeys(APPLICANTS[found] for found in _APPLICANT.findall(text)))


def _competent(texts: dict[str, str]) -> str:
    """UBND and its chairman differ in law: the words are kept, the narrower field first."""
    candidates = (texts["co_quan_co_tham_quyen"], texts["co_quan_thuc_hien"])
    return next((clean(readable(text)) for text in candidates if not nothing(text)), "")


def _after_15h(texts: dict[str, str], findings: Findings) -> str:
    """The sentence that promises another day for what arrives after 15:00 (Luật Hộ tịch and Nghị định 99/2022
    use it).
    """
    for name in ("trinh_tu_thuc_hien", "cach_thuc_thuc_hien"):
        if not _AFTER_15H.search(texts[name]):
            continue
        for sentence in filter(_AFTER_15H.search, sentences(readable(texts[name]))):
            findings.note(FindingKind.AFTER_15H, sentence, field=name)
            return sentence
    return ""


def _cases_by_components(
    cases: tuple[ParsedCase, ...], groups: tuple[Group, ...], findings: Findings
) -> tuple[ParsedCase, ...]:
    """Where one term serves several printed dossiers ("Trường hợp …"), each dossier is a case of its own."""
    named = [group.name for group in groups if group.is_case]
    if len(cases) != 1 or len(set(named)) < 2:
        return cases
    findings.note(FindingKind.CASES_FROM_COMPONENTS, "; ".join(named))
    only = cases[0]
    return tuple(
        ParsedCase(name[:300], only.channels, only.term, only.fees, only.description, component_group=name)
        for name in dict.fromkeys(named)
    )


def _note_term_in_steps(rows: tuple[Row, ...], texts: dict[str, str], findings: Findings) -> None:
    """A record without a term in its table may state one in the steps; it is shown to a person, never taken
    over.
    """
    if any(row.term.amount for row in rows):
        return
    for sentence in sentences(readable(texts["trinh_tu_thuc_hien"])):
        if _TERM_IN_STEPS.search(sentence):
            findings.note(FindingKind.TERM_TEXT_ONLY, sentence, field="trinh_tu_thuc_hien")
            return


__all__ = ["FIELDS", "parse_record"]
