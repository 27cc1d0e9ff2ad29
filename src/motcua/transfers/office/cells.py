"""Cells of this room's lists that are more than their value."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from motcua.kit.columns import shown
from motcua.kit.templatetags.kit import tag_of


def slip(row: Any, value: Any) -> Any:
    """The slip's number, leading to it."""
    return format_html('<a class="mc-code" href="{}">{}</a>', reverse("transfers_office:slip", args=[row.pk]), value)


def leg(row: Any, value: Any) -> Any:
    """The dossier's code, leading to the leg, with owner and procedure where the page has looked them up."""
    link = format_html('<a class="mc-code" href="{}">{}</a>', reverse("transfers_office:leg", args=[row.pk]), value)
    card = getattr(row, "card", None)
    if card is None:
        return link
    who = format_html('<span class="wl-who">{}</span>', card.applicant.name)
    return format_html('{}{}<span class="wl-what">{}</span>', link, who, card.version.name)


def standing(row: Any, value: tuple[Any, str]) -> Any:
    """A tag: words and tone."""
    words, tone = value
    return tag_of(words, tone)


def way(row: Any, value: tuple[str, str]) -> Any:
    """From, to, and what for."""
    return format_html('{} → {}<span class="wl-what">{}</span>', *value, row.purpose)


def moments(row: Any, value: tuple[Any, Any]) -> Any:
    """Two moments one below the other."""
    return format_html("{}<br>{}", *(shown(moment) or "–" for moment in value))
