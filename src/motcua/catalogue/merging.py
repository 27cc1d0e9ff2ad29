"""Thủ tục ghép, gộp (PUB-22): two published procedures become one – one dossier, one term, one fee list, one trip, one result.

What this makes is an ordinary draft: it is looked through, corrected and published by decision like any other version, and
a dossier received under it is counted once, under its code.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.codes import national_procedure_code
from motcua.base.text import clean, fold
from motcua.base.time import local_date
from motcua.catalogue import events, shipped
from motcua.catalogue.acts import record
from motcua.catalogue.errors import CannotMerge, MergedCodeTaken
from motcua.catalogue.importing import load_shipped
from motcua.catalogue.models import LegalBasis, Merger, Procedure, ProcedureVersion
from motcua.catalogue.publishing import publish
from motcua.catalogue.queries import CaseFacts, VersionFacts, version_for_intake
from motcua.catalogue.rules import MergedFee, MergedPaper, MergedTerm, merged_term, unite_fees, unite_papers
from motcua.deadlines.rules import Term


@transaction.atomic
def merge(
    *, code: str, name: str, first: str, second: str, term_rule: MergedTerm, citation: str, actor: Actor, now: datetime,
    term: Term | None = None,
) -> int:  # fmt: skip
    """A draft under `code` of the procedures `first` and `second` as they are in force today; gives its version.

    The papers of both without doubles, one term by `term_rule` (`term` where it is given), one fee list, the result of the
    second, by whom and at which levels both may be handed in. Raises CannotMerge, MergedCodeTaken, MergedTermMissing,
    TermsNotAlike, ProcedureUnknown, ProcedureNotInForce.
    """
    parts = tuple(version_for_intake(part, on=local_date(now)) for part in (first, second))
    _check(parts, name, citation)
    one, two = parts
    promised = merged_term(term_rule, _usual_term(one), _usual_term(two), term)
    procedure = _procedure(code, one)
    version = _write_head(procedure, name, one, two)
    _write_parts(version, one, two, promised)
    Merger.objects.create(
        version=version, first_id=one.version_id, second_id=two.version_id, term_rule=term_rule, citation=clean(citation)
    )
    told = {"first": one.code, "second": two.code, "rule": term_rule.value, "term": promised.words(), "version": version.number}
    record(events.MERGED, procedure, told, actor=actor, now=now)
    return version.pk


@transaction.atomic
def load_example_mergers(*, actor: Actor, now: datetime, valid_from: date) -> int:
    """Thirteen merged land procedures of twenty-six, published by an example decision; gives how many were new."""
    load_shipped(actor=actor, now=now, file_name=shipped.LAND_FILE)
    made = 0
    for pair in shipped.example_mergers():
        if Procedure.objects.filter(code=pair["code"]).exists():
            continue
        version = merge(**{**pair, "term_rule": MergedTerm(pair["term_rule"])}, actor=actor, now=now)
        publish(
            version, decision_number="13/QĐ-MẪU", decision_date=valid_from, valid_from=valid_from, actor=actor, now=now
        )
        made += 1
    return made


def _check(parts: tuple[VersionFacts, ...], name: str, citation: str) -> None:
    one, two = parts
    merged = Merger.objects.filter(version__procedure__code__in=[one.code, two.code]).exists()
    reasons = {
        "hai thủ tục phải khác nhau.": one.code == two.code,
        "thủ tục đã gộp không gộp tiếp; hãy gộp từ các thủ tục gốc.": merged,
        "không có cấp giải quyết chung.": not set(one.levels) & set(two.levels),
        "không có cách thức nộp chung.": not set(one.channels) & set(two.channels),
        "hãy ghi tên thủ tục gộp và căn cứ.": not clean(name) or not clean(citation),
    }
    for why, wrong in reasons.items():
        if wrong:
            raise CannotMerge(why=why)


def _procedure(code: str, lead: VersionFacts) -> Procedure:
    """The procedure under `code`: a new one, or the merged one that gets a further version."""
    if national_procedure_code(code) != code:
        raise MergedCodeTaken(code=code)
    values = {"field_id": lead.field_id, "origin": Procedure.Origin.LOCAL, "is_active": False}
    procedure, made = Procedure.objects.select_for_update().get_or_create(code=code, defaults=values)
    if not made and not Merger.objects.filter(version__procedure=procedure).exists():
        raise MergedCodeTaken(code=code)
    return procedure


def _write_head(procedure: Procedure, name: str, one: VersionFacts, two: VersionFacts) -> ProcedureVersion:
    rows = ProcedureVersion.objects.filter(pk__in=[one.version_id, two.version_id])
    applicants = [set(row.applicants) for row in rows]
    common = set.intersection(*applicants) or set.union(*applicants)
    last = procedure.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return ProcedureVersion.objects.create(
        procedure=procedure, number=last + 1, source=ProcedureVersion.Source.DECISION, name=clean(name),
        folded_name=fold(clean(name)), levels=[level for level in one.levels if level in two.levels],
        channels=[channel for channel in one.channels if channel in two.channels], applicants=sorted(common),
        after_15h=one.after_15h or two.after_15h,
    )  # fmt: skip


def _write_parts(version: ProcedureVersion, one: VersionFacts, two: VersionFacts, term: Term) -> None:
    version.cases.create(
        position=1, name="Mặc định", channels=version.channels, term_amount=term.amount, term_unit=term.unit.value,
        term_text=term.words(), is_default=True,
    )  # fmt: skip
    for number, paper in enumerate(unite_papers(_papers(one), _papers(two)), 1):
        version.components.create(position=number, code=f"TP{number:02d}", **_columns(paper))
    for number, fee in enumerate(unite_fees(_fees(one), _fees(two)), 1):
        version.tariffs.create(position=number, **_columns(fee))
    for number, result in enumerate(two.results or one.results, 1):
        version.results.create(position=number, code=result.code, name=result.name, is_document=result.is_document)
    bases = LegalBasis.objects.filter(version_id__in=[one.version_id, two.version_id]).order_by("version_id", "position")
    for number, (basis, title) in enumerate(dict(bases.values_list("number", "title")).items(), 1):
        version.legal_bases.create(position=number, number=basis, title=title)


def _usual_case(part: VersionFacts) -> CaseFacts | None:
    return next((case for case in part.cases if case.is_default), part.cases[0] if part.cases else None)


def _usual_term(part: VersionFacts) -> Term | None:
    case = _usual_case(part)
    return case.term if case else None


def _papers(part: VersionFacts) -> list[MergedPaper]:
    case = _usual_case(part)
    return [
        MergedPaper(p.name, p.originals, p.copies, p.required, p.kind, p.group, p.form_name, p.held_by)
        for p in part.components
        if p.case_id in (None, case.id if case else None)
    ]


def _fees(part: VersionFacts) -> list[MergedFee]:
    case = _usual_case(part)
    return [
        MergedFee(t.kind, t.name, t.amount, t.per_unit, t.text, t.channel)
        for t in part.tariffs
        if t.case_id in (None, case.id if case else None)
    ]


def _columns(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__}
