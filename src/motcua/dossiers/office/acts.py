"""One page for each act: asks, sends once, comes back to the dossier. The verb is the judge."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from motcua.base.errors import Conflict, MotcuaError, NotFound
from motcua.dossiers import access, services
from motcua.dossiers.office import page, uploads
from motcua.dossiers.office.calls import Call
from motcua.dossiers.office.catalogue_of_acts import BY_SLUG, Act
from motcua.dossiers.office.guard import dossier_of, sees_the_dossier
from motcua.dossiers.page_queries import papers_of
from motcua.dossiers.rules.acts import require as require_state
from motcua.dossiers.words import sentence_of
from motcua.kit import clock as edge
from motcua.kit.access import requires
from motcua.people.access import actor as actor_of

_STATUS = 422


@requires(sees_the_dossier)
def perform(request: HttpRequest, dossier_id: int, slug: str) -> HttpResponse:
    """GET asks, POST acts and returns to the dossier page; a refusal keeps what was typed."""
    act = BY_SLUG.get(slug)
    if act is None:
        raise NotFound(what=_("trang này"))
    access.require(actor_of(request), act.key, dossier_of(request))
    if request.method != "POST":
        require_state(dossier_of(request), str(act.title).lower(), *act.states)
        return _asked(request, act, _form(request, act))
    data = request.POST.copy()
    refused = uploads.take_in(data, request.FILES, act.form.uploads, actor=actor_of(request), now=edge.now())
    form = _form(request, act, data, request.FILES)
    for field, sentence in refused.items():
        form.add_error(field, sentence)
    if form.is_valid() and _done(request, act, form):
        messages.success(request, _("Đã thực hiện: %(act)s.") % {"act": act.title})
        return redirect("dossiers:page", dossier_id)
    return _asked(request, act, form, status=_STATUS)


def _form(request: HttpRequest, act: Act, *data: Any) -> Any:
    papers = papers_of(dossier_of(request))
    return act.form(
        *data, papers=papers, clock=services.clock_of(papers.dossier), actor=actor_of(request), now=edge.now()
    )


def _done(request: HttpRequest, act: Act, form: Any) -> bool:
    dossier = dossier_of(request)
    assert dossier.id is not None
    try:
        act.run(Call(dossier.id, form, actor_of(request), edge.now()))
    except Conflict as error:
        # The officer sees the dossier as it is now; sending again is then a decision on what they saw.
        form.data["revision"] = dossier.revision
        form.add_error(None, sentence_of(error))
        return False
    except MotcuaError as error:
        form.add_error(None, sentence_of(error))
        return False
    return True


def _asked(request: HttpRequest, act: Act, form: Any, *, status: int = 200) -> HttpResponse:
    papers = form.papers
    kept = [
        uploads.number_of(form[uploads.kept_name(name)].value() or "", actor=form.actor)
        for name in form.uploads
    ]
    context = {
        "act": act,
        "form": form,
        "dossier": papers.dossier,
        "title": page.title_of(papers.dossier),
        "head": page.head_of(papers, form.clock),
        "blockers": page.blockers_of(papers, act.key),
        "kept": page.file_names(kept),
        "supplement": papers.dossier.open_supplement,
    }
    return render(request, "dossiers/act.html", context, status=status)
