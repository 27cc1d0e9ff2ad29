"""The list of processes, a version with its drawing, publishing by decision, throwing a draft away."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base.time import local_date
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import Page, ask, bound
from motcua.kit.forms import Form
from motcua.people.access import has_role
from motcua.people.rules import Role
from motcua.processes import queries, services
from motcua.processes.office.forms import Decision
from motcua.processes.office.pages import address, keepers, told, who


@require_safe
@requires(keepers)
def show_all(request: HttpRequest) -> HttpResponse:
    """Every process, and how many procedures in force follow one of their own."""
    today = local_date(clock.now())
    own, default = queries.uses(today)
    context = {"processes": queries.processes(today), "own": len(own), "default": len(default)}
    return render(request, "processes/list.html", context)


@require_safe
@requires(keepers)
def show(request: HttpRequest, version_id: int) -> HttpResponse:
    """One version: drawing, steps, the longest way beside the legal term; a draft also what is wrong with it."""
    version = queries.version(version_id)
    holds = version.on(local_date(clock.now())) and version.follows is None
    moves = version_id if holds and has_role(request, Role.LEADER, Role.CONTROL) else None
    return render(request, "processes/version.html", {**told(version), "moves": moves})


@requires(keepers)
def publish(request: HttpRequest, version_id: int) -> HttpResponse:
    """Puts a draft in force by decision."""
    version = queries.version(version_id)
    note = _("Phiên bản đang có hiệu lực kết thúc vào ngày này. Hồ sơ đang giải quyết giữ phiên bản đã tiếp nhận.")
    caption = _("%(name)s, phiên bản %(number)s") % {"name": version.name, "number": version.number}
    page = Page(_("Ban hành quy trình"), _("Ban hành"), address(version_id), note=note, caption=caption)

    def do(data: dict[str, Any]) -> str:
        services.publish(version_id=version_id, **data, **who(request))
        return address(version_id)

    return ask(request, page, bound(request, Decision), do=do, done=_("Đã ban hành quy trình."))


@requires(keepers)
def discard(request: HttpRequest, version_id: int) -> HttpResponse:
    """Throws a draft away."""
    version = queries.version(version_id)
    caption = _("%(name)s, phiên bản %(number)s") % {"name": version.name, "number": version.number}
    page = Page(
        _("Bỏ dự thảo"), _("Bỏ hẳn dự thảo này"), address(version_id), caption=caption, danger=True,
        note=_("Dự thảo bị xóa, không khôi phục được. Các phiên bản đã ban hành không thay đổi."),
    )  # fmt: skip

    def do(data: dict[str, Any]) -> str:
        services.discard(version_id=version_id, **who(request))
        return reverse("processes_office:list")

    return ask(request, page, bound(request, Form), do=do, done=_("Đã bỏ dự thảo."))
