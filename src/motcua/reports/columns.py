"""Columns of the lists behind the figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.merged import parts_of
from motcua.indicators.settlement import OUTCOMES, WAYS_IN
from motcua.kit.columns import Column
from motcua.reports.forms.ii_06a import FORM
from motcua.reports.rules import RETURNED, CellUnknown

_CLASS_NAMES = {measure.key: measure.name for measure in (*WAYS_IN.classes, *OUTCOMES.classes)}


@dataclass(frozen=True)
class Listing:
    """Rows that are read page by page."""

    read: Callable[[int, int], list[dict[str, Any]]]

    def __getitem__(self, span: slice) -> list[dict[str, Any]]:
        return self.read(span.start or 0, span.stop - (span.start or 0))


def heading_of(column: str) -> str:
    """A column of the form in words, with its number."""
    if column == RETURNED:
        return _CLASS_NAMES[RETURNED]
    found = next((c for c in FORM.columns if c.key == column), None)
    if found is None:
        raise CellUnknown(column=column)
    return f"{' – '.join(found.labels)} (cột {column[1:]})"


def class_words(key: str | None) -> Any:
    """A class in words; nothing means that the dossier was not counted."""
    return _CLASS_NAMES[key] if key else _("Không tính")


def procedure_words(code: str) -> str:
    """The procedure under which a dossier is counted, once; a merged one with its two parts (PUB-22)."""
    parts = parts_of(code)
    return f"{code} ({parts[0]} + {parts[1]})" if parts else code


def _page_of(row: dict[str, Any]) -> str:
    return reverse("dossiers:page", args=[row["id"]])


_CODE = Column("code", _("Mã hồ sơ"), lambda row: row["code"], row_header=True, url=_page_of)
DOSSIERS = (
    _CODE,
    Column("procedure", _("Thủ tục"), lambda row: procedure_words(row["procedure_code"])),
    Column("way_in", _("Tiếp nhận"), lambda row: class_words(row["way_in"])),
    Column("accepted", _("Ngày tiếp nhận"), lambda row: row["accepted_on"]),
    Column("due", _("Hạn trả kết quả"), lambda row: row["due_on"]),
    Column("ended", _("Ngày giải quyết xong"), lambda row: row["ended_on"]),
    Column("outcome", _("Kết quả giải quyết"), lambda row: class_words(row["outcome"])),
    Column("source", _("Nguồn"), lambda row: row["source"]),
)
LATE = (
    _CODE,
    Column("before", _("Khi chốt"), lambda row: class_words(row["outcome_before"])),
    Column("after", _("Hiện nay"), lambda row: class_words(row["outcome_after"])),
    Column("recorded", _("Cập nhật lúc"), lambda row: row["recorded_at"]),
)
