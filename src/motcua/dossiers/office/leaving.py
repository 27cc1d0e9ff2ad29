"""The page on which a head passes all open work of an officer to colleagues, as a whole or by procedure."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.actor import Actor
from motcua.base.errors import InvalidInput, MotcuaError
from motcua.base.time import local_date
from motcua.dossiers import reassignment
from motcua.dossiers.reassignment import Bundle, Outcome
from motcua.dossiers.words import sentence_of
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.forms import Form
from motcua.organisation import queries as units
from motcua.people import queries as people
from motcua.people.access import actor as actor_of
from motcua.people.delegating import decides_for
from motcua.people.rosters import absent_on, staff_of
from motcua.people.rules import ROLE_NAMES, Role

AT_ONCE = 500
"""As many dossiers as one sending takes; sending again goes on with the rest."""


def hands_over(request: HttpRequest) -> None:
    """Dành cho lãnh đạo đơn vị của cán bộ và quản trị hệ thống trong chế độ quản trị."""
    match = request.resolver_match
    assert match is not None
    reassignment.require_hands_over(actor_of(request), match.kwargs["officer_id"])


class HandOver(Form):
    everything = forms.ChoiceField(
        label=lazy("Người nhận mọi hồ sơ"), required=False, help_text=lazy("Dùng cho các dòng không chọn riêng bên dưới.")
    )
    reason = forms.CharField(
        label=lazy("Lý do, số văn bản"), max_length=300, help_text=lazy("Ghi vào lịch sử từng hồ sơ. Ví dụ: nghỉ thai sản.")
    )

    def __init__(self, *args: Any, rows: list[tuple[Bundle, str, list[tuple[int, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = {number: name for _bundle, _words, heirs in rows for number, name in heirs}
        self.fields["everything"].choices = [("", _("Chọn cán bộ")), *everybody.items()]
        for place, (_bundle, words, heirs) in enumerate(rows):
            self.fields[f"row_{place}"] = forms.ChoiceField(
                label=words, required=False, choices=[("", _("Như trên")), *heirs]
            )

    def heir(self, place: int) -> int | None:
        chosen = self.cleaned_data[f"row_{place}"] or self.cleaned_data["everything"]
        return int(chosen) if chosen else None


@requires(hands_over)
def hand_over(request: HttpRequest, officer_id: int) -> HttpResponse:
    """GET lists the open work in the officer's name; POST passes it on and says what became of each dossier."""
    officer = people.officer(officer_id)
    rows = _rows(officer_id, actor_of(request))
    form = HandOver(request.POST or None, rows=rows)
    outcomes: list[Outcome] = []
    if request.method == "POST" and form.is_valid():
        try:
            outcomes = _pass_on(officer_id, rows, form, actor_of(request))
        except MotcuaError as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            rows = _rows(officer_id, actor_of(request))
            form = HandOver(rows=rows, initial={"reason": form.cleaned_data["reason"]})
    context = {
        "person": officer, "form": form, "count": sum(bundle.count for bundle, _w, _h in rows), "outcomes": outcomes,
        "done": sum(not outcome.refusal for outcome in outcomes), "refused": [o for o in outcomes if o.refusal],
    }  # fmt: skip
    return render(request, "dossiers/hand_over.html", context, status=422 if form.errors else 200)


def _rows(officer_id: int, actor: Actor) -> list[tuple[Bundle, str, list[tuple[int, str]]]]:
    """The bundles within the actor's reach, in words, with the colleagues who may take each."""
    reach, today = decides_for(actor), local_date(clock.now())
    away = {number for number, _unit in absent_on(today)}
    found = []
    for bundle in reassignment.bundles(officer_id):
        if bundle.unit_id not in reach:
            continue
        words = _("%(code)s – %(role)s, %(unit)s: %(count)s hồ sơ") % {
            "code": bundle.procedure_code, "role": _(ROLE_NAMES[Role(bundle.role)]),
            "unit": units.latest(bundle.unit_id).name, "count": bundle.count,
        }  # fmt: skip
        staff = staff_of(frozenset({bundle.unit_id}), on=today)
        heirs = {s.officer_id: s.name for s in staff if s.role == bundle.role} if staff else {}
        able = [(n, name) for n, name in heirs.items() if n != officer_id and n not in away]
        found.append((bundle, words, able))
    return found


def _pass_on(
    officer_id: int, rows: list[tuple[Bundle, str, list[tuple[int, str]]]], form: HandOver, actor: Actor
) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for place, (bundle, _words, _heirs) in enumerate(rows):
        heir, left = form.heir(place), AT_ONCE - len(outcomes)
        if heir is None or left <= 0:
            continue
        numbers = reassignment.numbers_of(officer_id, bundle, limit=left)
        reason = form.cleaned_data["reason"]
        outcomes += reassignment.hand_over(numbers, to=heir, reason=reason, actor=actor, now=clock.now())
    if not outcomes:
        raise InvalidInput(field=_("Người nhận"), reason=_("hãy chọn ít nhất một người nhận."))
    return outcomes
