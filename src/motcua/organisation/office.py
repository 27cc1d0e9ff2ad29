"""The administrators' pages of units: the tree on a day, the versions of a unit, who took over what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from motcua.base.time import local_date
from motcua.kit import clock
from motcua.kit.access import acting, provincial_administrator, requires
from motcua.kit.act_page import Page, ask, bound
from motcua.kit.forms import DateField, Form
from motcua.organisation import queries, services
from motcua.organisation.office_forms import Closing, NewService, NewSuccession, NewUnit, UnitFields
from motcua.organisation.rules import Level, UnitKind, heir_of
from motcua.organisation.words import KIND_WORDS, LEVEL_WORDS


class OnDay(Form):
    ngay = DateField(label=lazy("Cơ cấu vào ngày"), required=False)


@require_safe
@requires(provincial_administrator)
def tree(request: HttpRequest) -> HttpResponse:
    """The tree as it was on a day, beside who answers for each unit today."""
    today = local_date(clock.now())
    form = OnDay(request.GET)
    on = (form.cleaned_data["ngay"] if form.is_valid() else None) or today
    rows = [
        {"depth": min(depth, 4), "unit": unit, "kind": KIND_WORDS[UnitKind(unit.kind)],
         "level": LEVEL_WORDS[Level(unit.level)], "today": _today(unit, today)}
        for depth, unit in queries.outline(on)
    ]  # fmt: skip
    context = {"form": form, "on": on, "today": today, "rows": rows, "then": on != today}
    return render(request, "organisation/tree.html", context, status=422 if form.errors else 200)


def _today(unit: queries.UnitFacts, today: date) -> dict[str, Any]:
    """The unit as it stands today, or the heirs of its work when it is closed."""
    standing = queries.tree(today).get(unit.id)
    if standing is not None:
        return {"same": standing.name == unit.name and standing.parent_id == unit.parent_id, "unit": standing}
    handovers = queries.handovers(today)
    mine = {(h.procedure, h.field) for h in handovers if h.unit == unit.id}
    heirs = {heir_of(unit.id, procedure=p, field=f, on=today, handovers=handovers) for p, f in mine}
    return {"closed": True, "heirs": [queries.latest(heir) for heir in sorted(heirs)]}


@require_safe
@requires(provincial_administrator)
def show(request: HttpRequest, unit_id: int) -> HttpResponse:
    """One unit with its versions, its successions and its counters."""
    facts = queries.latest(unit_id)
    today = local_date(clock.now())
    spans = [
        {"span": span, "kind": KIND_WORDS[UnitKind(span.kind)], "parent": _name(span.parent_id)}
        for span in queries.spans_of(unit_id)
    ]
    counters = [
        {"counter": queries.latest(counter), "unit": queries.latest(unit), "since": since, "until": until, "citation": why}
        for counter, unit, since, until, why in queries.counters_of(unit_id)
    ]
    context = {
        "unit": facts, "level": LEVEL_WORDS[Level(facts.level)], "spans": spans, "counters": counters,
        "open": unit_id in queries.tree(today), "successions": _successions(unit_id), "today": _today(facts, today),
    }  # fmt: skip
    return render(request, "organisation/unit.html", context)


@require_safe
@requires(provincial_administrator)
def succession(request: HttpRequest) -> HttpResponse:
    """The whole succession table."""
    return render(request, "organisation/succession.html", {"successions": _successions()})


def _successions(unit_id: int | None = None) -> list[dict[str, Any]]:
    return [
        {"row": row, "unit": queries.latest(row.unit_id), "heir": queries.latest(row.heir_id), "work": _work(row)}
        for row in queries.successions(unit_id)
    ]


def _work(row: queries.SuccessionFacts) -> str:
    if row.procedure_code:
        return _("Thủ tục %(code)s") % {"code": row.procedure_code}
    if row.field_code:
        return _("Lĩnh vực %(code)s") % {"code": row.field_code}
    return _("Toàn bộ phần việc còn lại")


def _name(unit_id: int | None) -> str:
    return queries.latest(unit_id).name if unit_id else ""


@requires(provincial_administrator)
def create(request: HttpRequest) -> HttpResponse:
    """Opens a unit."""
    form = bound(request, NewUnit, on=local_date(clock.now()))
    page = Page(_("Mở đơn vị"), _("Mở đơn vị"), reverse("organisation_office:tree"))

    def do(data: dict[str, Any]) -> str:
        number = services.open_unit(
            code=data["code"], level=Level(data["level"]), data=form.unit_data(), since=data["since"], until=data["until"],
            citation=data["citation"], actor=acting(request), now=clock.now(),
        )  # fmt: skip
        return _address(number)

    return ask(request, page, form, do=do, done=_("Đã mở đơn vị."))


@requires(provincial_administrator)
def change(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Another name, kind or parent from a day on."""
    facts = queries.latest(unit_id)
    parent = queries.latest(facts.parent_id).code if facts.parent_id else ""
    names = ("name", "short_name", "kind", "place", "address", "phone", "email")
    initial = {name: getattr(facts, name) for name in names} | {"parent": parent}
    form = bound(request, UnitFields, on=local_date(clock.now()), initial=initial)
    note = _("Những gì đơn vị đã là trước ngày áp dụng vẫn được giữ lại.")
    return _act(request, unit_id, (_("Thay đổi đơn vị"), _("Ghi thay đổi"), note), form, lambda data: services.change_unit(
        unit_id=unit_id, data=form.unit_data(), since=data["since"], citation=data["citation"], actor=acting(request),
        now=clock.now(),
    ))  # fmt: skip


