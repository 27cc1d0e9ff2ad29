"""Columns and filters of the lists, once for screen and file. A row is a dossier, or something about one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from motcua.alerts import words
from motcua.alerts.rules import Obstacle
from motcua.base.actor import Actor
from motcua.base.time import day_end, day_start, local_date
from motcua.catalogue.queries import field_names
from motcua.deadlines.queries import work_calendar
from motcua.dossiers.office import cells
from motcua.dossiers.office.worklist_columns import Reader, title
from motcua.dossiers.quick_clock import quick
from motcua.dossiers.worklist import edges
from motcua.kit.columns import Column, Filter, choice_filter, shown
from motcua.kit.forms import DateField
from motcua.kit.templatetags.kit import tag_of
from motcua.organisation.queries import tree
from motcua.organisation.rules import UnitKind

Read = Callable[[Any], Any]


def reader(actor: Actor, now: datetime) -> Reader:
    """What the cells need beside their rows."""
    home = frozenset(duty.unit_id for duty in actor.duties)
    return Reader(edges(now), quick(work_calendar()), tree(local_date(now)), home)


def dossier_of(row: Any) -> Any:
    """The dossier a row is about."""
    return getattr(row, "dossier", row)


def of_dossier(read: Read) -> Read:
    """`read` for the dossier of a row."""
    return lambda row: read(dossier_of(row))


def about_dossier(draw: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """A cell of the dossier of a row."""
    return lambda row, value: draw(dossier_of(row), value)


def level_cell(row: Any, value: str) -> Any:
    """The level, in colour where it matters."""
    tone = words.level_tone(row.percent)
    return tag_of(value, tone) if tone else format_html("{}", value)


def folded(first: Column, *more: Column, link: tuple[Any, Read] | None = None) -> Column:
    """Several facts in one cell of the screen, below each other: a narrow page has no room for a column each."""

    def draw(row: Any, _value: Any) -> Any:
        below = [format_html("{}: {}", column.label, shown(column.value(row))) for column in more]
        if link is not None:
            below.append(format_html('<a href="{}">{}</a>', link[1](row), link[0]))
        lines = format_html_join("", '<span class="wl-what">{}</span>', ((line,) for line in below))
        return format_html("{}{}", first.render(row), lines)

    return Column(first.key, first.label, first.value, draw=draw)


def screen(read: Reader, *between: Column) -> list[Column]:
    """Dossier first; then what the list is about; then due moment and holder."""
    return [
        Column("code", _("Hồ sơ"), of_dossier(title), row_header=True, draw=about_dossier(cells.dossier)),
        *between,
        Column(
            "due",
            _("Hạn trả kết quả"),
            of_dossier(lambda d: (read.left(d), read.tone(d))),
            draw=about_dossier(cells.due),
        ),
        Column("holder", _("Đang giữ"), of_dossier(read.holder)),
    ]


def file(read: Reader, *between: Column) -> list[Column]:
    """The same facts with a column each."""
    return [
        Column("code", _("Mã hồ sơ"), of_dossier(title)),
        Column("owner", _("Chủ hồ sơ"), of_dossier(lambda d: d.applicant.name)),
        Column("procedure_name", _("Thủ tục"), of_dossier(lambda d: d.version.name)),
        Column("procedure_code", _("Mã thủ tục"), of_dossier(lambda d: d.procedure_code)),
        Column("unit_name", _("Cơ quan giải quyết"), of_dossier(lambda d: read.unit_name(d.unit_id))),
        *between,
        Column("step", _("Bước"), of_dossier(read.step)),
        Column("due", _("Hạn trả kết quả"), of_dossier(lambda d: d.due_at)),
        Column("left", _("Thời gian còn lại"), of_dossier(read.left)),
        Column("holder", _("Đang giữ"), of_dossier(read.holder)),
    ]


def filters(read: Reader, actor: Actor, prefix: str = "") -> list[Column]:
    """What narrows every list here. prefix: how the row reaches its dossier ("dossier__")."""
    fields = sorted(((n, name) for n, (_code, name) in field_names().items()), key=lambda pair: pair[1])
    reached = (read.units[n] for n in actor.units() if n in read.units)
    units = sorted(((u.id, u.name) for u in reached if u.kind != UnitKind.COUNTER), key=lambda pair: pair[1])
    return [
        _filter("unit", _("Cơ quan giải quyết"), choice_filter(f"{prefix}unit_id", units)),
        _filter("field", _("Lĩnh vực"), choice_filter(f"{prefix}field_id", fields)),
        _filter("procedure", _("Mã thủ tục"), _procedure(prefix)),
        _filter("due_from", _("Hạn từ ngày"), _day(f"{prefix}due_at__gte", day_start)),
        _filter("due_to", _("Hạn đến ngày"), _day(f"{prefix}due_at__lt", day_end)),
    ]


def level_filter(percents: Sequence[int]) -> Column:
    """One level of warning."""
    return _filter(
        "level", _("Mức cảnh báo"), choice_filter("percent", [(p, words.level(p)) for p in percents])
    )


def reason_filter() -> Column:
    """One kind of obstacle."""
    return _filter(
        "reason", _("Lý do"), choice_filter("reason", [(o.value, words.OBSTACLES[o]) for o in Obstacle])
    )


def rung_filter() -> Column:
    """How far up a late dossier without its letter was reported."""
    rungs = [(rung, name) for rung, name in words.RUNGS.items()]
    return _filter("rung", _("Đã báo cáo"), choice_filter("rung", rungs))


def _filter(key: str, label: str, narrow: Filter) -> Column:
    return Column(key, label, lambda row: "", filter=narrow)


def _procedure(prefix: str) -> Filter:
    return Filter(
        field=lambda: forms.CharField(max_length=20),
        narrow=lambda rows, value: rows.filter(**{f"{prefix}procedure_code": value.strip()}),
    )


def _day(lookup: str, edge: Callable[[Any], datetime]) -> Filter:
    return Filter(
        field=lambda: DateField(help_text=""),
        narrow=lambda rows, value: rows.filter(**{lookup: edge(value)}),
        words=lambda value: f"{value:%d/%m/%Y}",
    )
