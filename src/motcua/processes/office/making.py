"""A new process: for which procedure, beginning from what; and a new draft of a version that is in force."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.base.errors import MotcuaError, NotFound
from motcua.base.time import local_date
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import REFUSED
from motcua.processes import queries, services
from motcua.processes.office.forms import Head
from motcua.processes.office.pages import address, keepers, who
from motcua.processes.ports import ProcedureTold, procedures

_FEW = 2


@require_safe
@requires(keepers)
def choose(request: HttpRequest) -> HttpResponse:
    """Finds the procedure a new process is for."""
    text = request.GET.get("tim", "").strip()[:200]
    found = procedures().search(text, on=local_date(clock.now())) if len(text) >= _FEW else []
    own = set(queries.versions_on(local_date(clock.now())))
    rows = [{"code": code, "name": name, "own": code in own} for code, name in found]
    return render(request, "processes/choose.html", {"text": text, "rows": rows})


@requires(keepers)
def create(request: HttpRequest, code: str) -> HttpResponse:
    """Begins the process: from the five steps, as a copy, or as a link."""
    procedure = procedures().told(code, on=local_date(clock.now()))
    if procedure is None:
        raise NotFound(what=_("thủ tục %(code)s đang có hiệu lực") % {"code": code})
    begun = {"code": free_code(f"QT-{procedure.code}"), "name": procedure.name[:500], "source": request.GET.get("tu", "")}
    begun["start"] = "copy" if begun["source"] else "default"
    form = Head(request.POST if request.method == "POST" else None, initial=begun, sources=_sources())
    if request.method == "POST" and form.is_valid() and (version_id := _begun(request, form, procedure)):
        messages.success(request, _("Đã tạo phiên bản dự thảo. Dự thảo có hiệu lực khi được ban hành bằng quyết định."))
        return redirect(address(version_id))
    context = {"form": form, "procedure": procedure, "back": reverse("processes_office:choose")}
    return render(request, "processes/create.html", context, status=REFUSED if form.errors else 200)


def _begun(request: HttpRequest, form: Head, procedure: ProcedureTold) -> int | None:
    data = form.cleaned_data
    head = {"code": data["code"], "name": data["name"], "procedure_code": procedure.code, **who(request)}
    try:
        if data["start"] == "link":
            return services.link(process_id=queries.version(data["source"]).process, **head)
        if data["start"] == "copy":
            return services.copy(version_id=data["source"], **head)
        default = queries.version_for("", on=local_date(clock.now()))
        return services.sketch(steps=queries.steps_of(default), **head)
    except MotcuaError as error:
        form.add_error(None, error.render(_(error.sentence)))
        return None


@require_POST
@requires(keepers)
def redraft(request: HttpRequest, version_id: int) -> HttpResponse:
    """A new draft of the same process that starts from this version."""
    fresh = new_draft(request, version_id)
    messages.success(request, _("Đã tạo dự thảo mới từ phiên bản này."))
    return redirect(address(fresh))


def new_draft(request: HttpRequest, version_id: int) -> int:
    """The number of a new draft with the steps of a version; of a link, with the steps it leads to."""
    version = queries.version(version_id)
    shown = version.id if version.follows is None else queries.followed(version.follows, on=local_date(clock.now()))
    if shown is None:
        raise services.LinkHasNoSteps(source=version.follows_name)
    head = {"code": version.code, "name": version.name, "procedure_code": version.procedure_code}
    return services.copy(version_id=shown, **head, **who(request))


def _sources() -> list[tuple[int, str]]:
    """The versions in force that have steps of their own."""
    found: list[Any] = [process for process in queries.processes(local_date(clock.now())) if process.in_force]
    return [(process.in_force, f"{process.code} – {process.name}"[:150]) for process in found if not process.linked]


def free_code(wanted: str) -> str:
    """`wanted`, or with the first number behind it that no process has."""
    taken = {process.code for process in queries.processes(local_date(clock.now()))}
    return next(code for code in (wanted, *(f"{wanted}-{n}" for n in range(2, 1000))) if code not in taken)
