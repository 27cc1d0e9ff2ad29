"""Sổ theo dõi hồ sơ of a unit and period: on the screen, as PDF in the statutory form, as a spreadsheet."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.actor import Actor
from motcua.base.errors import NotAllowed
from motcua.base.time import local_date
from motcua.dossiers import register, services
from motcua.dossiers.access import counters_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.office import cells
from motcua.dossiers.office.files import as_file
from motcua.dossiers.office.guard import works_on_dossiers
from motcua.dossiers.office.worklist_columns import page_of, title
from motcua.dossiers.register import Book
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.columns import Column, Table
from motcua.kit.forms import DateField, Form
from motcua.organisation.queries import latest, tree
from motcua.people.access import actor as actor_of
from motcua.slips import services as slips
from motcua.slips.rules import Purpose


class BookForm(Form):
    """Which unit's book, from when to when."""

    unit = forms.TypedChoiceField(label=gettext_lazy("Đơn vị"), coerce=int)
    first = DateField(label=gettext_lazy("Từ ngày"), help_text="")
    last = DateField(label=gettext_lazy("Đến ngày"), help_text="")

    def __init__(self, data: Any, units: list[tuple[int, str]]) -> None:
        super().__init__(data, auto_id="book-%s")
        self.fields["unit"].choices = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The period runs forwards."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and first > last:
            self.add_error("last", _("Ngày cuối kỳ phải từ ngày đầu kỳ trở đi."))
        return cleaned


@requires(works_on_dossiers)
def show(request: HttpRequest) -> HttpResponse:
    """The book on the screen; at a counter it opens at today's."""
    form = _form(request)
    book = _book(form)
    table = _table(request, book, _screen()) if book else None
    return render(request, "dossiers/register.html", {"form": form, "table": table, "files": _files(book)})


@requires(works_on_dossiers)
def export(request: HttpRequest, kind: str) -> Any:
    """The whole book as PDF ("pdf"), XLSX or CSV."""
    book = _book(_form(request))
    if book is None:
        raise NotAllowed(reason=_("sổ này không thuộc đơn vị của bạn, hoặc kỳ không hợp lệ."))
    name = f"so-theo-doi-{book.first:%Y%m%d}-{book.last:%Y%m%d}.{kind}"
    if kind != "pdf":
        return as_file(_table(request, book, _columns()), kind, name)
    now = clock.now()
    paper = register.paper(actor_of(request), book, tree(local_date(now)), now=now)
    form_set = services.clock_on(local_date(now)).rules.form_set
    response = HttpResponse(slips.render(Purpose.REGISTER, form_set, paper), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=name)
    return response


def _form(request: HttpRequest) -> BookForm:
    actor, today = actor_of(request), local_date(clock.now())
    offered = _units(actor, today)
    form = BookForm({**_usual(actor, offered, today), **request.GET.dict()}, offered)
    form.full_clean()
    return form


def _units(actor: Actor, today: date) -> list[tuple[int, str]]:
    names = tree(today)
    numbers = register.units_with_books(actor)
    return sorted(
        ((n, names[n].name if n in names else latest(n).name) for n in numbers), key=lambda pair: pair[1]
    )


def _usual(actor: Actor, offered: list[tuple[int, str]], today: date) -> dict[str, str]:
    """The first book: the counter's of today; elsewhere the unit's of this month."""
    counters = sorted(counters_of(actor))
    homes = [duty.unit_id for duty in actor.duties if duty.unit_id in dict(offered)]
    first = today if counters else today.replace(day=1)
    unit = next(iter([*counters, *homes]), "")
    return {"unit": str(unit), "first": f"{first:%d/%m/%Y}", "last": f"{today:%d/%m/%Y}"}


def _book(form: BookForm) -> Book | None:
    if not form.is_valid():
        return None
    answers = form.cleaned_data
    return Book(answers["unit"], answers["first"], answers["last"])


def _table(request: HttpRequest, book: Book, columns: list[Column]) -> Table:
    return Table(
        columns, rows=register.entries(actor_of(request), book), params=request.GET, identity="register",
        caption=_("Hồ sơ tiếp nhận từ %(first)s đến %(last)s")
        % {"first": f"{book.first:%d/%m/%Y}", "last": f"{book.last:%d/%m/%Y}"},
        path=reverse("dossiers:register"), empty_title=_("Không có hồ sơ nào trong kỳ"),
        empty_text=_("Không có hồ sơ nào được tiếp nhận tại đơn vị này trong kỳ đã chọn. Hãy chọn kỳ khác."),
    )  # fmt: skip


def _screen() -> list[Column]:
    """The same facts with less width: the dossier with its owner and procedure in one cell."""
    kept = {column.key: column for column in _columns()}
    dossier = Column("code", _("Hồ sơ"), title, row_header=True, draw=cells.dossier)
    return [
        dossier,
        *(kept[key] for key in ("contact", "office", "received", "due", "returned", "method", "note")),
    ]


def _columns() -> list[Column]:
    """The columns of the statutory book; the signature stands on paper only."""
    names = tree(local_date(clock.now()))
    return [
        Column("code", _("Mã hồ sơ"), title, row_header=True, url=page_of),
        Column("procedure", _("Tên thủ tục hành chính"), lambda row: row.version.name),
        Column("sets", _("Số bộ"), lambda row: 1, numeric=True),
        Column("owner", _("Tên cá nhân, tổ chức"), lambda row: row.applicant.name),
        Column("contact", _("Địa chỉ, số điện thoại"), register.contact),
        Column("office", _("Cơ quan chủ trì giải quyết"), lambda row: register.office_name(row, names)),
        Column("received", _("Nhận hồ sơ"), lambda row: _day(row, "accepted_at")),
        Column("due", _("Hẹn trả kết quả"), lambda row: _day(row, "promised_at")),
        Column("returned", _("Ngày trả"), lambda row: _day(row, "returned_at")),
        Column("method", _("Phương thức nhận"), register.method),
        Column("note", _("Ghi chú"), register.note),
    ]


def _day(row: Dossier, name: str) -> date | None:
    moment = getattr(row, name)
    return local_date(moment) if moment else None


def _files(book: Book | None) -> list[dict[str, str]]:
    if book is None:
        return []
    query = f"?unit={book.unit_id}&first={book.first}&last={book.last}"
    kinds = {"pdf": _("In sổ (PDF)"), "xlsx": "XLSX", "csv": "CSV"}
    return [
        {"name": name, "url": reverse("dossiers:register_file", args=[kind]) + query}
        for kind, name in kinds.items()
    ]
