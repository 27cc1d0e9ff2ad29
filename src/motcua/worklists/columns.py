"""The worklist's columns on screen: those everybody begins with, and those an officer may add."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from motcua.base.actor import Actor
from motcua.catalogue.queries import field_names
from motcua.dossiers import words
from motcua.dossiers.office import worklist_columns
from motcua.dossiers.office.worklist_columns import Reader
from motcua.dossiers.rules.refusals import STATE_NAMES
from motcua.kit.columns import Column, chosen
from motcua.worklists import cells
from motcua.worklists.news import News

USUAL = ("code", "step", "due", "holder")
KnownNews = Callable[[], Mapping[int, News]]
"""The news of the rows on this page; asked once, when the first cell is drawn."""


def screen(reader: Reader, news: KnownNews) -> list[Column]:
    """Every column the list can show, in its order."""
    usual = {column.key: column for column in worklist_columns.screen(reader)}
    code = replace(
        usual["code"],
        draw=cells.dossier,
        value=lambda row: (worklist_columns.title(row), news().get(row.pk)),
    )
    return [code, *(usual[key] for key in USUAL[1:]), *_more(reader, news)]


def selectable(form: str) -> Column:
    """The box that chooses a row for the form of bulk acts with this id."""
    title = worklist_columns.title
    return Column("chosen", _("Chọn"), lambda row: (title(row), form), draw=cells.choice)


def picked(columns: list[Column], keys: list[str]) -> list[Column]:
    """The columns an officer has chosen, or the usual ones; a key that no longer exists is left out."""
    known = {column.key for column in columns}
    return chosen(columns, [key for key in keys if key in known] or USUAL)


def _more(reader: Reader, news: KnownNews) -> list[Column]:
    fields = field_names()
    return [
        Column("news", _("Có gì mới"), lambda row: _why(news().get(row.pk))),
        Column("state", _("Tình trạng"), lambda row: str(_(STATE_NAMES[row.state]))),
        Column("procedure", _("Mã thủ tục"), lambda row: row.procedure_code, sort="procedure_code"),
        Column("field", _("Lĩnh vực"), lambda row: fields[row.field_id][1] if row.field_id in fields else ""),
        Column("unit", _("Cơ quan giải quyết"), lambda row: reader.unit_name(row.unit_id)),
        Column("counter", _("Nơi tiếp nhận"), lambda row: reader.unit_name(row.intake_unit_id)),
        Column("channel", _("Hình thức nộp"), lambda row: str(words.CHANNELS.get(row.channel, ""))),
        Column("submitted", _("Ngày nộp"), lambda row: row.submitted_at, sort="submitted_at"),
        Column("accepted", _("Ngày tiếp nhận"), lambda row: row.accepted_at, sort="accepted_at"),
        Column("step_due", _("Hạn của bước"), lambda row: row.step_due_at, sort="step_due_at"),
    ]  # fmt: skip


def _why(found: News | None) -> str:
    return f"{found.text} {found.by}" if found else ""


def offered(reader: Reader) -> list[tuple[str, Any]]:
    """Key and label of every column that may be chosen; the dossier itself always stays."""
    return [(column.key, column.label) for column in screen(reader, dict) if not column.row_header]


def home(actor: Actor) -> frozenset[int]:
    """Where the officer sits; the list need not say it in every line."""
    return frozenset(duty.unit_id for duty in actor.duties)
