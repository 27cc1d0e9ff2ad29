"""The miniature province on 10 March 2026, and moments to look from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from motcua.base.time import VN
from motcua.demo.cast import Cast
from motcua.dossiers import services
from motcua.dossiers.tests.office import NOW, province


def vn(text: str) -> datetime:
    """A Vietnamese moment from ISO text."""
    return datetime.fromisoformat(text).replace(tzinfo=VN)


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)
    return province()


def in_process(cast: Cast, *, now: datetime = NOW, **more: Any) -> int:
    """A dossier received and forwarded on 10 March at 08:00: due on the 17th at 17:00."""
    number = services.receive_at_counter(cast.intake(**more), actor=cast.justice.alice, now=now)
    services.forward(number, actor=cast.justice.alice, now=now)
    return number
