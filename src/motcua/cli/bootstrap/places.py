"""Where this installation keeps its own things."""

from __future__ import annotations

import os
import sys
from pathlib import Path

REPO = Path(__file__).resolve().parents[4]


def state() -> Path:
    """The private folder of this installation: `MOTCUA_STATE_DIR`, otherwise `.motcua` in the clone."""
    return Path(os.environ.get("MOTCUA_STATE_DIR", REPO / ".motcua")).absolute()


def say(sentence: str) -> None:
    """One line of progress. Standard output belongs to data."""
    print(sentence, file=sys.stderr, flush=True)


class SetupError(Exception):
    """Set-up cannot go on. The message is a Vietnamese sentence that says what to do."""
