"""The one list of who listens to what, which gates hold acts back, and what adapters stand behind ports."""

from __future__ import annotations


def wire() -> None:
    """Joins the rooms. Called once when the site starts."""
