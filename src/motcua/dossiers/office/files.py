"""Lists as downloads."""

from __future__ import annotations

import io

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from motcua.base.errors import NotFound
from motcua.kit.columns import Table
from motcua.kit.export import csv_lines, write_xlsx

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_file(table: Table, kind: str, name: str) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """`table` as a download; kind: "csv" or "xlsx"."""
    if kind == "csv":
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingHttpResponse(csv_lines(table), content_type="text/csv; charset=utf-8", headers=headers)
    if kind != "xlsx":
        raise NotFound(what=_("định dạng tệp này"))
    target = io.BytesIO()
    write_xlsx(table, target)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=name, content_type=_SHEET)
