"""Pages of processes: the list, the steps of a version, a new draft with editable rows, publishing by decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base.errors import MotcuaError
from motcua.base.time import local_date
from motcua.deadlines.rules import Term
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import REFUSED, Page, ask, bound
from motcua.people.access import actor, roles
from motcua.people.rules import ROLE_NAMES, Role
from motcua.processes import queries, services
from motcua.processes.office_forms import Decision, Head, Rows, TermOnly, initial_rows, steps_from
from motcua.processes.rules import hours_of, term_in_hours
from motcua.processes.words import STAGE_WORDS, plain, time_of

keepers = roles(Role.ADMIN, Role.CONTROL)


@require_safe
@requires(keepers)
def listing(request: HttpRequest) -> HttpResponse:
    """Every process; how many procedures have a process of their own is told by the catalogue."""
    found = queries.processes(local_date(clock.now()))
    return render(request, "processes/list.html", {"processes": found})


@require_safe
@requires(keepers)
def show(request: HttpRequest, version_id: int) -> HttpResponse:
    """One version: its steps, their sum beside the term typed in the address (`?han=5 ngày làm việc`)."""
    version = queries.version(version_id)
    steps = queries.steps_of(version_id)
    form = TermOnly({"term": request.GET.get("han", "")})
    term = form.cleaned_data.get("term") if form.is_valid() else None
    context = {
        "version": version, "steps": [_step(step) for step in steps], "form": form, "sum": _sum(steps, term),
        "versions": queries.versions_of(version.process), "today": local_date(clock.now()),
    }  # fmt: skip
    return render(request, "processes/version.html", context, status=REFUSED if form.errors else 200)


def _step(step: Any) -> dict[str, Any]:
    return {"plan": step, "stage": STAGE_WORDS[step.stage], "role": _(ROLE_NAMES[Role(step.role)]), "time": time_of(step)}


def _sum(steps: Any, term: Term | None) -> str:
    """The sum of the steps beside the term, in a sentence."""
    hours, allowed = hours_of(steps, term), term_in_hours(term) if term else None
    share = sum(step.share or 0 for step in steps)
    if hours is None and all(step.hours is None for step in steps):
        return _("Tổng: %(share)s %% thời hạn giải quyết.") % {"share": share}
    if hours is None:
        return _("Tổng: %(share)s %% thời hạn giải quyết, cộng các bước có giờ cố định.") % {"share": share}
    if term is None or allowed is None:
        return _("Tổng: %(hours)s giờ làm việc.") % {"hours": plain(hours)}
    words = {"hours": plain(hours), "term": term.words(), "allowed": plain(allowed)}
    if hours > allowed:
        return _("Tổng %(hours)s giờ làm việc, dài hơn thời hạn %(term)s (%(allowed)s giờ làm việc).") % words
    return _("Tổng %(hours)s giờ làm việc, trong thời hạn %(term)s (%(allowed)s giờ làm việc).") % words


@requires(keepers)
def redraft(request: HttpRequest, version_id: int) -> HttpResponse:
    """A new draft that starts from an existing version."""
    version, steps = queries.version(version_id), queries.steps_of(version_id)
    head = {"code": version.code, "name": version.name, "procedure_code": version.procedure_code}
    return _editing(request, head=head, steps=steps, fixed=True, back=_address(version_id))


@requires(keepers)
def create(request: HttpRequest) -> HttpResponse:
    """A process of a procedure's own, starting from the five electronic steps."""
    default = queries.version_for("", on=local_date(clock.now()))
    head = {"procedure_code": request.GET.get("thu_tuc", "")}
    return _editing(
        request, head=head, steps=queries.steps_of(default), fixed=False, back=reverse("processes_office:list")
    )


def _editing(request: HttpRequest, *, head: dict[str, str], steps: Any, fixed: bool, back: str) -> HttpResponse:
    form = bound(request, TermOnly if fixed else Head, initial=head)
    rows = Rows(request.POST, prefix="s") if request.method == "POST" else Rows(initial=initial_rows(steps), prefix="s")
    told = form.is_valid() and rows.is_valid() if request.method == "POST" else False
    if told and (version_id := _drafted(request, form, rows, head if fixed else {})):
        messages.success(request, _("Đã tạo phiên bản dự thảo. Dự thảo có hiệu lực khi được ban hành bằng quyết định."))
        return redirect(_address(version_id))
    errors = [{"text": text, "field_id": bf.id_for_label} for row in rows for bf in row for text in bf.errors]
    refused = bool(form.errors or errors)
    context = {"form": form, "rows": rows, "row_errors": errors, "back": back, "fixed": head if fixed else None}
    return render(request, "processes/edit.html", context, status=REFUSED if refused else 200)


def _drafted(request: HttpRequest, form: Any, rows: Any, head: dict[str, str]) -> int | None:
    data = {**form.cleaned_data, **head}
    try:
        return services.draft(**data, steps=steps_from(rows), actor=actor(request), now=clock.now())
    except MotcuaError as error:
        form.add_error(None, error.message)
        return None


@requires(keepers)
def publish(request: HttpRequest, version_id: int) -> HttpResponse:
    """Puts a draft in force by decision."""
    version = queries.version(version_id)
    note = _("Phiên bản đang có hiệu lực kết thúc vào ngày này. Hồ sơ đang giải quyết giữ phiên bản đã tiếp nhận.")
    caption = _("%(name)s, phiên bản %(number)s") % {"name": version.name, "number": version.number}
    page = Page(_("Ban hành quy trình"), _("Ban hành"), _address(version_id), note=note, caption=caption)

    def do(data: dict[str, Any]) -> str:
        services.publish(version_id=version_id, **data, actor=actor(request), now=clock.now())
        return _address(version_id)

    return ask(request, page, bound(request, Decision), do=do, done=_("Đã ban hành quy trình."))


def _address(version_id: int) -> str:
    return reverse("processes_office:version", args=[version_id])
