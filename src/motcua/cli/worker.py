"""`motcua worker`: makes the deliveries and runs the jobs, until stopped."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


_PATIENCE = 12.0
"""Seconds a batch in hand may take after the process was told to end; whoever waits for us waits 15."""


def run(arguments: argparse.Namespace) -> int:
    from motcua.jobs.worker import Hands
    from motcua.journal import worker

    hands = Hands()
    hands.start()
    try:
        worker.run()
    finally:
        hands.stop(_PATIENCE)
    return 0
