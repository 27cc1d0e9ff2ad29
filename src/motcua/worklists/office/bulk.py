"""An act on the chosen dossiers: asks once more what it will do, does a few at once, many in the background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError
from motcua.base.time import local_date
from motcua.dossiers import queries as dossiers
from motcua.dossiers.office import worklist_columns
from motcua.dossiers.office.guard import works_on_dossiers
from motcua.dossiers.words import sentence_of
from motcua.jobs.running import run_now
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.forms import Form
from motcua.people.access import actor as actor_of
from motcua.people.queries import positions_on
from motcua.people.rules import ROLE_NAMES, Role
from motcua.slips.rules import Purpose
from motcua.worklists import bulk, printing
from motcua.worklists.listing import listing
from motcua.worklists.rules import AT_ONCE, CHOSEN_AT_MOST, UnknownAct

PRINT = "print"
_HANDLERS = (Role.SPECIALIST, Role.CLERK, Role.LEADER)


class Holder(Form):
    """To whom the dossiers go."""

    holder = forms.TypedChoiceField(label=lazy("Cán bộ thụ lý"), coerce=int)


class Paper(Form):
    """What is printed."""

    purpose = forms.ChoiceField(
        label=lazy("Loại phiếu"), choices=[(p.value, words) for p, words in printing.PURPOSES.items()]
    )


@dataclass(frozen=True)
class Asked:
    """What was chosen on the list: the act and the dossiers, each once."""

    act: str
    numbers: list[int]
    actor: Actor

    @property
    def words(self) -> str:
        return str(_("In phiếu") if self.act == PRINT else bulk.ACTS[self.act].words)


@require_POST
@requires(works_on_dossiers)
def ask(request: HttpRequest) -> HttpResponse:
    """From the list: asks what is still needed and says what will happen. From that page: does it."""
    asked = _asked(request)
    confirmed = "ticket" in request.POST
    form = _form(asked, request.POST if confirmed else None)
    if confirmed and (form is None or form.is_valid()):
        try:
            return redirect(
                "jobs_office:job", _do(asked, form.cleaned_data if form else {}, request.POST["ticket"][:60])
            )
        except MotcuaError as error:
            if form is None:
                raise
            form.add_error(None, sentence_of(error))
    return _page(request, asked, form)


def _asked(request: HttpRequest) -> Asked:
    act, actor = request.POST.get("act", ""), actor_of(request)
    if act != PRINT and act not in bulk.ACTS:
        raise UnknownAct
    if "all" in request.POST and "ticket" not in request.POST:
        query = QueryDict(request.POST.get("query", ""))
        numbers = listing(actor, query, now=clock.now(), columns=worklist_columns.file).numbers(
            CHOSEN_AT_MOST
        )
    else:
        numbers = [
            int(text) for text in request.POST.getlist("dossier") if text.isdecimal() and len(text) < 19
        ]
    return Asked(act, bulk.check_chosen(numbers), actor)


def _form(asked: Asked, data: Any) -> Form | None:
    if asked.act == PRINT:
        return Paper(data)
    if not bulk.ACTS[asked.act].needs_holder:
        return None
    form = Holder(data)
    form.fields["holder"].choices = [("", _("Chọn cán bộ")), *_officers(asked.actor)]  # type: ignore[attr-defined]
    return form


def _officers(actor: Actor) -> list[tuple[int, str]]:
    """Those who handle dossiers at the units the officer leads."""
    led = actor.units(Role.LEADER)
    held = [p for p in positions_on(local_date(clock.now())) if p.unit_id in led and p.role in _HANDLERS]
    words = {p.officer_id: f"{p.name}, {str(ROLE_NAMES[Role(p.role)]).lower()}" for p in held}
    return sorted(words.items(), key=lambda pair: pair[1])


def _do(asked: Asked, options: dict[str, Any], ticket: str) -> int:
    """The job's number; few dossiers are done before the answer. The same form sent twice leads to the same job."""
    now = clock.now()
    if asked.act == PRINT:
        job = printing.ask(
            Purpose(options["purpose"]), asked.numbers, actor=asked.actor, now=now, ticket=ticket
        )
    else:
        job = bulk.ask(asked.act, asked.numbers, options=options, actor=asked.actor, now=now, ticket=ticket)
    if len(asked.numbers) <= AT_ONCE:
        run_now(job)
    return job


def _page(request: HttpRequest, asked: Asked, form: Form | None) -> HttpResponse:
    titles = dossiers.titles(asked.actor, asked.numbers)
    context = {
        "asked": asked, "form": form, "ticket": uuid4().hex, "titles": [titles[n] for n in asked.numbers if n in titles],
        "number": len(asked.numbers), "unseen": len(asked.numbers) - len(titles), "in_background": len(asked.numbers) > AT_ONCE,
        "back": reverse("worklists_office:list"),
    }  # fmt: skip
    return render(
        request, "worklists/bulk.html", context, status=422 if form is not None and form.errors else 200
    )
