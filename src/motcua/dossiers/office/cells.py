"""Cells of lists of dossiers that say more than one value."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.dossiers.models import Dossier
from motcua.kit.columns import shown
from motcua.kit.templatetags.kit import tag_of

_WHAT = '<span class="wl-what">{}</span>'


def dossier(row: Dossier, code: str) -> SafeString:
    """Code with the link to its page, owner and procedure."""
    return format_html(
        '<a class="mc-code" href="{}">{}</a><span class="wl-who">{}</span>' + _WHAT,
        reverse("dossiers:page", args=[row.pk]), code, row.applicant.name, row.version.name,
    )  # fmt: skip


def step(row: Dossier, value: tuple[str, str]) -> SafeString:
    """The step, and why it waits."""
    name, waits = value
    return format_html("{}" + _WHAT, name, waits) if waits else format_html("{}", name)


def due(row: Dossier, value: tuple[str, str]) -> SafeString:
    """The due moment with the time left, or why there is none."""
    if row.due_at is None:
        said = _("không quy định") if row.accepted_at else _("chưa tiếp nhận, nộp lúc %(at)s") % {"at": shown(row.submitted_at)}
        return format_html("{}", said)
    left, tone = value
    moment = format_html('<span class="wl-due">{}</span>', shown(row.due_at))
    if row.due_provisional:
        moment = format_html('{} <span class="mc-muted">{}</span>', moment, _("(dự kiến)"))
    if not left:
        return moment
    return format_html("{}<br>{}", moment, tag_of(left, tone) if tone else left)
