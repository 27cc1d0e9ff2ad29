"""What the tests of the whole house look at: its source files."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
SOURCE = REPO / "src" / "motcua"


def python_files() -> Iterator[Path]:
    """Every module of ours without tests and migrations."""
    for path in sorted(SOURCE.rglob("*.py")):
        if not {"tests", "testing", "migrations"} & set(path.relative_to(SOURCE).parts):
            yield path


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path: Path) -> str:
    return path.relative_to(REPO).as_posix()


def module_of(path: Path) -> str:
    parts = path.relative_to(REPO / "src").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
