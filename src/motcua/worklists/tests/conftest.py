"""What the tests of lists share: the miniature province, dossiers of it, and a place for files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from motcua.demo.cast import OWNER, Cast
from motcua.dossiers import services
from motcua.dossiers.tests.office import NOW, province

LIST = "/office/viec-can-lam/"


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def cast() -> Cast:
    return province()


@pytest.fixture
def receive(cast: Cast) -> Callable[..., int]:
    """Takes in a dossier at the counter of justice; `name` is the owner's."""

    def take(name: str = OWNER.name, **changes: Any) -> int:
        intake = cast.intake(owner=replace(OWNER, name=name), **changes)
        return services.receive_at_counter(intake, actor=cast.justice.alice, now=NOW)

    return take


def text(response: Any) -> str:
    """A page as text."""
    return response.content.decode()
