"""What the owner sees after the secret: name with masked parts, papers, requests, slips, results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.errors import NotFound
from motcua.dossiers import papers as printed
from motcua.dossiers import store, words
from motcua.dossiers.page_queries import Papers, papers_of
from motcua.dossiers.portal import day_words, moment_words
from motcua.dossiers.rules.state import Dossier
from motcua.people.rules import PersonKind
from motcua.slips.rules import Purpose

OWNERS_SLIPS = (
    Purpose.ACKNOWLEDGEMENT, Purpose.RECEIPT, Purpose.SUPPLEMENT, Purpose.REFUSAL, Purpose.APOLOGY, Purpose.STOP,
    Purpose.WITHDRAWAL, Purpose.RETURN,
)  # fmt: skip
_PURPOSE_OF = {words.SLIP_SLUGS[purpose]: purpose for purpose in OWNERS_SLIPS}


@dataclass(frozen=True, slots=True)
class Details:
    """The owner's page."""

    code: str
    rows: tuple[dict[str, Any], ...]
    papers: tuple[dict[str, Any], ...]
    requests: tuple[dict[str, Any], ...]
    slips: tuple[dict[str, Any], ...]
    results: tuple[dict[str, Any], ...]


def details_of(dossier_id: int, *, code: str) -> Details:
    """Everything the owner's page shows; `code` is the one the owner came with."""
    dossier = store.load(dossier_id, lock=False)
    papers = papers_of(dossier)
    return Details(
        dossier.code or dossier.provisional_code, tuple(_rows(papers)), tuple(_papers(papers)),
        tuple(_requests(dossier)), tuple(_slips(dossier, code)), tuple(_results(dossier)),
    )  # fmt: skip


def slip_pdf(dossier_id: int, slug: str, number: int, *, now: datetime) -> bytes:
    """A slip of the owner's as PDF/A. Raises NotFound for one that does not exist or is internal."""
    purpose = _PURPOSE_OF.get(slug)
    if purpose is None:
        raise NotFound(what=_("phiếu này trong hồ sơ"))
    return printed.pdf(papers_of(store.load(dossier_id, lock=False)), purpose, number, now=now)


def masked(name: str) -> str:
    """"Nguyễn V** T**" of "Nguyễn Văn Thử": enough for the owner to recognise, not to be read over a shoulder."""
    first, *rest = name.split() or [""]
    return " ".join([first, *(f"{part[0]}**" for part in rest)])


def _rows(papers: Papers) -> list[dict[str, Any]]:
    dossier, owner = papers.dossier, papers.applicant
    name = masked(owner.name) if owner.kind in (PersonKind.CITIZEN, PersonKind.OTHER) else owner.name
    rows = [
        (_("Chủ hồ sơ"), name), (_("Thủ tục"), f"{papers.version.name} ({dossier.procedure_code})"),
        (_("Cách nộp"), words.CHANNELS[dossier.channel]), (_("Nơi tiếp nhận"), papers.unit_name(dossier.intake_unit_id)),
        (_("Cơ quan giải quyết"), papers.unit_name(dossier.unit_id)),
        (_("Thời hạn giải quyết"), dossier.term.words() if dossier.term else _("không quy định")),
        (_("Ngày hẹn trả"), moment_words(dossier.promised_at)),
    ]  # fmt: skip
    return [{"label": label, "value": value} for label, value in rows if value]


def _papers(papers: Papers) -> list[dict[str, Any]]:
    return [
        {"name": paper.name, "received": paper.received, "required": paper.required,
         "count": _("%(originals)d bản chính, %(copies)d bản sao") % {"originals": paper.originals, "copies": paper.copies}}
        for paper in papers.components
    ]  # fmt: skip


def _requests(dossier: Dossier) -> list[dict[str, Any]]:
    """What was asked to be supplemented, the last request first."""
    return [
        {"asked": day_words(asked.asked_at), "items": asked.items, "reason": asked.reason, "open": asked.answered_at is None,
         "reply_by": day_words(asked.reply_by) if asked.reply_by else ""}
        for asked in reversed(dossier.supplements)
    ]  # fmt: skip


def _slips(dossier: Dossier, code: str) -> list[dict[str, Any]]:
    issued = [(Purpose.ACKNOWLEDGEMENT, 1, dossier.submitted_at)]
    if dossier.accepted_at is not None:
        issued.append((Purpose.RECEIPT, 1, dossier.accepted_at))
    issued += [(Purpose(s.purpose), s.number, s.issued_at) for s in dossier.slips if s.purpose in OWNERS_SLIPS]
    seen = dict.fromkeys(issued)
    return [_slip(purpose, number, at, code) for purpose, number, at in seen if not _twice(purpose, at, dossier)]


def _twice(purpose: Purpose, at: datetime, dossier: Dossier) -> bool:
    """Received at the desk at once: the receipt says all that the acknowledgement would."""
    return purpose is Purpose.ACKNOWLEDGEMENT and dossier.accepted_at == at


def _slip(purpose: Purpose, number: int, at: datetime, code: str) -> dict[str, Any]:
    name = str(words.SLIP_NAMES[purpose]) + (_(" (lần %(n)d)") % {"n": number} if number > 1 else "")
    url = reverse("portal:slip", args=[code, words.SLIP_SLUGS[purpose], number])
    return {"name": name, "url": url, "kind": "PDF", "note": day_words(at)}


def _results(dossier: Dossier) -> list[dict[str, Any]]:
    return [{"title": r.title, "number": r.number, "day": day_words(r.at)} for r in dossier.valid_results]
