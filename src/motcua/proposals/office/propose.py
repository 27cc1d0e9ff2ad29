"""Proposing, changing and taking back: the specialised officer's pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.actor import Actor
from motcua.base.errors import Conflict, MotcuaError, NotFound
from motcua.base.time import local_date
from motcua.dossiers import access, store
from motcua.dossiers import services as dossiers
from motcua.dossiers.office import page, uploads
from motcua.dossiers.office.guard import dossier_of, sees_the_dossier
from motcua.dossiers.page_queries import papers_of
from motcua.dossiers.words import sentence_of
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import Page, ask, bound
from motcua.people.access import actor
from motcua.proposals import services, words
from motcua.proposals.models import Proposal
from motcua.proposals.office import forms
from motcua.proposals.office.guard import proposal_of, sees_the_proposal
from motcua.proposals.rules import Kind, NotTheProposer

FORMS: dict[Kind, type[forms.Proposed]] = {
    form.proposes: form for form in (forms.Supplement, forms.Refuse, forms.Pause, forms.Stop, forms.Apology)
}
_REFUSED = 422
_MOMENT = timedelta(seconds=1)
"""A day to reply by is kept as the moment that closes it."""


@requires(sees_the_dossier)
def propose(request: HttpRequest, dossier_id: int, slug: str) -> HttpResponse:
    """A new proposal for one dossier."""
    kind = words.BY_SLUG.get(slug)
    if kind is None:
        raise NotFound(what=_("trang này"))
    dossier = dossier_of(request)
    access.require(actor(request), "propose", dossier)

    def do(form: forms.Proposed) -> int:
        revision = form.cleaned_data["revision"]
        return services.propose(
            dossier_id, draft=form.draft(), actor=actor(request), now=clock.now(), revision=revision
        )

    back = reverse("dossiers:page", args=[dossier_id])
    return _asking(request, kind, dossier, back=back, button=_("Trình lãnh đạo"), do=do)


@requires(sees_the_proposal)
def change(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """The proposer says it better."""
    proposal = proposal_of(request)
    _require_mine(request, proposal)
    dossier = store.load(proposal.dossier_id, lock=False)

    def do(form: forms.Proposed) -> int:
        services.change_draft(
            proposal_id, draft=form.draft(), actor=actor(request), now=clock.now(),
            revision=form.cleaned_data["revision"],
        )  # fmt: skip
        return proposal_id

    back = reverse("proposals_office:show", args=[proposal_id])
    initial = _initial(proposal, actor(request))
    return _asking(
        request, Kind(proposal.kind), dossier, back=back, button=_("Lưu đề xuất"), do=do, initial=initial
    )


@requires(sees_the_proposal)
def take_back(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """The proposer takes the proposal back."""
    proposal = proposal_of(request)
    _require_mine(request, proposal)
    back = reverse("proposals_office:show", args=[proposal_id])
    page = Page(_("Rút đề xuất"), _("Rút đề xuất này"), back, caption=words.kind_words(proposal.kind),
                note=_("Đề xuất vẫn còn trong lịch sử của hồ sơ; có thể lập đề xuất khác."))  # fmt: skip

    def do(data: dict[str, Any]) -> str:
        services.take_back(proposal_id, note=data["note"], actor=actor(request), now=clock.now())
        return back

    return ask(request, page, bound(request, forms.TakeBack), do=do, done=_("Đã rút đề xuất."))


def _require_mine(request: HttpRequest, proposal: Proposal) -> None:
    """What belongs to somebody else, or is settled, is refused before anything is typed."""
    if proposal.proposer_id != actor(request).id:
        raise NotTheProposer(by=proposal.proposer_label)
    services.require_open(proposal)


def _asking(
    request: HttpRequest, kind: Kind, dossier: Any, *, back: str, button: str, do: Any, initial: Any = None
) -> HttpResponse:
    papers = papers_of(dossier)
    form = _form(request, kind, papers, initial)
    if request.method == "POST" and form.is_valid():
        try:
            number = do(form)
        except MotcuaError as error:
            if isinstance(error, Conflict):
                # The officer sees the dossier as it is now; sending again is then a decision on what they saw.
                form.data["revision"] = dossier.revision
            form.add_error(None, sentence_of(error))
        else:
            messages.success(request, _("Đã lưu đề xuất. Lãnh đạo cơ quan có thẩm quyền xem xét, quyết định."))
            return redirect("proposals_office:show", number)
    return _page(request, kind, form, back, button)


def _form(request: HttpRequest, kind: Kind, papers: Any, initial: Any) -> forms.Proposed:
    told = {
        "papers": papers, "clock": dossiers.clock_of(papers.dossier), "actor": actor(request), "now": clock.now(),
        "initial": initial,
    }  # fmt: skip
    if request.method != "POST":
        return FORMS[kind](**told)
    data = request.POST.copy()
    refused = uploads.take_in(data, request.FILES, FORMS[kind].uploads, actor=actor(request), now=clock.now())
    form = FORMS[kind](data, request.FILES, **told)
    for field, sentence in refused.items():
        form.add_error(field, sentence)
    return form


def _page(request: HttpRequest, kind: Kind, form: forms.Proposed, back: str, button: str) -> HttpResponse:
    kept = [
        uploads.number_of(form[uploads.kept_name(name)].value() or "", actor=form.actor) for name in form.uploads
    ]
    context = {
        "form": form, "back": back, "button": button, "title": words.TITLES[kind],
        "code": page.title_of(form.dossier), "head": page.head_of(form.papers, form.clock),
        "kept": page.file_names(kept),
    }  # fmt: skip
    return render(request, "proposals/propose.html", context, status=_REFUSED if form.errors else 200)


def _initial(proposal: Proposal, by: Actor) -> dict[str, Any]:
    """The form as the proposal stands."""
    return {
        "revision": proposal.revision, "reason_class": proposal.reason_class.code, "reason": proposal.reason,
        "ground": proposal.ground, "others": "\n".join(item["name"] for item in proposal.items),
        "reply_by": local_date(proposal.reply_by - _MOMENT) if proposal.reply_by else None,
        "override": proposal.override, "lookup": proposal.lookup, "looked_up_at": proposal.looked_up_at,
        "lookup_file_kept": uploads.token(proposal.lookup_file_id, actor=by),
        "kind": proposal.pause_kind or proposal.end_kind,
        "new_date": local_date(proposal.new_date) if proposal.new_date else None,
    }  # fmt: skip
