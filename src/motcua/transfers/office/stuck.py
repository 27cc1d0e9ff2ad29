"""Luân chuyển bị vướng: what stands still, what the officer does about it, and the minutes lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.actor import Actor
from motcua.base.errors import NotFound
from motcua.base.time import day_end, day_start, local_date
from motcua.dossiers import desks
from motcua.dossiers.office.files import as_file
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import Page, ask, bound
from motcua.kit.columns import Column, Table
from motcua.kit.forms import DateField, Form
from motcua.people.access import actor as actor_of
from motcua.transfers import resuming, stuck
from motcua.transfers.office import frame
from motcua.transfers.words import MOVES

WHAT = {
    "line": lazy("Phiếu bàn giao chưa được xác nhận"),
    "leg": lazy("Chặng liên thông chưa được xác nhận nhận"),
    "dossier": lazy("Hồ sơ đã chuyển, chưa được xác nhận nhận"),
    "delivery": lazy("Tin gửi bị lỗi"),
}


class Reasoned(Form):
    reason = forms.CharField(
        label=lazy("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("Được lưu trong lịch sử hồ sơ cùng số phút bị mất."),
    )  # fmt: skip


class Redirecting(Reasoned):
    to_unit = forms.TypedChoiceField(label=lazy("Đơn vị đúng thẩm quyền"), coerce=int)
    field_order = ["to_unit", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_unit"].choices = [("", _("Chọn đơn vị")), *frame.unit_choices()]  # type: ignore[attr-defined]


class Period(Form):
    first = DateField(label=lazy("Từ ngày"), help_text="")
    last = DateField(label=lazy("Đến ngày"), help_text="")

    def clean(self) -> dict[str, Any]:
        """The period runs forwards."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and first > last:
            self.add_error("last", _("Ngày cuối kỳ phải từ ngày đầu kỳ trở đi."))
        return cleaned


ACTS: dict[str, tuple[Any, Any, frozenset[str], Callable[..., Any]]] = {
    "gui-lai": (
        lazy("Gửi lại"), lazy("Gửi lại, tính thời gian nhận mới"), frozenset({"line", "leg"}),
        lambda what, n, **who: {"line": resuming.resend_line, "leg": resuming.resend_leg}[what](n, **who),
    ),
    "thu-hoi": (
        lazy("Thu hồi"), lazy("Thu hồi về nơi giao"), frozenset({"line", "leg", "dossier"}),
        lambda what, n, **who: {
            "line": resuming.take_back_line, "leg": resuming.take_back_leg, "dossier": resuming.take_back_dossier
        }[what](n, **who),
    ),
    "chuyen-huong": (
        lazy("Chuyển đến đơn vị khác"), lazy("Chuyển đến đơn vị đã chọn"), frozenset({"line", "leg", "dossier"}),
        lambda what, n, **who: {
            "line": resuming.redirect_line, "leg": resuming.redirect_leg, "dossier": resuming.redirect_dossier
        }[what](n, **who),
    ),
    "da-nhan": (
        lazy("Xác nhận đã nhận"), lazy("Xác nhận đã nhận, tiếp tục giải quyết"), frozenset({"dossier"}),
        lambda what, n, *, reason="", **who: resuming.receive_dossier(n, **who),
    ),
    "gui-tin": (
        lazy("Gửi lại tin"), lazy("Gửi lại tin ngay"), frozenset({"delivery"}),
        lambda what, n, *, reason="", **who: resuming.retry_delivery(n, **who),
    ),
}  # fmt: skip
"""Address, title, button, what it is done to, and the verb."""
_WITHOUT_REASON = frozenset({"da-nhan", "gui-tin"})


@requires(frame.works_or_oversees)
def listed(request: HttpRequest) -> HttpResponse:
    """Everything that stands still at the officer's places."""
    actor = actor_of(request)
    found = stuck.found(actor, now=clock.now())
    cards = desks.cards(one.dossier_id for one in found)
    rows = [_row(actor, one, cards[one.dossier_id]) for one in found]
    return frame.show(request, "stuck", {"rows": rows})


