"""The words of other languages: catalogues of the repository (.po) compiled into what Django reads (.mo).

Compiled files lie in the installation's private folder, never in the repository. Screens fall back to Vietnamese,
the language the source is written in, as long as a catalogue is not compiled.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parents[1] / "locale"


def compile_all(target: Path, *, source: Path = SOURCE) -> list[str]:
    """Compiles every catalogue below `source` that `target` has not yet; gives the languages that were compiled."""
    return [
        catalogue.parents[1].name
        for catalogue in sorted(source.glob("*/LC_MESSAGES/django.po"))
        if _compile(catalogue, target / catalogue.relative_to(source).with_suffix(".mo"))
    ]


def _compile(catalogue: Path, compiled: Path) -> bool:
    """False when `compiled` was made from the same text; its stamp lies beside it."""
    text, stamp = catalogue.read_bytes(), compiled.with_suffix(".sha256")
    wanted = hashlib.sha256(text).hexdigest()
    if compiled.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return False
    compiled.parent.mkdir(parents=True, exist_ok=True)
    half = compiled.with_name(f"{compiled.name}.{os.getpid()}")
    half.write_bytes(polib.pofile(text.decode()).to_binary())
    # A server that reads at this moment sees the old file or the new one, never half of it.
    half.replace(compiled)
    stamp.write_text(wanted, encoding="ascii")
    return True
