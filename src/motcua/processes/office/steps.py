"""Changing the steps of a draft: one step with all its parts, its place among the others, who and how long for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.base.errors import NotFound
from motcua.kit.access import requires
from motcua.kit.act_page import REFUSED
from motcua.processes import queries, services
from motcua.processes.office.forms import QuickRows
from motcua.processes.office.making import new_draft
from motcua.processes.office.pages import address, draft_of, keepers, who
from motcua.processes.office.step_form import StepForm, known_values
from motcua.processes.rules import Stage, StepPlan, time_text
from motcua.processes.rules.editing import Steps, added, exchanged, moved, removed


@requires(keepers)
def edit(request: HttpRequest, version_id: int, position: int) -> HttpResponse:
    """One step with all its parts."""
    version, steps = draft_of(version_id)
    form = StepForm(request, steps, _step_at(steps, position))
    if request.method == "POST" and form.valid:
        services.revise(version_id=version_id, steps=exchanged(steps, form.told()), **who(request))
        messages.success(request, _("Đã lưu bước %(position)s.") % {"position": position})
        return redirect(f"{address(version_id)}#buoc-{position}")
    return _form_page(request, version_id, form, _("Bước %(position)s") % {"position": position}, version.name)


@requires(keepers)
def add(request: HttpRequest, version_id: int, behind: int) -> HttpResponse:
    """A new step behind the one at `behind`."""
    version, steps = draft_of(version_id)
    if behind and behind not in {step.position for step in steps}:
        raise NotFound(what=_("bước này trong dự thảo"))
    fresh = StepPlan(1 + max((step.position for step in steps), default=0), Stage.SETTLE, "", "")
    form = StepForm(request, steps, fresh)
    if request.method == "POST" and form.valid:
        services.revise(version_id=version_id, steps=added(steps, form.told(), behind=behind), **who(request))
        messages.success(request, _("Đã thêm bước “%(name)s”.") % {"name": form.told().name})
        return redirect(f"{address(version_id)}#buoc-{behind + 1}")
    return _form_page(request, version_id, form, _("Thêm bước"), version.name)


def _form_page(request: HttpRequest, version_id: int, form: StepForm, title: str, caption: str) -> HttpResponse:
    context = {
        "form": form, "title": title, "caption": caption, "back": address(version_id), "known_values": known_values(),
        "errors": form.errors if request.method == "POST" else [],
    }  # fmt: skip
    return render(request, "processes/step.html", context, status=REFUSED if context["errors"] else 200)


@require_POST
@requires(keepers)
def rearrange(request: HttpRequest, version_id: int, position: int, change: str) -> HttpResponse:
    """Moves a step up or down, or leaves it out; branches and send-backs follow."""
    _version, steps = draft_of(version_id)
    _step_at(steps, position)
    services.revise(version_id=version_id, steps=_CHANGES[change](steps, position), **who(request))
    messages.success(request, _("Đã đổi thứ tự các bước.") if change != "xoa" else _("Đã bỏ bước %(n)s.") % {"n": position})
    return redirect(f"{address(version_id)}#cac-buoc")


_CHANGES: dict[str, Callable[[Steps, int], Steps]] = {
    "len": lambda steps, position: moved(steps, position, by=-1),
    "xuong": lambda steps, position: moved(steps, position, by=1),
    "xoa": removed,
}


@requires(keepers)
def quick(request: HttpRequest, version_id: int) -> HttpResponse:
    """The short way: who does each step and how long it takes. A published version gets a new draft with the changes."""
    version = queries.version(version_id)
    steps = queries.steps_of(version_id)
    if version.follows is not None:
        raise services.LinkHasNoSteps(source=version.follows_name)
    begun = [{"role": step.role, "time": time_text(step)} for step in steps]
    rows = QuickRows(request.POST if request.method == "POST" else None, initial=begun, prefix="s")
    if request.method == "POST" and rows.is_valid() and len(rows.forms) == len(steps):
        draft = new_draft(request, version_id) if version.published else version_id
        services.revise(version_id=draft, steps=_changed(steps, rows), **who(request))
        messages.success(request, _("Đã lưu người thực hiện và thời gian vào dự thảo. Hãy ban hành để áp dụng."))
        return redirect(address(draft))
    errors = [{"text": text, "field_id": bf.id_for_label} for row in rows for bf in row for text in bf.errors]
    context = {
        "version": version, "rows": rows, "pairs": list(zip(steps, rows, strict=False)), "errors": errors,
        "back": address(version_id), "publish": reverse("processes_office:publish", args=[version_id]),
    }  # fmt: skip
    return render(request, "processes/quick.html", context, status=REFUSED if errors else 200)


def _changed(steps: Steps, rows: Any) -> Steps:
    told = [row.cleaned_data for row in rows]
    return tuple(
        replace(step, role=data["role"], hours=data["time"][0], share=data["time"][1])
        for step, data in zip(steps, told, strict=True)
    )


def _step_at(steps: Steps, position: int) -> StepPlan:
    found = next((step for step in steps if step.position == position), None)
    if found is None:
        raise NotFound(what=_("bước này trong dự thảo"))
    return found
