"""Bàn giao: the counter passes the day's dossiers to a unit in one go and prints the slip."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError
from motcua.base.time import local_date
from motcua.dossiers import handovers, register, services
from motcua.dossiers.models import HandoverSlip
from motcua.dossiers.office.worklist import works_on_dossiers
from motcua.dossiers.words import sentence_of
from motcua.dossiers.worklist import with_details
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.organisation.queries import latest, tree
from motcua.people.access import actor as actor_of
from motcua.people.access import roles
from motcua.slips import services as slips
from motcua.slips.rules import Purpose

works_at_a_counter = roles(*handovers.COUNTERS)
_RECENT, _AT_MOST = 20, 2_000


@requires(works_at_a_counter)
def show(request: HttpRequest) -> HttpResponse:
    """What is to be passed on from this counter, unit by unit; and, posted, the passing on."""
    actor = actor_of(request)
    counters = sorted(handovers.counters_of(actor))
    counter = (
        _number(request.GET.get("counter", ""))
        if request.method == "GET"
        else _number(request.POST.get("counter", ""))
    )
    counter = counter if counter in counters else counters[0]
    if request.method == "POST":
        return _hand_over(request, actor, counter)
    names = tree(local_date(clock.now()))
    context = {
        "counter": counter, "counters": [{"id": n, "name": latest(n).name} for n in counters],
        "parcels": _parcels(actor, counter, names), "recent": _recent(actor, names), "now": clock.now(),
    }  # fmt: skip
    return render(request, "dossiers/handover.html", context)


@requires(works_on_dossiers)
def slip(request: HttpRequest, slip_id: int) -> HttpResponse:
    """The permanent page of one slip."""
    found = handovers.slip_of(actor_of(request), slip_id)
    rows = with_details(found.dossiers.order_by("code"))
    context = {
        "slip": found, "rows": rows, "giver": latest(found.from_unit_id).name, "receiver": latest(found.to_unit_id).name,
    }  # fmt: skip
    return render(request, "dossiers/handover_slip.html", context)


@requires(works_on_dossiers)
def printed(request: HttpRequest, slip_id: int) -> HttpResponse:
    """The slip as PDF, two copies to be signed by both sides."""
    found = handovers.slip_of(actor_of(request), slip_id)
    receiver = register.issuer(found.to_unit_id, found.at).name
    paper = handovers.paper(found, register.issuer(found.from_unit_id, found.at), receiver)
    form_set = services.clock_on(local_date(found.at)).rules.form_set
    response = HttpResponse(slips.render(Purpose.HANDOVER, form_set, paper), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=False, filename=f"{found.number}.pdf"
    )
    return response


def _hand_over(request: HttpRequest, actor: Actor, counter: int) -> HttpResponseRedirect:
    chosen = [number for text in request.POST.getlist("dossier") if (number := _number(text))]
    unit = _number(request.POST.get("unit", ""))
    try:
        outcome = handovers.hand_over(chosen, counter_id=counter, unit_id=unit, actor=actor, now=clock.now())
    except MotcuaError as error:
        messages.error(request, sentence_of(error))
        return redirect(f"{reverse('dossiers:handover')}?counter={counter}")
    for line in outcome.lines:
        if line.refusal:
            messages.warning(
                request, _("%(code)s: %(why)s") % {"code": line.code or line.dossier_id, "why": line.refusal}
            )
    if outcome.slip_id is None:
        return redirect(f"{reverse('dossiers:handover')}?counter={counter}")
    passed = sum(not line.refusal for line in outcome.lines)
    messages.success(request, _("Đã bàn giao %(passed)s hồ sơ.") % {"passed": passed})
    return redirect("dossiers:handover_slip", outcome.slip_id)


def _parcels(actor: Actor, counter: int, names: Any) -> list[dict[str, Any]]:
    """What waits, unit by unit; no more at once than one slip holds."""
    waiting = handovers.waiting(actor, counter).order_by("unit_id", "forward_by", "pk")
    found = groupby(with_details(waiting[:_AT_MOST]), key=lambda row: row.unit_id)
    return [
        {
            "unit": unit,
            "name": names[unit].name if unit in names else latest(unit).name,
            "rows": list(rows)[: handovers.AT_ONCE],
        }
        for unit, rows in found
    ]


def _recent(actor: Actor, names: Any) -> list[dict[str, Any]]:
    rows: list[HandoverSlip] = list(handovers.slips_of(actor)[:_RECENT])
    return [
        {
            "slip": row,
            "to": names[row.to_unit_id].name if row.to_unit_id in names else latest(row.to_unit_id).name,
        }
        for row in rows
    ]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
