"""Bảng liên thông: dossiers linked to one receiving unit in a period, with what is behind each figure (LNK-06)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.actor import Actor
from motcua.base.errors import NotFound
from motcua.base.time import local_date
from motcua.dossiers.office.files import as_file
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.columns import Column, Table
from motcua.people.access import actor as actor_of
from motcua.transfers import queries
from motcua.transfers.office import frame, legs
from motcua.transfers.office.stuck import Period
from motcua.transfers.queries import CELLS, Span
from motcua.transfers.rules import Tally

CELL_WORDS = {
    "carried": lazy("Kỳ trước chuyển qua"),
    "new": lazy("Mới trong kỳ"),
    "early": lazy("Trước hạn"),
    "on_time": lazy("Đúng hạn"),
    "late": lazy("Quá hạn"),
    "open_within": lazy("Đang giải quyết, còn hạn"),
    "open_overdue": lazy("Đang giải quyết, quá hạn"),
}


class Asked(Period):
    unit = forms.TypedChoiceField(label=lazy("Đơn vị nhận"), coerce=int)
    field_order = ["unit", "first", "last"]

    def __init__(self, data: Any, units: list[tuple[int, str]]) -> None:
        super().__init__(data, auto_id="linked-%s")
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


@requires(frame.works_or_oversees)
def show(request: HttpRequest) -> HttpResponse:
    """The table by sending unit; every figure leads to its legs."""
    actor = actor_of(request)
    form, units = _form(request, actor)
    if not units or not form.is_valid():
        return frame.show(request, "linked", {"form": form if units else None}, status=422 if form.errors and units else 200)
    found = _table(request, actor, form)
    query = f"unit={form.cleaned_data['unit']}&first={form.cleaned_data['first']}&last={form.cleaned_data['last']}"
    context = {
        "form": form, "unit": frame.name(form.cleaned_data["unit"]), "head": [CELL_WORDS[cell] for cell in CELLS],
        "rows": [_line(*pair, query) for pair in found.items()], "sum": _line(0, queries.total(found), query), "query": query,
    }  # fmt: skip
    return frame.show(request, "linked", context)


@requires(frame.works_or_oversees)
def export(request: HttpRequest, kind: str) -> Any:
    """The table as CSV or XLSX, with its sum."""
    actor = actor_of(request)
    form, units = _form(request, actor)
    if not units or not form.is_valid():
        raise NotFound(what=_("bảng này: hãy chọn đơn vị nhận và kỳ"))
    found = _table(request, actor, form)
    rows = [{"name": frame.name(unit), "line": line} for unit, line in found.items()]
    rows.append({"name": _("Tổng số"), "line": queries.total(found)})
    columns = [Column("unit", _("Đơn vị gửi"), lambda row: row["name"], row_header=True)]
    columns += [_figure(cell) for cell in CELLS]
    table = Table(columns, rows=rows, params={}, caption="", path="")
    return as_file(table, kind, f"lien-thong-{form.cleaned_data['first']:%Y%m%d}-{form.cleaned_data['last']:%Y%m%d}.{kind}")


@requires(frame.works_or_oversees)
def behind(request: HttpRequest) -> HttpResponse:
    """The legs behind one figure."""
    table, words = _behind(request, legs.screen())
    return frame.show(request, "linked_legs", {"table": legs.with_cards(table), "words": words, "query": request.GET.urlencode()})


@requires(frame.works_or_oversees)
def behind_file(request: HttpRequest, kind: str) -> Any:
    """The legs behind one figure as a file."""
    return as_file(_behind(request, legs.columns())[0], kind, f"chang-lien-thong.{kind}")


def _behind(request: HttpRequest, columns: list[Column]) -> tuple[Table, Any]:
    actor = actor_of(request)
    form, units = _form(request, actor)
    cell = request.GET.get("cell", "")
    if not units or not form.is_valid() or cell not in CELLS:
        raise NotFound(what=_("số liệu này"))
    giver = frame.number(request.GET.get("from", "")) or None
    rows = queries.linked_legs(actor, _span(form), to_unit=form.cleaned_data["unit"], cell=cell, from_unit=giver)
    caption = _("%(cell)s, liên thông đến %(unit)s") % {
        "cell": CELL_WORDS[cell], "unit": frame.name(form.cleaned_data["unit"])
    }  # fmt: skip
    table = Table(
        columns, rows=rows.select_related("dossier"), params=request.GET, path=request.path, caption=caption,
        identity="legs", empty_title=_("Không có chặng nào"),
    )  # fmt: skip
    return table, caption


def _form(request: HttpRequest, actor: Actor) -> tuple[Asked, list[tuple[int, str]]]:
    units, today = queries.receiving_units(actor), local_date(clock.now())
    usual = {
        "unit": str(units[0][0]) if units else "", "first": f"{today.replace(month=1, day=1):%d/%m/%Y}",
        "last": f"{today:%d/%m/%Y}",
    }  # fmt: skip
    form = Asked({**usual, **request.GET.dict()}, units)
    form.full_clean()
    return form, units


def _span(form: Asked) -> Span:
    return Span(form.cleaned_data["first"], form.cleaned_data["last"])


def _table(request: HttpRequest, actor: Actor, form: Asked) -> dict[int, Tally]:
    found = queries.linked_table(actor, _span(form), to_unit=form.cleaned_data["unit"])
    return dict(sorted(found.items(), key=lambda pair: frame.name(pair[0])))


def _line(unit: int, line: Tally, query: str) -> dict[str, Any]:
    address = reverse("transfers_office:linked_legs")
    sender = f"&from={unit}" if unit else ""
    return {
        "name": frame.name(unit) if unit else _("Tổng số"),
        "cells": [
            {"value": getattr(line, cell), "url": f"{address}?{query}&cell={cell}{sender}", "words": CELL_WORDS[cell]}
            for cell in CELLS
        ],
    }  # fmt: skip


def _figure(cell: str) -> Column:
    return Column(cell, CELL_WORDS[cell], lambda row: getattr(row["line"], cell), numeric=True)
