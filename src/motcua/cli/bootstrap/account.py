"""Under which account the private database server runs, and how to run a program under it.

PostgreSQL refuses to run as root; started by root, its programs run as `nobody`, who must be able to reach them.
"""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motcua.cli.bootstrap.places import SetupError

UNPRIVILEGED = "nobody"


@dataclass(frozen=True)
class Account:
    """An account by number. `switch` says that this process is root and must change to it."""

    uid: int
    gid: int
    switch: bool

    def run(self, *command: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        """Runs `command` under this account, from the root folder, output captured."""
        if self.switch:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return subprocess.run(
            [str(part) for part in command],
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC", **options.pop("env", {})},
            stdin=options.pop("stdin", subprocess.DEVNULL),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            **options,
        )

    def can_run(self, program: Path) -> bool:
        """Whether this account can start `program`."""
        try:
            return self.run(program, "--version").returncode == 0
        except OSError:
            return False

    def can_enter(self, folder: Path) -> bool:
        """Whether this account can come into `folder`."""
        return self.run("/bin/sh", "-c", 'cd "$1"', "sh", folder).returncode == 0

    def own(self, folder: Path, *, mode: int = 0o700) -> Path:
        """Makes `folder` and gives it to this account."""
        folder.mkdir(parents=True, exist_ok=True)
        if self.switch:
            os.chown(folder, self.uid, self.gid)
        folder.chmod(mode)
        return folder


def server_account() -> Account:
    """The present account, or `nobody` for root. Raises SetupError where `nobody` does not exist."""
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid(), switch=False)
    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise SetupError(
            "Máy này không có tài khoản “nobody” để chạy PostgreSQL. Hãy tạo tài khoản đó, "
            "chạy bằng tài khoản thường, hoặc đặt DATABASE_URL."
        ) from None
    return Account(uid=entry.pw_uid, gid=entry.pw_gid, switch=True)
