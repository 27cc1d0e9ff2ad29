"""Legs between agencies and levels: the list, one leg with its acts, and sending one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.actor import Actor
from motcua.dossiers import access as dossier_access
from motcua.dossiers import desks, store
from motcua.dossiers.office.files import as_file
from motcua.dossiers.rules.state import Dossier
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import Page, ask, bound
from motcua.kit.columns import Column, Filter, Table
from motcua.kit.forms import Form
from motcua.people.access import actor as actor_of
from motcua.transfers import access, legs, queries
from motcua.transfers.models import Leg
from motcua.transfers.office import cells, frame
from motcua.transfers.records import moment
from motcua.transfers.words import LEG_STATES, TIMINGS


class Sending(Form):
    """Where a dossier goes, what for, and how much working time that leg has."""

    from_unit = forms.TypedChoiceField(label=lazy("Đơn vị gửi"), coerce=int)
    to_unit = forms.TypedChoiceField(label=lazy("Đơn vị nhận"), coerce=int)
    purpose = forms.CharField(
        label=lazy("Nội dung đề nghị"), max_length=300, help_text=lazy("Ví dụ: trình ký, lấy ý kiến, thẩm định, ký số.")
    )
    hours = forms.DecimalField(
        label=lazy("Thời gian của chặng (giờ làm việc)"), required=False, min_value=Decimal("0.5"), max_value=Decimal(400),
        decimal_places=1, help_text=lazy("Để trống: theo thời gian đã quy định cho đơn vị nhận. Một ngày làm việc là 8 giờ."),
    )  # fmt: skip

    def __init__(self, *args: Any, places: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_unit"].choices = [(str(n), frame.name(n)) for n in places]  # type: ignore[attr-defined]
        self.fields["to_unit"].choices = [("", _("Chọn đơn vị")), *frame.unit_choices()]  # type: ignore[attr-defined]


class Finishing(Form):
    result = forms.CharField(
        label=lazy("Kết quả của chặng"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("Ví dụ: đã ký, đồng ý, không đồng ý vì …"),
    )  # fmt: skip


@requires(frame.works_or_oversees)
def listed(request: HttpRequest) -> HttpResponse:
    """Legs from and to the officer's places."""
    table = _table(request, actor_of(request), screen())
    return frame.show(request, "legs", {"table": with_cards(table)})


@requires(frame.works_or_oversees)
def export(request: HttpRequest, kind: str) -> Any:
    """The list as filtered, as CSV or XLSX."""
    return as_file(_table(request, actor_of(request), columns()), kind, f"chang-lien-thong.{kind}")


@requires(frame.works_or_oversees)
def show(request: HttpRequest, leg_id: int) -> HttpResponse:
    """One leg: from, to, its times, and what the officer may do now."""
    actor = actor_of(request)
    leg = queries.leg_of(actor, leg_id)
    state = legs.state_of(leg)
    words, tone = LEG_STATES[state]
    takes = leg.to_unit_id in access.taking_places(actor)
    on_slip = getattr(leg, "line", None)
    context = {
        "leg": leg, "card": desks.cards([leg.dossier_id])[leg.dossier_id], "state": words, "tone": tone, "slip": on_slip,
        "facts": _facts(leg), "receives": takes and state == "sent" and not (on_slip and on_slip.state == "in_transit"),
        "finishes": takes and state == "received", "now": clock.now(),
        "sends": state == "sent" and not on_slip and leg.from_unit_id in access.own_places(actor),
    }  # fmt: skip
    return frame.show(request, "leg", context)


