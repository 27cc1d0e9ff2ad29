"""Slips: those the officer has to confirm, all of one's places, one slip with its confirmation, and its paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError
from motcua.dossiers import desks
from motcua.dossiers.words import sentence_of
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.columns import Column, Filter, Table, choice_filter
from motcua.people.access import actor as actor_of
from motcua.transfers import access, paper, queries, taking
from motcua.transfers.models import Line, Slip
from motcua.transfers.office import cells, frame
from motcua.transfers.rules import LineState, codes_of
from motcua.transfers.words import KINDS, LINE_STATES, REFUSAL_KINDS


@requires(frame.works_on_dossiers)
def awaited(request: HttpRequest) -> HttpResponse:
    """What others hand over to the officer, and a field to confirm by scanning."""
    actor = actor_of(request)
    if request.method == "POST":
        return _confirm_codes(request, actor)
    empty = _("Không có phiếu nào chờ bạn nhận"), _("Phiếu bàn giao gửi đến nơi bạn làm việc sẽ hiện ở đây.")
    table = _table(request, queries.awaited(actor), _("Phiếu chờ xác nhận, phiếu phải nhận sớm nhất trước"), empty, [])
    return frame.show(request, "awaited", {"table": table})


@requires(frame.works_or_oversees)
def listed(request: HttpRequest) -> HttpResponse:
    """Every slip given or taken at the officer's places."""
    actor = actor_of(request)
    empty = _("Không có phiếu bàn giao nào"), _("Phiếu có khi hồ sơ được bàn giao tại nơi bạn làm việc.")
    state = Filter(field=_open_or_closed, narrow=_narrow, words=lambda value: dict(_states())[value])
    filters = [
        Column("state", _("Tình trạng"), lambda slip: "", filter=state),
        Column("kind", _("Loại"), lambda slip: "", filter=choice_filter("kind", KINDS.items())),
    ]
    table = _table(request, queries.slips_of(actor), _("Phiếu bàn giao, phiếu mới nhất trước"), empty, filters)
    return frame.show(request, "slips", {"table": table, "open": queries.open_slips(actor).count()})


@requires(frame.works_or_oversees)
def show(request: HttpRequest, slip_id: int) -> HttpResponse:
    """The permanent page of one slip; the receiver answers line by line."""
    actor = actor_of(request)
    slip = queries.slip_of(actor, slip_id)
    if request.method == "POST":
        return _settle(request, actor, slip)
    return _page(request, actor, slip)


@requires(frame.works_or_oversees)
def printed(request: HttpRequest, slip_id: int) -> HttpResponse:
    """The slip as PDF."""
    slip = queries.slip_of(actor_of(request), slip_id)
    response = HttpResponse(paper.pdf(slip), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=f"{slip.number}.pdf")
    return response


def _page(request: HttpRequest, actor: Actor, slip: Slip, *, typed: Any = None, wrong: Any = None) -> HttpResponse:
    lines = queries.lines_of(slip)
    cards = desks.cards(line.dossier_id for line in lines)
    context = {
        "slip": slip, "from": frame.name(slip.from_unit_id), "to": frame.name(slip.to_unit_id), "kind": KINDS[slip.kind],
        "rows": [_row(line, cards, typed or {}, wrong or {}) for line in lines], "now": clock.now(),
        "confirms": slip.lines_open and _is_taker(actor, slip), "own": actor.id is not None and actor.id == slip.giver_id,
        "gives": slip.lines_open and slip.from_unit_id in access.own_places(actor), "reasons": REFUSAL_KINDS.items(),
        "late": slip.settled_at is None and slip.confirm_by and slip.confirm_by < clock.now(),
    }  # fmt: skip
    return frame.show(request, "slip", context, status=422 if wrong else 200)


def _row(line: Line, cards: Any, typed: Any, wrong: dict[int, str]) -> dict[str, Any]:
    words, tone = LINE_STATES[LineState(line.state)]
    kinds = {kind.value: name for kind, name in REFUSAL_KINDS.items()}
    return {
        "line": line, "row": cards[line.dossier_id], "state": words, "tone": tone, "open": line.state == LineState.IN_TRANSIT,
        "kind": kinds.get(line.reason_kind, ""), "wrong": wrong.get(line.pk, ""),
        "answer": typed.get(f"answer_{line.pk}", "take"), "reason": typed.get(f"reason_{line.pk}", ""),
        "chosen": typed.get(f"kind_{line.pk}", ""),
    }  # fmt: skip


