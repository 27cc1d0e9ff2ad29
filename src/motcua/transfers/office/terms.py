"""The administrators' page of working times allowed for a hand-over."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.kit import clock
from motcua.kit.access import provincial_administrator, requires
from motcua.kit.act_page import Page, ask, bound
from motcua.kit.forms import DateField, Form
from motcua.people.access import actor as actor_of
from motcua.transfers import terms
from motcua.transfers.office import frame
from motcua.transfers.rules import TermKind
from motcua.transfers.words import TERM_KINDS


class NewTerm(Form):
    kind = forms.ChoiceField(label=lazy("Việc"), choices=[(kind.value, words) for kind, words in TERM_KINDS.items()])
    unit = forms.TypedChoiceField(label=lazy("Đơn vị nhận"), coerce=int, empty_value=None, required=False)
    hours = forms.DecimalField(
        label=lazy("Số giờ làm việc"), min_value=Decimal("0.5"), max_value=Decimal(400), decimal_places=1,
        help_text=lazy("Một ngày làm việc là 8 giờ."),
    )  # fmt: skip
    since = DateField(label=lazy("Áp dụng từ ngày"))
    citation = forms.CharField(
        label=lazy("Căn cứ"), max_length=300, help_text=lazy("Số, ngày của quyết định hoặc quy chế phối hợp.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("Mọi đơn vị chưa có quy định riêng")), *frame.unit_choices()]  # type: ignore[attr-defined]


@requires(provincial_administrator)
def listed(request: HttpRequest) -> HttpResponse:
    """What is configured, present and past."""
    kinds = {kind.value: words for kind, words in TERM_KINDS.items()}
    rows = [
        {"term": term, "kind": kinds[term.kind], "unit": frame.name(term.unit_id) if term.unit_id else ""}
        for term in terms.terms()
    ]
    return frame.show(request, "terms", {"rows": rows})


@requires(provincial_administrator)
def add(request: HttpRequest) -> HttpResponse:
    """Another time from a day on."""
    back = reverse("transfers_office:terms")
    page = Page(_("Quy định thời gian luân chuyển"), _("Ghi quy định"), back)

    def do(data: dict[str, Any]) -> str:
        terms.set_term(
            kind=TermKind(data["kind"]), unit_id=data["unit"], hours=data["hours"], since=data["since"],
            citation=data["citation"], actor=actor_of(request), now=clock.now(),
        )  # fmt: skip
        return back

    return ask(request, page, bound(request, NewTerm), do=do, done=_("Đã ghi quy định."))
