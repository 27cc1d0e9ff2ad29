"""What waits for decision, and every proposal of the officer's units."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base.actor import Actor
from motcua.dossiers import access
from motcua.dossiers.office import cells
from motcua.kit.access import requires
from motcua.kit.columns import Column, Table, choice_filter
from motcua.people.access import actor, has_role, roles
from motcua.people.rules import Role
from motcua.proposals import queries, words
from motcua.proposals.models import Proposal
from motcua.proposals.rules import KIND_NAMES, STATE_NAMES

works_with_proposals = roles(Role.SPECIALIST, *access.OVERSEERS)
_WAITING, _ALL = "cho-quyet-dinh", "tat-ca"


def offers_proposals(request: HttpRequest) -> bool:
    """Whether the menu shows the queue."""
    return has_role(request, Role.SPECIALIST, *access.OVERSEERS)


@require_safe
@requires(works_with_proposals)
def show(request: HttpRequest) -> HttpResponse:
    """A head begins with what waits for them; everybody may look at all of their units."""
    by = actor(request)
    decides = any(duty.role == Role.LEADER for duty in by.duties)
    scope = _scope(request, decides)
    table = _table(request, by, scope)
    heading = _("Đề xuất chờ tôi quyết định") if scope == _WAITING else _("Đề xuất của đơn vị")
    context = {"table": table, "heading": heading, "scopes": _scopes(table, scope) if decides else []}
    return render(request, "proposals/queue.html", context)


def _scope(request: HttpRequest, decides: bool) -> str:
    asked = request.GET.get("xem", "")
    return _WAITING if decides and asked != _ALL else _ALL


def _scopes(table: Table, scope: str) -> list[dict[str, Any]]:
    names = {_WAITING: _("Chờ tôi quyết định"), _ALL: _("Tất cả")}
    return [
        {"name": name, "url": table.url(xem=key, page=None, state=None), "current": key == scope}
        for key, name in names.items()
    ]


def _table(request: HttpRequest, by: Actor, scope: str) -> Table:
    waits = scope == _WAITING
    rows = queries.waiting(by) if waits else queries.seen(by).order_by("-proposed_at", "-pk")
    quiet = _("Không có đề xuất nào chờ bạn. Đề xuất mới của chuyên viên sẽ hiện ở đây.")
    return Table(
        _columns(waits), filters=_filters(waits), rows=rows, params=request.GET, identity="proposals",
        caption=_("Đề xuất"), path=reverse("proposals_office:queue"), empty_title=_("Không có đề xuất nào"),
        empty_text=quiet if waits else "",
    )  # fmt: skip


def _columns(waits: bool) -> list[Column]:
    columns = [
        Column("code", _("Hồ sơ"), _code, row_header=True, draw=_dossier),
        Column("kind", _("Đề xuất"), lambda p: words.kind_words(p.kind), url=_address),
        Column("class", _("Nhóm lý do"), lambda p: p.reason_class.name),
        Column("by", _("Người đề xuất"), lambda p: p.proposer_label),
        Column("at", _("Đề xuất lúc"), lambda p: p.proposed_at, sort="proposed_at"),
        Column("due", _("Hạn trả kết quả"), lambda p: p.dossier.due_at, sort="dossier__due_at"),
    ]
    if not waits:
        columns += [
            Column("state_now", _("Tình trạng"), _state),
            Column("decided", _("Quyết định lúc"), lambda p: p.decided_at, sort="decided_at"),
        ]
    return columns


def _filters(waits: bool) -> list[Column]:
    kinds = [(kind.value, _(name)) for kind, name in KIND_NAMES.items()]
    states = [(state.value, _(name)) for state, name in STATE_NAMES.items()]
    found = [Column("kind_is", _("Loại đề xuất"), _nothing, filter=choice_filter("kind", kinds))]
    return found if waits else [*found, Column("state", _("Tình trạng"), _nothing, filter=choice_filter("state", states))]


def _nothing(row: Proposal) -> None:
    return None


def _code(row: Proposal) -> str:
    return row.dossier.code or row.dossier.provisional_code


def _dossier(row: Proposal, code: str) -> SafeString:
    """Code with the link to the dossier's page, owner and procedure, as in every list of dossiers."""
    return cells.dossier(row.dossier, code)


def _state(row: Proposal) -> str:
    return words.state_words(row.state)


def _address(row: Proposal) -> str:
    return reverse("proposals_office:show", args=[row.pk])
