"""The description of the API as checked in. `python -m motcua.api.tests.description` writes it anew."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

PATH = Path(__file__).resolve().parents[4] / "openapi.yaml"


def text() -> str:
    """What the code produces, as YAML."""
    from motcua.api.v1 import api

    plain = json.loads(json.dumps(api.get_openapi_schema(path_prefix="api/v1/")))
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=110)


if __name__ == "__main__":
    import django

    django.setup()
    PATH.write_text(text(), encoding="utf-8")
