"""A process drawn as SVG on the server: a column of steps, ways on the left, opinions beside the step that waits for them.

The page gives the same in words beside it. A viewer without styles still reads black boxes on white.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.processes.rules import StepPlan, after, targets
from motcua.processes.words import condition_words, place_in, place_of, role_of, time_of

WIDTH, _LEFT, _BOX, _ASIDE, _ASIDE_WIDTH = 480, 72, 244, 334, 140
_TITLE, _META, _PAD, _GAP, _MARGIN = 19, 16, 10, 34, 6
_TITLE_LETTERS, _META_LETTERS, _ASIDE_LETTERS = 27, 31, 18


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `y` is its baseline."""

    y: int
    words: str
    bold: bool = False


@dataclass(slots=True)
class Box:
    """A step or an opinion as a rectangle with its lines."""

    x: int
    y: int
    width: int
    height: int
    texts: list[Text]
    state: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A line along `path`; `jump` leaps over steps, `join` goes to an opinion and back."""

    path: str
    kind: str


@dataclass(slots=True)
class Drawing:
    """`left` and `width` leave out the margins that no leap and no opinion uses, so that narrow columns stay readable."""

    height: int
    left: int = 0
    width: int = WIDTH
    boxes: list[Box] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)


def draw(
    steps: Sequence[StepPlan], *, title: str, done: Collection[int] = (), now: int | None = None, public: bool = False
) -> SafeString:
    """The SVG. `done` are the positions gone through and `now` where the dossier stands; `public` hides conditions."""
    drawing = _laid_out(steps, done, now, public)
    present = next((step.name for step in steps if step.position == now), "")
    context: dict[str, Any] = {
        "drawing": drawing, "title": title, "count": len(steps), "present": present,
        "opinions": sum(len(step.opinions) for step in steps), "key": f"pd{abs(hash((title, len(steps)))) % 10_000}",
    }  # fmt: skip
    return render_to_string("processes/drawing.svg", context)


def _laid_out(steps: Sequence[StepPlan], done: Collection[int], now: int | None, public: bool) -> Drawing:
    drawing, rows, top = Drawing(0), {}, 8
    for step in steps:
        box = _step_box(step, steps, top, public)
        box.state = "now" if step.position == now else "done" if step.position in done else ""
        asides = _asides(step, top)
        rows[step.position] = box
        drawing.boxes += [box, *asides]
        drawing.ways += [Way(_join(box, aside), "join") for aside in asides]
        top = max([box.y + box.height, *(aside.y + aside.height for aside in asides)]) + _GAP
    drawing.height = top - _GAP + 8
    drawing.ways += _ways(steps, rows)
    drawing.left = 0 if any(way.kind == "jump" for way in drawing.ways) else _LEFT - _MARGIN
    right = WIDTH if any(step.opinions for step in steps) else _LEFT + _BOX + _MARGIN
    drawing.width = right - drawing.left
    return drawing


def _step_box(step: StepPlan, steps: Sequence[StepPlan], top: int, public: bool) -> Box:
    title = wrap(f"{step.position}. {step.name}", _TITLE_LETTERS) or [str(step.position)]
    meta = wrap(f"{role_of(step.role)} – {place_in(step, steps)}", _META_LETTERS)
    meta += [time_of(step)] if not public else []
    if step.branches and not public:
        for branch in step.branches:
            meta += wrap(f"→ {branch.to}: {condition_words(branch.when)}", _META_LETTERS)
    if step.back_to and not public:
        meta += wrap(_("↩ chuyển trả về bước %(steps)s") % {"steps": ", ".join(map(str, step.back_to))}, _META_LETTERS)
    return _box(_LEFT, top, _BOX, title, meta)


def _asides(step: StepPlan, top: int) -> list[Box]:
    found: list[Box] = []
    for opinion in step.opinions:
        title = wrap(opinion.name, _ASIDE_LETTERS - 1)
        meta = wrap(f"{role_of(opinion.role)} – {place_of(opinion.place)}", _ASIDE_LETTERS)
        box = _box(_ASIDE, top, _ASIDE_WIDTH, title, meta)
        box.state = "aside"
        found.append(box)
        top = box.y + box.height + 8
    return found


def _box(x: int, y: int, width: int, title: list[str], meta: list[str]) -> Box:
    baseline, texts = y + _PAD, []
    for words in title:
        baseline += _TITLE
        texts.append(Text(baseline - 5, words, bold=True))
    for words in meta:
        baseline += _META
        texts.append(Text(baseline - 4, words))
    return Box(x, y, width, baseline + _PAD - y, texts)


def _join(box: Box, aside: Box) -> str:
    return f"M{box.x + box.width} {aside.y + 22} H{aside.x}"


def _ways(steps: Sequence[StepPlan], rows: dict[int, Box]) -> list[Way]:
    found: list[Way] = []
    lane = 0
    for step in steps:
        own, nxt = rows[step.position], after(step.position, steps)
        for to in targets(step, steps):
            if nxt is not None and to == nxt.position:
                middle = own.x + own.width // 2
                found.append(Way(f"M{middle} {own.y + own.height} V{rows[to].y - 2}", "next"))
            elif to in rows:
                out = own.x - 18 - 12 * (lane % 4)
                lane += 1
                path = f"M{own.x} {own.y + own.height - 14} H{out} V{rows[to].y + 16} H{rows[to].x - 2}"
                found.append(Way(path, "jump"))
    return found