@requires(provincial_administrator)
def close(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Ends a unit on a day."""
    note = _("Hồ sơ của đơn vị giữ nguyên mã và hạn trả. Hãy khai báo đơn vị kế thừa để có nơi giải quyết tiếp.")
    words = (_("Kết thúc hoạt động"), _("Kết thúc hoạt động"), note)
    return _act(request, unit_id, words, bound(request, Closing), lambda data: services.close_unit(
        unit_id=unit_id, on=data["on"], citation=data["citation"], actor=acting(request), now=clock.now()
    ))  # fmt: skip


@requires(provincial_administrator)
def succeed(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Says who takes over the unit's work, or a part of it."""
    form = bound(request, NewSuccession, on=local_date(clock.now()))
    note = _("Quy tắc hẹp hơn được dùng trước: theo thủ tục, rồi theo lĩnh vực, rồi toàn bộ phần việc còn lại.")

    def do(data: dict[str, Any]) -> None:
        heir = queries.by_code(data.pop("heir"))
        services.succeed(unit_id=unit_id, heir_id=heir, **data, actor=acting(request), now=clock.now())

    return _act(request, unit_id, (_("Khai báo kế thừa"), _("Ghi đơn vị kế thừa"), note), form, do)


@requires(provincial_administrator)
def serve(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Says that this counter receives for a competent unit."""
    form = bound(request, NewService, on=local_date(clock.now()))
    note = _("Hồ sơ tiếp nhận tại đây được coi là đơn vị có thẩm quyền đã nhận.")

    def do(data: dict[str, Any]) -> None:
        unit = queries.by_code(data.pop("unit"))
        services.serve(counter_id=unit_id, unit_id=unit, **data, actor=acting(request), now=clock.now())

    return _act(request, unit_id, (_("Tiếp nhận thay cho đơn vị"), _("Ghi nhận"), note), form, do)


def _act(
    request: HttpRequest, unit_id: int, words: tuple[str, str, str], form: Any, run: Callable[[dict[str, Any]], None]
) -> HttpResponse:
    title, verb, note = words
    page = Page(title, verb, _address(unit_id), note=note, caption=queries.latest(unit_id).name)

    def do(data: dict[str, Any]) -> str:
        run(data)
        return _address(unit_id)

    return ask(request, page, form, do=do, done=_("Đã ghi: %(act)s.") % {"act": title.lower()})


def _address(unit_id: int) -> str:
    return reverse("organisation_office:unit", args=[unit_id])
