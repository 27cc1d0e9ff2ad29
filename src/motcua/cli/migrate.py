"""`motcua migrate`: brings the tables to this version."""

from __future__ import annotations

import argparse

from motcua.cli import application


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(arguments: argparse.Namespace) -> int:
    application.prepare(migrate=True)
    return 0
