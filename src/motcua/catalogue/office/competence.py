"""Who settles what: the competences in force, and giving a new one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from motcua.base.time import local_date
from motcua.catalogue import queries, review, services
from motcua.catalogue.office.forms import CompetenceForm
from motcua.catalogue.office.guard import keepers
from motcua.catalogue.words import LEVEL_WORDS
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import Page, ask, bound
from motcua.kit.columns import Column, Table
from motcua.organisation import queries as units
from motcua.people.access import actor

COLUMNS = (
    Column("unit", lazy("Đơn vị"), lambda r: units.latest(r.unit_id).name, sort="unit", row_header=True),
    Column("what", lazy("Giải quyết"), lambda r: r.procedure or r.field_name, sort="what"),
    Column("level", lazy("Cấp"), lambda r: LEVEL_WORDS[r.level], sort="level"),
    Column("since", lazy("Từ ngày"), lambda r: r.since, sort="since"),
    Column("until", lazy("Đến trước ngày"), lambda r: r.until),
    Column("decision", lazy("Quyết định"), lambda r: r.decision),
)


@require_safe
@requires(keepers)
def listing(request: HttpRequest) -> HttpResponse:
    """The competences in force today, narrowed by a procedure's code or words of a field."""
    text = request.GET.get("q", "").strip()
    rows = review.competences(on=local_date(clock.now()), text=text)
    table = Table(
        COLUMNS, rows=rows, params=request.GET, path=request.path, caption=_("Thẩm quyền đang có hiệu lực"),
        empty_title=_("Chưa giao thẩm quyền nào phù hợp"), empty_text=_("Hãy bỏ điều kiện tìm, hoặc giao thẩm quyền mới."),
    )  # fmt: skip
    return render(request, "catalogue/office_competence.html", {"table": table, "text": text})


@requires(keepers)
def give(request: HttpRequest) -> HttpResponse:
    """Gives a unit a procedure or a field to settle."""
    offered = [(u.id, f"{u.code} – {u.name}") for u in units.tree(local_date(clock.now())).values()]
    fields = [(code, name) for code, name, _sector in queries.fields()]
    form = bound(request, CompetenceForm, units=offered, fields=fields)
    back = reverse("catalogue_office:competence")

    def do(data: dict[str, Any]) -> str:
        services.give_competence(int(data.pop("unit")), **data, actor=actor(request), now=clock.now())
        return back

    note = _("Thẩm quyền đối với một thủ tục được ưu tiên hơn thẩm quyền đối với cả lĩnh vực ở cùng cấp.")
    page = Page(_("Giao thẩm quyền giải quyết"), _("Giao thẩm quyền"), back, note=note)
    return ask(request, page, form, do=do, done=_("Đã giao thẩm quyền."))
