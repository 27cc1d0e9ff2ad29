"""Correcting a procedure: a new draft, its head and parts, publishing by decision, setting aside, abolishing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.base.errors import MotcuaError, NotFound
from motcua.catalogue import queries, review, services
from motcua.catalogue.drafting import EDITABLE
from motcua.catalogue.errors import NotADraft
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.office.forms import BY_SLUG, Abolition, Decision, HeadForm, Part
from motcua.catalogue.office.guard import keepers
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import REFUSED, Page, ask, bound
from motcua.people.access import actor


@require_POST
@requires(keepers)
def correct(request: HttpRequest, version_id: int) -> HttpResponse:
    """Makes a draft that says what this version says."""
    draft = services.correct(version_id, changes={}, actor=actor(request), now=clock.now())
    messages.success(request, _("Đã tạo bản dự thảo. Hãy sửa từng phần rồi công bố bằng quyết định."))
    return redirect(_address(draft))


@requires(keepers)
def head(request: HttpRequest, version_id: int) -> HttpResponse:
    """Name, levels, channels of a draft."""
    draft = _draft(version_id)
    initial = {name: getattr(draft, name) for name in HeadForm.base_fields}
    page = Page(_("Thông tin chung"), _("Lưu"), _address(version_id), caption=_caption(draft))

    def do(data: dict[str, Any]) -> str:
        changes = {name: data[name] for name in HeadForm.base_fields if name in EDITABLE}
        services.amend(version_id, changes=changes, actor=actor(request), now=clock.now())
        return _address(version_id)

    return ask(request, page, bound(request, HeadForm, initial=initial), do=do, done=_("Đã lưu bản dự thảo."))


@requires(keepers)
def part(request: HttpRequest, version_id: int, slug: str) -> HttpResponse:
    """One part of a draft, row by row."""
    chosen = BY_SLUG.get(slug)
    if chosen is None:
        raise NotFound(what=_("phần này"))
    draft = _draft(version_id)
    rows = _formset(request, draft, chosen)
    refusal = ""
    if request.method == "POST" and rows.is_valid():
        refusal = _rewritten(request, draft, chosen, rows)
        if not refusal:
            messages.success(request, _("Đã lưu bản dự thảo."))
            return redirect(_address(version_id))
    errors = [{"text": text, "field_id": bf.id_for_label} for row in rows for bf in row for text in bf.errors]
    errors += [{"text": refusal, "field_id": ""}] if refusal else []
    context = {"rows": rows, "errors": errors, "part": chosen, "back": _address(version_id), "caption": _caption(draft)}
    return render(request, "catalogue/office_part.html", context, status=REFUSED if errors else 200)


def _formset(request: HttpRequest, draft: ProcedureVersion, chosen: Part) -> Any:
    cases = list(draft.cases.values_list("pk", "name"))
    names = list(chosen.row.base_fields)
    initial = list(getattr(draft, chosen.name).order_by("position").values(*names))
    factory = forms.formset_factory(chosen.row, extra=2, max_num=len(initial) + 200)
    data = {"data": request.POST} if request.method == "POST" else {}
    return factory(**data, initial=initial, prefix="d", form_kwargs={"cases": cases})


def _rewritten(request: HttpRequest, draft: ProcedureVersion, chosen: Part, rows: Any) -> str:
    """Empty when done, else the sentence."""
    told = [row.told() for row in rows if row.is_valid()]
    try:
        services.rewrite(
            draft.pk, part=chosen.name, rows=[row for row in told if row], actor=actor(request), now=clock.now()
        )
    except MotcuaError as error:
        return error.message
    return ""


@requires(keepers)
def publish(request: HttpRequest, version_id: int) -> HttpResponse:
    """Puts a draft in force by decision; says what it lacks before anything is typed."""
    draft = _draft(version_id)
    note = _("Phiên bản đang công bố kết thúc vào ngày này. Hồ sơ đã tiếp nhận giữ phiên bản lúc tiếp nhận.")
    page = Page(
        _("Công bố bằng quyết định"), _("Công bố"), _address(version_id), note=note, caption=_caption(draft),
        template="catalogue/office_publish.html",
    )  # fmt: skip

    def do(data: dict[str, Any]) -> str:
        services.publish(version_id, **data, actor=actor(request), now=clock.now())
        return _address(version_id)

    return ask(
        request, page, bound(request, Decision), do=do, done=_("Đã công bố thủ tục."), lacks=review.lacks(version_id)
    )


@requires(keepers)
def discard(request: HttpRequest, version_id: int) -> HttpResponse:
    """Asks once more, then sets a draft aside."""
    draft = _draft(version_id)
    if request.method == "POST":
        services.discard(version_id, actor=actor(request), now=clock.now())
        messages.success(request, _("Đã bỏ bản dự thảo."))
        return redirect("catalogue_office:list")
    context = {"back": _address(version_id), "csrf": get_token(request), "caption": _caption(draft)}
    return render(request, "catalogue/office_discard.html", context)


@requires(keepers)
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Abolishes a procedure from a day on."""
    known = queries.versions_of(code)
    if not known:
        raise NotFound(what=_("thủ tục này"))
    note = _("Từ ngày này không tiếp nhận hồ sơ mới. Hồ sơ đang giải quyết tiếp tục theo phiên bản đã tiếp nhận.")
    back = _address(known[0]["id"])
    page = Page(_("Bãi bỏ thủ tục"), _("Bãi bỏ thủ tục"), back, note=note, caption=f"{code} {known[0]['name']}", danger=True)

    def do(data: dict[str, Any]) -> str:
        services.close(code, **data, actor=actor(request), now=clock.now())
        return back

    return ask(request, page, bound(request, Abolition), do=do, done=_("Đã bãi bỏ thủ tục."))


def _draft(version_id: int) -> ProcedureVersion:
    version = review.of(version_id)
    if version.state != ProcedureVersion.State.DRAFT:
        raise NotADraft(number=version.number, procedure=version.procedure.code)
    return version


def _caption(version: ProcedureVersion) -> str:
    return _("%(code)s, bản dự thảo %(number)s") % {"code": version.procedure.code, "number": version.number}


def _address(version_id: int) -> str:
    return reverse("catalogue_office:version", args=[version_id])
