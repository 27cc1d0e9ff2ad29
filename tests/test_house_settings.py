"""What an administrator can set is written down, all of it and nothing else."""

from __future__ import annotations

import re

from tests.house import REPO, python_files

_READ = re.compile(
    r"""(?:environ(?:\.get|\.setdefault|\.pop)?[(\[]|getenv\(|_flag\(|_list\()\s*["']([A-Z][A-Z0-9_]+)["']"""
)
_FOREIGN = {
    "PATH",
    "DJANGO_SETTINGS_MODULE",
    "PYTHONPATH",
    "PROMETHEUS_MULTIPROC_DIR",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
}
"""Set by us for our own children, or the system's own."""


def _variables_read() -> set[str]:
    return {
        name for path in python_files() for name in _READ.findall(path.read_text(encoding="utf-8"))
    } - _FOREIGN


def _variables_documented() -> set[str]:
    text = (REPO / "docs" / "deploy.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \|", text, re.MULTILINE))


def test_every_setting_is_documented_and_every_documented_setting_is_read():
    assert _variables_documented() == _variables_read()
