"""Reads of configuration (units, positions, versions, rule sets) remembered until any configuration changes.

Every verb that changes configuration appends an event to a stream other than "dossier"; `touch` then gives the stamp a
value that was never used before (a sequence is not rolled back). A remembered answer is found again only under the stamp
it was read under, so a change counts from its commit on, in every process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection

from motcua.kit.sql import prepared

P = ParamSpec("P")
T = TypeVar("T")

_pinned: ContextVar[int | None] = ContextVar("configuration_stamp", default=None)
_answers: dict[tuple[object, ...], object] = {}
_LIMIT = 50_000


def touch() -> None:
    """Configuration changed; called within the changing transaction."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_configurationstamp SET value = nextval('journal_configuration_seq')")
    _pinned.set(None)


def stamp() -> int:
    """The present stamp of the configuration."""
    pinned = _pinned.get()
    if pinned is not None:
        return pinned
    return int(prepared("SELECT value FROM journal_configurationstamp")[0][0])


@contextmanager
def one_look() -> Iterator[None]:
    """Reads the stamp once for everything inside, as for one request or one verb."""
    if _pinned.get() is not None:
        yield
        return
    token = _pinned.set(stamp())
    try:
        yield
    finally:
        _pinned.reset(token)


def remembered(read: Callable[P, T]) -> Callable[P, T]:
    """Keeps the answers of `read` (a function of hashable arguments) while the configuration stays as it is."""

    @wraps(read)
    def recall(*args: P.args, **kwargs: P.kwargs) -> T:
        key = (read, stamp(), args, tuple(sorted(kwargs.items())))
        if key not in _answers:
            if len(_answers) >= _LIMIT:
                _answers.clear()
            _answers[key] = read(*args, **kwargs)
        return _answers[key]  # type: ignore[return-value]

    return recall


def forget() -> None:
    """Empties the memory; for tests that write configuration past the verbs."""
    _answers.clear()
