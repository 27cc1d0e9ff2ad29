"""Defining groups: the list of versions, a new draft row by row, publishing and ending by decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from motcua.base.errors import MotcuaError
from motcua.base.time import local_date
from motcua.dossiers.queries import followed_sources
from motcua.dossiers.words import sentence_of
from motcua.groups import definitions, queries, words
from motcua.groups.access import DEFINERS
from motcua.groups.rules import MOST, MemberPlan
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import REFUSED, Page, ask, bound
from motcua.kit.forms import DateField, Form
from motcua.people.access import actor, roles

defines = roles(*DEFINERS)


class Head(Form):
    """What the group is called and by which text it exists."""

    code = forms.CharField(label=lazy("Mã nhóm"), max_length=20, help_text=lazy("Chữ hoa, số, gạch ngang, ví dụ KHAI-SINH"))
    name = forms.CharField(label=lazy("Tên nhóm thủ tục"), max_length=300)
    citation = forms.CharField(label=lazy("Căn cứ"), max_length=500)


class Row(Form):
    """One procedure of the group; a row without a code is left out."""

    procedure_code = forms.CharField(label=lazy("Mã thủ tục"), max_length=60, required=False)
    after = forms.RegexField(
        r"^\s*\d{1,2}(\s*[,; ]\s*\d{1,2})*\s*$", label=lazy("Mở sau khi có kết quả của dòng"), max_length=40, required=False,
        error_messages={"invalid": lazy("Hãy ghi số dòng, cách nhau bằng dấu phẩy, ví dụ 1, 2.")},
    )  # fmt: skip
    optional = forms.BooleanField(label=lazy("Không bắt buộc"), required=False)
    source = forms.ChoiceField(label=lazy("Giải quyết tại"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [("", _("Đơn vị của tỉnh")), *followed_sources().items()]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.show_as_required = True


Rows = forms.formset_factory(Row, extra=4, max_num=MOST, validate_max=True)


class Decision(Form):
    """The decision that puts a group in force."""

    decision_number = forms.CharField(label=lazy("Số quyết định"), max_length=100)
    decision_date = DateField(label=lazy("Ngày quyết định"))
    valid_from = DateField(label=lazy("Có hiệu lực từ"))


class Ending(Form):
    """The decision that ends a group."""

    decision_number = forms.CharField(label=lazy("Số quyết định"), max_length=100)
    from_date = DateField(label=lazy("Không tiếp nhận từ ngày"))


@require_safe
@requires(defines)
def listing(request: HttpRequest) -> HttpResponse:
    """Every version of every group."""
    found = [{"version": v, "state": words.VERSION_STATES[v.state]} for v in queries.definitions()]
    return render(request, "groups/definitions.html", {"rows": found})


@require_safe
@requires(defines)
def show(request: HttpRequest, version_id: int) -> HttpResponse:
    """One version with its procedures."""
    version = queries.definition(version_id)
    context = {"version": version, "state": words.VERSION_STATES[version.state], "sources": followed_sources()}
    return render(request, "groups/definition.html", context)


@requires(defines)
def create(request: HttpRequest) -> HttpResponse:
    """A new group."""
    return _editing(request, head={}, rows=[])


@requires(defines)
def redraft(request: HttpRequest, version_id: int) -> HttpResponse:
    """A new draft that starts from an existing version."""
    version = queries.definition(version_id)
    rows = [
        {"procedure_code": m.procedure_code, "after": ", ".join(map(str, m.after)), "optional": m.optional, "source": m.source}
        for m in version.members
    ]
    return _editing(request, head={"code": version.code, "name": version.name, "citation": version.citation}, rows=rows)


@requires(defines)
def publish(request: HttpRequest, version_id: int) -> HttpResponse:
    """Puts a draft in force by decision."""
    version = queries.definition(version_id)
    note = _("Phiên bản đang công bố của nhóm kết thúc vào ngày này. Nhóm hồ sơ đã tiếp nhận giữ phiên bản của mình.")
    page = Page(_("Công bố nhóm thủ tục"), _("Công bố"), _address(version_id), note=note, caption=version.name)

    def do(data: dict[str, Any]) -> str:
        definitions.publish(version_id, **data, actor=actor(request), now=clock.now())
        return _address(version_id)

    return ask(request, page, bound(request, Decision), do=do, done=_("Đã công bố nhóm thủ tục."))


@requires(defines)
def close(request: HttpRequest, version_id: int) -> HttpResponse:
    """No new group from a day on."""
    version = queries.definition(version_id)
    note = _("Từ ngày này không tiếp nhận theo nhóm; nhóm hồ sơ đang giải quyết vẫn tiếp tục.")
    page = Page(_("Bãi bỏ nhóm thủ tục"), _("Bãi bỏ"), _address(version_id), note=note, caption=version.name, danger=True)

    def do(data: dict[str, Any]) -> str:
        definitions.close(version_id, **data, actor=actor(request), now=clock.now())
        return _address(version_id)

    return ask(request, page, bound(request, Ending), do=do, done=_("Đã ghi bãi bỏ nhóm thủ tục."))


def _editing(request: HttpRequest, *, head: dict[str, str], rows: list[dict[str, Any]]) -> HttpResponse:
    form = bound(request, Head, initial=head)
    lines = Rows(request.POST, prefix="r") if request.method == "POST" else Rows(initial=rows, prefix="r")
    status = 200
    if request.method == "POST":
        status = REFUSED
        if form.is_valid() and lines.is_valid() and (version := _drafted(request, form, lines)):
            messages.success(request, _("Đã tạo bản dự thảo. Dự thảo có hiệu lực khi được công bố bằng quyết định."))
            return redirect(_address(version))
    wrong = [{"text": text, "field_id": bf.id_for_label} for row in lines for bf in row for text in bf.errors]
    return render(request, "groups/define.html", {"form": form, "rows": lines, "row_errors": wrong}, status=status)


def _drafted(request: HttpRequest, form: Any, lines: Any) -> int | None:
    told = [row.cleaned_data for row in lines if row.cleaned_data.get("procedure_code")]
    members = [_plan(number, data) for number, data in enumerate(told, 1)]
    now = clock.now()
    try:
        return definitions.draft(**form.cleaned_data, members=members, actor=actor(request), now=now, on=local_date(now))
    except MotcuaError as error:
        form.add_error(None, sentence_of(error))
        return None


def _plan(number: int, data: dict[str, Any]) -> MemberPlan:
    after = data["after"].replace(",", " ").replace(";", " ").split()
    code = data["procedure_code"].strip()
    return MemberPlan(number, code, tuple(sorted({int(n) for n in after})), data["optional"], data["source"])


def _address(version_id: int) -> str:
    return reverse("groups_office:definition", args=[version_id])
