"""The lists of this room: what was warned of, what ends soon, what is late without a letter, what is stuck."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.alerts import columns, queries, words
from motcua.alerts.plans import plans_on
from motcua.base.actor import Actor
from motcua.base.errors import NotFound
from motcua.base.time import local_date
from motcua.deadlines.queries import work_calendar
from motcua.dossiers import access
from motcua.dossiers.office.files import as_file
from motcua.dossiers.office.guard import works_on_dossiers
from motcua.dossiers.office.worklist_columns import Reader
from motcua.dossiers.worklist import with_details
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.columns import Column, Table
from motcua.people.access import actor as actor_of

_MINE, _UNIT = "mine", "unit"
_DAYS = (1, 2, 3, 5, 10)


@dataclass(frozen=True)
class Asked:
    """Who asks for a list, when, and with which parameters."""

    request: HttpRequest
    actor: Actor
    now: datetime
    read: Reader
    to_file: bool

    def table(self, slug: str, rows: Any, shown: list[Column], filters: list[Column], **more: Any) -> Table:
        """The list under its own address."""
        path = reverse(f"alerts_office:{slug}")
        return Table(
            shown, filters=filters, rows=rows, params=self.request.GET, path=path, identity=slug, **more
        )

    def columns(self, *facts: Column, link: tuple[Any, Any] | None = None) -> list[Column]:
        """Columns for screen or file: what the list is about is one cell on the screen, a column each in a file."""
        if self.to_file:
            return columns.file(self.read, *facts)
        return columns.screen(self.read, columns.folded(*facts, link=link))


@dataclass(frozen=True)
class Listing:
    """One list: its name in addresses and files, its heading and what it is for, how its table is made."""

    slug: str
    heading: Any
    note: Any
    table: Callable[[Asked], Table]


def _alerts(asked: Asked) -> Table:
    mine = scope_of(asked.request, asked.actor) == _MINE
    rows = queries.alerts(asked.actor, mine=mine, on=local_date(asked.now))
    percents = sorted(
        {level.percent for plan in plans_on(local_date(asked.now)).values() for level in plan.levels}
    )
    shown = asked.columns(
        Column("level", _("Mức cảnh báo"), lambda a: words.level(a.percent), draw=columns.level_cell),
        Column("raised", _("Cảnh báo lúc"), lambda a: a.raised_at),
    )
    narrow = [columns.level_filter(percents), *columns.filters(asked.read, asked.actor, "dossier__")]
    return asked.table(
        "alerts", queries.detail(rows), shown, narrow, caption=_("Mức cao trước, hạn gần trước"),
        empty_title=_("Không có cảnh báo nào"), group=lambda a: words.level(a.percent),
    )  # fmt: skip


def _soon(asked: Asked) -> Table:
    calendar, today = work_calendar(), local_date(asked.now)
    until = calendar.closing(calendar.add_working_days(today, days_of(asked.request)))
    rows = queries.due_soon(asked.actor, now=asked.now, until=until)
    warned = Column("warned", _("Đã cảnh báo"), lambda d: words.level(d.warned) if d.warned else _("chưa"))
    return asked.table(
        "soon", with_details(rows), asked.columns(warned), columns.filters(asked.read, asked.actor),
        caption=_("Hạn gần trước"), empty_title=_("Không có hồ sơ nào sắp đến hạn"),
    )  # fmt: skip


def _letters(asked: Asked) -> Table:
    rows = queries.letters_owed(asked.actor, now=asked.now)
    told = Column("rung", _("Đã báo cáo"), lambda d: str(words.RUNGS.get(d.rung, _("chưa"))))
    last = Column("letter", _("Thư xin lỗi"), _letter_words)
    return asked.table(
        "letters", with_details(rows), asked.columns(last, told, link=_write()),
        [columns.rung_filter(), *columns.filters(asked.read, asked.actor)], caption=_("Quá hạn lâu nhất trước"),
        empty_title=_("Không có hồ sơ quá hạn nào thiếu thư xin lỗi"),
    )  # fmt: skip


def _letter_words(row: Any) -> str:
    return _("chưa có") if row.last_letter_at is None else _("đã qua ngày hẹn lại, chưa có thư tiếp theo")


def _write() -> tuple[str, Callable[[Any], str]]:
    return _("Soạn thư"), _letter_page


def _letter_page(row: Any) -> str:
    return reverse("alerts_office:letter", args=[columns.dossier_of(row).pk])


def _drafts(asked: Asked) -> Table:
    rows = queries.detail(queries.drafts(asked.actor))
    edited = Column("edited", _("Dự thảo"), lambda d: _("đã sửa") if d.edited_at else _("hệ thống lập"))
    return asked.table(
        "drafts", rows, asked.columns(edited, link=_write()), columns.filters(asked.read, asked.actor, "dossier__"),
        caption=_("Hạn gần trước"), empty_title=_("Không có thư nào cần gửi"),
    )  # fmt: skip


def _stuck(asked: Asked) -> Table:
    def why(row: Any) -> str:
        place = asked.read.unit_name(row.detail.get("unit") or row.dossier.unit_id)
        return words.why_stuck(row.reason, row.detail, place)

    shown = asked.columns(
        Column("reason", _("Vì sao vướng"), why),
        Column("remedy", _("Cần làm gì"), lambda s: str(words.REMEDIES[s.reason])),
        Column("since", _("Từ lúc"), lambda s: s.since),
    )
    narrow = [columns.reason_filter(), *columns.filters(asked.read, asked.actor, "dossier__")]
    return asked.table(
        "stuck", queries.detail(queries.stuck(asked.actor)), shown, narrow, caption=_("Vướng lâu nhất trước"),
        empty_title=_("Không có hồ sơ nào bị vướng"),
    )  # fmt: skip


LISTINGS = {
    listing.slug: listing
    for listing in (
        Listing(
            "alerts", lazy("Cảnh báo"),
            lazy("Hồ sơ đã dùng hết một phần thời hạn theo các mức cảnh báo của đơn vị."), _alerts,
        ),
        Listing(
            "soon", lazy("Hồ sơ sắp đến hạn"),
            lazy("Hồ sơ còn hạn nhưng sẽ đến hạn trong những ngày làm việc tới."), _soon,
        ),
        Listing(
            "letters", lazy("Hồ sơ quá hạn chưa có thư xin lỗi"),
            lazy("Mỗi lần chậm phải có một thư xin lỗi và chỉ được hẹn lại một lần. Đã quá hạn thì thư vẫn bắt buộc."), _letters,
        ),
        Listing(
            "drafts", lazy("Thư xin lỗi cần gửi"),
            lazy("Dự thảo do hệ thống lập trước khi hết hạn. Trả được kết quả đúng hạn thì không cần gửi."), _drafts,
        ),
        Listing(
            "stuck", lazy("Hồ sơ bị vướng"),
            lazy("Hồ sơ không đi tiếp được, vì sao và cần làm gì. Danh sách cập nhật theo từng lượt quét."), _stuck,
        ),
    )
}  # fmt: skip


@requires(works_on_dossiers)
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """One of the lists."""
    listing = LISTINGS[slug]
    table = listing.table(_asked(request, to_file=False))
    context = {
        "table": table, "heading": f"{listing.heading}, {table.total}", "note": listing.note, "files": _files(table, slug),
        "scopes": _scopes(request, table) if slug == "alerts" else _spans(request, table) if slug == "soon" else [],
    }  # fmt: skip
    return render(request, "alerts/list.html", context)


@requires(works_on_dossiers)
def export(request: HttpRequest, slug: str, kind: str) -> Any:
    """The list as filtered, all pages, as CSV or XLSX."""
    if slug not in LISTINGS:
        raise NotFound(what=_("danh sách này"))
    table = LISTINGS[slug].table(_asked(request, to_file=True))
    return as_file(table, kind, f"{slug}-{local_date(clock.now()):%Y%m%d}.{kind}")


def _asked(request: HttpRequest, *, to_file: bool) -> Asked:
    actor, now = actor_of(request), clock.now()
    return Asked(request, actor, now, columns.reader(actor, now), to_file)


def _files(table: Table, slug: str) -> list[dict[str, str]]:
    query = table.url(page=None).partition("?")[2]
    address = [(kind, reverse("alerts_office:file", args=[slug, kind])) for kind in ("csv", "xlsx")]
    return [{"name": kind.upper(), "url": url + (f"?{query}" if query else "")} for kind, url in address]


def scope_of(request: HttpRequest, actor: Actor) -> str:
    """Whose alerts: those meant for the officer, or for overseers those of all dossiers they may see."""
    oversees = any(duty.role in access.OVERSEERS for duty in actor.duties)
    return _UNIT if oversees and request.GET.get("scope") == _UNIT else _MINE


def _scopes(request: HttpRequest, table: Table) -> list[dict[str, Any]]:
    actor = actor_of(request)
    if not any(duty.role in access.OVERSEERS for duty in actor.duties):
        return []
    names = {_MINE: _("Gửi cho tôi"), _UNIT: _("Mọi hồ sơ tôi theo dõi")}
    current = scope_of(request, actor)
    return [
        {"name": name, "url": table.url(scope=key, page=None), "current": key == current}
        for key, name in names.items()
    ]


def days_of(request: HttpRequest) -> int:
    """How many working days ahead; three unless the address says another of the offered numbers."""
    asked = request.GET.get("days", "")
    return int(asked) if asked in map(str, _DAYS) else 3


def _spans(request: HttpRequest, table: Table) -> list[dict[str, Any]]:
    current = days_of(request)
    return [
        {
            "name": _("%(n)s ngày làm việc") % {"n": days},
            "url": table.url(days=days, page=None),
            "current": days == current,
        }
        for days in _DAYS
    ]
