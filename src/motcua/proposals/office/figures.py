"""The matrix page: every figure opens its dossiers; JSON and XLSX hold the same figures."""

from __future__ import annotations

import calendar
import io
from datetime import date
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from motcua.base.actor import Actor
from motcua.base.errors import NotFound
from motcua.base.time import local_date
from motcua.dossiers import access, queries
from motcua.dossiers.office import cells
from motcua.dossiers.words import TIMINGS
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.columns import Column, Table
from motcua.kit.export import write_xlsx
from motcua.kit.forms import DateField, Form
from motcua.organisation.queries import latest, tree
from motcua.people.access import actor, has_role, roles
from motcua.proposals import matrix
from motcua.proposals.matrix import GROUPS, STATES, WITHDRAWN, Matrix, Question
from motcua.proposals.models import ReasonClass
from motcua.proposals.rules import STATE_NAMES, State

reads_figures = roles(*access.OVERSEERS)
GROUP_NAMES = {
    "stop": lazy("Ngừng xử lý"), "supplement": lazy("Yêu cầu bổ sung"), "refuse": lazy("Không giải quyết"),
    WITHDRAWN: lazy("Rút hồ sơ"),
}  # fmt: skip
_BUSIEST = 10
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offers_figures(request: HttpRequest) -> bool:
    """Whether the menu shows the matrix."""
    return has_role(request, *access.OVERSEERS)


class Asked(Form):
    """A period and a unit."""

    tu = DateField(label=lazy("Từ ngày"))
    den = DateField(label=lazy("Đến ngày"))
    don_vi = forms.ChoiceField(label=lazy("Đơn vị"), required=False)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["don_vi"].choices = [("", _("Tất cả đơn vị trong phạm vi của bạn")), *units]
        self.fields["don_vi"].show_as_required = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("tu") and data.get("den") and data["den"] < data["tu"]:
            self.add_error("den", _("Ngày cuối phải từ ngày đầu trở đi."))
        return data

    def question(self) -> Question:
        data = self.cleaned_data
        return Question(data["tu"], data["den"], int(data["don_vi"]) if data["don_vi"] else None)


@require_safe
@requires(reads_figures)
def show(request: HttpRequest) -> HttpResponse:
    """The ten cells, totals with and without withdrawals, busiest agencies, reason classes."""
    form = _asked(request)
    if not form.is_valid():
        return render(request, "proposals/matrix.html", {"form": form}, status=422)
    question, by = form.question(), actor(request)
    found = matrix.count(question, actor=by)
    address = urlencode(form.cleaned_data_as_text)
    context = {
        "form": form, "matrix": found, "groups": _groups(found, address), "states": _states(), "address": address,
        "withdrawn_url": _url(WITHDRAWN, "approved", address),
        "units": [(latest(unit).name, n) for unit, n in matrix.by_unit(question, actor=by)[:_BUSIEST]],
        "reasons": _reasons(question, by), "question": question,
    }  # fmt: skip
    return render(request, "proposals/matrix.html", context)


@require_safe
@requires(reads_figures)
def dossiers(request: HttpRequest, kind: str, state: str) -> HttpResponse:
    """The dossiers of one figure, as far as the officer may see them; withdrawals tell whether they were late."""
    form = _asked(request)
    if not form.is_valid() or (kind, state) not in _cells():
        raise NotFound(what=_("số liệu này"))
    by = actor(request)
    numbers = matrix.behind(form.question(), kind=kind, state=state, actor=by)
    rows = queries.seen_by(by).filter(pk__in=numbers).select_related("applicant", "version").order_by("pk")
    name = " – ".join([str(GROUP_NAMES[kind]), *([_(STATE_NAMES[State(state)])] if kind != WITHDRAWN else [])])
    table = Table(
        _columns(kind), rows=rows, params=request.GET, caption=name, path=request.path, identity="behind",
        empty_title=_("Không có hồ sơ nào"), empty_text=_("Con số này bằng 0 trong kỳ đã chọn."),
    )  # fmt: skip
    back = f"{reverse('proposals_office:matrix')}?{urlencode(form.cleaned_data_as_text)}"
    return render(request, "proposals/matrix_dossiers.html", {"table": table, "name": name, "back": back})


