"""The worklist's columns and filters, once for screen and file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from motcua.base.actor import Actor
from motcua.base.time import day_end, day_start
from motcua.catalogue.queries import field_names
from motcua.deadlines.rules import WorkCalendar, time_left
from motcua.dossiers import words
from motcua.dossiers.models import Dossier
from motcua.dossiers.office import cells
from motcua.dossiers.rules.refusals import STATE_NAMES
from motcua.dossiers.rules.state import BEFORE_ACCEPTANCE, ON_WORKLIST, State
from motcua.dossiers.worklist import GROUP_NAMES, ORDER, Edges, Group, condition
from motcua.kit.columns import Column, Filter, choice_filter, shown
from motcua.kit.forms import DateField
from motcua.organisation.queries import UnitFacts, latest
from motcua.organisation.rules import UnitKind
from motcua.people.rules import ROLE_NAMES, Role

_WAITING = (State.WAITING_SUPPLEMENT, State.PAUSED, State.INTAKE_SUPPLEMENT)
_TONES = {Group.OVERDUE: "alarm", Group.TODAY: "caution"}


@dataclass
class Reader:
    """What a cell needs beside its row: the edges of the groups, the calendar, the units' names."""

    at: Edges
    calendar: WorkCalendar
    units: Mapping[int, UnitFacts]
    home: frozenset[int] = frozenset()

    @cached_property
    def _told(self) -> dict[datetime, str]:
        return {}

    def unit_name(self, number: int | None) -> str:
        """The unit's name today, or as it last was."""
        if number is None:
            return ""
        return self.units[number].name if number in self.units else latest(number).name

    def left(self, row: Dossier) -> str:
        """Working time left in words; many rows share a closing time, so each moment is counted once."""
        if row.due_at is None or row.state in _WAITING or row.state in BEFORE_ACCEPTANCE:
            return ""
        if row.state == State.FINISHED:
            return str(words.TIMINGS.get(row.timing, ""))
        if row.due_at not in self._told:
            self._told[row.due_at] = time_left(self.at.now, row.due_at, self.calendar).words()
        return self._told[row.due_at]

    def tone(self, row: Dossier) -> str:
        """The colour of the time left; only what is late or due today has one."""
        if row.state in _WAITING or row.state in BEFORE_ACCEPTANCE or row.due_at is None:
            return ""
        if row.state == State.FINISHED or row.due_at >= self.at.today:
            return ""
        return _TONES[Group.OVERDUE if row.due_at < self.at.now else Group.TODAY]

    def waits(self, row: Dossier) -> str:
        """Since when and by whom the dossier waits, or nothing."""
        if row.state not in _WAITING:
            return ""
        pause = next(iter(row.open_pauses), None)
        asked = next(iter(row.asked), None)
        since = pause.start if pause else asked.asked_at if asked else None
        by = asked.asked_by if asked else pause.approver if pause else ""
        reason = words.PAUSE_KINDS[pause.kind] if pause else _("Chờ hoàn thiện hồ sơ")
        return _("%(reason)s từ %(since)s") % {"reason": reason, "since": shown(since)} + (
            f", {by}" if by else ""
        )

    def step(self, row: Dossier) -> str:
        """The open step, or the state where no step is open."""
        return row.open_steps[-1].name if row.open_steps else str(_(STATE_NAMES[row.state]))

    def holder(self, row: Dossier) -> str:
        """Who holds it: the officer by name, or the role, with its unit unless it is the reader's own."""
        if row.holder_id:
            return row.holder.full_name
        role = _(ROLE_NAMES[Role(row.holder_role)]) if row.holder_role else ""
        unit = "" if row.holder_unit_id in self.home else self.unit_name(row.holder_unit_id)
        return ", ".join(part for part in (role, unit) if part)


def title(row: Dossier) -> str:
    """The code, or the provisional one before acceptance."""
    return row.code or row.provisional_code


def page_of(row: Dossier) -> str:
    """Address of the dossier's page."""
    return reverse("dossiers:page", args=[row.pk])


def screen(reader: Reader) -> list[Column]:
    """Few columns, no empty ones: dossier, step, due, holder."""
    return [
        Column(
            "code", _("Hồ sơ"), title, sort="code", row_header=True, draw=cells.dossier
        ),
        Column(
            "step",
            _("Bước, tình trạng"),
            _both(reader.step, reader.waits),
            draw=cells.step,
        ),
        Column(
            "due",
            _("Hạn trả kết quả"),
            lambda row: (reader.left(row), reader.tone(row)),
            sort="due_at",
            draw=cells.due,
        ),
        Column("holder", _("Đang giữ"), reader.holder),
    ]


