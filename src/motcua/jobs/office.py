"""Việc nền: what an officer asked for, how far it is, what came of it, the file to take away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from motcua.base.errors import NotAllowed, NotFound
from motcua.jobs import files, queries, registry, services
from motcua.jobs.models import Job, JobLine
from motcua.jobs.rules import OPEN, JobState
from motcua.kit import clock
from motcua.kit.access import acting, administers, requires
from motcua.kit.columns import Column, Table
from motcua.kit.templatetags.kit import tag_of

STATES = {
    JobState.WAITING: (lazy("Đang chờ"), ""),
    JobState.RUNNING: (lazy("Đang làm"), "info"),
    JobState.DONE: (lazy("Đã xong"), "good"),
    JobState.FAILED: (lazy("Bị lỗi"), "alarm"),
    JobState.STOPPED: (lazy("Đã dừng"), "caution"),
}


def signed_in(request: HttpRequest) -> None:
    """Mọi cán bộ đã đăng nhập; mỗi người chỉ thấy việc mình yêu cầu, quản trị hệ thống thấy tất cả."""


@require_safe
@requires(signed_in)
def show(request: HttpRequest) -> HttpResponse:
    """The officer's jobs; with `?tat-ca` every job, for administrators."""
    actor = acting(request)
    everything = administers(request) and "tat-ca" in request.GET
    table = Table(
        _columns(everything), rows=queries.all_jobs(actor) if everything else queries.jobs_of(actor),
        params=request.GET, path=reverse("jobs_office:list"), identity="jobs",
        caption=_("Mọi việc nền") if everything else _("Việc tôi yêu cầu"),
        empty_title=_("Chưa có việc nền nào"),
        empty_text=_("Việc dài như xuất tệp lớn hoặc xử lý nhiều hồ sơ một lúc sẽ chạy ở đây; bạn cứ làm việc khác."),
    )  # fmt: skip
    context = {"table": table, "everything": everything, "may_see_all": administers(request)}
    return render(request, "jobs/list.html", context)


@require_safe
@requires(signed_in)
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    """One job. Asked for by htmx it is the progress alone; without scripts the page renews itself."""
    actor = acting(request)
    found = queries.job_of(actor, job_id)
    context = {"job": found, "state": _state(found), "is_open": found.state in OPEN,
               "mine": found.asked_by_id == actor.id,
               "resumable": found.state in (JobState.FAILED, JobState.STOPPED)}  # fmt: skip
    if request.headers.get("HX-Request"):
        response = render(request, "jobs/_progress.html", context)
        if not context["is_open"]:
            response["HX-Refresh"] = "true"  # the whole page once more, with outcome and file
        return response
    context |= {"lines": _lines(request, found), "refused": queries.how_many_refused(job_id)}
    return render(request, "jobs/job.html", context)


@require_POST
@requires(signed_in)
def stop(request: HttpRequest, job_id: int) -> HttpResponse:
    """Ends the job after the batch in hand."""
    services.stop(queries.job_of(acting(request), job_id).pk, actor=acting(request), now=clock.now())
    messages.success(request, _("Đã yêu cầu dừng. Phần đã làm vẫn giữ nguyên."))
    return redirect("jobs_office:job", job_id)


@require_POST
@requires(signed_in)
def resume(request: HttpRequest, job_id: int) -> HttpResponse:
    """Goes on where the job stood."""
    services.resume(queries.job_of(acting(request), job_id).pk, actor=acting(request), now=clock.now())
    messages.success(request, _("Việc được làm tiếp từ chỗ đã dừng."))
    return redirect("jobs_office:job", job_id)


@require_safe
@requires(signed_in)
def download(request: HttpRequest, job_id: int) -> FileResponse:
    """The result. Only for the asker: it was made with their rights, an administrator's may be narrower."""
    actor = acting(request)
    found = queries.job_of(actor, job_id)
    if found.asked_by_id != actor.id:
        raise NotAllowed(reason=_("tệp kết quả chỉ dành cho người yêu cầu."))
    path = files.result(job_id)
    if not found.file_name or not path.exists():
        raise NotFound(what=_("tệp kết quả; tệp chỉ được giữ 7 ngày"))
    services.note_download(job_id, actor=actor, now=clock.now())
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=found.file_name, content_type=found.file_type
    )


def _columns(everything: bool) -> list[Column]:
    asker = [Column("by", _("Người yêu cầu"), lambda row: row.asked_by_label)] if everything else []
    return [
        Column("title", _("Việc"), lambda row: row.title, row_header=True,
               url=lambda row: reverse("jobs_office:job", args=[row.pk])),
        Column("state", _("Tình trạng"), _state),
        Column("progress", _("Tiến độ"), _progress),
        *asker,
        Column("created", _("Yêu cầu lúc"), lambda row: row.created_at),
        Column("finished", _("Kết thúc lúc"), lambda row: row.finished_at),
    ]  # fmt: skip


def _state(row: Job) -> Any:
    words, tone = STATES[JobState(row.state)]
    return tag_of(words, tone)


def _progress(row: Job) -> str:
    if not row.total:
        return "–"
    return _("%(done)s trên %(total)s") % {"done": row.done, "total": row.total}


def _lines(request: HttpRequest, found: Job) -> Table | None:
    url = registry.kind_of(found.kind).line_url if found.kind in registry.known() else None
    table = Table(
        (
            Column("label", _("Hồ sơ, dòng"), lambda line: line.label or line.key, row_header=True,
                   url=(lambda line: url(line.key)) if url else None),
            Column("outcome", _("Kết quả"), _outcome),
        ),
        rows=queries.lines_of(found.pk), params=request.GET, path=request.path, identity="lines",
        caption=_("Kết quả từng dòng"),
    )  # fmt: skip
    return table if table.rows else None


def _outcome(line: JobLine) -> Any:
    if not line.refusal:
        return _("Đã làm")
    return format_html("{} {}", _("Không làm được:"), line.refusal)
