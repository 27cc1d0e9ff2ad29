"""The miniature province at eight in the morning of a working day."""

from __future__ import annotations

import pytest

from motcua.demo.cast import Cast
from motcua.dossiers.tests.office import NOW, province


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)
    return province()
