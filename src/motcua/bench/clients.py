"""Cheap keep-alive clients: one process, one selector, ready-made bytes. They must not eat the server's processor time."""

from __future__ import annotations

import random
import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event

PLACEHOLDER = b"@OWNER-SIGN@"
"""Twelve signs in a body that become another person's number in every request."""
_EVEN_CLIENTS = 4


@dataclass
class Tally:
    """What the clients saw: milliseconds of every answer with status 201, and the first other answer."""

    milliseconds: list[float] = field(default_factory=list)
    seconds: float = 0.0
    failures: int = 0
    first_failure: str = ""


class Line:
    """One connection with at most one request under way."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.socket = socket.create_connection(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent_at, self.got = 0.0, b""

    def send(self, request: bytes) -> None:
        """Sends without waiting."""
        self.got, self.sent_at = b"", time.perf_counter()
        self.socket.sendall(request)

    def ask(self, request: bytes) -> bytes:
        """Sends and waits for the whole answer."""
        self.send(request)
        while (answer := self.take()) is None:
            pass
        return answer

    def take(self) -> bytes | None:
        """The whole answer once it is there."""
        part = self.socket.recv(65_536)
        if not part:
            raise ConnectionError("the server closed a connection")
        self.got += part
        head, separator, body = self.got.partition(b"\r\n\r\n")
        if not separator:
            return None
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        return self.got if len(body) >= length else None


def drive(address: tuple[str, int], requests: list[bytes], *, clients: int, seconds: float) -> Tally:
    """Sends `requests` in turn over `clients` connections for `seconds`, each answered before the next is sent."""
    tally, draw = Tally(), random.Random()
    lines = [Line(address) for _ in range(clients)]
    begun = time.perf_counter()
    with selectors.DefaultSelector() as selector:
        for line in lines:
            selector.register(line.socket, selectors.EVENT_READ, line)
            line.send(_next(requests, draw))
        open_lines = len(lines)
        while open_lines:
            for key, _ in selector.select():
                open_lines -= _step(key.data, tally, until=begun + seconds, more=lambda: _next(requests, draw))
    tally.seconds = time.perf_counter() - begun
    return tally


def send_evenly(
    answer: Connection, address: tuple[str, int], requests: list[bytes], a_second: float, stop: Event
) -> None:
    """Sends `requests` evenly until `stop`, then tells `answer` the tally; for a process of its own.

    A beat that finds no free connection waits for one.
    """
    tally, draw, begun, sent = Tally(), random.Random(), time.perf_counter(), 0
    free = [Line(address) for _ in range(_EVEN_CLIENTS)]
    with selectors.DefaultSelector() as selector:
        while not stop.is_set() or selector.get_map():
            due = begun + sent / a_second - time.perf_counter()
            if due <= 0 and free and not stop.is_set():
                line, sent = free.pop(), sent + 1
                selector.register(line.socket, selectors.EVENT_READ, line)
                line.send(_next(requests, draw))
                continue
            for key, _ in selector.select(max(due, 0.001)):
                if (got := key.data.take()) is not None:
                    _count(tally, key.data, got)
                    selector.unregister(key.data.socket)
                    free.append(key.data)
    tally.seconds = time.perf_counter() - begun
    answer.send(tally)


def _count(tally: Tally, line: Line, answer: bytes) -> float:
    now = time.perf_counter()
    if b" 201 " in answer[:20]:
        tally.milliseconds.append((now - line.sent_at) * 1000)
    else:
        tally.failures += 1
        tally.first_failure = tally.first_failure or answer.decode(errors="replace")
    return now


def _step(line: Line, tally: Tally, *, until: float, more: Callable[[], bytes]) -> bool:
    """Handles what arrived on `line`; True when it has sent its last request."""
    answer = line.take()
    if answer is None:
        return False
    if _count(tally, line, answer) < until:
        line.send(more())
        return False
    line.socket.close()
    return True


def _next(requests: list[bytes], draw: random.Random) -> bytes:
    return draw.choice(requests).replace(PLACEHOLDER, b"%012d" % draw.randrange(10**12))


def get(path: str, *, cookie: str) -> bytes:
    """The bytes of one GET by a signed-in officer."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nAccept: text/html\r\n\r\n".encode()


def post(path: str, *, key: str, body: bytes) -> bytes:
    """The bytes of one POST."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
