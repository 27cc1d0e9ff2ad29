"""What lies with each officer of a unit, a proposal to balance it in words, and counters with too much coming in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from motcua.base.actor import Actor
from motcua.base.errors import NotAllowed, NotFound
from motcua.base.time import day_start, local_date
from motcua.deadlines.queries import work_calendar
from motcua.dossiers import reassignment, workload
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.balance import Move, suggestions
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import Page, ask, bound
from motcua.kit.forms import DateField, Form
from motcua.organisation import queries as units
from motcua.organisation.rules import UnitKind
from motcua.people.access import actor as actor_of
from motcua.people.delegating import decides_for
from motcua.people.office_standing import heads
from motcua.people.overload import CounterWeek, helpers
from motcua.people.quotas import limits_on, set_limit
from motcua.people.rosters import absent_on, staff_of
from motcua.people.rules import ROLE_NAMES, Role

_DESKS = (UnitKind.COUNTER, UnitKind.CENTRE)


@require_safe
@requires(heads)
def show(request: HttpRequest) -> HttpResponse:
    """The load of one unit's officers."""
    offered, unit_id = _unit(request)
    now = clock.now()
    rows, free = workload.loads(unit_id, now=now)
    context = {
        "units": offered, "unit": unit_id, "name": units.latest(unit_id).name,
        "rows": [{"load": row, "role": _(ROLE_NAMES[Role(row.role)])} for row in rows],
        "free": [{"role": _(ROLE_NAMES[Role(role)]), "count": count} for role, count in sorted(free.items()) if role],
        "moves": [{"move": move, "words": move_words(move)} for move in suggestions(rows)],
    }  # fmt: skip
    return render(request, "dossiers/load.html", context)


def move_words(move: Move) -> str:
    """The proposal and its reason in one sentence."""
    giver, taker = move.after
    return _(
        "%(from)s đang giữ %(many)s hồ sơ, %(to)s giữ %(few)s. Chuyển %(count)s hồ sơ mới nhất, còn hạn và chưa xử lý: "
        "sau đó %(from)s còn %(giver)s, %(to)s có %(taker)s."
    ) % {
        "from": move.giver.name, "to": move.taker.name, "many": move.giver.open, "few": move.taker.open,
        "count": move.count, "giver": giver, "taker": taker,
    }  # fmt: skip


@require_POST
@requires(heads)
def balance(request: HttpRequest) -> HttpResponse:
    """Does the proposal that was shown; when the loads have changed meanwhile, nothing is done."""
    _offered, unit_id = _unit(request)
    now = clock.now()
    rows, _free = workload.loads(unit_id, now=now)
    asked = request.POST.get("move", "")
    move = next((m for m in suggestions(rows) if move_key(m) == asked), None)
    if move is None:
        messages.error(request, _("Khối lượng công việc vừa thay đổi nên chưa chuyển hồ sơ nào. Hãy xem lại gợi ý mới."))
        return redirect(_load(unit_id))
    numbers = workload.untouched_of(move.giver.officer_id, unit_id, move.role, now=now, limit=move.count)
    outcomes = reassignment.hand_over(
        numbers, to=move.taker.officer_id, reason=_("Cân đối khối lượng công việc"), actor=actor_of(request), now=now
    )
    _tell(request, outcomes, move)
    return redirect(_load(unit_id))


def move_key(move: Move) -> str:
    """A proposal as its form sends it."""
    return f"{move.role}:{move.giver.officer_id}:{move.taker.officer_id}:{move.count}"


def _tell(request: HttpRequest, outcomes: list[reassignment.Outcome], move: Move) -> None:
    refused = [outcome for outcome in outcomes if outcome.refusal]
    done = {"n": len(outcomes) - len(refused), "name": move.taker.name}
    messages.success(request, _("Đã chuyển %(n)s hồ sơ cho %(name)s.") % done)
    for outcome in refused:
        messages.error(request, f"{outcome.code}: {outcome.refusal}")


