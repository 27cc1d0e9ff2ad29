"""Filed groups: their list, the page of one, handing over in one trip, withdrawal, opening and joining by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from motcua.base.time import local, local_date
from motcua.documents.services import store
from motcua.dossiers.words import TIMINGS
from motcua.groups import queries, services, words
from motcua.groups.access import READERS, counters_of
from motcua.groups.queries import ChildView, GroupView
from motcua.groups.rules import Stage
from motcua.journal.queries import events_of
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import Page, ask, bound
from motcua.kit.columns import Column, Table
from motcua.kit.forms import Form
from motcua.organisation.queries import latest
from motcua.people.access import actor, roles

reads = roles(*READERS)
_RUNNING = (Stage.SUBMITTED, Stage.OPEN, Stage.WAITING, Stage.PENDING)


class ReturnForm(Form):
    """Who takes all results, and how."""

    receiver = forms.CharField(label=lazy("Người nhận kết quả"), max_length=300)
    receiver_number = forms.CharField(label=lazy("Số định danh của người nhận"), max_length=20, required=False)
    method = forms.ChoiceField(
        label=lazy("Cách nhận"),
        choices=[(w, w) for w in (lazy("Nhận trực tiếp"), lazy("Bưu chính công ích"), lazy("Nhận kết quả điện tử"))],
    )


class WithdrawForm(Form):
    """The owner's request to take the group back."""

    file = forms.FileField(
        label=lazy("Đơn đề nghị rút hồ sơ của chủ hồ sơ"), required=False,
        help_text=lazy("Bản chụp đơn có chữ ký. Không cần nếu chủ hồ sơ đã gửi yêu cầu trực tuyến."),
    )  # fmt: skip
    evidence = forms.CharField(label=lazy("Số, ngày của đơn"), max_length=300, required=False)
    request = forms.CharField(label=lazy("Mã yêu cầu rút hồ sơ đã gửi trực tuyến"), max_length=100, required=False)
    reason = forms.CharField(label=lazy("Lý do"), max_length=1000, required=False)


class JoinForm(Form):
    """Which followed dossier belongs to the group."""

    code = forms.CharField(label=lazy("Mã hồ sơ trên hệ thống của bộ"), max_length=60)


@require_safe
@requires(reads)
def listing(request: HttpRequest) -> HttpResponse:
    """The filed groups the officer may see."""
    who, today = actor(request), local_date(clock.now())
    table = Table(
        _columns(), rows=_Listing(queries.filed(who), who, today), params=request.GET, path=request.path, counted=False,
        caption=_("Nhóm hồ sơ liên thông"), empty_title=_("Chưa có nhóm hồ sơ nào"),
        empty_text=_("Nhóm hồ sơ được tiếp nhận tại quầy của bạn, hoặc có thủ tục do đơn vị bạn giải quyết, hiện ở đây."),
    )  # fmt: skip
    return render(request, "groups/list.html", {"table": table, "at_counter": bool(counters_of(who))})


@require_safe
@requires(reads)
def page(request: HttpRequest, group_id: int) -> HttpResponse:
    """One group with its procedures, what can be done, and what happened."""
    group = _group(request, group_id)
    mine = group.intake_unit_id in counters_of(actor(request))
    context = {
        "group": group, "head": head_of(group), "rows": child_rows(group), "mine": mine,
        "late": words.lateness_words(group.state), "can_return": mine and _any(group, Stage.READY),
        "can_withdraw": mine and _any(group, *_RUNNING), "history": _history(group_id), "returns": _returns(group_id),
    }  # fmt: skip
    return render(request, "groups/group.html", context)


@requires(reads)
def give_back(request: HttpRequest, group_id: int) -> HttpResponse:
    """Every waiting result to one receiver."""
    group = _group(request, group_id)
    ready = [c.name for c in group.children if c.stage is Stage.READY and not c.source]
    note = _("Trả trong một lần: %(names)s.") % {"names": "; ".join(ready)} if ready else _("Không có kết quả nào đang chờ trả.")
    owner = {"receiver": group.owner}
    act = Page(_("Trả kết quả của nhóm"), _("Ghi nhận đã trả tất cả"), _address(group_id), note=note, caption=group.code)

    def do(data: dict[str, Any]) -> str:
        services.give_back(group_id, **data, actor=actor(request), now=clock.now())
        return _address(group_id)

    return ask(request, act, bound(request, ReturnForm, initial=owner), do=do, done=_("Đã ghi nhận trả kết quả của nhóm."))


@requires(reads)
def withdraw(request: HttpRequest, group_id: int) -> HttpResponse:
    """The owner takes the group back."""
    group = _group(request, group_id)
    note = _("Mọi hồ sơ đang giải quyết của nhóm kết thúc theo đề nghị của chủ hồ sơ; thủ tục chưa mở thì không mở nữa.")
    act = Page(
        _("Chủ hồ sơ rút cả nhóm"), _("Ghi nhận rút cả nhóm"), _address(group_id), note=note, caption=group.code, danger=True
    )

    def do(data: dict[str, Any]) -> str:
        who, now, upload = actor(request), clock.now(), data.pop("file")
        file_id = store(upload.name, upload.chunks(), actor=who, now=now) if upload else None
        services.withdraw(group_id, **data, file_id=file_id, actor=who, now=now)
        return _address(group_id)

    return ask(request, act, bound(request, WithdrawForm), do=do, done=_("Đã ghi nhận rút nhóm hồ sơ."))


