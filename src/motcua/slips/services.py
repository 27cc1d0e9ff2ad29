"""The one verb of the room: make the paper."""

from __future__ import annotations

from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime
from typing import Any

import segno

from motcua.base.time import local
from motcua.kit.pdf import layout
from motcua.slips.content import Slip
from motcua.slips.form_sets import ROOM, form
from motcua.slips.rules import CONTENTS, Purpose, WrongContent, day_words, moment_words

_MASK = 3


def render(purpose: Purpose, form_set: str, content: Slip, *, draft: bool = False) -> bytes:
    """The paper as PDF/A-2b; the same content gives the same bytes, dated `content.issued_at`.

    A draft says so across every page, and is no paper to be handed out.

    Raises `UnknownForm` (no such form in the set) and `WrongContent` (content of another purpose).
    """
    if type(content) is not CONTENTS[purpose]:
        raise WrongContent(purpose=purpose, reason=type(content).__name__)
    chosen = form(purpose, form_set)
    data = {**_shown(content), "form": asdict(chosen), "qr": _qr(content.qr_payload), "draft": draft}
    return layout(ROOM / "layout" / chosen.layout).fill(data, created_at=content.issued_at)


def _qr(payload: str) -> str:
    """An SVG of the code; the payload is only ever dark and light squares in it.

    The mask is fixed: trying all eight for the prettiest costs a seventh of the whole paper, and scanners read each.
    """
    return segno.make(payload, micro=False, error="m", mask=_MASK).svg_inline(border=2) if payload else ""


def _shown(value: Any) -> Any:
    """`value` as the layout shows it: moments and days in the wordings of documents and of tables."""
    if is_dataclass(value):
        return {field.name: _shown(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_shown(item) for item in value]
    if isinstance(value, datetime):
        there = local(value)
        return {"words": moment_words(there), **_shown(there.date()), "clock": f"{there:%H:%M %d/%m/%Y}"}
    if isinstance(value, date):
        return {"day": day_words(value), "short": f"{value:%d/%m/%Y}"}
    return value
