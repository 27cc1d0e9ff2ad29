"""`motcua test`: sets up what the tests need and runs them all, or what pytest's own arguments choose."""

from __future__ import annotations

import argparse
import os
import subprocess

from motcua.cli import web
from motcua.cli.bootstrap import browser, database, environment
from motcua.cli.bootstrap.locks import exclusive
from motcua.cli.bootstrap.places import REPO, state

PASSES_OTHERS_ON = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "Mọi đối số khác được chuyển cho pytest, ví dụ: ./motcua test src/motcua/deadlines -q"


def run(arguments: argparse.Namespace) -> int:
    """Two runs at once would drop each other's test database, so the second waits."""
    with exclusive(state() / "tests.lock", waiting="Một lượt kiểm thử khác đang chạy; đang chờ …"):
        python = environment.ensure("requirements-test.lock")
        chromium = browser.chromium()
        web.install_assets()
        database.ensure()
        found = {"MOTCUA_CHROMIUM": chromium} if chromium else {}
        command = [python, "-m", "pytest", *_side_by_side(arguments.others), *arguments.others]
        return subprocess.run(command, cwd=REPO, env={**os.environ, **found}).returncode


def _side_by_side(chosen: list[str]) -> list[str]:
    """One process a core, whole files at a time, unless the caller says otherwise."""
    if any(option.startswith("-n") or option == "--pdb" for option in chosen):
        return []
    return ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadfile"]