@requires(frame.works_on_dossiers)
def act(request: HttpRequest, what: str, number: int, slug: str) -> HttpResponse:
    """One act on one thing that stands still."""
    if slug not in ACTS or what not in ACTS[slug][2]:
        raise NotFound(what=_("trang này"))
    title, words, _kinds, verb = ACTS[slug]
    form_class = Form if slug in _WITHOUT_REASON else Redirecting if slug == "chuyen-huong" else Reasoned
    actor = actor_of(request)
    back = reverse("transfers_office:stuck")
    caption = str(WHAT[what])

    def do(data: dict[str, Any]) -> str:
        verb(what, number, actor=actor, now=clock.now(), **data)
        return back

    page = Page(title, words, back, caption=caption, danger=slug == "thu-hoi")
    return ask(request, page, bound(request, form_class), do=do, done=_("Đã thực hiện: %(act)s.") % {"act": title})


@requires(frame.works_or_oversees)
def lost(request: HttpRequest) -> HttpResponse:
    """Working minutes lost by unit and month, and behind a figure the single stoppages."""
    actor = actor_of(request)
    form = _period(request)
    chosen = form.cleaned_data if form.is_valid() else {}
    since, until = _edges(chosen)
    figures = [{"figure": one, "unit": frame.name(one.unit_id)} for one in stuck.lost(actor, since=since, until=until)]
    unit = frame.number(request.GET.get("unit", ""))
    table = _stoppages(request, actor, unit) if unit else None
    context = {"form": form, "figures": figures, "table": table, "unit": frame.name(unit) if table else ""}
    return frame.show(request, "lost", context, status=422 if form.errors else 200)


@requires(frame.works_or_oversees)
def lost_file(request: HttpRequest, kind: str) -> Any:
    """The single stoppages of a unit as a file."""
    return as_file(_stoppages(request, actor_of(request), frame.number(request.GET.get("unit", ""))), kind, f"phut-bi-mat.{kind}")


def _row(actor: Actor, one: stuck.Stuck, card: Any) -> dict[str, Any]:
    giving, receiving = stuck.at_either_side(actor, one)
    slugs = [
        slug
        for slug, (_title, _words, kinds, _verb) in ACTS.items()
        if one.what in kinds and _offered(slug, one, giving=giving, receiving=receiving)
    ]
    return {
        "one": one, "row": card, "what": WHAT[one.what], "from": frame.name(one.from_unit), "to": frame.name(one.to_unit),
        "confirm": receiving and one.what in ("line", "leg"),
        "acts": [
            {"title": ACTS[slug][0], "url": reverse("transfers_office:stuck_act", args=[one.what, one.id, slug])}
            for slug in slugs
        ],
    }  # fmt: skip


def _offered(slug: str, one: stuck.Stuck, *, giving: bool, receiving: bool) -> bool:
    if slug == "da-nhan":
        return receiving
    if slug == "gui-tin":
        return giving or receiving
    return giving and not (one.of_a_step and slug != "gui-lai")


def _period(request: HttpRequest) -> Period:
    today = local_date(clock.now())
    usual = {"first": f"{today.replace(month=1, day=1):%d/%m/%Y}", "last": f"{today:%d/%m/%Y}"}
    form = Period({**usual, **request.GET.dict()}, auto_id="lost-%s")
    form.full_clean()
    return form


def _edges(chosen: dict[str, Any]) -> tuple[Any, Any]:
    today = local_date(clock.now())
    first: date = chosen.get("first") or today.replace(month=1, day=1)
    return day_start(first), day_end(chosen.get("last") or today)


def _stoppages(request: HttpRequest, actor: Actor, unit: int) -> Table:
    form = _period(request)
    since, until = _edges(form.cleaned_data if form.is_valid() else {})
    rows = stuck.lost_of(actor, unit_id=unit, since=since, until=until).select_related("dossier")
    moves = {move.value: words for move, words in MOVES.items()}
    columns = [
        Column(
            "code", _("Mã hồ sơ"), lambda s: s.dossier.code or s.dossier.provisional_code, row_header=True,
            url=lambda s: reverse("dossiers:page", args=[s.dossier_id]),
        ),
        Column("due", _("Phải nhận trước"), lambda s: s.due_at),
        Column("resumed", _("Được gỡ lúc"), lambda s: s.resumed_at),
        Column("minutes", _("Số phút làm việc bị mất"), lambda s: s.minutes, numeric=True, sort="minutes"),
        Column("move", _("Cách gỡ"), lambda s: str(moves.get(s.move, ""))),
        Column("officer", _("Người gỡ"), lambda s: s.officer),
        Column("reason", _("Lý do"), lambda s: s.reason),
    ]  # fmt: skip
    return Table(
        columns, rows=rows, params=request.GET, path=reverse("transfers_office:lost"), identity="lost",
        caption=_("Từng lần bị vướng"), empty_title=_("Không có lần vướng nào trong kỳ"),
    )  # fmt: skip
