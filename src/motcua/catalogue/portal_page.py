"""A version of a procedure as citizens read it. What the published record leaves unclear is shown word for word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.base.errors import NotFound
from motcua.catalogue import queries
from motcua.catalogue.findings import FindingKind as F
from motcua.catalogue.parsing.texts import nothing
from motcua.catalogue.portal_words import APPLICANTS, CHANNELS, FEE_KINDS, LEVELS, joined
from motcua.catalogue.queries import CaseFacts, ComponentFacts, ProcedurePage, TariffFacts, VersionFacts
from motcua.organisation import queries as organisation
from motcua.processes import queries as processes
from motcua.processes.drawing import draw

UNCLEAR_TERMS = frozenset({
    F.NO_TERM, F.TERM_UNIT_MISSING, F.TERM_FREE_TEXT, F.TERM_TEXT_ONLY, F.TERM_ZERO, F.TERM_TEXT_DIFFERS,
    F.GLUED_NUMBERS, F.CHANNEL_TEXT_UNREAD, F.NO_CHANNEL, F.FREE_BESIDE_TEXT, F.AMOUNT_IN_TEXT, F.AMOUNT_TOO_SMALL,
    F.FOREIGN_CURRENCY,
})  # fmt: skip
UNCLEAR_PAPERS = frozenset({
    F.NO_COMPONENTS, F.COMPONENT_COUNT_MISSING, F.COMPONENT_COUNT_GLUED, F.COMPONENT_TEXT_UNREAD, F.FORM_NAME_GLUED,
})  # fmt: skip
_PLACES_NAMED = 5


def shown(page: ProcedurePage, *, on: date, today: date) -> dict[str, Any]:
    """Everything the template shows, in words."""
    facts = page.facts
    versions = version_rows(facts.code, shown_id=facts.version_id, today=today)
    return {
        "facts": facts, "on": on, "past": on != today, "overview": overview(page), "cases": case_rows(facts),
        "papers": paper_groups(facts), "places": place_rows(facts, on),
        "unclear_terms": unclear(page, UNCLEAR_TERMS), "terms_text": text_of(page, "cach_thuc_thuc_hien"),
        "unclear_papers": unclear(page, UNCLEAR_PAPERS), "papers_text": text_of(page, "thanh_phan_ho_so"),
        "steps_text": text_of(page, "trinh_tu_thuc_hien"), "conditions": text_of(page, "yeu_cau_dieu_kien"),
        "settled_by": text_of(page, "co_quan_thuc_hien"), "file_at": text_of(page, "dia_chi_tiep_nhan"),
        "bases": page.legal_bases, "bases_text": "" if page.legal_bases else text_of(page, "can_cu_phap_ly"),
        "versions": versions, "version": next((row for row in versions if row["shown"]), None),
        "drawing": drawing_of(facts, on),
    }  # fmt: skip


def drawing_of(facts: VersionFacts, on: date) -> SafeString | str:
    """The flowchart of the process the procedure follows on a day: who does which step, without inner conditions."""
    try:
        version = processes.version_for(facts.code, on=on)
    except NotFound:  # before electronic processes began
        return ""
    return draw(processes.plan_of_version(version), title=facts.name, public=True)


def overview(page: ProcedurePage) -> list[dict[str, Any]]:
    """The answers most people come for."""
    facts = page.facts
    applicants = joined(APPLICANTS, page.applicants) or text_of(page, "doi_tuong_thuc_hien")
    results = "; ".join(result.name for result in facts.results) or text_of(page, "ket_qua_xu_ly")
    rows = [
        (_("Ai được nộp"), applicants or _("Bản công bố không nêu")),
        (_("Cách nộp"), joined(CHANNELS, facts.channels) or _("Bản công bố không nêu")),
        (_("Kết quả"), results or _("Bản công bố không nêu")),
        (_("Cấp giải quyết"), joined(LEVELS, facts.levels)), (_("Lĩnh vực"), facts.field_name),
        (_("Mã thủ tục"), facts.code),
    ]  # fmt: skip
    return [{"label": label, "value": value} for label, value in rows if value]


def case_rows(facts: VersionFacts) -> list[dict[str, Any]]:
    """Per case: channels, term, fees."""
    several = len(facts.cases) > 1
    return [
        {"name": case.name if several else "", "channels": joined(CHANNELS, case.channels), "term": term_words(case),
         "certain": case.term is not None, "fees": fee_words(case, facts.tariffs)}
        for case in facts.cases
    ]  # fmt: skip


def term_words(case: CaseFacts) -> str:
    """The term; where number or unit is missing, the published words as they stand."""
    return case.term.words() if case.term else case.term_text.strip() or _("Bản công bố không quy định thời hạn")


def fee_words(case: CaseFacts, tariffs: Iterable[TariffFacts]) -> list[str]:
    """Each fee of a case; the channels are named only where they differ."""
    mine = [line for line in tariffs if line.case_id in (None, case.id)]
    mine = [line for line in mine if not line.channel or line.channel in case.channels]
    by_words: dict[str, set[str]] = {}
    for line in mine:
        by_words.setdefault(amount_words(line), set()).update([line.channel] if line.channel else case.channels)
    return [
        words if channels >= set(case.channels) else f"{joined(CHANNELS, channels)}: {words}"
        for words, channels in by_words.items()
    ]


def amount_words(line: TariffFacts) -> str:
    """"Lệ phí: 50.000 đồng", "Miễn phí", or the published words where there is no trustworthy amount."""
    if line.amount == 0:
        return _("Miễn phí")
    if line.amount is None:
        return _("Nguyên văn: %(text)s") % {"text": line.text.strip() or line.name}
    amount = _("%(amount)s đồng") % {"amount": f"{line.amount:,}".replace(",", ".")}
    amount += f"/{line.per_unit}" if line.per_unit else ""
    label = str(FEE_KINDS.get(line.kind, ""))
    note = line.name.strip()
    return f"{label}: {amount}" + (f" ({note})" if note and note not in (label, line.text.strip()) else "")


def paper_groups(facts: VersionFacts) -> list[dict[str, Any]]:
    """The papers, together where they belong to the same case."""
    names = {case.id: case.name for case in facts.cases}
    groups = groupby(facts.components, key=lambda paper: (paper.case_id, paper.group))
    return [
        {"name": group or names.get(case_id, ""), "papers": [paper_row(paper) for paper in papers]}
        for (case_id, group), papers in groups
    ]


def paper_row(paper: ComponentFacts) -> dict[str, Any]:
    """One paper with its number of originals and copies."""
    return {"name": paper.name, "count": count_words(paper), "form": paper.form_name, "kind": paper.kind,
            "optional": not paper.required and paper.kind == "submit"}  # fmt: skip


def count_words(paper: ComponentFacts) -> str:
    """"1 bản chính, 2 bản sao"; nothing for what is only shown or a note."""
    if paper.kind != "submit":
        return ""
    parts = []
    if paper.originals:
        parts.append(_("%(n)d bản chính") % {"n": paper.originals})
    if paper.copies:
        parts.append(_("%(n)d bản sao") % {"n": paper.copies})
    return ", ".join(parts) or _("bản công bố không ghi số lượng")


def place_rows(facts: VersionFacts, on: date) -> list[dict[str, Any]]:
    """Who settles it, per level: by name while they are few, otherwise how many."""
    units = queries.competent_units([facts.code], on=on).get(facts.code, [])
    named = organisation.as_on({unit for unit, _level in units}, on=on) if units else {}
    rows = []
    for level, word in LEVELS.items():
        names = sorted(named[unit].name for unit, at in units if at == level and unit in named)
        if names:
            rows.append({"label": word, "value": _place_words(names)})
    return rows


def _place_words(names: Sequence[str]) -> str:
    if len(names) <= _PLACES_NAMED:
        return "; ".join(names)
    return _("%(n)d cơ quan trong tỉnh, ví dụ %(example)s") % {"n": len(names), "example": names[0]}


def unclear(page: ProcedurePage, kinds: frozenset[F]) -> list[str]:
    """What the published record leaves open, in sentences."""
    return list(dict.fromkeys(finding["sentence"] for finding in page.findings if finding["kind"] in kinds))


def text_of(page: ProcedurePage, name: str) -> str:
    """An original text of the published record; empty where the record only says that there is none."""
    text = page.texts.get(name, "")
    return "" if nothing(text) else text


def version_rows(code: str, *, shown_id: int, today: date) -> list[dict[str, Any]]:
    """The published versions, newest first, with the address of each."""
    return [
        {**row, "words": validity_words(row["valid"]), "shown": row["id"] == shown_id,
         "current": today in _Days(row["valid"]), "url": version_url(code, row["valid"], today)}
        for row in queries.public_versions(code)
    ]  # fmt: skip


def version_url(code: str, valid: Any, today: date) -> str:
    """The page of the version: today's without a day, another by a day on which it holds."""
    path = reverse("portal:procedure", args=[code])
    if today in _Days(valid):
        return path
    return f"{path}?ngay={(valid.lower or valid.upper - timedelta(days=1)).isoformat()}"


class _Days:
    """Whether a day lies in a range of dates with open ends."""

    def __init__(self, valid: Any) -> None:
        self.valid = valid

    def __contains__(self, day: date) -> bool:
        lower, upper = self.valid.lower, self.valid.upper
        return (lower is None or lower <= day) and (upper is None or day < upper)


def validity_words(valid: Any) -> str:
    """"từ 01/07/2025 đến hết 31/12/2025", "từ 01/01/2026"; open ends are said."""
    if valid.lower is None and valid.upper is None:
        return _("đang có hiệu lực, bản công bố không ghi ngày bắt đầu")
    start = _("từ %(day)s") % {"day": f"{valid.lower:%d/%m/%Y}"} if valid.lower else ""
    last = valid.upper - timedelta(days=1) if valid.upper else None
    end = _("đến hết %(day)s") % {"day": f"{last:%d/%m/%Y}"} if last else ""
    return " ".join(part for part in (start, end) if part)
