"""Pages of standing in: who is away, who does the work, who signs for whom, who leaves a counter in mid-term."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base.actor import Actor
from motcua.base.errors import NotAllowed, NotFound
from motcua.base.time import local_date
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import Page, ask, bound
from motcua.organisation import queries as units
from motcua.people import delegating, rosters
from motcua.people.access import actor as acting
from motcua.people.delegating import SigningFor
from motcua.people.office_forms import EndOfStandIn, NewAbsence, NewDelegation
from motcua.people.rules import ROLE_NAMES, Role
from motcua.people.standing_in import SIGNATURE_NAMES, SignatureForm

_PAST = timedelta(days=90)


def heads(request: HttpRequest) -> None:
    """Dành cho lãnh đạo đơn vị, Chủ tịch, giám đốc Trung tâm và quản trị hệ thống đang ở chế độ quản trị."""
    if not decides(request):
        raise NotAllowed(reason="trang này dành cho lãnh đạo đơn vị và quản trị hệ thống trong chế độ quản trị.")


def decides(request: HttpRequest) -> bool:
    """Whether the officer decides absences anywhere; for menus."""
    return request.user.is_authenticated and bool(delegating.decides_for(acting(request)))


@require_safe
@requires(heads)
def listing(request: HttpRequest) -> HttpResponse:
    """Absences and delegations of one unit in the officer's reach, present and of the last three months."""
    today = local_date(clock.now())
    offered, unit_id = _unit(request)
    places = delegating.decides_for(acting(request)) if unit_id is None else frozenset({unit_id})
    context = {
        "units": offered, "unit": unit_id, "query": f"?don-vi={unit_id}" if unit_id else "",
        "absences": [_row(a, today, a.runs(today)) for a in rosters.absences(places, since=today - _PAST)],
        "delegations": [
            _row(d, today, d.holds(today)) | {"form": _(SIGNATURE_NAMES[SignatureForm(d.form)])}
            for d in rosters.delegations(places, since=today - _PAST)
        ],
    }  # fmt: skip
    return render(request, "people/standing.html", context)


def _row(facts: Any, today: date, now: bool) -> dict[str, Any]:
    over = facts.until is not None and facts.until <= today
    return {"facts": facts, "unit": units.latest(facts.unit_id).name, "now": now, "over": over}


@requires(heads)
def absent(request: HttpRequest) -> HttpResponse:
    """Says that an officer is away and who does the work."""
    _offered, unit_id = _unit(request, needed=True)
    assert unit_id is not None
    page = Page(
        _("Ghi cán bộ vắng mặt"), _("Ghi vắng mặt"), _list(unit_id), caption=units.latest(unit_id).name,
        note=_(
            "Trong những ngày này người làm thay thấy và làm được việc của người vắng mặt tại đơn vị; lịch sử hồ sơ "
            "ghi rõ “thay ông/bà …”. Hết ngày, quyền tự chấm dứt."
        ),
    )  # fmt: skip

    def do(data: dict[str, Any]) -> str:
        last = data.pop("last")
        delegating.record_absence(
            officer_id=int(data.pop("officer")), substitute_id=int(data.pop("substitute")), unit_id=unit_id,
            until=last + timedelta(days=1), **data, actor=acting(request), now=clock.now(),
        )  # fmt: skip
        return _list(unit_id)

    form = bound(request, NewAbsence, staff=_staff({unit_id}), others=_staff(_around(acting(request), unit_id)),
                 initial={"decided_by": acting(request).label})  # fmt: skip
    return ask(request, page, form, do=do, done=_("Đã ghi vắng mặt và người làm thay."))


@requires(heads)
def back(request: HttpRequest, absence_id: int) -> HttpResponse:
    """The officer is back earlier."""
    facts = rosters.absence(absence_id)
    _require_reach(request, facts.unit_id)
    page = Page(_("Kết thúc vắng mặt"), _("Ghi ngày trở lại"), _list(facts.unit_id), caption=facts.officer)

    def do(data: dict[str, Any]) -> str:
        delegating.end_absence(absence_id=absence_id, until=data["until"], actor=acting(request), now=clock.now())
        return _list(facts.unit_id)

    form = bound(request, EndOfStandIn, initial={"until": local_date(clock.now())})
    return ask(request, page, form, do=do, done=_("Đã ghi ngày trở lại; người làm thay thôi có quyền từ ngày đó."))


