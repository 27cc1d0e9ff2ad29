"""Values of a plain enumeration as Django field choices; rules stay free of Django."""

from __future__ import annotations

from enum import StrEnum


def choices(values: type[StrEnum]) -> list[tuple[str, str]]:
    """(value, value) pairs; the wording on screen belongs to the pages."""
    return [(value.value, value.value) for value in values]
