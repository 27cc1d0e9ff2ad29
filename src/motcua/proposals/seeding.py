"""The shipped reason classes, for the migration."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

_FILE = Path(__file__).with_name("data") / "reason_classes.toml"
SINCE = date(2018, 6, 21)


def load(reason_class: Any) -> None:
    """Adds what is missing and leaves existing rows alone; `reason_class`: the model, also a historical one."""
    for position, entry in enumerate(tomllib.loads(_FILE.read_text())["reason_class"], 1):
        values = {key: value for key, value in entry.items() if key != "code"}
        reason_class.objects.get_or_create(
            code=entry["code"], defaults={**values, "position": position, "valid": DateRange(SINCE, None)}
        )
