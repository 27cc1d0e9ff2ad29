"""A worker in a process of its own that does one thing a line on its standard input, so that a test can end it anywhere.

`python -m motcua.jobs.tests.worker_process`: works on jobs of the kind "count" until none is left. Inside the batch of thing n
it says "inside n" and waits for a line; after the batch is written it says "done n".
"""

from __future__ import annotations

import sys
from typing import Any

import django


def count(run: Any) -> dict[str, Any]:
    """Notes a line for each number below `parameters["to"]`, one a batch."""
    while (number := run.place.get("next", 0)) < run.parameters["to"]:
        with run.batch(place={"next": number + 1}, done=number + 1):
            run.lines([(str(number), f"dòng {number}", "")])
            print(f"inside {number}", flush=True)
            sys.stdin.readline()
        print(f"done {number}", flush=True)
    return {"sentence": "Đã đếm xong."}


def main() -> None:
    django.setup()
    from motcua.jobs.registry import work
    from motcua.jobs.running import run_next

    work("count", count, title="Đếm")
    while run_next():
        print("over", flush=True)


if __name__ == "__main__":
    main()
