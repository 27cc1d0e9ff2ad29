"""The facts of a procedure, free of any database: what a reading of a published record yields.

A procedure has the parts of NĐ 63/2010 Điều 8 (as amended by NĐ 92/2017): name, steps, ways to submit,
components,
term, who applies, who settles, and where there are any forms, results, conditions, fees and charges.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from motcua.base.text import fold
from motcua.catalogue.errors import MergedTermMissing, TermsNotAlike
from motcua.catalogue.findings import SENTENCES, Finding, FindingKind, Findings
from motcua.deadlines.rules import Term, TermUnit

__all__ = [
    "SENTENCES",
    "Applicant",
    "Channel",
    "Finding",
    "FindingKind",
    "Findings",
    "Level",
    "MergedFee",
    "MergedPaper",
    "MergedTerm",
    "ParsedCase",
    "ParsedComponent",
    "ParsedFee",
    "ParsedLegalBasis",
    "ParsedProcedure",
    "ParsedResult",
    "TermUnit",
    "content_hash",
    "merged_term",
    "missing_to_publish",
    "unite_fees",
    "unite_papers",
]


class Level(StrEnum):
    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    OTHER = "other"


class Channel(StrEnum):
    DIRECT = "direct"
    POST = "post"
    ONLINE = "online"


class Applicant(StrEnum):
    CITIZEN = "citizen"
    OVERSEAS_VIETNAMESE = "overseas_vietnamese"
    FOREIGNER = "foreigner"
    OFFICIAL = "official"
    ENTERPRISE = "enterprise"
    FOREIGN_INVESTED = "foreign_invested"
    COOPERATIVE = "cooperative"
    ORGANISATION = "organisation"
    FOREIGN_ORGANISATION = "foreign_organisation"
    PARTY = "party"


class FeeKind(StrEnum):
    """Luật Phí và lệ phí 2015 Đ3 tells fees (phí) from charges (lệ phí)."""

    FEE = "phi"
    CHARGE = "le_phi"
    UNCLEAR = "chua_ro"


class ComponentKind(StrEnum):
    SUBMIT = "submit"
    PRESENT = "present"
    NOTE = "note"


@dataclass(frozen=True)
class ParsedTerm:
    """A term as printed. `unit` None means that the record does not say which; nobody may compute with it."""

    amount: int | None
    unit: TermUnit | None
    text: str


@dataclass(frozen=True)
class ParsedFee:
    """One line of fee or charge. `amount` in VND; None where the record gives no trustworthy amount."""

    channel: Channel
    kind: FeeKind
    amount: int | None
    text: str
    description: str = ""
    per_unit: str = ""


@dataclass(frozen=True)
class ParsedCase:
    """Trường hợp: one term for certain channels. `component_group` is the printed group that belongs to it,
    if any.
    """

    name: str
    channels: tuple[Channel, ...]
    term: ParsedTerm
    fees: tuple[ParsedFee, ...] = ()
    description: str = ""
    component_group: str = ""


@dataclass(frozen=True)
class ParsedComponent:
    """Thành phần hồ sơ. `required` is False for what only some applicants hand in, and for notes."""

    group: str
    name: str
    originals: int
    copies: int
    required: bool
    kind: ComponentKind
    form_name: str = ""
    text: str = ""


@dataclass(frozen=True)
class ParsedResult:
    code: str
    name: str
    is_document: bool


@dataclass(frozen=True)
class ParsedLegalBasis:
    number: str
    title: str


@dataclass(frozen=True)
class ParsedProcedure:
    """A published record read. `texts` holds every original text by the portal's field name, untouched."""

    code: str
    full_code: str
    name: str
    decision_number: str
    levels: tuple[Level, ...]
    field: str
    sector: str
    category: str
    is_internal: bool
    applicants: tuple[Applicant, ...]
    channels: tuple[Channel, ...]
    cases: tuple[ParsedCase, ...]
    components: tuple[ParsedComponent, ...]
    results: tuple[ParsedResult, ...]
    legal_bases: tuple[ParsedLegalBasis, ...]
    competent: str
    after_15h: str
    texts: dict[str, str]
    findings: tuple[Finding, ...] = field(default=())

    def kinds(self) -> set[FindingKind]:
        """The kinds of remark made on this record."""
        return {finding.kind for finding in self.findings}


