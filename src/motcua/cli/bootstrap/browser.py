"""A Chromium of the system for the browser tests; none is downloaded."""

from __future__ import annotations

import os
import shutil

from motcua.cli.bootstrap import packages
from motcua.cli.bootstrap.places import say

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The program's path: `MOTCUA_CHROMIUM`, the system's, or freshly installed when root. None with a sentence said."""
    found = os.environ.get("MOTCUA_CHROMIUM") or _on_path()
    if not found and packages.install("chromium"):
        found = _on_path()
    if not found:
        say(
            "Không có Chromium nên các kiểm thử trên trình duyệt sẽ bị bỏ qua. "
            "Hãy cài gói chromium (sudo apt install chromium) hoặc đặt MOTCUA_CHROMIUM là đường dẫn của nó."
        )
    return found


def _on_path() -> str | None:
    return next((path for path in map(shutil.which, _NAMES) if path), None)