def _both(
    first: Callable[[Dossier], str], second: Callable[[Dossier], str]
) -> Callable[[Dossier], tuple[str, str]]:
    return lambda row: (first(row), second(row))


def found(reader: Reader) -> list[Column]:
    """What a search shows: the state of any dossier, open or closed."""
    return [
        Column("code", _("Hồ sơ"), title, row_header=True, draw=cells.dossier),
        Column("state", _("Tình trạng"), lambda row: str(_(STATE_NAMES[row.state]))),
        Column("submitted", _("Ngày nộp"), lambda row: row.submitted_at),
        Column("due", _("Hạn trả kết quả"), lambda row: row.due_at),
        Column("place", _("Cơ quan giải quyết"), lambda row: reader.unit_name(row.unit_id)),
    ]


def file(reader: Reader) -> list[Column]:
    """The same facts with a column each, for spreadsheets."""
    return [
        Column("group", _("Nhóm"), lambda row: str(GROUP_NAMES[ORDER[row.urgency]])),
        Column("code", _("Mã hồ sơ"), title, sort="code"),
        Column("owner", _("Chủ hồ sơ"), lambda row: row.applicant.name),
        Column("procedure_name", _("Thủ tục"), lambda row: row.version.name),
        Column("procedure_code", _("Mã thủ tục"), lambda row: row.procedure_code),
        Column("state_name", _("Tình trạng"), lambda row: str(_(STATE_NAMES[row.state]))),
        Column("step", _("Bước"), reader.step),
        Column("waits", _("Tạm dừng"), reader.waits),
        Column("submitted", _("Ngày nộp"), lambda row: row.submitted_at, sort="submitted_at"),
        Column("due", _("Hạn trả kết quả"), lambda row: row.due_at, sort="due_at"),
        Column("left", _("Thời gian còn lại"), reader.left),
        Column("holder", _("Đang giữ"), reader.holder),
    ]


def filters(reader: Reader, actor: Actor) -> list[Column]:
    """What narrows the list; each stands in the address under its key. Counters settle nothing and are not offered."""
    fields = sorted(((n, name) for n, (_code, name) in field_names().items()), key=lambda pair: pair[1])
    reached = (reader.units[n] for n in actor.units() if n in reader.units)
    units = sorted(((u.id, u.name) for u in reached if u.kind != UnitKind.COUNTER), key=lambda pair: pair[1])
    states = [(state.value, _(STATE_NAMES[state.value])) for state in State if state in ON_WORKLIST]
    return [
        _filter("group", _("Nhóm"), _group_filter(reader.at)),
        _filter("field", _("Lĩnh vực"), choice_filter("field_id", fields)),
        _filter("procedure", _("Mã thủ tục"), _procedure_filter()),
        _filter("unit", _("Cơ quan giải quyết"), choice_filter("unit_id", units)),
        _filter("state", _("Tình trạng"), choice_filter("state", states)),
        _filter("channel", _("Hình thức nộp"), choice_filter("channel", words.pairs(words.CHANNELS))),
        _filter("due_from", _("Hạn từ ngày"), _day_filter("due_at__gte", day_start)),
        _filter("due_to", _("Hạn đến ngày"), _day_filter("due_at__lt", day_end)),
    ]


def _filter(key: str, label: str, narrow: Filter) -> Column:
    return Column(key, label, lambda row: None, filter=narrow)


def _group_filter(at: Edges) -> Filter:
    chosen = choice_filter("", [(group.value, str(GROUP_NAMES[group])) for group in ORDER])
    return Filter(chosen.field, lambda rows, value: rows.filter(condition(Group(value), at)), chosen.words)


def _procedure_filter() -> Filter:
    return Filter(
        field=lambda: forms.CharField(max_length=20),
        narrow=lambda rows, value: rows.filter(procedure_code=value.strip()),
    )


def _day_filter(lookup: str, edge: Callable[[Any], datetime]) -> Filter:
    return Filter(
        field=lambda: DateField(help_text=""),
        narrow=lambda rows, value: rows.filter(**{lookup: edge(value)}),
        words=lambda value: f"{value:%d/%m/%Y}",
    )
