"""Moving the open dossiers of a procedure to the process version in force: how many, and what became of each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as lazy

from motcua.base.time import local_date
from motcua.dossiers.rules.refusals import ProcessVersionNotInForce
from motcua.dossiers.step_services import move_all, waiting_for
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import REFUSED
from motcua.kit.forms import Form
from motcua.people.access import actor as actor_of
from motcua.people.access import roles
from motcua.people.rules import Role
from motcua.processes import queries as processes

movers = roles(Role.LEADER, Role.CONTROL)
_AT_ONCE = 200


class Reason(Form):
    reason = forms.CharField(
        label=lazy("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("Được ghi vào lịch sử của từng hồ sơ."),
    )  # fmt: skip
    after = forms.IntegerField(required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput)


@requires(movers)
def show(request: HttpRequest, version_id: int) -> HttpResponse:
    """Asks for the reason; posted, moves up to 200 dossiers and lists the outcome of each. Pressed again it goes on."""
    version = processes.version(version_id)
    if version_id not in processes.versions_on(local_date(clock.now())).values():
        raise ProcessVersionNotInForce
    actor, now = actor_of(request), clock.now()
    form = Reason(request.POST if request.method == "POST" else None)
    outcomes: list[Any] = []
    if request.method == "POST" and form.is_valid():
        asked = {"reason": form.cleaned_data["reason"], "after": form.cleaned_data["after"] or 0}
        outcomes = move_all(version_id, **asked, actor=actor, now=now, most=_AT_ONCE)
        again = outcomes[-1].id if len(outcomes) == _AT_ONCE else 0  # behind those that have to stay
        form = Reason(initial={"reason": asked["reason"], "after": again})
    context = {
        "version": version, "form": form, "outcomes": outcomes, "moved": sum(not outcome.why for outcome in outcomes),
        "left": waiting_for(version_id, actor, now=now).count(), "at_once": _AT_ONCE,
    }  # fmt: skip
    return render(request, "dossiers/move_process.html", context, status=REFUSED if form.errors else 200)
