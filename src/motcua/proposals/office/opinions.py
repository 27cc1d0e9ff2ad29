"""Opinions and field checks: asking, the lists of what is owed and asked, answering, going on without an answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from motcua.base.time import local_date
from motcua.documents import queries as documents
from motcua.documents.services import store as store_file
from motcua.dossiers import access, store
from motcua.dossiers.office import cells
from motcua.dossiers.office.forms import area, line
from motcua.dossiers.office.guard import dossier_of, sees_the_dossier
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import Page, bound
from motcua.kit.act_page import ask as ask_page
from motcua.kit.columns import Column, Table
from motcua.kit.forms import Form
from motcua.organisation.queries import latest, tree
from motcua.people.access import actor
from motcua.proposals import opinion_queries, opinions
from motcua.proposals.models import OpinionRequest
from motcua.proposals.office.opinion_rows import standing
from motcua.proposals.office.queue import works_with_proposals
from motcua.proposals.opinion_rules import OPINION_NAMES, VERDICT_NAMES, Asking, OpinionKind, Verdict

_OWED, _ASKED = "phai-tra-loi", "da-hoi"
_WHEN = ["%H:%M %d/%m/%Y", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M"]


class AskForm(Form):
    kind = forms.ChoiceField(label=lazy("Việc cần hỏi"), choices=[(k.value, lazy(n)) for k, n in OPINION_NAMES.items()])
    unit = forms.ChoiceField(label=lazy("Đơn vị được hỏi"), required=False)
    agency = line(lazy("Hoặc cơ quan khác chưa dùng hệ thống này"), required=False)
    content = area(lazy("Nội dung hỏi ý kiến, kiểm tra"))
    hours = forms.DecimalField(label=lazy("Thời hạn trả lời (giờ làm việc)"), min_value=0.5, max_value=800, initial=16)
    joined = forms.BooleanField(label=lazy("Phải có trả lời mới được chuyển bước"), required=False, initial=True)
    place = line(lazy("Địa điểm kiểm tra"), required=False)
    meet_at = forms.DateTimeField(
        label=lazy("Thời gian kiểm tra"), required=False, input_formats=_WHEN, help_text=lazy("Ví dụ 09:30 31/01/2026."),
        error_messages={"invalid": lazy("Thời điểm không đúng. Hãy nhập giờ và ngày, ví dụ 09:30 31/01/2026.")},
    )  # fmt: skip
    participants = area(lazy("Thành phần tham gia kiểm tra"), required=False, most=1000)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("Hãy chọn")), *units]

    def asking(self, data: dict[str, Any]) -> Asking:
        """What was filled in."""
        unit = int(data["unit"]) if data["unit"] else None
        told = {name: data[name] for name in ("content", "agency", "joined", "place", "meet_at", "participants")}
        return Asking(OpinionKind(data["kind"]), hours=float(data["hours"]), unit_id=unit, **told)


class AnswerForm(Form):
    verdict = forms.ChoiceField(
        label=lazy("Ý kiến"), widget=forms.RadioSelect, choices=[(v.value, lazy(n)) for v, n in VERDICT_NAMES.items()]
    )
    content = area(lazy("Nội dung trả lời"))
    file = forms.FileField(label=lazy("Văn bản trả lời"), required=False)


class CloseForm(Form):
    reason = area(lazy("Lý do không chờ trả lời"))


def sees_the_request(request: HttpRequest) -> None:
    """Cán bộ được xem hồ sơ và cán bộ của đơn vị được hỏi ý kiến."""
    match = request.resolver_match
    assert match is not None
    number = match.kwargs["request_id"]
    request.opinion = opinion_queries.request(number, actor=actor(request))  # type: ignore[attr-defined]


def _opinion_of(request: HttpRequest) -> OpinionRequest:
    return request.opinion  # type: ignore[attr-defined]


@require_safe
@requires(works_with_proposals)
def listing(request: HttpRequest) -> HttpResponse:
    """What my units owe others, and what they asked."""
    asks = request.GET.get("xem") == _ASKED
    rows = opinion_queries.asked(actor(request)) if asks else opinion_queries.owed(actor(request))
    heading = _("Ý kiến đơn vị đã hỏi") if asks else _("Ý kiến đơn vị phải trả lời")
    table = Table(
        _columns(), rows=rows, params=request.GET, caption=_("Ý kiến phối hợp"), path=reverse("proposals_office:opinions"),
        identity="opinions", empty_title=_("Không có yêu cầu ý kiến nào"),
    )  # fmt: skip
    names = {_OWED: _("Phải trả lời"), _ASKED: _("Đã hỏi")}
    scopes = [
        {"name": name, "url": table.url(xem=key, page=None), "current": (key == _ASKED) is asks}
        for key, name in names.items()
    ]
    return render(request, "proposals/queue.html", {"table": table, "heading": heading, "scopes": scopes})


def _columns() -> list[Column]:
    now = clock.now()
    return [
        Column("code", _("Hồ sơ"), lambda r: r.dossier.code or "", row_header=True, draw=_dossier),
        Column("content", _("Nội dung"), lambda r: r.content, url=_address),
        Column("lead", _("Cơ quan chủ trì"), lambda r: latest(r.lead_id).name),
        Column("asked", _("Được hỏi"), opinions.name_of),
        Column("due", _("Hạn trả lời"), lambda r: r.due_at, sort="due_at"),
        Column("state", _("Tình trạng"), lambda r: standing(r, now)["state"]),
    ]


def _dossier(row: OpinionRequest, code: str) -> Any:
    return cells.dossier(row.dossier, code)


def _address(row: OpinionRequest) -> str:
    return reverse("proposals_office:opinion", args=[row.pk])


@require_safe
@requires(sees_the_request)
def show(request: HttpRequest, request_id: int) -> HttpResponse:
    """One request with its answer and what the officer may do."""
    row, by = _opinion_of(request), actor(request)
    dossier = store.load(row.dossier_id, lock=False)
    context = {
        **standing(row, clock.now()), "code": dossier.code or dossier.provisional_code, "lead": latest(row.lead_id).name,
        "answers": row.is_open and opinions.may_answer(by, row, dossier),
        "closes": row.is_open and access.may(by, "ask_opinion", dossier), "sees": access.sees(by, dossier),
        "file": documents.names([row.file_id])[row.file_id] if row.file_id else "",
    }  # fmt: skip
    return render(request, "proposals/opinion.html", context)


@requires(sees_the_dossier)
def ask(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """Asks a unit or an agency about one dossier."""
    dossier = dossier_of(request)
    access.require(actor(request), "ask_opinion", dossier)
    back = reverse("dossiers:page", args=[dossier_id])
    note = _("Lấy ý kiến, kiểm tra thực địa có hạn riêng và không làm dừng thời hạn giải quyết của hồ sơ.")
    page = Page(_("Lấy ý kiến, kiểm tra thực địa"), _("Gửi yêu cầu"), back, note=note, caption=dossier.code or "")
    units = tree(local_date(clock.now()))
    others = sorted(((str(n), u.name) for n, u in units.items() if n != dossier.unit_id), key=lambda pair: pair[1])
    form: Any = bound(request, AskForm, units=others)

    def do(data: dict[str, Any]) -> str:
        opinions.ask(dossier_id, asking=form.asking(data), actor=actor(request), now=clock.now())
        return back

    return ask_page(request, page, form, do=do, done=_("Đã gửi yêu cầu ý kiến."))


@requires(sees_the_request)
def answer(request: HttpRequest, request_id: int) -> HttpResponse:
    """The asked unit answers."""
    row, by = _opinion_of(request), actor(request)
    opinions.require_answerer(by, row, store.load(row.dossier_id, lock=False))
    back = reverse("proposals_office:opinion", args=[request_id])
    page = Page(_("Trả lời ý kiến"), _("Gửi trả lời"), back, caption=row.content[:100])

    def do(data: dict[str, Any]) -> str:
        now, upload = clock.now(), data["file"]
        number = store_file(upload.name, upload.chunks(), actor=by, now=now) if upload else None
        opinions.answer(
            request_id, verdict=Verdict(data["verdict"]), content=data["content"], file_id=number, actor=by, now=now
        )
        return back

    return ask_page(request, page, bound(request, AnswerForm), do=do, done=_("Đã gửi trả lời."))


@requires(sees_the_request)
def close(request: HttpRequest, request_id: int) -> HttpResponse:
    """The lead agency goes on without the answer."""
    access.require(actor(request), "ask_opinion", store.load(_opinion_of(request).dossier_id, lock=False))
    back = reverse("proposals_office:opinion", args=[request_id])
    page = Page(_("Không chờ trả lời"), _("Kết thúc yêu cầu ý kiến"), back, danger=True,
                note=_("Đơn vị được hỏi không trả lời được nữa; lý do được ghi trong lịch sử hồ sơ."))  # fmt: skip

    def do(data: dict[str, Any]) -> str:
        opinions.close(request_id, reason=data["reason"], actor=actor(request), now=clock.now())
        return back

    return ask_page(request, page, bound(request, CloseForm), do=do, done=_("Đã kết thúc yêu cầu ý kiến."))


@require_safe
@requires(sees_the_request)
def file(request: HttpRequest, request_id: int) -> HttpResponse:
    """The paper that came with the answer."""
    facts = documents.file(_opinion_of(request).file_id or 0)
    response = HttpResponse(documents.content(facts.id), content_type=facts.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=facts.name)
    return response
