"""Bàn giao: a place passes on what lies there, by ticking or by scanning codes."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError
from motcua.dossiers import desks
from motcua.dossiers.access import counters_of
from motcua.dossiers.words import sentence_of
from motcua.dossiers.worklist import with_details
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.forms import Form
from motcua.people.access import actor as actor_of
from motcua.transfers import access, handing, queries
from motcua.transfers.office import frame
from motcua.transfers.rules import AT_ONCE, Kind, codes_of
from motcua.transfers.words import KINDS

_AT_MOST = 2_000


class MoveForm(Form):
    """Dossiers that go to another agency or level with a slip."""

    to_unit = forms.TypedChoiceField(label=lazy("Đơn vị nhận"), coerce=int)
    purpose = forms.CharField(
        label=lazy("Nội dung đề nghị"), max_length=300, help_text=lazy("Ví dụ: trình ký, lấy ý kiến, thẩm định, ký số.")
    )
    codes = forms.CharField(
        label=lazy("Mã hồ sơ"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=lazy("Mỗi dòng một mã; quét mã QR hoặc mã vạch trên giấy tiếp nhận cũng được. Tối đa 200 mã."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_unit"].choices = [("", _("Chọn đơn vị")), *frame.unit_choices()]  # type: ignore[attr-defined]


@requires(frame.works_on_dossiers)
def show(request: HttpRequest) -> HttpResponse:
    """What may be passed on from the officer's place, target by target; and, posted, the passing on."""
    actor = actor_of(request)
    data = request.POST if request.method == "POST" else request.GET
    ways = _ways(actor)
    chosen = next((w for w in ways if _key(w) == (data.get("kind"), frame.number(data.get("place", "")))), ways[0])
    if request.method == "POST" and chosen["kind"] is not Kind.MOVE:
        act = _by_codes if "codes" in data else _by_ticks
        return act(request, actor, chosen)
    form = MoveForm(request.POST) if request.method == "POST" else MoveForm()
    if request.method == "POST" and form.is_valid():
        done = _move(request, actor, chosen, form)
        if done is not None:
            return done
    parcels = [] if chosen["kind"] is Kind.MOVE else _parcels(actor, chosen)
    context = {
        "ways": ways, "chosen": chosen, "parcels": parcels, "form": form, "now": clock.now(), "limit": AT_ONCE,
        "recent": [{"slip": s, "to": frame.name(s.to_unit_id)} for s in _given(actor, chosen)],
    }  # fmt: skip
    return frame.show(request, "give", context, status=422 if form.errors else 200)


def _ways(actor: Actor) -> list[dict[str, Any]]:
    """Every kind of hand-over the officer may do, place by place."""
    counters, units = sorted(counters_of(actor)), sorted(access.own_units(actor))
    pairs = [(Kind.FORWARD, place) for place in counters] + [(Kind.RESULTS, place) for place in units]
    pairs += [(Kind.MOVE, place) for place in units]
    several = len({place for _kind, place in pairs}) > 1
    return [
        {
            "kind": kind, "place": place, "words": KINDS[kind], "at": frame.name(place), "several": several,
            "url": f"{reverse('transfers_office:give')}?kind={kind.value}&place={place}",
        }
        for kind, place in pairs
    ]  # fmt: skip


def _key(way: dict[str, Any]) -> tuple[str, int]:
    return way["kind"].value, way["place"]


def _by_ticks(request: HttpRequest, actor: Actor, chosen: dict[str, Any]) -> HttpResponse:
    numbers = [n for text in request.POST.getlist("dossier") if (n := frame.number(text))]
    parcels = [handing.Parcel(n, _count(request, "originals", n), _count(request, "copies", n)) for n in numbers]
    way = handing.Way(chosen["kind"], chosen["place"], frame.number(request.POST.get("unit", "")))
    try:
        handed = handing.hand_over(parcels, way, actor=actor, now=clock.now())
    except MotcuaError as error:
        messages.error(request, sentence_of(error))
        return redirect(chosen["url"])
    return _told(request, handed, chosen["url"])