@requires(frame.works_on_dossiers)
def send(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """Sends a dossier in hand to another agency or level."""
    actor = actor_of(request)
    dossier = store.load(dossier_id, lock=False)
    dossier_access.require_sees(actor, dossier)
    form = bound(request, Sending, places=places_with(actor, dossier) or sorted(access.own_places(actor)))
    back = reverse("dossiers:page", args=[dossier_id])
    note = _("Thời hạn của hồ sơ vẫn tính; chặng có thời gian riêng để biết sớm hay muộn ở đơn vị nào.")
    page = Page(_("Gửi liên thông"), _("Gửi đến đơn vị nhận"), back, note=note, caption=dossier.code)

    def do(data: dict[str, Any]) -> str:
        number = legs.send_leg(
            dossier_id, from_unit=data["from_unit"], to_unit=data["to_unit"], purpose=data["purpose"], hours=data["hours"],
            actor=actor, now=clock.now(),
        )  # fmt: skip
        return reverse("transfers_office:leg", args=[number])

    return ask(request, page, form, do=do, done=_("Đã gửi; đơn vị nhận cần xác nhận."))


@requires(frame.works_on_dossiers)
def receive(request: HttpRequest, leg_id: int) -> HttpResponse:
    """The receiving unit confirms."""
    actor = actor_of(request)
    leg = queries.leg_of(actor, leg_id)
    address = reverse("transfers_office:leg", args=[leg_id])
    page = Page(_("Xác nhận nhận hồ sơ liên thông"), _("Xác nhận đã nhận"), address, caption=frame.name(leg.to_unit_id))

    def do(data: dict[str, Any]) -> str:
        legs.receive_leg(leg_id, actor=actor, now=clock.now())
        return address

    return ask(request, page, bound(request, Form), do=do, done=_("Đã xác nhận nhận."))


@requires(frame.works_on_dossiers)
def finish(request: HttpRequest, leg_id: int) -> HttpResponse:
    """The receiving unit says what came of it."""
    actor = actor_of(request)
    leg = queries.leg_of(actor, leg_id)
    address = reverse("transfers_office:leg", args=[leg_id])
    page = Page(_("Kết thúc chặng liên thông"), _("Kết thúc chặng"), address, caption=frame.name(leg.to_unit_id))

    def do(data: dict[str, Any]) -> str:
        legs.finish_leg(leg_id, result=data["result"], actor=actor, now=clock.now())
        return address

    return ask(request, page, bound(request, Finishing), do=do, done=_("Đã kết thúc chặng."))


def places_with(actor: Actor, dossier: Dossier) -> list[int]:
    """The officer's places at which the dossier lies now."""
    if dossier.id is None or dossier.state not in desks.AT_WORK:
        return []
    brought = {
        leg.to_unit_id for leg in queries.legs_on_dossier(dossier.id) if legs.state_of(leg) == "received"
    }
    return sorted(access.own_places(actor) & ({dossier.unit_id, dossier.holder_unit_id} | brought))


def with_cards(table: Table) -> Table:
    """Puts owner and procedure of the page's dossiers beside the legs, in one look."""
    found = desks.cards(leg.dossier_id for leg in table.rows)
    for leg in table.rows:
        leg.card = found[leg.dossier_id]
    return table


def columns() -> list[Column]:
    """The columns of every list of legs."""
    return [
        Column(
            "dossier", _("Hồ sơ"), lambda leg: leg.dossier.code or leg.dossier.provisional_code, row_header=True,
            draw=cells.leg,
        ),
        Column("from", _("Đơn vị gửi"), lambda leg: frame.name(leg.from_unit_id)),
        Column("to", _("Đơn vị nhận"), lambda leg: frame.name(leg.to_unit_id)),
        Column("purpose", _("Nội dung"), lambda leg: leg.purpose),
        Column("sent", _("Gửi lúc"), lambda leg: leg.sent_at, sort="sent_at"),
        Column("due", _("Hạn của chặng"), lambda leg: leg.due_at, sort="due_at"),
        Column("received", _("Nhận lúc"), lambda leg: leg.received_at),
        Column("finished", _("Kết thúc lúc"), lambda leg: leg.finished_at),
        Column(
            "state", _("Tình trạng"), standing, draw=cells.standing, export=lambda leg: str(standing(leg)[0])
        ),
    ]  # fmt: skip


def screen() -> list[Column]:
    """The same facts with less width: the way in one cell, its times in another."""
    kept = {column.key: column for column in columns()}
    way = Column(
        "way", _("Từ đâu đến đâu"), lambda leg: (frame.name(leg.from_unit_id), frame.name(leg.to_unit_id)), draw=cells.way
    )
    done = Column("done", _("Nhận lúc, kết thúc lúc"), lambda leg: (leg.received_at, leg.finished_at), draw=cells.moments)
    return [kept["dossier"], way, kept["sent"], kept["due"], done, kept["state"]]


def standing(leg: Leg) -> tuple[str, str]:
    """The leg in a few words with their tone."""
    if leg.timing:
        return TIMINGS[leg.timing]
    words, tone = LEG_STATES[legs.state_of(leg)]
    late = leg.cancelled_at is None and leg.due_at < clock.now()
    return (_("%(words)s, quá hạn") % {"words": words}, "alarm") if late else (words, tone)


def _table(request: HttpRequest, actor: Actor, shown: list[Column]) -> Table:
    state = Filter(
        field=lambda: forms.ChoiceField(
            choices=[("", _("Tất cả")), *((key, words) for key, (words, _tone) in LEG_STATES.items())]
        ),
        narrow=lambda rows, value: queries.by_state(rows).filter(state=value),
        words=lambda value: str(LEG_STATES[value][0]),
    )
    return Table(
        shown, rows=queries.legs_of(actor).select_related("dossier"), params=request.GET,
        path=reverse("transfers_office:legs"),
        caption=_("Chặng liên thông, chặng gửi sau cùng trước"), identity="legs",
        filters=[Column("state", _("Tình trạng"), lambda leg: "", filter=state)],
        empty_title=_("Không có chặng liên thông nào"),
        empty_text=_("Chặng có khi hồ sơ được gửi đến đơn vị khác, hoặc quy trình có bước ở đơn vị khác."),
    )  # fmt: skip


def _facts(leg: Leg) -> list[dict[str, Any]]:
    """The leg as question and answer."""


    rows = [
        (_("Đơn vị gửi"), frame.name(leg.from_unit_id)),
        (_("Đơn vị nhận"), frame.name(leg.to_unit_id)),
        (_("Nội dung đề nghị"), leg.purpose),
        (_("Gửi lúc"), f"{moment(leg.sent_at)}, {leg.sent_by}"),
        (_("Phải xác nhận nhận trước"), moment(leg.receive_by)),
        (_("Hạn của chặng"), moment(leg.due_at)),
        (_("Nhận lúc"), f"{moment(leg.received_at)}, {leg.received_by}" if leg.received_at else ""),
        (_("Kết thúc lúc"), f"{moment(leg.finished_at)}, {leg.finished_by}" if leg.finished_at else ""),
        (_("Kết quả của chặng"), leg.result),
        (_("Đúng hạn hay không"), TIMINGS[leg.timing][0] if leg.timing else ""),
        (_("Thu hồi lúc"), f"{moment(leg.cancelled_at)}, {leg.cancelled_by}" if leg.cancelled_at else ""),
        (_("Lý do thu hồi"), leg.cancel_reason),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]
