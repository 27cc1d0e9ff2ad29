"""Colours are measured, not believed: every pair of text and ground the components use reaches WCAG AA."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

KIT = Path(__file__).resolve().parents[1]
TOKENS = (KIT / "static/motcua/tokens.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--mc-([a-z-]+): (#[0-9a-f]{6});", TOKENS))

TEXT_ON_GROUND = [
    *[
        (text, ground)
        for text in ("ink", "muted", "accent", "alarm", "caution", "good")
        for ground in ("paper", "ground")
    ],
    *[("ink", f"{tone}-soft") for tone in ("accent", "alarm", "caution", "good", "neutral")],
    *[(tone, f"{tone}-soft") for tone in ("accent", "alarm", "caution", "good")],
    ("paper", "accent"),
    ("paper", "alarm"),
    ("ink", "focus"),
    ("muted", "accent-soft"),
]


def luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_itself_knows_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_is_readable_on_its_ground(text: str, ground: str) -> None:
    assert contrast(COLOURS[text], COLOURS[ground]) >= 4.5


def test_borders_of_controls_are_seen() -> None:
    assert contrast(COLOURS["muted"], COLOURS["paper"]) >= 3


def test_spacing_goes_in_steps_of_four_pixels() -> None:
    steps = re.findall(r"--mc-(\d+): ([\d.]+)rem;", TOKENS)
    assert steps
    assert all(float(rem) * 16 == int(step) * 4 for step, rem in steps)


def test_office_type_is_never_below_fourteen_pixels() -> None:
    office = TOKENS.split(".mc-office {")[1].split("}")[0]
    sizes = [float(rem) * 16 for rem in re.findall(r"--mc-(?:text|small|h\d): ([\d.]+)rem", office)]
    assert min(sizes) >= 14


def test_govuk_components_use_our_colours_only() -> None:
    used = set(re.findall(r'": (#[0-9a-f]{6})', (KIT / "styles/govuk.scss").read_text(encoding="utf-8")))
    assert used <= set(COLOURS.values())
