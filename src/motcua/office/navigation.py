"""What stands in the office's navigation. A room adds one line to ENTRIES when it brings a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from motcua.alerts import queries as alerts
from motcua.kit import clock
from motcua.organisation import queries as units
from motcua.people.access import actor, has_role
from motcua.people.office_standing import decides
from motcua.people.rules import ROLE_NAMES, Role
from motcua.proposals.office.figures import offers_figures
from motcua.proposals.office.queue import offers_proposals
from motcua.reports.access import reads_reports

Allowed = Callable[[HttpRequest], bool]


def everybody(request: HttpRequest) -> bool:
    """Every signed-in officer."""
    return True


@dataclass(frozen=True)
class Entry:
    """One line of the navigation: its group, words, address by name, who sees it, and how much is new there."""

    group: Any
    label: Any
    url_name: str
    allowed: Allowed = everybody
    news: Callable[[HttpRequest], int] | None = None


def works_on_dossiers(request: HttpRequest) -> bool:
    """Everybody but an administrator alone."""
    return has_role(request, *(role for role in Role if role is not Role.ADMIN))


def works_at_a_counter(request: HttpRequest) -> bool:
    """Counter staff and the public post."""
    return has_role(request, Role.COUNTER, Role.POST)


def administers(request: HttpRequest) -> bool:
    """Administrators of the system."""
    return has_role(request, Role.ADMIN)


def keeps_procedures(request: HttpRequest) -> bool:
    """Administrators and the officers who control administrative procedures."""
    return has_role(request, Role.ADMIN, Role.CONTROL)


def reads_settlement(request: HttpRequest) -> bool:
    """Leaders, controllers, directors of centres and chairs."""
    return reads_reports(actor(request))


def new_alerts(request: HttpRequest) -> int:
    """Warnings for the officer since yesterday's same hour."""
    return alerts.new_alerts(actor(request), now=clock.now())


def administers_province(request: HttpRequest) -> bool:
    """Administrators of the whole province."""
    return administers(request) and actor(request).runs_province()


def appointed(request: HttpRequest) -> bool:
    """Whoever may enter the mode of administration."""
    return administers(request) or getattr(request, "admin_mode_off", False)


