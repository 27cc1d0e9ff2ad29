"""Cells of this room's lists that are more than a value."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.dossiers.office import cells
from motcua.kit.templatetags.kit import tag_of
from motcua.worklists.news import News


def dossier(row: Any, value: tuple[str, News | None]) -> SafeString:
    """The dossier with its owner and procedure, a mark when it is new, and why when it has changed."""
    title, news = value
    drawn = cells.dossier(row, title)
    if news is None:
        return drawn
    if news.unread:
        return format_html('{} <span class="wl-mark">{}</span>', drawn, tag_of(_("Mới"), "info"))
    mark = tag_of(_("Có thay đổi"), "info")
    return format_html(
        '{} <span class="wl-mark">{}</span><span class="wl-news">{}</span>', drawn, mark, news.text
    )


def choice(row: Any, value: tuple[str, str]) -> SafeString:
    """The box that puts the row into the form of bulk acts."""
    title, form = value
    label = _("Chọn hồ sơ %(code)s") % {"code": title}
    return format_html(
        '<input type="checkbox" name="dossier" value="{}" form="{}" aria-label="{}">', row.pk, form, label
    )
