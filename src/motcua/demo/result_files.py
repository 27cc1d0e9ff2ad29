"""A few result files as PDF/A, marked as samples, that the demonstration attaches to its results."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from motcua.base.actor import Actor
from motcua.documents.services import store
from motcua.kit.pdf import layout

_LAYOUT = Path(__file__).parent / "layout" / "result.typ"
_TITLES = ("Giấy phép (mẫu)", "Giấy chứng nhận (mẫu)", "Quyết định (mẫu)", "Trích lục (mẫu)")


def store_samples(*, actor: Actor, now: datetime) -> list[int]:
    """Stores one file per kind of result; gives their numbers."""
    return [
        store(f"ket-qua-mau-{number}.pdf", [_sample(title, now)], actor=actor, now=now)
        for number, title in enumerate(_TITLES, 1)
    ]


def _sample(title: str, now: datetime) -> bytes:
    text = "Văn bản này minh họa kết quả giải quyết thủ tục hành chính được trả kèm hồ sơ."
    return layout(_LAYOUT).fill({"title": title, "issuer": "Tỉnh Bình Mẫu", "text": text}, created_at=now)
