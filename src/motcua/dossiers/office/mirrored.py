"""Dossiers followed from the systems of ministries: what the dossier page says of them, their list, files and sources."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from motcua.base.time import local_date
from motcua.dossiers import access, mirror_files, mirror_records, mirrors, words, worklist
from motcua.dossiers import sources as systems
from motcua.dossiers.mirrors import Outcome
from motcua.dossiers.models import Dossier
from motcua.dossiers.office.files import as_file
from motcua.dossiers.office.rows import moment
from motcua.dossiers.page_queries import Papers
from motcua.dossiers.rules.refusals import STATE_NAMES
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import REFUSED, Page, ask, bound
from motcua.kit.columns import Column, Table, choice_filter
from motcua.kit.forms import DateField, Form
from motcua.organisation.queries import latest
from motcua.people.access import actor as actor_of
from motcua.people.access import roles
from motcua.people.rules import Role

administers = roles(Role.ADMIN)
looks_on = roles(*worklist.WORKERS, *access.OVERSEERS, Role.ADMIN)
LARGEST_FILE = 20 * 1024 * 1024
OUTCOMES = {
    Outcome.CREATED: lazy("Thêm mới"),
    Outcome.UPDATED: lazy("Cập nhật"),
    Outcome.UNCHANGED: lazy("Không đổi"),
    Outcome.OLDER: lazy("Cũ hơn dữ liệu đang có, bỏ qua"),
    Outcome.LINKED: lazy("Liên kết với hồ sơ của tỉnh"),
    "rejected": lazy("Bị loại"),
}


class SourceForm(Form):
    """A ministry's system and the document that puts it on the list."""

    code = forms.CharField(label=lazy("Mã hệ thống"), max_length=20, help_text=lazy("Chữ hoa, số, gạch ngang; ví dụ BTP-HOTICH"))
    name = forms.CharField(label=lazy("Tên hệ thống"), max_length=300)
    ministry = forms.CharField(label=lazy("Bộ, ngành quản lý"), max_length=300)
    since = DateField(label=lazy("Theo dõi từ ngày"))
    citation = forms.CharField(label=lazy("Căn cứ (văn bản)"), max_length=300)


class EndForm(Form):
    """From when a system is no longer followed."""

    on = DateField(label=lazy("Ngừng theo dõi từ ngày"))
    citation = forms.CharField(label=lazy("Căn cứ (văn bản)"), max_length=300)