@require_safe
@requires(reads_figures)
def download(request: HttpRequest, kind: str) -> HttpResponse | FileResponse:
    """The figures as JSON or XLSX."""
    form = _asked(request)
    if not form.is_valid() or kind not in ("json", "xlsx"):
        raise NotFound(what=_("tệp này"))
    question = form.question()
    found = matrix.count(question, actor=actor(request))
    name = f"de-xuat-{question.first:%Y%m%d}-{question.last:%Y%m%d}.{kind}"
    if kind == "json":
        return JsonResponse(_plain(question, found), headers={"Content-Disposition": f'attachment; filename="{name}"'})
    target = io.BytesIO()
    write_xlsx(_sheet(found), target)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=name, content_type=_SHEET)


def _asked(request: HttpRequest) -> Any:
    today, by = local_date(clock.now()), actor(request)
    units = tree(today)
    within = sorted(((str(n), units[n].name) for n in matrix.reach(by) if n in units), key=lambda pair: pair[1])
    month = {"tu": f"{today.replace(day=1):%d/%m/%Y}", "den": f"{_last_of(today):%d/%m/%Y}", "don_vi": ""}
    form = Asked({**month, **request.GET.dict()}, units=within)
    form.cleaned_data_as_text = {name: form[name].value() for name in month}  # type: ignore[attr-defined]
    return form


def _last_of(today: date) -> date:
    return today.replace(day=calendar.monthrange(today.year, today.month)[1])


def _cells() -> set[tuple[str, str]]:
    return {(group, state) for group in GROUPS for state in STATES} | {(WITHDRAWN, "approved")}


def _groups(found: Matrix, address: str) -> list[dict[str, Any]]:
    return [
        {
            "name": GROUP_NAMES[group],
            "cells": [{"n": found.cells[group, state], "url": _url(group, state, address)} for state in STATES],
            "sum": sum(found.cells[group, state] for state in STATES),
        }
        for group in GROUPS
    ]


def _states() -> list[str]:
    return [_(STATE_NAMES[State(state)]) for state in STATES]


def _url(kind: str, state: str, address: str) -> str:
    return f"{reverse('proposals_office:matrix_dossiers', args=[kind, state])}?{address}"


def _reasons(question: Question, by: Actor) -> list[tuple[str, int]]:
    names = dict(ReasonClass.objects.values_list("code", "name"))
    direct = _("Lãnh đạo quyết định trực tiếp, không qua đề xuất")
    return [(names.get(code, direct), n) for code, n in matrix.by_reason(question, actor=by)]


def _columns(kind: str) -> list[Column]:
    columns = [
        Column("code", _("Hồ sơ"), lambda d: d.code or d.provisional_code, row_header=True, draw=cells.dossier),
        Column("unit", _("Cơ quan giải quyết"), lambda d: latest(d.unit_id).name),
        Column("accepted", _("Tiếp nhận"), lambda d: d.accepted_at, sort="accepted_at"),
        Column("due", _("Hạn trả kết quả"), lambda d: d.due_at, sort="due_at"),
    ]
    if kind == WITHDRAWN:
        late = Column("late", _("Khi rút"), lambda d: TIMINGS[d.timing] if d.timing else _("Trong hạn"), sort="timing")
        columns += [Column("ended", _("Rút lúc"), lambda d: d.ended_at, sort="ended_at"), late]
    return columns


def _lines(found: Matrix) -> list[tuple[str, str, int]]:
    lines = [
        (str(GROUP_NAMES[group]), _(STATE_NAMES[State(state)]), found.cells[group, state])
        for group in GROUPS
        for state in STATES
    ]
    lines.append((str(GROUP_NAMES[WITHDRAWN]), "", found.withdrawn))
    lines.append((_("Tổng không kể rút hồ sơ"), "", found.stopped))
    lines.append((_("Tổng kể cả rút hồ sơ"), "", found.total))
    return lines


def _sheet(found: Matrix) -> Table:
    columns = [
        Column("group", _("Nhóm"), lambda line: line[0]),
        Column("state", _("Tình trạng"), lambda line: line[1]),
        Column("n", _("Số hồ sơ"), lambda line: line[2], numeric=True),
    ]
    return Table(columns, rows=_lines(found), params={}, caption=_("Đề xuất, phê duyệt"), path="")


def _plain(question: Question, found: Matrix) -> dict[str, Any]:
    return {
        "from": question.first.isoformat(), "to": question.last.isoformat(), "unit": question.unit_id,
        "cells": {group: {state: found.cells[group, state] for state in STATES} for group in GROUPS},
        "withdrawn": found.withdrawn, "total_without_withdrawn": found.stopped, "total": found.total,
    }  # fmt: skip
