"""The counter takes a group in: which group, then one page for all its procedures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError, NotFound
from motcua.base.time import local_date
from motcua.catalogue import queries as catalogue
from motcua.dossiers.office.intake import at_a_counter, chosen_counter, competent_here, counters_of, look_up
from motcua.dossiers.office.intake_form import answers_of
from motcua.dossiers.words import sentence_of
from motcua.groups import queries, services
from motcua.groups.filing_form import FilingForm, Offer
from motcua.journal.services import take_in
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import REFUSED
from motcua.people.access import actor as actor_of


@require_safe
@requires(at_a_counter)
def choose(request: HttpRequest) -> HttpResponse:
    """The groups in force today."""
    today = local_date(clock.now())
    counters = counters_of(actor_of(request), today)
    context = {"groups": queries.in_force(today), "counter": chosen_counter(request, counters), "counters": counters}
    return render(request, "groups/choose.html", context)


@requires(at_a_counter)
def receive(request: HttpRequest, version_id: int) -> HttpResponse:
    """One page for the whole group; a button to look a person up and one to accept."""
    actor, now = actor_of(request), clock.now()
    today = local_date(now)
    counter = chosen_counter(request, counters_of(actor, today))
    version = queries.version_in_force(version_id, on=today)
    offers = [_offer(member, counter, today) for member in version.members]
    if request.method != "POST":
        return _page(request, FilingForm(offers=offers), version, counter)
    data = request.POST.copy()
    if data.get("act") != "receive":
        warnings = look_up(data, actor)
        blank = FilingForm(offers=offers)
        return _page(request, FilingForm(initial=answers_of(data, blank), offers=offers), version, counter, warnings=warnings)
    form = FilingForm(data, offers=offers)
    group = _take_in(form, version_id, counter, actor, now) if form.is_valid() else None
    if group is None:
        return _page(request, form, version, counter, status=REFUSED)
    return redirect("groups_office:group", group)


def _offer(member: queries.MemberFacts, counter: int, today: date) -> Offer:
    version = catalogue.version_for_intake(member.procedure_code, today)
    units = competent_here(version, counter, today)
    if not units:
        raise NotFound(what=_("cơ quan có thẩm quyền giải quyết thủ tục %(code)s của nhóm") % {"code": member.procedure_code})
    return Offer(member, version, units)


def _take_in(form: FilingForm, version_id: int, counter: int, actor: Actor, now: datetime) -> int | None:
    try:
        group = _once(form, version_id, counter, actor, now)
    except MotcuaError as error:
        form.add_error(None, sentence_of(error))
        return None
    if group is None:
        form.add_error(None, _("Trang này đã được gửi trước đó và nhóm hồ sơ đã được ghi nhận; xem trong danh sách nhóm."))
    return group


@transaction.atomic
def _once(form: FilingForm, version_id: int, counter: int, actor: Actor, now: datetime) -> int | None:
    """Takes the page in once, however often its button was pressed; None for a repetition."""
    made: list[int] = []
    filing = form.filing(version_id=version_id, counter=counter)
    take_in(
        source="office.group", external_id=f"{actor.id}:{form.cleaned_data['ticket']}", payload={}, at=now,
        handle=lambda _message: made.append(services.receive(filing, actor=actor, now=now)),
    )  # fmt: skip
    return made[0] if made else None


def _page(
    request: HttpRequest, form: FilingForm, version: queries.VersionFacts, counter: int, *,
    warnings: list[str] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {"form": form, "version": version, "counter": counter, "warnings": warnings or []}
    return render(request, "groups/receive.html", context, status=status)