class FileForm(Form):
    """A file of records; it is looked at first and taken in only when told so."""

    source = forms.ChoiceField(label=lazy("Hệ thống nguồn"))
    file = forms.FileField(label=lazy("Tệp bản ghi"), help_text=lazy("JSONL, CSV hoặc XLSX, tối đa 20 MB"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = list(systems.source_names().items())  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        kind = upload.name.rpartition(".")[2].lower()
        if kind not in mirror_files.KINDS:
            raise forms.ValidationError(_("Hãy chọn tệp .jsonl, .csv hoặc .xlsx."))
        if upload.size > LARGEST_FILE:
            raise forms.ValidationError(_("Tệp lớn hơn 20 MB. Hãy chia nhỏ hoặc dùng lệnh import-mirrored."))
        return upload


def told_of(papers: Papers) -> dict[str, Any] | None:
    """What the dossier page says of a ministry's system; None for a dossier that none speaks of."""
    linked = any(event.name == "dossier.mirror_linked" for event in papers.events)  # read already; spares a question
    mirror = papers.mirror if linked or papers.dossier.is_mirrored else None
    if mirror is None:
        return None
    about = {"source": systems.source_name(mirror.source), "code": mirror.external_code}
    elsewhere = _("Hệ thống nguồn: %(source)s; mã trên hệ thống đó: %(code)s. Tại đây không thao tác được.")
    together = _("Hệ thống nguồn: %(source)s; mã trên hệ thống đó: %(code)s. Hồ sơ này tính một lần, tại tỉnh.")
    state = mirror.state_words or _(STATE_NAMES[mirror.state])
    return {
        "own": mirror.own,
        "title": _("Hồ sơ của tỉnh, được hệ thống của bộ báo tiến độ") if mirror.own else _("Hồ sơ theo dõi từ hệ thống của bộ"),
        "sentence": (together if mirror.own else elsewhere) % about,
        "steps": [{**step, "date": moment(datetime.fromisoformat(step["at"])) if step["at"] else ""} for step in mirror.steps],
        "as_of": _("%(state)s – theo bản ghi lúc %(at)s.") % {"state": state, "at": moment(mirror.told_at)},
    }  # fmt: skip


@require_safe
@requires(looks_on)
def listing(request: HttpRequest) -> HttpResponse:
    """Every followed dossier the officer may see, with its source."""
    context = {"table": _table(request), "administers": _administers(request)}
    return render(request, "dossiers/mirrored.html", context)


@require_safe
@requires(looks_on)
def export(request: HttpRequest, kind: str) -> Any:
    """The list as filtered and sorted, as CSV or XLSX."""
    return as_file(_table(request), kind, f"ho-so-theo-doi-{local_date(clock.now()):%Y%m%d}.{kind}")


@require_safe
@requires(administers)
def sources(request: HttpRequest) -> HttpResponse:
    """The ministries' systems on the list, with from when to when."""
    return render(request, "dossiers/mirror_sources.html", {"sources": systems.sources()})


@requires(administers)
def add_source(request: HttpRequest) -> HttpResponse:
    """Puts a system on the list."""
    back = reverse("dossiers:mirror_sources")

    def do(data: dict[str, Any]) -> str:
        systems.add_source(**data, actor=actor_of(request), now=clock.now())
        return back

    page = Page(_("Khai báo hệ thống nguồn của bộ"), _("Khai báo hệ thống nguồn"), back)
    return ask(request, page, bound(request, SourceForm), do=do, done=_("Đã khai báo hệ thống nguồn."))


@requires(administers)
def end_source(request: HttpRequest, code: str) -> HttpResponse:
    """Takes a system off the list."""
    back = reverse("dossiers:mirror_sources")
    note = _("Bản ghi mới của hệ thống này sẽ bị từ chối; hồ sơ đã theo dõi vẫn giữ nguyên và vẫn được tính.")

    def do(data: dict[str, Any]) -> str:
        systems.end_source(code=code, **data, actor=actor_of(request), now=clock.now())
        return back

    page = Page(_("Ngừng theo dõi hệ thống nguồn"), _("Ngừng theo dõi"), back, note=note, caption=code, danger=True)
    return ask(request, page, bound(request, EndForm), do=do, done=_("Đã ghi ngừng theo dõi."))


@requires(administers)
def take_in(request: HttpRequest) -> HttpResponse:
    """A file is looked at line by line; the same page takes it in when the second button is pressed."""
    form = bound(request, FileForm)
    report, status = None, 200
    if request.method == "POST":
        status = REFUSED
        if form.is_valid():
            report = _read(request, form)
            status = 200 if report else REFUSED
        if report and not report.checked_only:
            messages.success(request, _("Đã nhập %(n)d dòng.") % {"n": len(report.lines) - len(report.rejected)})
            if not report.rejected:
                return redirect("dossiers:mirror_sources")
    context = {"form": form, "report": report, "lines": _shown(report) if report else [], "fields": mirror_records.FIELDS,
               "counts": [(OUTCOMES[key], n) for key, n in report.counts.items()] if report else []}  # fmt: skip
    return render(request, "dossiers/mirror_import.html", context, status=status)


def _read(request: HttpRequest, form: Any) -> mirror_files.Report | None:
    upload = form.cleaned_data["file"]
    try:
        return mirror_files.take_in(
            upload.read(), upload.name.rpartition(".")[2].lower(), source=form.cleaned_data["source"],
            check=request.POST.get("act") != "import", actor=actor_of(request), now=clock.now(),
        )  # fmt: skip
    except mirror_files.FileUnreadable as error:
        form.add_error("file", words.sentence_of(error))
        return None


def _shown(report: mirror_files.Report) -> list[dict[str, Any]]:
    """The refused lines first, then the others, as many as a page bears."""
    ordered = sorted(report.lines, key=lambda line: (not line.error, line.number))[:500]
    return [{"line": line, "words": OUTCOMES[line.outcome]} for line in ordered]


def _administers(request: HttpRequest) -> bool:
    return any(duty.role == Role.ADMIN for duty in actor_of(request).duties)


def _table(request: HttpRequest) -> Table:
    return Table(
        _columns(), rows=mirrors.followed(actor_of(request)), params=request.GET, identity="mirrored",
        caption=_("Hồ sơ theo dõi từ hệ thống bộ"), path=reverse("dossiers:mirrored"), default_sort="-submitted_at",
        empty_title=_("Không có hồ sơ nào"),
        empty_text=_("Chưa có hồ sơ nào của hệ thống bộ trong phạm vi đơn vị và vai trò của bạn."),
    )  # fmt: skip


def _columns() -> list[Column]:
    named = systems.source_names()
    states = [(state, _(name)) for state, name in STATE_NAMES.items()]
    return [
        Column("code", _("Mã hồ sơ"), lambda row: row.code or row.provisional_code, row_header=True, sort="code",
               url=lambda row: reverse("dossiers:page", args=[row.pk])),
        Column("source", _("Hệ thống nguồn"), lambda row: row.source, sort="source",
               filter=choice_filter("source", list(named.items()))),
        Column("owner", _("Chủ hồ sơ"), lambda row: row.applicant.name),
        Column("procedure", _("Thủ tục"), lambda row: row.version.name),
        Column("unit", _("Cơ quan giải quyết"), lambda row: latest(row.unit_id).name),
        Column("state", _("Tình trạng"), lambda row: _(STATE_NAMES[row.state]), filter=choice_filter("state", states)),
        Column("submitted", _("Ngày nộp"), lambda row: local_date(row.submitted_at), sort="submitted_at"),
        Column("due", _("Hạn trả"), lambda row: local_date(row.due_at) if row.due_at else None, sort="due_at"),
        Column("timing", _("So với hạn"), _timing),
    ]  # fmt: skip


def _timing(row: Dossier) -> str:
    """Early, on the date, late; an open one past its told due moment is said to be late too."""
    if row.timing:
        return str(words.TIMINGS[row.timing])
    late = row.ended_at is None and row.due_at is not None and local_date(row.due_at) < local_date(clock.now())
    return _("Đang quá hạn") if late else ""
