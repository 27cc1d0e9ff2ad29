"""The register of procedures with search, filters and findings; which of them follow the default process."""

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
from motcua.catalogue import queries, review
from motcua.catalogue.office.guard import keepers
from motcua.catalogue.rules import SENTENCES, FindingKind
from motcua.catalogue.words import LEVEL_WORDS, STATE_WORDS
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.columns import Column, Filter, Table, choice_filter


def _search(rows: Any, text: str) -> Any:
    return rows.filter(queries.words_filter(text))


def _finding_choices() -> forms.ChoiceField:
    counts = queries.finding_counts()
    told = [(kind, f"{SENTENCES[FindingKind(kind)]} ({number})") for kind, number in sorted(counts.items(), key=lambda i: -i[1])]
    return forms.ChoiceField(choices=[("", _("Tất cả")), ("any", _("Có điểm cần xem lại")), *told])


def _with_finding(rows: Any, kind: str) -> Any:
    if kind == "any":
        return rows.filter(remarks__gt=0)
    return rows.filter(pk__in=review.versions_with(kind))


def _finding_words(kind: str) -> str:
    return _("Có điểm cần xem lại") if kind == "any" else SENTENCES[FindingKind(kind)]


def _field_choices() -> forms.ChoiceField:
    return forms.ChoiceField(choices=[("", _("Tất cả")), *((code, name) for code, name, _sector in queries.fields())])


def _address(row: Any) -> str:
    return reverse("catalogue_office:version", args=[row.pk])


COLUMNS = (
    Column("code", lazy("Mã"), lambda v: v.procedure.code, sort="procedure__code", row_header=True, url=_address),
    Column(
        "name", lazy("Tên thủ tục"), lambda v: v.name, sort="folded_name",
        filter=Filter(lambda: forms.CharField(max_length=100), _search),
    ),
    Column(
        "field", lazy("Lĩnh vực"), lambda v: v.procedure.field.name if v.procedure.field else "–", sort="procedure__field__name",
        filter=Filter(_field_choices, lambda rows, code: rows.filter(procedure__field__code=code)),
    ),
    Column(
        "level", lazy("Cấp"), lambda v: ", ".join(str(LEVEL_WORDS[level]) for level in v.levels),
        filter=Filter(
            lambda: forms.ChoiceField(choices=[("", _("Tất cả")), *((lv.value, words) for lv, words in LEVEL_WORDS.items())]),
            lambda rows, level: rows.filter(levels__contains=[level]), lambda level: str(LEVEL_WORDS[level]),
        ),
    ),
    Column(
        "state", lazy("Tình trạng"), lambda v: STATE_WORDS[v.state], sort="state",
        filter=choice_filter("state", list(STATE_WORDS.items())),
    ),
    Column(
        "remarks", lazy("Điểm cần xem lại"), lambda v: v.remarks, sort="remarks", numeric=True,
        filter=Filter(_finding_choices, _with_finding, _finding_words),
    ),
)  # fmt: skip


@require_safe
@requires(keepers)
def show(request: HttpRequest) -> HttpResponse:
    """The newest version of every procedure."""
    table = Table(
        COLUMNS, rows=review.register(), params=request.GET, path=request.path, caption=_("Thủ tục"),
        default_sort="procedure__code", empty_title=_("Không có thủ tục nào"),
        empty_text=_("Hãy nhập danh mục từ tệp của Cơ sở dữ liệu quốc gia, hoặc bỏ bớt điều kiện lọc."),
    )  # fmt: skip
    counts = queries.counts(local_date(clock.now()))
    levels = [(words, counts.by_level[level]) for level, words in LEVEL_WORDS.items() if level in counts.by_level]
    context = {"table": table, "counts": counts, "levels": levels, "drafts": review.draft_count()}
    return render(request, "catalogue/office_list.html", context)


@require_safe
@requires(keepers)
def processes(request: HttpRequest) -> HttpResponse:
    """Which procedures follow the default process, and the share that follows any: all."""
    today = local_date(clock.now())
    table = Table(
        COLUMNS[:3], rows=review.without_own_process(today), params=request.GET, path=request.path,
        caption=_("Thủ tục dùng quy trình mặc định"), default_sort="procedure__code",
        empty_title=_("Mọi thủ tục đều có quy trình riêng"),
    )  # fmt: skip
    return render(request, "catalogue/office_processes.html", {"table": table, "use": review.process_use(today)})
