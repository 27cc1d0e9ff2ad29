"""One proposal: what is proposed, its draft paper, and the head's two answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base.errors import Conflict, MotcuaError
from motcua.documents import queries as documents
from motcua.dossiers import access, store
from motcua.dossiers import services as dossiers
from motcua.dossiers.office import page
from motcua.dossiers.page_queries import Papers, papers_of
from motcua.dossiers.rules.state import LateCause
from motcua.dossiers.words import SLIP_SLUGS, sentence_of
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.people.access import actor
from motcua.proposals import drafts, services, words
from motcua.proposals.models import Proposal
from motcua.proposals.office import forms
from motcua.proposals.office.guard import proposal_of, sees_the_proposal
from motcua.proposals.office.rows import answers, may_decide
from motcua.proposals.rules import SLIPS, Kind, OwnProposal, State
from motcua.slips.rules import Purpose

_REFUSED = 422


@require_safe
@requires(sees_the_proposal)
def show(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """The proposal with everything needed to decide it."""
    proposal = proposal_of(request)
    papers = papers_of(store.load(proposal.dossier_id, lock=False))
    return _shown(request, proposal, papers, forms.Reject(initial={"revision": proposal.revision}))


@require_safe
@requires(sees_the_proposal)
def draft(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """The draft slip as PDF, shown in the browser."""
    response = HttpResponse(drafts.pdf(proposal_of(request), now=clock.now()), content_type="application/pdf")
    name = f"du-thao-{words.SLUGS[Kind(proposal_of(request).kind)]}-{proposal_id}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=name)
    return response


@require_safe
@requires(sees_the_proposal)
def lookup_file(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """The print of the failed look-up."""
    facts = documents.file(proposal_of(request).lookup_file_id or 0)
    response = HttpResponse(documents.content(facts.id), content_type=facts.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=facts.name)
    return response


@requires(sees_the_proposal)
def approve(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """The head agrees; the act is done at once."""
    proposal, papers = _to_decide(request)
    form = _approval(request, proposal, papers)
    if request.method == "POST" and form.is_valid() and _approved(request, proposal, form):
        messages.success(request, _("Đã đồng ý và thực hiện: %(what)s.") % {"what": words.kind_words(proposal.kind)})
        return redirect("dossiers:page", proposal.dossier_id)
    context = {
        "form": form, "proposal": proposal, "title": _("Đồng ý đề xuất"), "caption": words.kind_words(proposal.kind),
        "consequence": words.consequence(Kind(proposal.kind)), "button": _("Đồng ý và thực hiện"),
        "head": page.head_of(papers, form.clock), "rows": answers(proposal),
        "draft": SLIPS.get(Kind(proposal.kind)), "danger": proposal.kind in (Kind.STOP, Kind.REFUSE),
    }  # fmt: skip
    return render(request, "proposals/approve.html", context, status=_REFUSED if form.errors else 200)


@requires(sees_the_proposal)
def reject(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """The head does not agree, with the reason."""
    proposal, papers = _to_decide(request)
    if request.method != "POST":
        return redirect("proposals_office:show", proposal_id)
    form = forms.Reject(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            services.reject(
                proposal_id, reason=data["reason"], actor=actor(request), now=clock.now(), revision=data["revision"]
            )
        except MotcuaError as error:
            form.add_error(None, sentence_of(error))
        else:
            messages.success(request, _("Đã ghi nhận không đồng ý. Người đề xuất thấy lý do trên trang hồ sơ."))
            return redirect("proposals_office:queue")
    return _shown(request, proposal, papers, form, status=_REFUSED)


def _shown(request: HttpRequest, proposal: Proposal, papers: Papers, form: Any, *, status: int = 200) -> HttpResponse:
    by, dossier = actor(request), papers.dossier
    mine = proposal.proposer_id == by.id and access.may(by, "propose", dossier)
    pending = proposal.state == State.PENDING
    context = {
        "proposal": proposal, "title": words.kind_words(proposal.kind), "state": words.state_words(proposal.state),
        "tone": words.TONES[State(proposal.state)], "rows": answers(proposal), "mine": mine and pending,
        "head": page.head_of(papers, dossiers.clock_of(dossier)), "code": page.title_of(dossier),
        "decides": pending and may_decide(by, proposal, dossier), "reject": form,
        "own": pending and proposal.proposer_id == by.id and access.may(by, "settle_proposal", dossier),
        "moved": pending and dossier.revision != proposal.dossier_revision,
        "draft": SLIPS.get(Kind(proposal.kind)) if pending else None,
        "slip": _slip_url(proposal), "lookup_name": _lookup_name(proposal),
    }  # fmt: skip
    return render(request, "proposals/show.html", context, status=status)


def _slip_url(proposal: Proposal) -> str:
    if proposal.slip is None:
        return ""
    slug = SLIP_SLUGS[Purpose(proposal.slip.purpose)]
    return reverse("dossiers:slip", args=[proposal.dossier_id, slug, proposal.slip.number])


def _lookup_name(proposal: Proposal) -> str:
    number = proposal.lookup_file_id
    return documents.names([number])[number] if number else ""


def _to_decide(request: HttpRequest) -> tuple[Proposal, Papers]:
    """The proposal with its dossier, for a head who did not propose it and before anybody decided."""
    proposal, by = proposal_of(request), actor(request)
    papers = papers_of(store.load(proposal.dossier_id, lock=False))
    access.require(by, "settle_proposal", papers.dossier)
    if proposal.proposer_id == by.id:
        raise OwnProposal
    services.require_open(proposal)
    return proposal, papers


def _approval(request: HttpRequest, proposal: Proposal, papers: Papers) -> forms.Approve:
    told = {
        "papers": papers, "clock": dossiers.clock_of(papers.dossier), "actor": actor(request), "now": clock.now(),
        "proposal_kind": proposal.kind, "initial": {"proposal_revision": proposal.revision},
    }  # fmt: skip
    return forms.Approve(request.POST.copy(), **told) if request.method == "POST" else forms.Approve(**told)


def _approved(request: HttpRequest, proposal: Proposal, form: forms.Approve) -> bool:
    data = form.cleaned_data
    cause = data.get("cause")
    try:
        services.approve(
            proposal.pk, actor=actor(request), now=clock.now(), note=data["note"],
            revision=data["proposal_revision"], dossier_revision=data["revision"],
            late_cause=LateCause(cause) if cause else None, late_note=data.get("late_note", ""),
        )  # fmt: skip
    except Conflict as error:
        # The head sees the dossier as it is now; sending again is then a decision on what they saw.
        form.data["revision"] = form.dossier.revision
        form.add_error(None, sentence_of(error))
        return False
    except MotcuaError as error:
        form.add_error(None, sentence_of(error))
        return False
    return True
