"""The province of the report tests."""

from __future__ import annotations

import pytest

from motcua.reports.tests.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """Units, fields, procedures and successions; no dossiers."""
    return make_world()