VOLATILE_FIELDS = frozenset({"detail_url", "formality_id"})
CHROME_START = "Chọn cơ quan thực hiện"


def content_hash(raw: dict[str, Any]) -> str:
    """Fingerprint of what a record says: without addresses, portal chrome and white space."""
    content = {key: _normal(value) for key, value in raw.items() if key not in VOLATILE_FIELDS}
    encoded = json.dumps(content, ensure_ascii=True, sort_keys=True, default=str)
    return hashlib.sha256(encoded.encode("ascii")).hexdigest()


def _normal(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return " ".join(unicodedata.normalize("NFC", value.partition(CHROME_START)[0]).split())


def missing_to_publish(parsed: ParsedProcedure) -> tuple[FindingKind, ...]:
    """The parts without which a procedure may not be published (NĐ 63/2010 Đ8); empty when complete."""
    needed = {
        FindingKind.NO_NAME: parsed.name,
        FindingKind.NO_DECISION: parsed.decision_number,
        FindingKind.NO_LEVEL: parsed.levels,
        FindingKind.NO_FIELD: parsed.field,
        FindingKind.NO_CHANNEL: parsed.channels,
    }
    return tuple(kind for kind, value in needed.items() if not value)


class MergedTerm(StrEnum):
    """How the one term of a merged procedure comes from its two: the longer, the sum, or given with its citation."""

    LONGER = "longer"
    SUM = "sum"
    GIVEN = "given"


@dataclass(frozen=True)
class MergedPaper:
    """A paper of a merged procedure."""

    name: str
    originals: int
    copies: int
    required: bool
    kind: str
    group: str = ""
    form_name: str = ""
    held_by: str = ""


@dataclass(frozen=True)
class MergedFee:
    """A fee or charge of a merged procedure, in VND where an amount is told."""

    kind: str
    name: str
    amount: int | None
    per_unit: str = ""
    text: str = ""
    channel: str = ""


def unite_papers(first: Iterable[MergedPaper], second: Iterable[MergedPaper]) -> list[MergedPaper]:
    """The papers of both without doubles (PUB-22): one of a name and kind, with the larger numbers, required if either asks.

    The order is the first procedure's, then what only the second asks for.
    """
    found: dict[tuple[str, str], MergedPaper] = {}
    for paper in (*first, *second):
        key = fold(paper.name), paper.kind
        known = found.get(key)
        found[key] = paper if known is None else replace(
            known, originals=max(known.originals, paper.originals), copies=max(known.copies, paper.copies),
            required=known.required or paper.required, form_name=known.form_name or paper.form_name,
            held_by=known.held_by or paper.held_by,
        )  # fmt: skip
    return list(found.values())


def unite_fees(first: Iterable[MergedFee], second: Iterable[MergedFee]) -> list[MergedFee]:
    """One list of fees: a line that both have alike is asked once; two lines that differ stay two."""
    found: dict[tuple[str, str, int | None, str], MergedFee] = {}
    for fee in (*first, *second):
        found.setdefault((fee.kind, fold(fee.name), fee.amount, fee.channel), fee)
    return list(found.values())


def merged_term(rule: MergedTerm, first: Term | None, second: Term | None, given: Term | None) -> Term:
    """The one term. Raises MergedTermMissing where the rule lacks a term, TermsNotAlike where the units differ."""
    if rule is MergedTerm.GIVEN:
        if given is None:
            raise MergedTermMissing
        return given
    if first is None or second is None:
        raise MergedTermMissing
    if first.unit is not second.unit:
        raise TermsNotAlike(first=first.words(), second=second.words())
    total = first.amount + second.amount
    return replace(first, amount=total if rule is MergedTerm.SUM else max(first.amount, second.amount))
