"""Prints one paper of a dossier."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from motcua.base.errors import NotFound
from motcua.dossiers import papers as builder
from motcua.dossiers.office.guard import dossier_of, sees_the_dossier
from motcua.dossiers.office.page import title_of
from motcua.dossiers.page_queries import papers_of
from motcua.dossiers.words import SLIP_SLUGS
from motcua.kit import clock
from motcua.kit.access import requires

_PURPOSES = {slug: purpose for purpose, slug in SLIP_SLUGS.items()}


@requires(sees_the_dossier)
def slip(request: HttpRequest, dossier_id: int, purpose: str, number: int | None = None) -> HttpResponse:
    """The paper as PDF, shown in the browser for printing."""
    if purpose not in _PURPOSES:
        raise NotFound(what=_("loại phiếu này"))
    dossier = dossier_of(request)
    document = builder.pdf(papers_of(dossier), _PURPOSES[purpose], number, now=clock.now())
    response = HttpResponse(document, content_type="application/pdf")
    name = f"{purpose}-{title_of(dossier)}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=name)
    return response