@requires(heads)
def sign_for(request: HttpRequest) -> HttpResponse:
    """Lets a deputy decide and sign."""
    _offered, unit_id = _unit(request, needed=True)
    assert unit_id is not None
    page = Page(
        _("Giao ký thay, ký thừa ủy quyền"), _("Giao ký"), _list(unit_id), caption=units.latest(unit_id).name,
        note=_(
            "Người được giao ký quyết định được các việc của lãnh đạo đơn vị trong phạm vi và thời hạn dưới đây; phiếu và "
            "kết quả in đúng thể thức ký (Điều 13 và Phụ lục I Nghị định 30/2020/NĐ-CP). Không được giao lại."
        ),
    )  # fmt: skip

    def do(data: dict[str, Any]) -> str:
        delegating.delegate_signature(
            officer_id=int(data["officer"]), giver_id=int(data["giver"]), unit_id=unit_id, terms=_terms(data),
            since=data["since"], until=data["last"] + timedelta(days=1) if data["last"] else None,
            actor=acting(request), now=clock.now(),
        )  # fmt: skip
        return _list(unit_id)

    form = bound(request, NewDelegation, givers=_staff({unit_id}), staff=_staff(_around(acting(request), unit_id)))
    return ask(request, page, form, do=do, done=_("Đã giao ký."))


def _terms(data: dict[str, Any]) -> SigningFor:
    return SigningFor(
        form=SignatureForm(data["form"]), principal_title=data["principal_title"], own_title=data["own_title"],
        body=data["body"], decision=data["decision"], procedures=data["procedures"],
    )  # fmt: skip


@requires(heads)
def end_signing(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """Ends a delegation."""
    facts = rosters.delegation(delegation_id)
    _require_reach(request, facts.unit_id)
    page = Page(_("Kết thúc việc giao ký"), _("Kết thúc"), _list(facts.unit_id), caption=facts.officer)

    def do(data: dict[str, Any]) -> str:
        delegating.end_delegation(
            delegation_id=delegation_id, until=data["until"], actor=acting(request), now=clock.now()
        )
        return _list(facts.unit_id)

    form = bound(request, EndOfStandIn, initial={"until": local_date(clock.now())})
    return ask(request, page, form, do=do, done=_("Đã kết thúc việc giao ký."))


@require_safe
@requires(heads)
def terms(request: HttpRequest) -> HttpResponse:
    """Planned terms of counter staff and what changed in mid-term."""
    places = delegating.decides_for(acting(request))
    today = local_date(clock.now())
    running = [{"term": t, "unit": units.latest(t.unit_id).name} for t in rosters.running_terms(places, on=today)]
    changes = [{"change": c, "unit": units.latest(c.unit_id).name} for c in rosters.mid_term_changes(places)]
    return render(request, "people/terms.html", {"running": running, "changes": changes})


def _unit(request: HttpRequest, *, needed: bool = False) -> tuple[list[tuple[int, str]], int | None]:
    """The units the officer decides for today, and the one the address asks for (their first when one is needed)."""
    reach, today = delegating.decides_for(acting(request)), local_date(clock.now())
    offered = [(u.id, f"{'– ' * min(depth, 3)}{u.name}") for depth, u in units.outline(today) if u.id in reach]
    asked = request.GET.get("don-vi", "")
    if asked and not asked.isdigit():
        raise NotFound(what=_("đơn vị này"))
    if asked:
        _require_reach(request, int(asked))
        return offered, int(asked)
    homes = [d.unit_id for d in acting(request).duties if d.unit_id in dict(offered)]
    return offered, (homes or [offered[0][0]])[0] if needed and offered else None


def _require_reach(request: HttpRequest, unit_id: int) -> None:
    if unit_id not in delegating.decides_for(acting(request)):
        raise NotAllowed(reason="đơn vị này không thuộc phạm vi bạn phụ trách.")


def _around(actor: Actor, unit_id: int) -> set[int]:
    """The unit, what lies below it and the deciding officer's own units, as far as they decide there."""
    below = units.subtree(unit_id, on=local_date(clock.now()))
    return set((below | {d.unit_id for d in actor.duties}) & delegating.decides_for(actor)) | {unit_id}


def _staff(places: set[int]) -> list[tuple[int, str]]:
    found: dict[int, list[str]] = {}
    names: dict[int, str] = {}
    for row in rosters.staff_of(frozenset(places), on=local_date(clock.now())):
        names[row.officer_id] = row.name
        found.setdefault(row.officer_id, []).append(row.title or str(_(ROLE_NAMES[Role(row.role)])))
    return [(number, f"{name} – {', '.join(found[number])}") for number, name in names.items()]


def _list(unit_id: int) -> str:
    return f"{reverse('people_office:standing')}?don-vi={unit_id}"
