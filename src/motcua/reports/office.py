"""The officers' pages of the settlement table: figures, the dossiers behind them, late entries, closing, files."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base.time import local_date
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.columns import Table
from motcua.people.access import actor
from motcua.reports import asking, columns, files, queries, services
from motcua.reports.access import reader
from motcua.reports.asking import Asked
from motcua.reports.forms.ii_06a import FORM
from motcua.reports.periods import name_of, words
from motcua.reports.queries import Cell
from motcua.reports.rules import LEVEL_NAMES
from motcua.reports.tables import SettlementTable


@require_safe
@requires(reader)
def settlement(request: HttpRequest) -> HttpResponse:
    """Biểu II.06a of a period and unit; every figure opens its dossiers."""
    asked = _asked(request)
    if asked.question is None:
        return render(request, "reports/settlement.html", {"asked": asked, "form": asked.form}, status=422)
    question = queries.as_closed(FORM.code, asked.question)
    table = queries.table_of(question)
    closed = queries.closing(FORM.code, asked.question)
    return render(request, "reports/settlement.html", {
        "asked": asked, "form": asked.form, "definition": FORM, "table": table, "closed": closed,
        "period": name_of(table.from_, table.to), "words": words(table.from_, table.to),
        "presets": asking.period_links(asked, question.today), "lines": _lines(table, asked),
        "units": _unit_lines(table, asked), "sources": _source_lines(question, asked),
        "broken": [i for i in table.identities if not i.holds],
        "late": len(queries.late_entries(closed, today=question.today)) if closed else 0,
        "balance": queries.opening_balance(FORM.code, table, unit=question.unit),
        "over": question.to < question.today, "kinds": list(files.TYPES), "as_of": clock.now(),
    })  # fmt: skip


@require_safe
@requires(reader)
def dossiers(request: HttpRequest, column: str) -> HttpResponse:
    """The dossiers counted in one figure."""
    asked = _asked_validly(request)
    question = _from_source(request, queries.as_closed(FORM.code, asked.question))
    cell = Cell(
        column, _number(request, "of_unit"), request.GET.get("level") or None, _number(request, "field")
    )
    listing = columns.Listing(
        lambda offset, limit: queries.dossiers_behind(cell, question, offset=offset, limit=limit)
    )
    heading = columns.heading_of(column)
    table = Table(
        columns.DOSSIERS, rows=listing, params=request.GET, path=request.path, caption=heading, counted=False,
        empty_title=_("Không có hồ sơ nào"), empty_text=_("Con số này bằng 0 trong kỳ đã chọn."),
    )  # fmt: skip
    return render(request, "reports/dossiers.html", {
        "asked": asked, "table": table, "heading": heading, "words": words(question.from_, question.to),
        "level": LEVEL_NAMES.get(cell.level or "", ""),
    })  # fmt: skip


@require_safe
@requires(reader)
def late(request: HttpRequest) -> HttpResponse:
    """What was entered after the period was closed and changes its figures."""
    asked = _asked_validly(request)
    closed = queries.closing(FORM.code, asked.question)
    if closed is None:
        raise Http404
    found = queries.late_entries(closed, today=asked.question.today)
    table = Table(
        columns.LATE, rows=found, params=request.GET, path=request.path, caption=_("Hồ sơ cập nhật sau khi chốt"),
        empty_title=_("Không có hồ sơ nào cập nhật muộn"), empty_text=_("Số liệu đã chốt vẫn khớp với dữ liệu hiện nay."),
    )  # fmt: skip
    return render(request, "reports/late.html", {"asked": asked, "table": table, "closed": closed})


@requires(reader)
def close(request: HttpRequest) -> HttpResponse:
    """Asks once more, then closes the period."""
    asked = _asked_validly(request)
    back = f"{reverse('reports:settlement')}?{asked.address}"
    if request.method != "POST":
        return render(request, "reports/close.html", {"asked": asked, "back": back, "csrf": get_token(request),
                                                      "words": words(asked.question.from_, asked.question.to)})  # fmt: skip
    question = asked.question
    services.close_period(
        form=FORM.code, from_=question.from_, to=question.to, unit=question.unit, structure=question.structure,
        actor=actor(request), now=clock.now(),
    )  # fmt: skip
    messages.success(request, _("Đã chốt số liệu. Hồ sơ cập nhật sau thời điểm này được liệt kê riêng."))
    return redirect(back)


@require_safe
@requires(reader)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The table as a file."""
    if kind not in files.TYPES:
        raise Http404
    asked = _asked_validly(request)
    table = queries.table_of(queries.as_closed(FORM.code, asked.question))
    content = BytesIO()
    reporting = queries.reporting_name(asked.question)
    files.write(
        kind, table, FORM, reporting=reporting, created_at=clock.now().replace(microsecond=0), out=content
    )
    name = files.file_name(FORM, table, kind)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content.getvalue(), content_type=files.TYPES[kind], headers=headers)


def _asked(request: HttpRequest) -> Asked:
    return asking.read(request.GET, actor=actor(request), today=local_date(clock.now()))


def _asked_validly(request: HttpRequest) -> Any:
    asked = _asked(request)
    if asked.question is None:
        raise Http404
    return asked


def _from_source(request: HttpRequest, question: Any) -> Any:
    """The question narrowed to the system named in the address."""
    source = request.GET.get("source")
    return replace(question, source=source[:20].replace("\0", "")) if source else question


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 18 else None


def _lines(table: SettlementTable, asked: Asked) -> list[dict[str, Any]]:
    """Levels and the fields under them as the form prints them; levels without dossiers are left out."""
    lines = []
    for part in table.levels:
        if part.figures["c3"]:
            lines.append(_line(LEVEL_NAMES[part.level], part.figures, asked, head=True, level=part.level))
            lines += [
                _line(field.name, field.figures, asked, level=part.level, field=field.field_id)
                for field in part.fields
            ]
    lines.append(_line(_("Tổng cộng"), table.total, asked, head=True))
    return lines


def _unit_lines(table: SettlementTable, asked: Asked) -> list[dict[str, Any]]:
    """Units, the one with most overdue dossiers first (ui: sorted by the thing being judged)."""
    worst = sorted(table.units, key=lambda u: (-u.figures["c13"], -u.figures["c10"], u.code))
    return [_line(unit.name, unit.figures, asked, of_unit=unit.unit_id) for unit in worst]


def _source_lines(question: Any, asked: Asked) -> list[dict[str, Any]]:
    """The part that systems of ministries handle, each line with its dossiers behind."""
    return [_line(line.name, line.figures, asked, source=line.source) for line in queries.by_source(question)]


def _line(name: str, figures: Any, asked: Asked, *, head: bool = False, **cell: Any) -> dict[str, Any]:
    query = f"{asked.address}&{urlencode(cell)}" if cell else asked.address
    cells = [
        {"value": figures[c.key], "alarm": c.key in ("c10", "c13"),
         "url": f"{reverse('reports:dossiers', args=[c.key])}?{query}"}
        for c in FORM.columns
    ]  # fmt: skip
    return {"name": name, "head": head, "cells": cells}
