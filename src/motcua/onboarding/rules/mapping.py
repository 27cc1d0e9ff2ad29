"""Which column says what: the header found, columns guessed, a way of mapping kept by the words of the header. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from motcua.base.text import fold
from motcua.onboarding.rules.fields import Field

LOOKED_AT = 30
"""Lines at the top of a sheet among which the header is looked for: titles and notes stand above it."""
_EXACT, _WITHIN = 100, 10


@dataclass(frozen=True, slots=True)
class Plan:
    """How a sheet is read: field → number of its column, field → one value for all lines, field → told words."""

    columns: Mapping[str, int] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The plan as it is kept with the import."""
        values = {key: dict(words) for key, words in self.values.items()}
        return {"columns": dict(self.columns), "constants": dict(self.constants), "values": values}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Plan:
        """The plan that was kept."""
        return cls(kept.get("columns", {}), kept.get("constants", {}), kept.get("values", {}))

    def read(self, cells: Sequence[str]) -> dict[str, str]:
        """What a line says, by field; an empty cell takes the value for all lines."""
        told = dict(self.constants)
        for key, place in self.columns.items():
            if place < len(cells) and cells[place]:
                told[key] = cells[place]
        return told


def missing(fields: Sequence[Field], plan: Plan) -> list[Field]:
    """The needed fields without column and without value for all lines."""
    return [f for f in fields if f.required and f.key not in plan.columns and not plan.constants.get(f.key)]


def header_line(rows: Sequence[tuple[int, Sequence[str]]], fields: Sequence[Field]) -> int:
    """The line of the header: the one whose words name most fields; else the first with two words or more."""
    top = rows[:LOOKED_AT]
    named = {line: len(guessed(cells, fields)) for line, cells in top}
    best = max(named, key=lambda line: (named[line], -line), default=0)
    if named.get(best, 0) >= min(2, len(fields)):
        return best
    return next((line for line, cells in top if sum(map(bool, cells)) >= 2), top[0][0] if top else 0)


def guessed(header: Sequence[str], fields: Sequence[Field]) -> dict[str, int]:
    """Field → column by the words of the header; each column serves one field, the best match first."""
    heads = [fold(head) for head in header]
    scores = [
        (_likeness(head, known), -place, key)
        for key, known in ((f.key, [fold(f.label), *f.words]) for f in fields)
        for place, head in enumerate(heads)
        if head
    ]
    found: dict[str, int] = {}
    for score, place, key in sorted(scores, reverse=True):
        if score and key not in found and -place not in found.values():
            found[key] = -place
    return found


def _likeness(head: str, known: Sequence[str]) -> int:
    """How well a head fits the words a field is known by; nothing when it only shares letters."""
    bare = head.rstrip(" *:").removeprefix("(*)").strip()
    exact = [_EXACT - place for place, words in enumerate(known) if bare == words]
    within = [_WITHIN + len(words) for words in known if len(words) > 4 and f" {words} " in f" {bare} "]
    return max([*exact, *within], default=0)


def labels(header: Sequence[str], width: int) -> list[str]:
    """A name for every column, also for those whose head is empty or stands twice: "C – Tên đơn vị"."""
    padded = [*header, *[""] * (width - len(header))]
    return [f"{letter(place)} – {head}" if head else letter(place) for place, head in enumerate(padded)]


def letter(place: int) -> str:
    """The letters by which sheets call a column: 0 is A, 27 is AB."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def repeated(header: Sequence[str]) -> list[str]:
    """The heads that stand more than once."""
    seen: dict[str, int] = {}
    for head in header:
        if head:
            seen[fold(head)] = seen.get(fold(head), 0) + 1
    return sorted({head for head in header if seen.get(fold(head), 0) > 1})


def by_words(columns: Mapping[str, int], header: Sequence[str]) -> dict[str, list[Any]]:
    """Field → words of its head and which of equal ones it is, so that another sheet may have another order."""
    heads = [fold(head) for head in header]
    return {
        key: [heads[place], heads[:place].count(heads[place])]
        for key, place in columns.items()
        if place < len(heads) and heads[place]
    }


def by_columns(words: Mapping[str, Sequence[Any]], header: Sequence[str]) -> dict[str, int]:
    """The columns of this header that a kept mapping means."""
    heads = [fold(head) for head in header]
    found = {}
    for key, (head, which) in words.items():
        places = [place for place, known in enumerate(heads) if known == head]
        if which < len(places):
            found[key] = places[which]
    return found
