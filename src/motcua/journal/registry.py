"""Who listens to which event. Filled once, in `site/wiring.py`; nothing registers itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Envelope:
    """What a listener gets: the delivery's own number (stable over repeats), the event and its stream."""

    delivery_id: int
    event_id: int
    stream: str
    stream_id: str
    name: str
    at: datetime
    data: dict[str, Any]
    attempts: int


Listener = Callable[[Envelope], None]
_listeners: dict[str, Listener] = {}
_routes: dict[str, tuple[str, ...]] = defaultdict(tuple)


def listen(destination: str, listener: Listener, *, to: tuple[str, ...]) -> None:
    """Sends every event whose name is in `to` to `listener`, under the name `destination`."""
    _listeners[destination] = listener
    for name in to:
        if destination not in _routes[name]:
            _routes[name] += (destination,)


def destinations_of(event_name: str) -> tuple[str, ...]:
    """The destinations that are owed a delivery for `event_name`."""
    return _routes.get(event_name, ())


def listener_of(destination: str) -> Listener:
    """The function behind `destination`; KeyError when wiring forgot it."""
    return _listeners[destination]
