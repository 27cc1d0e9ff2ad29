"""BPMN 2.0 files in and out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base.errors import NotFound
from motcua.base.time import local_date
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import Page, ask, bound
from motcua.organisation import queries as organisation
from motcua.processes import queries, services
from motcua.processes.bpmn.errors import BpmnTooLarge
from motcua.processes.bpmn.names import MOST_BYTES
from motcua.processes.bpmn.reading import read
from motcua.processes.bpmn.writing import write
from motcua.processes.office.forms import Upload
from motcua.processes.office.making import free_code
from motcua.processes.office.pages import address, keepers, who
from motcua.processes.ports import procedures


@require_safe
@requires(keepers)
def give_out(request: HttpRequest, version_id: int) -> HttpResponse:
    """The version as a BPMN 2.0 file with its drawing."""
    version = queries.version(version_id)
    if version.follows is not None:
        raise services.LinkHasNoSteps(source=version.follows_name)
    text = write(
        queries.steps_of(version_id), code=version.code, name=version.name,
        unit_code=lambda unit: organisation.latest(unit).code,
    )  # fmt: skip
    response = HttpResponse(text, content_type="application/xml; charset=utf-8")
    name = f"{version.code}-{version.number}.bpmn"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


@requires(keepers)
def take_in(request: HttpRequest, code: str) -> HttpResponse:
    """A draft from a BPMN 2.0 file; what the file cannot say is listed on the draft's page."""
    procedure = procedures().told(code, on=local_date(clock.now()))
    if procedure is None:
        raise NotFound(what=_("thủ tục %(code)s đang có hiệu lực") % {"code": code})
    page = Page(
        _("Nhập quy trình từ tệp BPMN"), _("Nhập thành dự thảo"), reverse("processes_office:create", args=[code]),
        caption=f"{procedure.code} – {procedure.name}",
    )  # fmt: skip

    def do(data: dict[str, Any]) -> str:
        if data["file"].size > MOST_BYTES:
            raise BpmnTooLarge(size=f"{data['file'].size / 1_000_000:.1f} MB".replace(".", ","))
        steps = read(data["file"].read(), unit_id=organisation.by_code)
        return address(
            services.sketch(
                code=free_code(f"QT-{procedure.code}"), name=procedure.name[:500], procedure_code=procedure.code, steps=steps,
                origin=f"tệp BPMN {data['file'].name}"[:200], **who(request),
            )
        )  # fmt: skip

    return ask(request, page, bound(request, Upload), do=do, done=_("Đã nhập tệp BPMN thành phiên bản dự thảo."))
