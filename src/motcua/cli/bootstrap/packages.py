"""Packages of the operating system, where this account may install them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from motcua.cli.bootstrap.places import say


def install(name: str) -> bool:
    """Installs the Debian package `name` when root on a machine with apt; False if that is not possible or failed."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"Đang cài gói hệ thống {name} …")
    return _apt("install", "-y", "--no-install-recommends", name) or (
        _apt("update") and _apt("install", "-y", "--no-install-recommends", name)
    )


def _apt(*arguments: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-q", *arguments]
    return (
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environment).returncode == 0
    )