@requires(reads)
def open_child(request: HttpRequest, group_id: int, position: int) -> HttpResponse:
    """Opens a dossier that could not open by itself."""
    group = _group(request, group_id)
    held = next((child.note for child in group.children if child.position == position), "")
    note = _("Lần trước không mở được: %(why)s") % {"why": held} if held else ""
    act = Page(_("Mở hồ sơ tiếp theo của nhóm"), _("Mở hồ sơ"), _address(group_id), note=note, caption=group.code)

    def do(data: dict[str, Any]) -> str:
        services.open_child(group_id, position, actor=actor(request), now=clock.now())
        return _address(group_id)

    return ask(request, act, bound(request, Form), do=do, done=_("Đã mở hồ sơ."))


@requires(reads)
def join(request: HttpRequest, group_id: int, position: int) -> HttpResponse:
    """Joins the dossier that a ministry's system handles."""
    group = _group(request, group_id)
    note = _("Hồ sơ phải đã được theo dõi từ hệ thống của bộ, cho đúng thủ tục này.")
    act = Page(_("Liên kết hồ sơ của hệ thống bộ"), _("Liên kết"), _address(group_id), note=note, caption=group.code)

    def do(data: dict[str, Any]) -> str:
        services.join_mirrored(group_id, position, **data, actor=actor(request), now=clock.now())
        return _address(group_id)

    return ask(request, act, bound(request, JoinForm), do=do, done=_("Đã liên kết hồ sơ."))


def head_of(group: GroupView) -> list[dict[str, Any]]:
    """The fixed head: code, owner, the latest due moment, the one state."""
    tone = words.GROUP_TONES.get(group.state.stage, "neutral")
    return [
        {"label": _("Mã nhóm"), "value": group.code},
        {"label": _("Chủ hồ sơ"), "value": group.owner},
        {"label": _("Hạn xa nhất đã hẹn"), "value": _moment(group.due_at) or _("chưa có")},
        {"label": _("Tình trạng"), "value": words.state_words(group.state), "tone": tone},
    ]  # fmt: skip


def child_rows(group: GroupView, *, current: int | None = None) -> list[dict[str, Any]]:
    """Each procedure as a line: its dossier, unit, state, dates, and what may be done by hand."""
    return [_row(child, current) for child in group.children]


def _row(child: ChildView, current: int | None) -> dict[str, Any]:
    dossier = child.dossier
    return {
        "child": child,
        "code": dossier.code if dossier else "",
        "url": reverse("dossiers:page", args=[dossier.id]) if dossier and dossier.seen else "",
        "here": dossier is not None and dossier.id == current,
        "unit": latest(child.unit_id).name,
        "state": words.STAGES[child.stage],
        "tone": words.TONES.get(child.stage, ""),
        "due": _moment(dossier.due_at) if dossier else "",
        "timing": str(TIMINGS.get(dossier.timing, "")) if dossier else "",
        "after": ", ".join(map(str, child.after)),
        "opens": child.stage is Stage.PENDING and bool(child.note),
        "joins": child.stage is Stage.ELSEWHERE,
    }


class _Listing:
    """The list's rows, read with all they show page by page."""

    def __init__(self, rows: Any, who: Any, today: Any) -> None:
        self.rows, self.who, self.today = rows, who, today

    def __getitem__(self, span: slice) -> list[GroupView]:
        return queries.views(self.rows[span], actor=self.who, today=self.today)


def _columns() -> list[Column]:
    return [
        Column("code", _("Mã nhóm"), lambda row: row.code, row_header=True, url=lambda row: _address(row.id)),
        Column("name", _("Nhóm thủ tục"), lambda row: row.name),
        Column("owner", _("Chủ hồ sơ"), lambda row: row.owner),
        Column("opened", _("Tiếp nhận"), lambda row: row.opened_at),
        Column("state", _("Tình trạng"), lambda row: words.state_words(row.state)),
        Column("late", _("Quá hạn"), lambda row: words.lateness_words(row.state)),
        Column("due", _("Hạn xa nhất đã hẹn"), lambda row: row.due_at),
    ]


def _group(request: HttpRequest, group_id: int) -> GroupView:
    return queries.group(group_id, actor=actor(request), today=local_date(clock.now()))


def _history(group_id: int) -> list[dict[str, Any]]:
    return [
        {"text": words.event_words(event.name, event.data), "at": event.at, "by": event.actor_label}
        for event in events_of(services.STREAM, str(group_id))
    ]


def _returns(group_id: int) -> list[dict[str, str]]:
    return [
        _("%(at)s: %(receiver)s %(number)s, %(method)s – thủ tục %(positions)s")
        % {"at": _moment(row.at), "receiver": row.receiver, "number": row.receiver_number, "method": row.method,
           "positions": ", ".join(map(str, row.positions))}
        for row in queries.returns_of(group_id)
    ]  # fmt: skip


def _any(group: GroupView, *stages: Stage) -> bool:
    return any(child.stage in stages and not child.source for child in group.children)


def _address(group_id: int) -> str:
    return reverse("groups_office:group", args=[group_id])


def _moment(value: Any) -> str:
    return f"{local(value):%H:%M %d/%m/%Y}" if value else ""