ENTRIES: tuple[Entry, ...] = (
    Entry(_("Công việc"), _("Trang đầu"), "office:home"),
    Entry(_("Công việc"), _("Việc cần làm"), "worklists_office:list", works_on_dossiers),
    Entry(_("Công việc"), _("Mới từ lần xem trước"), "worklists_office:new", works_on_dossiers),
    Entry(_("Công việc"), _("Tiếp nhận hồ sơ"), "dossiers:intake", works_at_a_counter),
    Entry(_("Công việc"), _("Đề xuất, phê duyệt"), "proposals_office:queue", offers_proposals),
    Entry(_("Công việc"), _("Ý kiến phối hợp"), "proposals_office:opinions", offers_proposals),
    Entry(_("Công việc"), _("Bàn giao hồ sơ"), "transfers_office:give", works_on_dossiers),
    Entry(_("Công việc"), _("Luân chuyển hồ sơ"), "transfers_office:awaited", works_on_dossiers),
    Entry(_("Công việc"), _("Sổ theo dõi hồ sơ"), "dossiers:register", works_on_dossiers),
    Entry(_("Công việc"), _("Việc nền"), "jobs_office:list"),
    Entry(_("Công việc"), _("Nhóm hồ sơ liên thông"), "groups_office:list", works_on_dossiers),
    Entry(_("Công việc"), _("Hồ sơ theo dõi từ hệ thống bộ"), "dossiers:mirrored", works_on_dossiers),
    Entry(_("Thời hạn"), _("Cảnh báo"), "alerts_office:alerts", works_on_dossiers, new_alerts),
    Entry(_("Thời hạn"), _("Sắp đến hạn"), "alerts_office:soon", works_on_dossiers),
    Entry(_("Thời hạn"), _("Chưa có thư xin lỗi"), "alerts_office:letters", works_on_dossiers),
    Entry(_("Thời hạn"), _("Thư xin lỗi cần gửi"), "alerts_office:drafts", works_on_dossiers),
    Entry(_("Thời hạn"), _("Hồ sơ bị vướng"), "alerts_office:stuck", works_on_dossiers),
    Entry(_("Thời hạn"), _("Tồn đầu kỳ"), "alerts_office:backlog", reads_settlement),
    Entry(_("Đơn vị tôi"), _("Vắng mặt, giao ký"), "people_office:standing", decides),
    Entry(_("Đơn vị tôi"), _("Khối lượng công việc"), "dossiers:load", decides),
    Entry(_("Đơn vị tôi"), _("Tải tại quầy"), "dossiers:counters", decides),
    Entry(_("Đơn vị tôi"), _("Nhiệm kỳ tại quầy"), "people_office:terms", decides),
    Entry(_("Báo cáo"), _("Biểu II.06a"), "reports:settlement", reads_settlement),
    Entry(_("Báo cáo"), _("Ngừng xử lý, bổ sung, không giải quyết"), "proposals_office:matrix", offers_figures),
    Entry(_("Quản trị"), _("Chế độ quản trị"), "people_office:admin_mode", appointed),
    Entry(_("Quản trị"), _("Danh mục thủ tục"), "catalogue_office:list", keeps_procedures),
    Entry(_("Quản trị"), _("Quy trình điện tử"), "processes_office:list", keeps_procedures),
    Entry(_("Quản trị"), _("Thủ tục ghép, gộp"), "catalogue_office:merged", keeps_procedures),
    Entry(_("Quản trị"), _("Nhóm thủ tục liên thông"), "groups_office:definitions", keeps_procedures),
    Entry(_("Quản trị"), _("Hệ thống nguồn của bộ"), "dossiers:mirror_sources", administers),
    Entry(_("Quản trị"), _("Đơn vị"), "organisation_office:tree", administers_province),
    Entry(_("Quản trị"), _("Cán bộ"), "people_office:list", administers),
    Entry(_("Quản trị"), _("Nhập dữ liệu"), "onboarding_office:list", administers),
    Entry(_("Quản trị"), _("Mức cảnh báo"), "alerts_office:plans", administers),
    Entry(_("Quản trị"), _("Lịch làm việc"), "deadlines_office:year", administers_province),
    Entry(_("Quản trị"), _("Thời gian luân chuyển"), "transfers_office:terms", administers_province),
    Entry(_("Quản trị"), _("Hộp thư đi"), "journal_office:outbox", administers_province),
)

MENU: tuple[Entry, ...] = (
    Entry("", _("Trang chủ"), "portal:home"),
    Entry("", _("Tìm thủ tục"), "portal:procedures"),
    Entry("", _("Tra cứu hồ sơ"), "portal:track"),
    Entry("", _("Thư xin lỗi"), "portal:apologies"),
)
"""The public menu; everybody sees every line."""


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor of both shells: `shell` with province, contact, officer, navigation, menu …

    Lazy: a page that renders no shell (a fragment) and an error page without a database pay nothing for it.
    """
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> dict[str, Any]:
    officer = _officer(request)
    return {
        "province": settings.PROVINCE_NAME,
        "contact": settings.CONTACT,
        "officer": officer,
        "position": _position(request) if officer else "",
        "many": getattr(request, "several_positions", False),
        "mode": getattr(request, "admin_mode", None) if officer and administers(request) else None,
        "navigation": _groups(request) if officer else [],
        "menu": [_line(entry, request) for entry in MENU],
        "query": request.GET.get("q", "") if request.path == "/office/search" else "",
    }


def _officer(request: HttpRequest) -> Any:
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def _position(request: HttpRequest) -> str:
    """First role and unit held today, and how many more: "Công chức một cửa, Phường Ví Dụ (+1)"."""
    duties = actor(request).duties
    if not duties:
        return ""
    more = f" (+{len(duties) - 1})" if len(duties) > 1 else ""
    return f"{_(ROLE_NAMES[Role(duties[0].role)])}, {units.latest(duties[0].unit_id).name}{more}"


def _groups(request: HttpRequest) -> list[dict[str, Any]]:
    allowed = [entry for entry in ENTRIES if entry.allowed(request)]
    return [
        {"label": label, "entries": [_line(entry, request) for entry in entries]}
        for label, entries in groupby(allowed, key=lambda entry: entry.group)
    ]


def _line(entry: Entry, request: HttpRequest) -> dict[str, Any]:
    url = reverse(entry.url_name)
    line = {"label": entry.label, "url": url, "current": request.path == url}
    if entry.news is not None:
        line["news"] = SimpleLazyObject(partial(entry.news, request))
    return line
