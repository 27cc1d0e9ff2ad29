"""Progress bars on standard error: one bar for each kind of thing that is being made."""

from __future__ import annotations

import sys

from tqdm import tqdm


class Bars:
    """Called with (what, done, total) as work goes on. Without a terminal it says each kind once, when it is done."""

    def __init__(self) -> None:
        self._bar: tqdm | None = None
        self._what = ""

    def __call__(self, what: str, done: int, total: int) -> None:
        if what != self._what:
            self.close()
            self._what = what
            self._bar = tqdm(
                total=total, desc=what, file=sys.stderr, disable=not sys.stderr.isatty(), leave=True
            )
        if self._bar is not None and not self._bar.disable:
            self._bar.total = total
            self._bar.update(done - self._bar.n)

    def close(self) -> None:
        if self._bar is None:
            return
        if self._bar.disable:
            print(f"Đã xong: {self._what}.", file=sys.stderr, flush=True)
        self._bar.close()
        self._bar = None