@require_safe
@requires(heads)
def counters(request: HttpRequest) -> HttpResponse:
    """Arrivals of the last whole week at every counter in reach against the staff there, and who could help."""
    today = local_date(clock.now())
    monday = today - timedelta(days=today.weekday() + 7)
    weeks = counter_weeks(actor_of(request), monday)
    names = {week.unit_id: units.latest(week.unit_id).name for week in weeks}
    context = {
        "rows": [{"week": week, "name": names[week.unit_id]} for week in sorted(weeks, key=lambda w: (-w.short, -w.arrivals))],
        "helps": [{"help": h, "giver": names[h.giver], "taker": names[h.taker]} for h in helpers(weeks)],
        "since": monday, "until": monday + timedelta(days=6),
    }  # fmt: skip
    return render(request, "dossiers/counters.html", context)


def counter_weeks(actor: Actor, monday: date) -> list[CounterWeek]:
    """Every counter in the actor's reach in the week from `monday` on."""
    tree, today = units.tree(local_date(clock.now())), local_date(clock.now())
    desks = [n for n in sorted(decides_for(actor)) if n in tree and tree[n].kind in _DESKS]
    span = (day_start(monday), day_start(monday + timedelta(days=7)))
    rows = Dossier.objects.filter(intake_unit_id__in=desks, submitted_at__gte=span[0], submitted_at__lt=span[1])
    arrived = dict(rows.values_list("intake_unit_id").annotate(n=Count("id")).order_by())
    calendar, away, limits = work_calendar(), absent_on(today), limits_on(today)
    days = sum(calendar.is_working_day(monday + timedelta(days=n)) for n in range(7))
    staff: dict[int, set[int]] = {}
    for row in staff_of(frozenset(desks), on=today):
        if row.role == Role.COUNTER and (row.officer_id, row.unit_id) not in away:
            staff.setdefault(row.unit_id, set()).add(row.officer_id)
    return [CounterWeek(n, arrived.get(n, 0), days, len(staff.get(n, ())), _limit(n, limits, tree)) for n in desks]


def _limit(unit_id: int, limits: dict[int, tuple[int, str]], tree: Any) -> int | None:
    """The unit's own limit or that of the nearest unit above."""
    place: int | None = unit_id
    while place is not None:
        if place in limits:
            return limits[place][0]
        place = tree[place].parent_id if place in tree else None
    return None


class NewLimit(Form):
    a_day = forms.IntegerField(label=lazy("Số hồ sơ mỗi ngày cho một công chức (nhiều nhất)"), min_value=1, max_value=1000)
    since = DateField(label=lazy("Áp dụng từ ngày"))
    decision = forms.CharField(label=lazy("Số văn bản quy định"), max_length=200)


@requires(heads)
def limit(request: HttpRequest) -> HttpResponse:
    """Sets how much one person at the unit's counters should have."""
    _offered, unit_id = _unit(request)
    page = Page(
        _("Ngưỡng tiếp nhận mỗi ngày"), _("Ghi ngưỡng"), reverse("dossiers:counters"), caption=units.latest(unit_id).name,
        note=_("Ngưỡng dùng cho quầy của đơn vị này và các đơn vị bên dưới chưa có ngưỡng riêng."),
    )  # fmt: skip

    def do(data: dict[str, Any]) -> str:
        set_limit(unit_id=unit_id, **data, actor=actor_of(request), now=clock.now())
        return reverse("dossiers:counters")

    return ask(request, page, bound(request, NewLimit), do=do, done=_("Đã ghi ngưỡng."))


def _unit(request: HttpRequest) -> tuple[list[tuple[int, str]], int]:
    """The units in reach, and the one the address asks for (the officer's own when none)."""
    actor, today = actor_of(request), local_date(clock.now())
    reach = decides_for(actor)
    offered = [(u.id, f"{'– ' * min(depth, 3)}{u.name}") for depth, u in units.outline(today) if u.id in reach]
    asked = request.GET.get("don-vi", "")
    if not asked:
        homes = [d.unit_id for d in actor.duties if d.unit_id in reach]
        return offered, homes[0]
    if not asked.isdigit():
        raise NotFound(what=_("đơn vị này"))
    if int(asked) not in reach:
        raise NotAllowed(reason="đơn vị này không thuộc phạm vi bạn phụ trách.")
    return offered, int(asked)


def _load(unit_id: int) -> str:
    return f"{reverse('dossiers:load')}?don-vi={unit_id}"
