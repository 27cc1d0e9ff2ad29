"""The maps of the house name places that exist, and every room introduces itself."""

from __future__ import annotations

import re

import pytest

from tests.house import REPO, SOURCE

MAPS = ("docs/law.md", "docs/where.md", "docs/architecture.md", "README.md", "README.vi.md", "CONTRIBUTING.md")
_PLACE = re.compile(r"[a-z_./0-9-]+\.(?:py|toml|md|lock|json|yaml|yml|css|html|typ)\Z")


@pytest.mark.parametrize("name", MAPS)
def test_every_file_a_map_names_exists(name: str) -> None:
    named = re.findall(r"`([^`\s]+)`", (REPO / name).read_text(encoding="utf-8"))
    places = [place for place in named if "/" in place and _PLACE.match(place)]
    assert [place for place in places if not ((REPO / place).exists() or (SOURCE / place).exists())] == []


@pytest.mark.parametrize("name", MAPS)
def test_every_link_of_a_map_leads_somewhere(name: str) -> None:
    page = REPO / name
    links = re.findall(r"\]\(([^)#\s]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def test_every_room_has_a_readme() -> None:
    shells = {"cli", "site", "office", "locale"}
    rooms = {path.parent for path in SOURCE.glob("*/__init__.py")}
    assert [room.name for room in rooms if room.name not in shells and not (room / "README.md").exists()] == []
