"""What changed between two versions of a procedure, part by part. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Content = Mapping[str, Sequence[str]]
"""Lines of text by part."""


@dataclass(frozen=True)
class Difference:
    """One part that is not the same: lines only the older version has, lines only the newer one has."""

    part: str
    gone: tuple[str, ...]
    came: tuple[str, ...]


def differences(older: Content, newer: Content) -> tuple[Difference, ...]:
    """The parts that changed, in the order of `newer`; what only moved is not a change."""
    found = []
    for part in dict.fromkeys([*newer, *older]):
        before, after = list(older.get(part, ())), list(newer.get(part, ()))
        gone, came = _only(before, after), _only(after, before)
        if gone or came:
            found.append(Difference(part, gone, came))
    return tuple(found)


def _only(these: list[str], those: list[str]) -> tuple[str, ...]:
    """The lines of `these` beyond those also in `those`, counted: two equal lines against one leave one."""
    left = list(those)
    return tuple(line for line in these if line not in left or left.remove(line))
