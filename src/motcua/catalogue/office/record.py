"""One version of a procedure: what it says as citizens see it, its history, findings, what changed, what it lacks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base.time import local_date
from motcua.catalogue import queries, review
from motcua.catalogue.comparing import differences
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.office.forms import PARTS
from motcua.catalogue.office.guard import keepers
from motcua.catalogue.office.merging import parts_rows
from motcua.catalogue.rules import ComponentKind, FeeKind
from motcua.catalogue.words import (
    CHANNEL_WORDS,
    COMPONENT_WORDS,
    FEE_WORDS,
    LEVEL_WORDS,
    STATE_TONES,
    STATE_WORDS,
    TEXT_WORDS,
)
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.columns import shown

DRAFT = ProcedureVersion.State.DRAFT


@require_safe
@requires(keepers)
def show(request: HttpRequest, version_id: int) -> HttpResponse:
    """A version with all that belongs to it."""
    version = review.of(version_id)
    facts = queries.read_version(version_id)
    draft = version.state == DRAFT
    context = {
        "version": version, "facts": facts, "state": STATE_WORDS[version.state], "tone": STATE_TONES[version.state],
        "head": _head(version, facts) + parts_rows(version_id),
        "cases": _cases(facts), "papers": _papers(facts), "fees": _fees(facts),
        "bases": version.legal_bases.values_list("number", "title"), "texts": _texts(version),
        "findings": queries.findings_of(version_id), "changes": _changes(version), "older": review.before(version),
        "versions": _versions(facts.code), "draft": draft, "lacks": review.lacks(version_id) if draft else [],
        "parts": PARTS, "in_force": _in_force(version),
    }  # fmt: skip
    return render(request, "catalogue/office_version.html", context)


def _in_force(version: ProcedureVersion) -> bool:
    return version.valid is not None and version.state != DRAFT and local_date(clock.now()) in version.valid


def _head(version: ProcedureVersion, facts: queries.VersionFacts) -> list[dict[str, Any]]:
    decided = f", {version.decision_date:%d/%m/%Y}" if version.decision_date else ""
    told = (
        (_("Mã thủ tục"), facts.code), (_("Lĩnh vực"), facts.field_name),
        (_("Cấp thực hiện"), ", ".join(str(LEVEL_WORDS[level]) for level in facts.levels)),
        (_("Cách thức nộp hồ sơ"), ", ".join(str(CHANNEL_WORDS[channel]) for channel in facts.channels)),
        (_("Quyết định công bố"), f"{version.decision_number}{decided}"),
        (_("Nguồn"), version.get_source_display()),
        (_("Nhận sau 15 giờ"), _("Có quy định riêng") if version.after_15h else _("Không có quy định riêng")),
    )  # fmt: skip
    return [{"label": label, "value": value} for label, value in told]


def _cases(facts: queries.VersionFacts) -> list[dict[str, Any]]:
    return [
        {"case": case, "channels": ", ".join(str(CHANNEL_WORDS[c]) for c in case.channels),
         "term": case.term.words() if case.term else "", "text": case.term_text}
        for case in facts.cases
    ]  # fmt: skip


def _papers(facts: queries.VersionFacts) -> list[dict[str, Any]]:
    names = {case.id: case.name for case in facts.cases}
    return [
        {"paper": paper, "kind": COMPONENT_WORDS[ComponentKind(paper.kind)], "case": names.get(paper.case_id, "")}
        for paper in facts.components
    ]


def _fees(facts: queries.VersionFacts) -> list[dict[str, Any]]:
    names = {case.id: case.name for case in facts.cases}
    return [
        {"fee": fee, "kind": FEE_WORDS[FeeKind(fee.kind)], "case": names.get(fee.case_id, ""),
         "channel": CHANNEL_WORDS.get(fee.channel, ""),
         "amount": shown(fee.amount) if fee.amount is not None else _("theo quy định")}
        for fee in facts.tariffs
    ]  # fmt: skip


def _texts(version: ProcedureVersion) -> list[tuple[Any, str]]:
    return [(TEXT_WORDS[key], version.texts[key]) for key in TEXT_WORDS if version.texts.get(key)]


def _changes(version: ProcedureVersion) -> tuple[Any, ...]:
    older = review.before(version)
    return differences(review.content_of(older), review.content_of(version)) if older else ()


def _versions(code: str) -> list[dict[str, Any]]:
    return [
        {**row, "words": STATE_WORDS[row["state"]], "tone": STATE_TONES[row["state"]],
         "since": row["valid"].lower if row["valid"] else None, "until": row["valid"].upper if row["valid"] else None}
        for row in queries.versions_of(code)
    ]  # fmt: skip
