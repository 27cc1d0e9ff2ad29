"""The page of one dossier, its permanent confirmation, its due date explained, and its files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from motcua.base.codes import card_disagreements
from motcua.base.errors import NotFound
from motcua.base.time import local
from motcua.deadlines.rules import time_left
from motcua.documents import queries as documents
from motcua.dossiers import history, panels, services, words
from motcua.dossiers.gates import GATES
from motcua.dossiers.office.catalogue_of_acts import next_act, offered
from motcua.dossiers.office.guard import dossier_of, sees_the_dossier
from motcua.dossiers.page_queries import Papers, papers_of
from motcua.dossiers.rules.clock import Clock
from motcua.dossiers.rules.state import BEFORE_ACCEPTANCE, IN_HAND, Dossier, State
from motcua.kit import clock as edge
from motcua.kit.access import requires
from motcua.people.access import actor as actor_of
from motcua.people.queries import officer_name
from motcua.people.rules import ROLE_NAMES
from motcua.slips.rules import Purpose


@requires(sees_the_dossier)
def show(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """Everything about one dossier, and the one thing to do next."""
    dossier, actor = dossier_of(request), actor_of(request)
    papers, clock = papers_of(dossier), services.clock_of(dossier)
    acts = offered(dossier, actor, now=edge.now())
    ahead = next_act(dossier)
    names = {number: unit.name for number, unit in papers.units.items()}
    context = {
        "dossier": dossier, "papers": papers, "head": head_of(papers, clock), "title": title_of(dossier),
        "primary": ahead if ahead in acts else None, "ahead": ahead, "acts": [act for act in acts if act is not ahead],
        "blockers": blockers_of(papers, ahead.key if ahead else ""), "holder": holder_words(papers),
        "answers": answer_rows(papers), "components": component_rows(papers), "fees": fee_rows(papers),
        "results": result_rows(papers), "supplements": supplement_rows(dossier), "pauses": pause_rows(dossier),
        "dues": due_rows(dossier), "steps": step_rows(papers), "slips": slip_rows(dossier),
        "history": history.told(papers.events, units=names), "panels": panels.rendered(request, dossier),
    }  # fmt: skip
    return render(request, "dossiers/page.html", context)


@requires(sees_the_dossier)
def received(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """The permanent confirmation after intake: code, due moment, what to print and to do next."""
    dossier, actor = dossier_of(request), actor_of(request)
    papers = papers_of(dossier)
    owner = papers.applicant
    context = {
        "dossier": dossier, "papers": papers, "title": title_of(dossier), "accepted": dossier.accepted_at is not None,
        "primary": next((act for act in offered(dossier, actor, now=edge.now()) if act is next_act(dossier)), None),
        "warnings": card_disagreements(owner.number, born=owner.born, sex=owner.sex),
        "unit": papers.unit_name(dossier.unit_id), "due": moment(dossier.due_at),
    }  # fmt: skip
    return render(request, "dossiers/received.html", context)


@requires(sees_the_dossier)
def due(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """How the due moment came about, line by line, beside what was promised on paper."""
    dossier = dossier_of(request)
    papers, clock = papers_of(dossier), services.clock_of(dossier)
    start = dossier.received_at or dossier.forward_by
    counted = clock.due(dossier, start=start, now=edge.now()) if start else None
    context = {
        "dossier": dossier, "title": title_of(dossier), "head": head_of(papers, clock), "counted": counted,
        "ruleset": clock.rules, "waits_for_receipt": dossier.received_at is None and start is not None,
        "after_15h": counted is not None and counted.steps[0].moment != start,
        "start": moment(start), "promised": moment(dossier.promised_at), "present": moment(dossier.due_at),
        "moved": dossier.promised_at != dossier.due_at, "reappointed": moment(dossier.reappointed_at),
        "pauses": pause_rows(dossier), "dues": due_rows(dossier),
    }  # fmt: skip
    return render(request, "dossiers/due.html", context)


@requires(sees_the_dossier)
def file(request: HttpRequest, dossier_id: int, file_id: int) -> HttpResponse:
    """One file of this dossier; a number that is not among its papers and results is not found."""
    papers = papers_of(dossier_of(request))
    if file_id not in papers.files:
        raise NotFound(what=_("tệp này trong hồ sơ"))
    facts = documents.file(file_id)
    shown = facts.media_type in ("application/pdf", "image/jpeg", "image/png")
    response = HttpResponse(documents.content(file_id), content_type=facts.media_type)
    response["Content-Disposition"] = content_disposition_header(not shown, facts.name)
    return response


def file_names(numbers: list[int | None]) -> list[str]:
    """Names of the files uploaded so far."""
    asked = [number for number in numbers if number]
    return list(documents.names(asked).values()) if asked else []


def title_of(dossier: Dossier) -> str:
    """The code, or the provisional one before acceptance."""
    return dossier.code or dossier.provisional_code


def moment(value: Any) -> str:
    """"17:00 26/02/2026", or nothing."""
    return f"{local(value):%H:%M %d/%m/%Y}" if value else ""


def head_of(papers: Papers, clock: Clock) -> list[dict[str, Any]]:
    """The fixed head: code, owner, state, due in words."""
    dossier = papers.dossier
    return [
        {"label": _("Mã hồ sơ") if dossier.code else _("Mã tạm"), "value": title_of(dossier)},
        {"label": _("Chủ hồ sơ"), "value": papers.applicant.name},
        {"label": _("Tình trạng"), "value": words.state_name(dossier), "tone": words.STATE_TONES[dossier.state.value] or "neutral"},
        {"label": _("Hạn trả kết quả"), "value": due_words(dossier, clock)},
    ]


def due_words(dossier: Dossier, clock: Clock) -> str:
    """The due moment with the time left, or how the dossier ended against it."""
    if dossier.state in BEFORE_ACCEPTANCE or dossier.state is State.REFUSED_AT_INTAKE:
        return _("chưa tính (chưa tiếp nhận)")
    if dossier.due_at is None:
        return _("không quy định")
    words_of_due = moment(dossier.due_at)
    if dossier.timing:
        return f"{words_of_due} – {str(words.TIMINGS[dossier.timing]).lower()}"
    if dossier.state in (State.PAUSED, State.WAITING_SUPPLEMENT) and dossier.open_pause:
        return _("%(due)s – đang dừng tính từ %(since)s") % {"due": words_of_due, "since": moment(dossier.open_pause.start)}
    if dossier.state not in IN_HAND:
        return words_of_due
    left = time_left(edge.now(), dossier.due_at, clock.calendar).words()
    return f"{words_of_due} – {left}" + (_(" (dự kiến)") if dossier.due_provisional else "")


def holder_words(papers: Papers) -> str:
    """Who holds the present step."""
    dossier = papers.dossier
    if not dossier.holder_role:
        return ""
    role = ROLE_NAMES.get(dossier.holder_role, dossier.holder_role)
    name = officer_name(dossier.holder_id)
    return ", ".join(part for part in (name, role, papers.unit_name(dossier.holder_unit_id)) if part)


def blockers_of(papers: Papers, act: str) -> list[str]:
    """Why the next act has to wait."""
    found = [blocker.sentence for gate in GATES if act and (blocker := gate(papers.dossier, act))]
    missing = [c.name for c in papers.components if c.required and not c.received]
    if act == "accept" and missing:
        found.append(_("Còn thiếu giấy tờ bắt buộc: %(names)s.") % {"names": "; ".join(missing)})
    return found


def answer_rows(papers: Papers) -> list[dict[str, Any]]:
    """What the owner said."""
    dossier, by = papers.dossier, papers.applicant
    case = papers.version.case(dossier.case_id) if dossier.case_id else None
    submitter = " – ".join(part for part in (by.submitter_name, by.submitter_number, by.submitter_phone) if part)
    rows = [
        (_("Thủ tục"), f"{papers.version.name} ({dossier.procedure_code})"),
        (_("Trường hợp"), case.name if case and len(papers.version.cases) > 1 else ""),
        (_("Thời hạn giải quyết"), dossier.term.words() if dossier.term else _("không quy định")),
        (_("Hình thức nộp"), words.CHANNELS[dossier.channel]),
        (_("Nơi tiếp nhận"), papers.unit_name(dossier.intake_unit_id)),
        (_("Cơ quan giải quyết"), papers.unit_name(dossier.unit_id)),
        (_("Chủ hồ sơ"), f"{by.name} ({str(words.PERSON_KINDS[by.kind]).lower()})"),
        (_("Số định danh, mã số thuế"), by.number),
        (_("Ngày sinh"), f"{by.born:%d/%m/%Y}" if by.born else ""),
        (_("Giới tính"), by.sex), (_("Điện thoại"), by.phone), (_("Thư điện tử"), by.email), (_("Địa chỉ"), by.address),
        (_("Người nộp thay"), submitter),
        (_("Nộp lúc"), moment(dossier.submitted_at)), (_("Tiếp nhận lúc"), moment(dossier.accepted_at)),
        (_("Cơ quan giải quyết nhận lúc"), moment(dossier.received_at)),
    ]  # fmt: skip
    return [{"label": label, "value": value} for label, value in rows if value]


def component_rows(papers: Papers) -> list[dict[str, Any]]:
    """The checklist with files."""
    return [{"paper": c, "file": papers.files.get(c.file_id or 0), "url": _file_url(papers, c.file_id)} for c in papers.components]


def fee_rows(papers: Papers) -> list[dict[str, Any]]:
    return [{"fee": fee, "kind": words.FEE_KINDS.get(fee.kind, "")} for fee in papers.fees]


def result_rows(papers: Papers) -> list[dict[str, Any]]:
    """Results, revoked ones too."""
    return [
        {"result": r, "at": moment(r.at), "revoked": moment(r.revoked_at), "file": papers.files.get(r.file_id or 0), "url": _file_url(papers, r.file_id)}
        for r in papers.dossier.results
    ]


def supplement_rows(dossier: Dossier) -> list[dict[str, Any]]:
    return [
        {"asked": moment(s.asked_at), "by": s.asked_by, "items": [item["name"] for item in s.items], "reason": s.reason,
         "reply_by": moment(s.reply_by), "answered": moment(s.answered_at), "answer": s.answer, "at_intake": s.at_intake}
        for s in dossier.supplements
    ]  # fmt: skip


def pause_rows(dossier: Dossier) -> list[dict[str, Any]]:
    modes = {"none": _("không dừng"), "resume": _("dừng, tính tiếp"), "restart": _("tính lại từ đầu")}
    return [
        {"kind": words.PAUSE_KINDS[p.kind], "mode": modes[p.mode], "start": moment(p.start), "end": moment(p.end),
         "reason": p.reason, "ground": p.ground, "approver": p.approver, "retracted": moment(p.retracted_at)}
        for p in dossier.pauses
    ]  # fmt: skip


def due_rows(dossier: Dossier) -> list[dict[str, Any]]:
    """Every value the due moment has had."""
    return [
        {"due": moment(d.due_at) or _("không quy định"), "cause": words.due_cause(d.cause), "at": moment(d.at), "provisional": d.provisional}
        for d in dossier.dues
    ]


def step_rows(papers: Papers) -> list[dict[str, Any]]:
    """The steps gone through, the present one, and those to come."""
    dossier = papers.dossier
    gone = [
        {
            "name": step.name, "state": "done" if step.left_at else "now", "holder": step.left_by or papers.unit_name(step.unit_id),
            "date": _step_dates(step), "note": step.note,
        }
        for step in dossier.steps
    ]  # fmt: skip
    coming = [plan for plan in dossier.plan if plan.position > dossier.step_position]
    return gone + [{"name": plan.name, "state": "next"} for plan in coming if dossier.step_due_at or dossier.open_step]


def _step_dates(step: Any) -> str:
    if step.left_at:
        return _("từ %(since)s đến %(until)s") % {"since": moment(step.entered_at), "until": moment(step.left_at)}
    due_at = _(", phải xong trước %(due)s") % {"due": moment(step.due_at)} if step.due_at else ""
    return _("từ %(since)s") % {"since": moment(step.entered_at)} + due_at


def slip_rows(dossier: Dossier) -> list[dict[str, str]]:
    """The papers that can be printed, as file-list rows."""
    rows: list[tuple[Purpose, int | None, Any]] = []
    if dossier.accepted_at != dossier.submitted_at:
        rows.append((Purpose.ACKNOWLEDGEMENT, None, dossier.submitted_at))
    if dossier.accepted_at:
        rows += [(Purpose.RECEIPT, None, dossier.accepted_at), (Purpose.CONTROL, None, None)]
    rows += [(Purpose(slip.purpose), slip.number, slip.issued_at) for slip in dossier.slips]
    return [{"name": _slip_name(purpose, number), "url": slip_url(dossier, purpose, number), "note": moment(at)} for purpose, number, at in rows]


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
