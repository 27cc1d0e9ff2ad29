"""The measurements that need a million dossiers: the database is filled first, once."""

from __future__ import annotations

from collections.abc import Iterable

from motcua.bench import desk as at_desk
from motcua.bench import report, scale
from motcua.bench import worklist as pages
from motcua.bench.context import Context, Line


def settlement(context: Context) -> Iterable[Line]:
    """II.06a of the whole province beside one hand-written statement."""
    scale.ensure(context)
    return report.run(context)


def worklist(context: Context) -> Iterable[Line]:
    """The first page of what waits for officers of every kind."""
    scale.ensure(context)
    return pages.worklist(context)


def dossier_page(context: Context) -> Iterable[Line]:
    """Pages of dossiers the officers may see."""
    scale.ensure(context)
    return pages.dossier_page(context)


def search(context: Context) -> Iterable[Line]:
    """Searches as typed at a counter."""
    scale.ensure(context)
    return pages.looking_up(context)


def desk(context: Context) -> Iterable[Line]:
    """What 300 officers do all day."""
    scale.ensure(context)
    return at_desk.run(context)