def _is_taker(actor: Actor, slip: Slip) -> bool:
    return slip.to_unit_id in access.taking_places(actor) and actor.id != slip.giver_id


def _settle(request: HttpRequest, actor: Actor, slip: Slip) -> HttpResponse:
    answers = {line.pk: answer for line in queries.lines_of(slip) if (answer := _answer(request, line.pk))}
    try:
        told = taking.settle(slip.pk, answers, actor=actor, now=clock.now())
    except MotcuaError as error:
        messages.error(request, sentence_of(error))
        return redirect("transfers_office:slip", slip.pk)
    _say(request, told)
    wrong = {one.line_id: one.refusal for one in told if one.refusal}
    if wrong:
        return _page(request, actor, queries.slip_of(actor, slip.pk), typed=request.POST, wrong=wrong)
    return redirect("transfers_office:slip", slip.pk)


def _answer(request: HttpRequest, line_id: int) -> taking.Answer | None:
    asked = request.POST.get(f"answer_{line_id}", "")
    if asked == "take":
        return taking.Answer(take=True)
    if asked != "refuse":
        return None
    data = request.POST
    return taking.Answer(False, data.get(f"kind_{line_id}", ""), data.get(f"reason_{line_id}", ""))


def _say(request: HttpRequest, told: Any) -> None:
    taken = sum(one.taken and not one.refusal for one in told)
    refused = sum(not one.taken and not one.refusal for one in told)
    if taken:
        messages.success(request, _("Đã xác nhận nhận %(n)s hồ sơ.") % {"n": taken})
    if refused:
        messages.success(request, _("Đã từ chối nhận %(n)s hồ sơ; hồ sơ trở lại bên giao.") % {"n": refused})


def _confirm_codes(request: HttpRequest, actor: Actor) -> HttpResponse:
    try:
        told = taking.take_by_codes(codes_of(request.POST.get("codes", "")), actor=actor, now=clock.now())
    except MotcuaError as error:
        messages.error(request, sentence_of(error))
        return redirect("transfers_office:awaited")
    context = {
        "answers": [{"code": one.code, "refusal": one.refusal} for one in told], "title": _("Kết quả xác nhận theo mã"),
        "back": reverse("transfers_office:awaited"), "done": _("Đã nhận"), "slips": [],
    }  # fmt: skip
    return frame.show(request, "answers", context)


def _table(
    request: HttpRequest, rows: QuerySet[Slip], caption: str, empty: tuple[str, str], filters: list[Column]
) -> Table:
    columns = [
        Column("number", _("Số phiếu"), lambda s: s.number, row_header=True, draw=cells.slip),
        Column("from", _("Bên giao"), lambda s: frame.name(s.from_unit_id)),
        Column("to", _("Bên nhận"), lambda s: frame.name(s.to_unit_id)),
        Column("at", _("Giao lúc"), lambda s: s.at, sort="at"),
        Column("by", _("Phải nhận trước"), lambda s: s.confirm_by, sort="confirm_by"),
        Column("lines", _("Hồ sơ"), lambda s: s.lines_all, numeric=True),
        Column("state", _("Tình trạng"), _standing, draw=cells.standing),
    ]
    title, text = empty
    return Table(
        columns, rows=rows, params=request.GET, caption=caption, path=request.path, identity="slips", filters=filters,
        empty_title=title, empty_text=text,
    )  # fmt: skip


def _standing(slip: Any) -> tuple[str, str]:
    """The slip in a few words with their tone."""
    if slip.lines_open:
        late = slip.confirm_by and slip.confirm_by < clock.now()
        words = _("Còn %(n)s hồ sơ chưa nhận") % {"n": slip.lines_open}
        return (_("%(words)s, quá giờ") % {"words": words}, "alarm") if late else (words, "caution")
    if slip.lines_refused:
        return _("Có %(n)s hồ sơ bị từ chối") % {"n": slip.lines_refused}, "alarm"
    return (_("Đã xác nhận"), "good") if slip.confirm_by else (_("Chỉ bên giao ghi nhận"), "")


def _states() -> list[tuple[str, str]]:
    return [("open", _("Đang mở")), ("closed", _("Đã xong"))]


def _open_or_closed() -> Any:
    return forms.ChoiceField(choices=[("", _("Tất cả")), *_states()])


def _narrow(rows: Any, value: str) -> Any:
    return rows.filter(settled_at__isnull=value == "open")
