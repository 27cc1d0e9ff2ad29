"""The miniature province for every test of this room."""

from __future__ import annotations

from typing import Any

import pytest

from motcua.demo.cast import Cast
from motcua.dossiers.tests.office import province
from motcua.proposals.tests.world import LATER


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("motcua.kit.clock.now", lambda: LATER)
    settings.MEDIA_ROOT = tmp_path
    return province()
