"""Who does which kind of work. Filled once, in `site/wiring.py`; nothing registers itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from motcua.jobs.rules import UnknownWork

if TYPE_CHECKING:
    from motcua.jobs.running import Run

Function = Callable[["Run"], dict[str, Any] | None]
"""Does the work batch by batch and gives its outcome (`{"sentence": "…"}`); see `running.Run`."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work: what it is called on screen, who does it, where one of its lines leads."""

    name: str
    title: Any
    function: Function
    line_url: Callable[[str], str] | None = None


_kinds: dict[str, Kind] = {}


def work(name: str, function: Function, *, title: Any, line_url: Callable[[str], str] | None = None) -> None:
    """Lets `function` do the jobs of kind `name`."""
    _kinds[name] = Kind(name, title, function, line_url)


def kind_of(name: str) -> Kind:
    """The kind called `name`. Raises UnknownWork."""
    if name not in _kinds:
        raise UnknownWork(kind=name)
    return _kinds[name]


def known() -> list[str]:
    """The kinds this program can do; a worker leaves others to a newer one."""
    return list(_kinds)
