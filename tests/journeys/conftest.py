"""The clock of the journeys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest

from motcua.base.time import at
from motcua.demo.cast import ON


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[date, time], None]:
    """Half past three on 10/3/2026 until set to another moment."""
    moment = {"now": at(ON, time(15, 30))}
    monkeypatch.setattr("motcua.kit.clock.now", lambda: moment["now"])

    def set_to(day: date, hour: time) -> None:
        moment["now"] = at(day, hour)

    return set_to
