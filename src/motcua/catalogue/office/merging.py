"""Merged procedures: their list with the two parts of each, and making one from two published procedures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from motcua.base.time import local_date
from motcua.catalogue import merged, review, services
from motcua.catalogue.office.guard import keepers
from motcua.catalogue.rules import MergedTerm
from motcua.catalogue.words import STATE_WORDS
from motcua.deadlines.errors import TermUnreadable, TermWithoutUnit
from motcua.deadlines.rules import parse_term
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import Page, ask, bound
from motcua.kit.forms import Form
from motcua.people.access import actor

TERM_RULES = {
    MergedTerm.LONGER: lazy("Theo thủ tục dài hơn"),
    MergedTerm.SUM: lazy("Cộng hai thời hạn"),
    MergedTerm.GIVEN: lazy("Ấn định thời hạn"),
}


class MergeForm(Form):
    """Which two procedures become one, under which code and term."""

    first = forms.CharField(label=lazy("Mã thủ tục thứ nhất"), max_length=60)
    second = forms.CharField(
        label=lazy("Mã thủ tục thứ hai"), max_length=60, help_text=lazy("Kết quả cuối cùng là kết quả của thủ tục này.")
    )
    code = forms.CharField(label=lazy("Mã thủ tục gộp"), max_length=8, help_text=lazy("Mã do tỉnh đặt, ví dụ 9.000014"))
    name = forms.CharField(label=lazy("Tên thủ tục gộp"), max_length=500)
    term_rule = forms.ChoiceField(
        label=lazy("Thời hạn"), choices=[(rule.value, words) for rule, words in TERM_RULES.items()], widget=forms.RadioSelect
    )
    term = forms.CharField(
        label=lazy("Thời hạn ấn định"), max_length=60, required=False, help_text=lazy("Ví dụ 12 ngày làm việc")
    )
    citation = forms.CharField(label=lazy("Căn cứ"), max_length=500)

    def clean_term(self) -> Any:
        text = self.cleaned_data["term"].strip()
        try:
            return parse_term(text) if text else None
        except (TermUnreadable, TermWithoutUnit) as error:
            raise forms.ValidationError(error.message) from error


@require_safe
@requires(keepers)
def listing(request: HttpRequest) -> HttpResponse:
    """Every merged version with its two parts, and a word where a part has changed since."""
    today = local_date(clock.now())
    rows = [
        {
            "merged": found, "version": review.of(found.version_id), "state": STATE_WORDS[review.of(found.version_id).state],
            "rule": TERM_RULES[MergedTerm(found.term_rule)], "changed": merged.superseded(found, today),
        }
        for found in merged.mergers().values()
    ]  # fmt: skip
    return render(request, "catalogue/office_merged.html", {"rows": rows})


@requires(keepers)
def merge(request: HttpRequest) -> HttpResponse:
    """Makes the draft of a merged procedure; the draft is looked through and published like any other."""
    note = _(
        "Giấy tờ của hai thủ tục được gộp, không trùng; một thời hạn, một danh sách phí, một kết quả cuối cùng. "
        "Bản dự thảo còn sửa được trước khi công bố bằng quyết định."
    )
    page = Page(_("Gộp hai thủ tục thành một"), _("Tạo bản dự thảo thủ tục gộp"), reverse("catalogue_office:merged"), note=note)

    def do(data: dict[str, Any]) -> str:
        told = {**data, "term_rule": MergedTerm(data["term_rule"])}
        version = services.merge(**told, actor=actor(request), now=clock.now())
        return reverse("catalogue_office:version", args=[version])

    done = _("Đã tạo bản dự thảo thủ tục gộp. Hãy xem lại rồi công bố.")
    return ask(request, page, bound(request, MergeForm), do=do, done=done)


def parts_rows(version_id: int) -> list[dict[str, Any]]:
    """What the page of a version says of its parts; nothing for an ordinary one."""
    found = merged.merged_from(version_id)
    if found is None:
        return []
    told = (
        (_("Gộp từ thủ tục thứ nhất"), f"{found.first_code} {found.first_name}"),
        (_("Gộp từ thủ tục thứ hai"), f"{found.second_code} {found.second_name}"),
        (_("Cách tính thời hạn gộp"), f"{TERM_RULES[MergedTerm(found.term_rule)]} ({found.citation})"),
    )
    return [{"label": label, "value": value} for label, value in told]
