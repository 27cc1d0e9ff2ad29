"""Import by upload: the same verb as the command line, with its report on the page."""

from __future__ import annotations

from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from motcua.base.errors import NotFound
from motcua.catalogue import review, services
from motcua.catalogue.findings import SENTENCES, FindingKind
from motcua.catalogue.office.forms import ImportForm
from motcua.catalogue.office.guard import keepers
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import Page, ask, bound
from motcua.people.access import actor

SHOWN = 200
REFUSALS = {"line_rejected": lazy("Dòng bị loại."), "file_unreadable": lazy("Tệp không đọc được.")}


@requires(keepers)
def upload(request: HttpRequest) -> HttpResponse:
    """Takes one file into the catalogue."""
    note = _(
        "Thủ tục mới được công bố ngay với quyết định của bộ; thủ tục có thay đổi thành bản dự thảo chờ công bố. "
        "Dòng không đọc được bị loại và nêu lý do; các dòng khác vẫn được nhập."
    )
    page = Page(
        _("Nhập danh mục từ tệp"), _("Nhập tệp"), reverse("catalogue_office:list"), note=note,
        template="catalogue/office_import.html",
    )  # fmt: skip

    def do(data: dict[str, Any]) -> str:
        _import(data["file"], request)
        return reverse("catalogue_office:import_run", args=[review.import_runs(1)[0].pk])

    return ask(request, page, bound(request, ImportForm), do=do, done=_("Đã đọc tệp."), runs=review.import_runs())


def _import(file: Any, request: HttpRequest) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / (PurePath(file.name.replace("\\", "/")).name[-120:] or "tep.jsonl")
        with path.open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
        services.import_files([path], actor=actor(request), now=clock.now())


@require_safe
@requires(keepers)
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    """The report of one import."""
    found = review.import_run(run_id)
    if found is None:
        raise NotFound(what=_("lần nhập này"))
    counts = found.counts
    kinds = [(_sentence(kind), number) for kind, number in sorted(counts["findings"].items(), key=lambda i: -i[1])]
    refused = [
        (place, found["text"])
        for place, entry in found.report["by_record"].items() if entry["status"] == "rejected" for found in entry["findings"]
    ]  # fmt: skip
    touched = [
        (code, entry["status"], len(entry["findings"]))
        for code, entry in found.report["by_record"].items() if entry["status"] in ("new", "changed")
    ]  # fmt: skip
    context = {
        "run": found, "counts": counts, "kinds": kinds, "refused": refused[:SHOWN], "touched": touched[:SHOWN],
        "more": max(0, len(touched) - SHOWN),
    }  # fmt: skip
    return render(request, "catalogue/office_import_run.html", context)


def _sentence(kind: str) -> str:
    return REFUSALS.get(kind) or SENTENCES[FindingKind(kind)]
