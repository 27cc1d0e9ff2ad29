"""`motcua worker`: makes the deliveries and runs the jobs, until stopped."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(arguments: argparse.Namespace) -> int:
    from motcua.journal import worker

    worker.run()
    return 0
