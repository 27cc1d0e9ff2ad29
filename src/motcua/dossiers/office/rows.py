"""What the dossier page shows of one dossier, row by row, in the words of the counter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.time import local
from motcua.catalogue.merged import merged_from
from motcua.dossiers import words
from motcua.dossiers.page_queries import Papers
from motcua.dossiers.rules.state import Dossier
from motcua.slips.rules import Purpose


def moment(value: Any) -> str:
    """ "17:00 26/02/2026", or nothing."""
    return f"{local(value):%H:%M %d/%m/%Y}" if value else ""


def answer_rows(papers: Papers) -> list[dict[str, Any]]:
    """What the owner said."""
    dossier, by = papers.dossier, papers.applicant
    case = papers.version.case(dossier.case_id) if dossier.case_id else None
    merged = merged_from(dossier.version_id)
    submitter = " – ".join(
        part for part in (by.submitter_name, by.submitter_number, by.submitter_phone) if part
    )
    rows = [
        (_("Thủ tục"), f"{papers.version.name} ({dossier.procedure_code})"),
        (_("Gộp từ hai thủ tục"), merged.words if merged else ""),
        (_("Trường hợp"), case.name if case and len(papers.version.cases) > 1 else ""),
        (_("Thời hạn giải quyết"), _term_words(dossier)),
        (_("Hình thức nộp"), words.CHANNELS[dossier.channel]),
        (_("Nơi tiếp nhận"), papers.unit_name(dossier.intake_unit_id)),
        (_("Cơ quan giải quyết"), papers.unit_name(dossier.unit_id)),
        (_("Chủ hồ sơ"), f"{by.name} ({str(words.PERSON_KINDS[by.kind]).lower()})"),
        (_("Số định danh, mã số thuế"), by.number),
        (_("Ngày sinh"), f"{by.born:%d/%m/%Y}" if by.born else ""),
        (_("Giới tính"), by.sex),
        (_("Điện thoại"), by.phone),
        (_("Thư điện tử"), by.email),
        (_("Địa chỉ"), by.address),
        (_("Người nộp thay"), submitter),
        (_("Nộp lúc"), moment(dossier.submitted_at)),
        (_("Tiếp nhận lúc"), moment(dossier.accepted_at)),
        (_("Cơ quan giải quyết nhận lúc"), moment(dossier.received_at)),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _term_words(dossier: Dossier) -> str:
    if dossier.is_mirrored:
        return _("theo hệ thống của bộ")
    return dossier.term.words() if dossier.term else _("không quy định")


def component_rows(papers: Papers) -> list[dict[str, Any]]:
    """The checklist with files."""
    return [
        {"paper": c, "file": papers.files.get(c.file_id or 0), "url": _file_url(papers, c.file_id)}
        for c in papers.components
    ]


def fee_rows(papers: Papers) -> list[dict[str, Any]]:
    return [{"fee": fee, "kind": words.FEE_KINDS.get(fee.kind, "")} for fee in papers.fees]


def result_rows(papers: Papers) -> list[dict[str, Any]]:
    """Results, revoked ones too."""
    return [
        {
            "result": r,
            "at": moment(r.at),
            "revoked": moment(r.revoked_at),
            "file": papers.files.get(r.file_id or 0),
            "url": _file_url(papers, r.file_id),
        }
        for r in papers.dossier.results
    ]


def lookup_words(item: Mapping[str, Any]) -> str:
    """The failed look-up of something the State holds, in a sentence."""
    return _("%(paper)s: không khai thác được từ %(database)s lúc %(at)s (%(text)s)") % {
        "paper": item["name"],
        "database": item["held_by"],
        "at": moment(datetime.fromisoformat(item["looked_up_at"])),
        "text": item["lookup"],
    }


def _lookup_file(papers: Papers, number: int) -> dict[str, Any]:
    return {"name": papers.files.get(number), "url": _file_url(papers, number)}


def supplement_rows(papers: Papers) -> list[dict[str, Any]]:
    return [
        {
            "asked": moment(s.asked_at),
            "by": s.asked_by,
            "items": [item["name"] for item in s.items],
            "lookups": [lookup_words(item) for item in s.items if item.get("lookup")],
            "files": [_lookup_file(papers, n) for n in sorted({i["lookup_file"] for i in s.items if i.get("lookup_file")})],
            "reason": s.reason,
            "reply_by": moment(s.reply_by),
            "answered": moment(s.answered_at),
            "answer": s.answer,
            "at_intake": s.at_intake,
        }
        for s in papers.dossier.supplements
    ]


def pause_rows(dossier: Dossier) -> list[dict[str, Any]]:
    modes = {"none": _("không dừng"), "resume": _("dừng, tính tiếp"), "restart": _("tính lại từ đầu")}
    return [
        {
            "kind": words.PAUSE_KINDS[p.kind],
            "mode": modes[p.mode],
            "start": moment(p.start),
            "end": moment(p.end),
            "reason": p.reason,
            "ground": p.ground,
            "approver": p.approver,
            "retracted": moment(p.retracted_at),
        }
        for p in dossier.pauses
    ]


def due_rows(dossier: Dossier) -> list[dict[str, Any]]:
    """Every value the due moment has had."""
    return [
        {
            "due": moment(d.due_at) or _("không quy định"),
            "cause": words.due_cause(d.cause),
            "at": moment(d.at),
            "provisional": d.provisional,
        }
        for d in dossier.dues
    ]


def step_rows(papers: Papers) -> list[dict[str, Any]]:
    """The steps gone through, the present one, and those to come."""
    dossier = papers.dossier
    gone = [
        {
            "name": step.name,
            "state": "done" if step.left_at else "now",
            "holder": step.left_by or papers.unit_name(step.unit_id),
            "date": _step_dates(step),
            "note": step.note,
        }
        for step in dossier.steps
    ]
    coming = [plan for plan in dossier.plan if plan.position > dossier.step_position]
    return gone + [
        {"name": plan.name, "state": "next"} for plan in coming if dossier.step_due_at or dossier.open_step
    ]


def _step_dates(step: Any) -> str:
    if step.left_at:
        return _("từ %(since)s đến %(until)s") % {
            "since": moment(step.entered_at),
            "until": moment(step.left_at),
        }
    due_at = _(", phải xong trước %(due)s") % {"due": moment(step.due_at)} if step.due_at else ""
    return _("từ %(since)s") % {"since": moment(step.entered_at)} + due_at


def slip_rows(dossier: Dossier) -> list[dict[str, str]]:
    """The papers that can be printed, as file-list rows; for a followed dossier its own system prints them."""
    if dossier.is_mirrored:
        return []
    rows: list[tuple[Purpose, int | None, Any]] = []
    if dossier.accepted_at != dossier.submitted_at:
        rows.append((Purpose.ACKNOWLEDGEMENT, None, dossier.submitted_at))
    if dossier.accepted_at:
        rows += [(Purpose.RECEIPT, None, dossier.accepted_at), (Purpose.CONTROL, None, None)]
    rows += [(Purpose(slip.purpose), slip.number, slip.issued_at) for slip in dossier.slips]
    return [
        {"name": _slip_name(purpose, number), "url": slip_url(dossier, purpose, number), "note": moment(at)}
        for purpose, number, at in rows
    ]


def slip_url(dossier: Dossier, purpose: Purpose, number: int | None) -> str:
    """Where a paper is printed."""
    if number is None:
        return reverse("dossiers:slip", args=[dossier.id, words.SLIP_SLUGS[purpose]])
    return reverse("dossiers:slip", args=[dossier.id, words.SLIP_SLUGS[purpose], number])


def _slip_name(purpose: Purpose, number: int | None) -> str:
    name = str(words.SLIP_NAMES[purpose])
    return f"{name} ({_('lần')} {number})" if number and number > 1 else name


def _file_url(papers: Papers, file_id: int | None) -> str:
    return reverse("dossiers:file", args=[papers.dossier.id, file_id]) if file_id else ""
