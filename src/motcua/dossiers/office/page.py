"""The page of one dossier, its permanent confirmation, its due date explained, and its files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.base.codes import card_disagreements
from motcua.base.errors import NotFound
from motcua.deadlines.rules import time_left
from motcua.documents import queries as documents
from motcua.dossiers import history, panels, services, words
from motcua.dossiers.gates import GATES
from motcua.dossiers.office import mirrored, rows
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
from motcua.processes.drawing import draw


@requires(sees_the_dossier)
def show(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """Everything about one dossier, and the one thing to do next."""
    dossier, actor = dossier_of(request), actor_of(request)
    papers, clock = papers_of(dossier), services.clock_of(dossier)
    acts = [act for act in offered(dossier, actor, now=edge.now()) if act.key not in _idle(papers)]
    ahead = next_act(dossier)
    names = {number: unit.name for number, unit in papers.units.items()}
    context = {
        "dossier": dossier,
        "papers": papers,
        "head": head_of(papers, clock),
        "title": title_of(dossier),
        "primary": ahead if ahead in acts else None,
        "ahead": ahead,
        "acts": [act for act in acts if act is not ahead],
        "blockers": blockers_of(papers, ahead.key if ahead else ""),
        "holder": holder_words(papers),
        "answers": rows.answer_rows(papers),
        "components": rows.component_rows(papers),
        "fees": rows.fee_rows(papers),
        "results": rows.result_rows(papers),
        "supplements": rows.supplement_rows(papers),
        "pauses": rows.pause_rows(dossier),
        "dues": rows.due_rows(dossier),
        "steps": rows.step_rows(papers),
        "drawing": drawing_of(dossier),
        "slips": rows.slip_rows(dossier),
        "history": history.told(papers.events, units=names),
        "panels": panels.rendered(request, dossier),
        "told": mirrored.told_of(papers),
    }
    return render(request, "dossiers/page.html", context)


def _idle(papers: Papers) -> set[str]:
    """Acts with nothing to be done: no paper to digitise, no fee to take."""
    return {
        *([] if any(paper.received and not paper.file_id for paper in papers.components) else ["digitise"]),
        *([] if any(fee.amount and not fee.paid for fee in papers.fees) else ["take_fees"]),
    }


@requires(sees_the_dossier)
def received(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """The permanent confirmation after intake: code, due moment, what to print and to do next."""
    dossier, actor = dossier_of(request), actor_of(request)
    papers = papers_of(dossier)
    owner = papers.applicant
    context = {
        "dossier": dossier,
        "papers": papers,
        "title": title_of(dossier),
        "accepted": dossier.accepted_at is not None,
        "primary": next(
            (act for act in offered(dossier, actor, now=edge.now()) if act is next_act(dossier)), None
        ),
        "warnings": card_disagreements(owner.number, born=owner.born, sex=owner.sex),
        "unit": papers.unit_name(dossier.unit_id),
        "due": rows.moment(dossier.due_at),
    }
    return render(request, "dossiers/received.html", context)


@requires(sees_the_dossier)
def due(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """How the due moment came about, line by line, beside what was promised on paper."""
    dossier = dossier_of(request)
    papers, clock = papers_of(dossier), services.clock_of(dossier)
    start = dossier.received_at or dossier.forward_by
    counted = clock.due(dossier, start=start, now=edge.now()) if start else None
    context = {
        "dossier": dossier,
        "title": title_of(dossier),
        "head": head_of(papers, clock),
        "counted": counted,
        "ruleset": clock.rules,
        "waits_for_receipt": dossier.received_at is None and start is not None,
        "after_15h": counted is not None and counted.steps[0].moment != start,
        "start": rows.moment(start),
        "promised": rows.moment(dossier.promised_at),
        "present": rows.moment(dossier.due_at),
        "moved": dossier.promised_at != dossier.due_at,
        "reappointed": rows.moment(dossier.reappointed_at),
        "pauses": rows.pause_rows(dossier),
        "dues": rows.due_rows(dossier),
    }
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


def head_of(papers: Papers, clock: Clock) -> list[dict[str, Any]]:
    """The fixed head: code, owner, state, due in words."""
    dossier = papers.dossier
    return [
        {"label": _("Mã hồ sơ") if dossier.code else _("Mã tạm"), "value": title_of(dossier)},
        {"label": _("Chủ hồ sơ"), "value": papers.applicant.name},
        {
            "label": _("Tình trạng"),
            "value": words.state_name(dossier),
            "tone": words.STATE_TONES[dossier.state.value] or "neutral",
        },
        {"label": _("Hạn trả kết quả"), "value": due_words(dossier, clock)},
    ]


def due_words(dossier: Dossier, clock: Clock) -> str:
    """The due moment with the time left, or how the dossier ended against it."""
    if dossier.state in BEFORE_ACCEPTANCE or dossier.state is State.REFUSED_AT_INTAKE:
        return _("chưa tính (chưa tiếp nhận)")
    if dossier.due_at is None:
        return _("không quy định")
    words_of_due = rows.moment(dossier.due_at)
    if dossier.timing:
        return f"{words_of_due} – {str(words.TIMINGS[dossier.timing]).lower()}"
    if dossier.state in (State.PAUSED, State.WAITING_SUPPLEMENT) and dossier.open_pause:
        return _("%(due)s – đang dừng tính từ %(since)s") % {
            "due": words_of_due,
            "since": rows.moment(dossier.open_pause.start),
        }
    if dossier.state not in IN_HAND:
        return words_of_due
    left = time_left(edge.now(), dossier.due_at, clock.calendar).words()
    return f"{words_of_due} – {left}" + (_(" (dự kiến)") if dossier.due_provisional else "")


def drawing_of(dossier: Dossier) -> SafeString | str:
    """The process with where the dossier stands; nothing before acceptance."""
    if not dossier.steps:
        return ""
    step = dossier.open_step
    gone = {record.position for record in dossier.steps if record.left_at}
    return draw(dossier.plan, title=title_of(dossier), done=gone, now=step.position if step else None)


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
