"""What the tests of jobs share: a kind of work of their own and somebody who asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from motcua.base.actor import Actor, Duty
from motcua.base.time import VN
from motcua.jobs import registry, schedule

NOW = datetime(2026, 3, 10, 8, tzinfo=VN)
ASKER = Actor("officer", "Nguyễn Thị Mẫu Một (Công chức một cửa)", 101)
OTHER = Actor("officer", "Trần Văn Mẫu (Chuyên viên giải quyết)", 102)
ADMIN = Actor("officer", "Phạm Văn Quản Trị", 103, duties=(Duty("admin", 1, frozenset({1})),))


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def does(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets a function do a kind of work as long as the test lasts; no other kind is known."""
    kinds: dict[str, registry.Kind] = {}
    monkeypatch.setattr(registry, "_kinds", kinds)
    monkeypatch.setattr(schedule, "_entries", {})
    monkeypatch.setattr(schedule, "_asked", {})
    return lambda function, name="count", **more: registry.work(name, function, title="Đếm", **more)
