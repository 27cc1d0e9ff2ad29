"""Every benchmark with the database it needs. Nothing here loads Django: the database address is not known yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from motcua.bench.context import DATABASE, SCALE_DATABASE, Context


@dataclass(frozen=True)
class Bench:
    """`function` in `module`; `database` empty: none; `fresh`: made anew each time; `long`: only with --all or by name."""

    module: str
    function: str = "run"
    database: str = ""
    fresh: bool = False
    long: bool = False

    def load(self) -> Callable[[Context], Iterable[dict[str, Any]]]:
        """The function that measures, once Django is ready."""
        return getattr(import_module(f"motcua.bench.{self.module}"), self.function)  # type: ignore[no-any-return]


BENCHES = {
    "intake": Bench("intake", database=DATABASE, fresh=True),
    "deadlines": Bench("deadlines"),
    "pdf": Bench("pdf"),
    "import": Bench("imports", database=DATABASE, fresh=True),
    "report": Bench("at_scale", "settlement", database=SCALE_DATABASE, long=True),
    "worklist": Bench("at_scale", "worklist", database=SCALE_DATABASE, long=True),
    "dossier-page": Bench("at_scale", "dossier_page", database=SCALE_DATABASE, long=True),
    "search": Bench("at_scale", "search", database=SCALE_DATABASE, long=True),
    "desk": Bench("at_scale", "desk", database=SCALE_DATABASE, long=True),
    "load-scale": Bench("scale", database=DATABASE, fresh=True, long=True),
}
