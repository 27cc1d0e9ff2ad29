"""The signing key of sessions: from the environment, otherwise made once and kept in the private state folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(state: Path) -> str:
    """`MOTCUA_SECRET_KEY`, or the content of `<state>/secret.key`, created readable by its owner only."""
    given = os.environ.get("MOTCUA_SECRET_KEY")
    if given:
        return given
    path = state / "secret.key"
    if not path.exists():
        state.mkdir(parents=True, exist_ok=True)
        _create_once(path)
    return path.read_text().strip()


def _create_once(path: Path) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
