"""The administrators' pages of imports: upload, mapping, preview, result, undo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from motcua.base.errors import MotcuaError, NotFound
from motcua.jobs.queries import job_of
from motcua.kit import clock
from motcua.kit.access import acting, administrator, requires
from motcua.kit.act_page import REFUSED, Page, ask, bound
from motcua.kit.columns import Column, Table, choice_filter
from motcua.kit.forms import Form
from motcua.onboarding import passwords, queries, services, workbooks
from motcua.onboarding.access import import_of
from motcua.onboarding.models import Import
from motcua.onboarding.office_forms import Confirmation, HeaderLine, MappingForm, Upload
from motcua.onboarding.office_words import KIND_WORDS, STATE_TONES, TOLD, row_columns, state_words
from motcua.onboarding.rules.fields import FIELDS, Kind
from motcua.onboarding.rules.mapping import Plan, labels, missing, repeated
from motcua.onboarding.rules.rows import strange_words
from motcua.onboarding.rules.states import IMPORT_STATE_NAMES, ROW_STATE_NAMES, ImportState, RowState

COLUMNS = (
    Column(
        "file", lazy("Tệp"), lambda i: i.file_name, row_header=True,
        url=lambda i: reverse("onboarding_office:show", args=[i.pk]),
    ),
    Column("kind", lazy("Loại dữ liệu"), lambda i: KIND_WORDS[Kind(i.kind)], filter=choice_filter("kind", KIND_WORDS.items())),
    Column("state", lazy("Tình trạng"), lambda i: state_words(i)),
    Column("done", lazy("Dòng đã nhập"), lambda i: i.done, numeric=True),
    Column("bad", lazy("Dòng lỗi"), lambda i: i.bad, numeric=True),
    Column("by", lazy("Người tải lên"), lambda i: i.officer_label),
    Column("at", lazy("Tải lên lúc"), lambda i: i.created_at, sort="created_at"),
)  # fmt: skip


@require_safe
@requires(administrator)
def listing(request: HttpRequest) -> HttpResponse:
    """Every import the administrator may see: who, when, what."""
    table = Table(
        COLUMNS, rows=queries.imports_of(acting(request)), params=request.GET, path=request.path, caption=_("Các lần nhập"),
        identity="imports", empty_title=_("Chưa nhập tệp nào"),
        empty_text=_("Nên nhập đơn vị trước, rồi cán bộ, sau cùng là hồ sơ đang giải quyết."),
    )  # fmt: skip
    kinds = [{"kind": kind.value, "words": words} for kind, words in KIND_WORDS.items()]
    return render(request, "onboarding/list.html", {"table": table, "kinds": kinds})


@requires(administrator)
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Asks for the sheet; it is read at once and nothing is made of it yet."""
    sort = _kind(kind)
    limits = {"mb": settings.MAX_UPLOAD_BYTES // 1024 // 1024, "rows": settings.IMPORT_MAX_ROWS}
    note = (
        _("Tệp tối đa %(mb)s MB và %(rows)s dòng. Chưa có gì được ghi cho đến khi bạn xem trước và xác nhận.")
        % limits
    )
    page = Page(
        _("Nhập từ tệp: %(kind)s") % {"kind": KIND_WORDS[sort]},
        _("Tải tệp lên"),
        reverse("onboarding_office:list"),
        note=note,
    )

    def do(data: dict[str, Any]) -> str:
        file = data["file"]
        number = services.upload(sort, file.name, file.read(), actor=acting(request), now=clock.now())
        return reverse("onboarding_office:mapping", args=[number])

    return ask(request, page, bound(request, Upload), do=do, done="")


@require_safe
@requires(administrator)
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The empty sheet with the right heads."""
    return _file(workbooks.template(_kind(kind)), f"mau-{kind}.xlsx")


@requires(administrator)
def mapping(request: HttpRequest, number: int) -> HttpResponse:
    """Which column says what; GET shows the guess or a kept mapping, POST goes on to the preview."""
    found = import_of(acting(request), number)
    if found.state not in (ImportState.UPLOADED, ImportState.CHECKED):
        return redirect("onboarding_office:show", number)
    plan, sort, sample = _plan(request, found), Kind(found.kind), queries.sample_of(found)
    fields = FIELDS[sort]
    strange = {} if missing(fields, plan) else strange_words(sort, queries.all_cells(found), plan)
    form = MappingForm(
        request.POST or None,
        fields=fields,
        header=found.header,
        width=sample.width,
        plan=plan,
        strange=strange,
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.check(
                number,
                form.plan(plan),
                actor=acting(request),
                now=clock.now(),
                name=form.cleaned_data["name"],
            )
            return redirect("onboarding_office:show", number)
        except MotcuaError as error:
            form.add_error(None, error.render(_(error.sentence)))
    context = {
        "import": found, "kind": KIND_WORDS[sort], "form": form, "heads": labels(found.header, sample.width),
        "sample": sample.rows, "repeated": repeated(found.header), "header_form": HeaderLine(initial={"line": found.header_line}),
        "kept": queries.mappings_for(acting(request), found.kind), "examples": _examples(sample, form),
    }  # fmt: skip
    return render(request, "onboarding/mapping.html", context, status=REFUSED if form.errors else 200)


@require_POST
@requires(administrator)
def header(request: HttpRequest, number: int) -> HttpResponse:
    """Another line is the header."""
    form = HeaderLine(request.POST)
    if form.is_valid():
        services.move_header(number, line=form.cleaned_data["line"], actor=acting(request), now=clock.now())
    else:
        messages.error(request, _("Hãy nhập số dòng của dòng tiêu đề."))
    return redirect("onboarding_office:mapping", number)


@require_safe
@requires(administrator)
def show(request: HttpRequest, number: int) -> HttpResponse:
    """The preview before, the progress while and the outcome after the import."""
    found = import_of(acting(request), number)
    if found.state == ImportState.UPLOADED:
        return redirect("onboarding_office:mapping", number)
    counts = queries.counts_of(found)
    table = Table(
        row_columns(found), rows=queries.lines_of(found), params=request.GET, path=request.path, identity="lines",
        caption=_("Từng dòng của tệp"), default_sort="line",
    )  # fmt: skip
    context = {
        "import": found, "kind": KIND_WORDS[Kind(found.kind)], "state": IMPORT_STATE_NAMES[ImportState(found.state)],
        "tone": STATE_TONES[ImportState(found.state)], "table": table, "counts": _told(counts), "form": Confirmation(),
        "ready": counts.get(RowState.READY, 0), "bad": counts.get(RowState.WRONG, 0) + counts.get(RowState.FAILED, 0),
        "done": counts.get(RowState.DONE, 0) + counts.get(RowState.KEPT, 0), "history": _history(found), **_work(request, found),
    }  # fmt: skip
    if found.kind == Kind.OFFICERS and found.state == ImportState.DONE:
        context["unsigned"] = len(passwords.waiting(found))
    return render(request, "onboarding/show.html", context)


@require_POST
@requires(administrator)
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Lets the lines come in."""
    form = Confirmation(request.POST)
    whole = form.is_valid() and form.cleaned_data["mode"] == "whole"
    services.confirm(number, whole=whole, actor=acting(request), now=clock.now())
    return redirect("onboarding_office:show", number)


@requires(administrator)
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Asks once more, then takes the import back."""
    found = import_of(acting(request), number)
    note = _(
        "Những gì lần nhập này tạo ra sẽ được hoàn tác bằng các thao tác ngược: hồ sơ bị hủy, tài khoản bị khóa, đơn vị coi như "
        "chưa mở. Dòng nào đã có người dùng hoặc xử lý tiếp thì được giữ lại và nêu lý do."
    )
    page = Page(
        _("Hoàn tác lần nhập"),
        _("Hoàn tác toàn bộ lần nhập"),
        _address(number),
        note=note,
        caption=found.file_name,
        danger=True,
    )

    def do(data: dict[str, Any]) -> str:
        services.undo(number, actor=acting(request), now=clock.now())
        return _address(number)

    return ask(request, page, bound(request, Form), do=do, done="")


@require_POST
@requires(administrator)
def discard(request: HttpRequest, number: int) -> HttpResponse:
    """Throws an upload away of which nothing was made."""
    services.discard(number, actor=acting(request), now=clock.now())
    messages.success(request, _("Đã bỏ tệp tải lên; chưa có gì được nhập."))
    return redirect("onboarding_office:list")


@require_safe
@requires(administrator)
def to_correct(request: HttpRequest, number: int) -> HttpResponse:
    """The lines that could not come in, with their reasons."""
    found = import_of(acting(request), number)
    return _file(workbooks.to_correct(found), f"dong-can-sua-{number}.xlsx")


@require_POST
@requires(administrator)
def hand_out(request: HttpRequest, number: int) -> HttpResponse:
    """First passwords of the new officers, made now and shown this once."""
    given = passwords.hand_out(number, actor=acting(request), now=clock.now())
    return _file(workbooks.first_passwords(given), f"mat-khau-lan-dau-{number}.xlsx")


def _kind(text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError as error:
        raise NotFound(what=_("loại dữ liệu này")) from error


def _plan(request: HttpRequest, found: Import) -> Plan:
    """The plan of the import, or the kept one asked for by `?cach=`."""
    asked = request.GET.get("cach", "")
    kept = (
        queries.mappings_for(acting(request), found.kind).filter(pk=int(asked)).first()
        if asked.isdecimal()
        else None
    )
    return queries.plan_of(kept, found.header) if kept else Plan.of(found.plan)


def _examples(sample: queries.Sample, form: MappingForm) -> list[tuple[Any, ...]]:
    """Every field with its two choices and the first values of its column."""
    lines = []
    for field, column, constant in form.lines():
        chosen = str(column.value() or "")
        values = (
            [cells[int(chosen)] for _, cells in sample.rows if cells[int(chosen)]]
            if chosen.isdecimal()
            else []
        )
        lines.append((field, column, constant, list(dict.fromkeys(values))[:3]))
    return lines


def _told(counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"words": ROW_STATE_NAMES[state], "count": counts[state], "state": state.value}
        for state in RowState if counts.get(state)
    ]  # fmt: skip


def _history(found: Import) -> list[dict[str, Any]]:
    return [
        {"at": e.at, "text": str(TOLD[e.name]) % e.data, "by": e.actor_label}
        for e in queries.history_of(found)
    ]


def _work(request: HttpRequest, found: Import) -> dict[str, Any]:
    """The job at work on this import, as its progress is drawn."""
    if found.job is None:
        return {}
    job = job_of(acting(request), found.job)
    is_open = found.state in (ImportState.RUNNING, ImportState.UNDOING) and job.state in (
        "waiting",
        "running",
    )
    stuck = found.state in (ImportState.RUNNING, ImportState.UNDOING) and job.state in ("failed", "stopped")
    return {"job": job, "is_open": is_open, "resumable": stuck}


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=workbooks.MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _address(number: int) -> str:
    return reverse("onboarding_office:show", args=[number])