def _told(request: HttpRequest, handed: handing.Handed, back: str) -> HttpResponse:
    for line in handed.lines:
        if line.refusal:
            words = {"code": line.code or line.dossier_id, "why": line.refusal}
            messages.warning(request, _("%(code)s: %(why)s") % words)
    if handed.slip_id is None:
        return redirect(back)
    passed = sum(not line.refusal for line in handed.lines)
    messages.success(request, _("Đã bàn giao %(passed)s hồ sơ, chờ bên nhận xác nhận.") % {"passed": passed})
    return redirect("transfers_office:slip", handed.slip_id)


def _by_codes(request: HttpRequest, actor: Actor, chosen: dict[str, Any]) -> HttpResponse:
    """One answer for every scanned code, on the page itself: a scanner is quicker than a reader."""
    codes = codes_of(request.POST["codes"])
    way = handing.Way(chosen["kind"], chosen["place"], 0)
    try:
        slips, answers = handing.hand_over_codes(codes, way, actor=actor, now=clock.now())
    except MotcuaError as error:
        messages.error(request, sentence_of(error))
        return redirect(chosen["url"])
    context = {
        "answers": [{"code": one.code, "refusal": one.refusal} for one in answers], "back": chosen["url"],
        "slips": [queries.slip_of(actor, number) for number in slips], "title": _("Kết quả bàn giao theo mã"),
        "done": _("Đã bàn giao"),
    }  # fmt: skip
    return frame.show(request, "answers", context)


def _move(request: HttpRequest, actor: Actor, chosen: dict[str, Any], form: MoveForm) -> HttpResponse | None:
    answers = form.cleaned_data
    found = handing.moving_by_codes(actor, codes_of(answers["codes"]), chosen["place"])
    missing = [code for code in codes_of(answers["codes"]) if code not in found]
    if missing:
        form.add_error("codes", _("Không tìm thấy hồ sơ: %(codes)s.") % {"codes": ", ".join(missing[:10])})
        return None
    way = handing.Way(Kind.MOVE, chosen["place"], answers["to_unit"], answers["purpose"])
    try:
        parcels = [handing.Parcel(number) for number in found.values()]
        handed = handing.hand_over(parcels, way, actor=actor, now=clock.now())
    except MotcuaError as error:
        form.add_error(None, sentence_of(error))
        return None
    return _told(request, handed, chosen["url"])


def _parcels(actor: Actor, chosen: dict[str, Any]) -> list[dict[str, Any]]:
    """What lies here, target by target, with the papers that go along; no more at once than one slip holds."""
    forward = chosen["kind"] is Kind.FORWARD
    rows = desks.at_counter(actor, chosen["place"]) if forward else desks.with_result(actor, chosen["place"])
    if not forward:
        rows = rows.exclude(pk__in=queries.results_there().values("dossier_id"))
    column = "unit_id" if forward else "intake_unit_id"
    heaps = groupby(with_details(rows[:_AT_MOST]), key=lambda row: getattr(row, column))
    return [_parcel(target, list(heap)[:AT_ONCE], forward) for target, heap in heaps]


def _parcel(target: int, rows: list[Any], forward: bool) -> dict[str, Any]:
    counts = desks.paper_counts(row.pk for row in rows) if forward else {}
    usual = (0, 0) if forward else (1, 0)
    lines = [{"row": row, "papers": counts.get(row.pk, usual)} for row in rows]
    return {"unit": target, "name": frame.name(target), "lines": lines}


def _given(actor: Actor, chosen: dict[str, Any]) -> Any:
    return queries.slips_of(actor).filter(from_unit_id=chosen["place"], kind=chosen["kind"])[:10]


def _count(request: HttpRequest, field: str, dossier_id: int) -> int | None:
    text = request.POST.get(f"{field}_{dossier_id}", "")
    return min(int(text), 9_999) if text.isdecimal() and len(text) < 6 else None
