"""`motcua bench [NAME] [--all]`: measures and compares with the bars; one JSON line a figure on stdout."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from motcua.bench.catalogue import BENCHES, Bench
from motcua.cli.bootstrap.places import say, state

OK, MISSED = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", choices=list(BENCHES), metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--all", action="store_true", help="cả những phép đo dài (cần cơ sở dữ liệu 1.000.000 hồ sơ)")


def run(arguments: argparse.Namespace) -> int:
    """Measures one, the short set or all. 0 every bar reached, 1 one missed or not measured."""
    from motcua.cli.bootstrap import database

    if arguments.name:
        return _measure(BENCHES[arguments.name])
    names = [name for name, bench in BENCHES.items() if arguments.all or not bench.long]
    if any(BENCHES[name].database for name in names):
        database.ensure()
    return max(_apart(name) for name in names)


def _apart(name: str) -> int:
    """A process of its own: what one benchmark leaves in memory must not help or hinder the next."""
    say(f"— {name}")
    return subprocess.run([sys.executable, "-m", "motcua.cli", "bench", name], check=False).returncode


def _measure(bench: Bench) -> int:
    from motcua.bench.context import Context

    _prepare(bench)
    missed = False
    for line in bench.load()(Context(say=say, serve=_serve, state=state())):
        print(json.dumps(line, ensure_ascii=False), flush=True)
        missed = missed or not line["ok"]
    return MISSED if missed else OK


def _prepare(bench: Bench) -> None:
    """Django on the benchmark's own database; the front-end assets (printing fonts) where they are used."""
    from motcua.cli import application, web
    from motcua.cli.bootstrap import database

    web.install_assets()
    if not bench.database:
        return
    from motcua.bench.context import move_to

    database.ensure()
    move_to(bench.database, fresh=bench.fresh)
    application.prepare(migrate=True)


def _serve(port: int, log: Path) -> subprocess.Popen[bytes]:
    from motcua.cli import web

    web.collect_static()
    return web.start(host="127.0.0.1", port=port, log=log)
