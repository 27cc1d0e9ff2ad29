"""The form sets as data: which purpose has which number, title, size and layout under which circular."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from motcua.slips.rules import Form, Purpose, UnknownForm

ROOM = Path(__file__).resolve().parent


def form(purpose: Purpose, form_set: str) -> Form:
    """The form for `purpose` in `form_set` ("TT01-2018", "TT03-2025"). Raises `UnknownForm`."""
    try:
        return _forms()[form_set, purpose]
    except KeyError:
        raise UnknownForm(form_set=form_set, purpose=purpose) from None


def form_set_on(day: date) -> str:
    """The code of the set in force on `day`. Raises `UnknownForm` before the first circular."""
    codes = [code for code, entry in _sets().items() if entry["valid_from"] <= day]
    if not codes:
        raise UnknownForm(form_set=day.isoformat(), purpose="*")
    return max(codes, key=lambda code: _sets()[code]["valid_from"])


@cache
def _sets() -> Mapping[str, Any]:
    with (ROOM / "data" / "form_sets.toml").open("rb") as source:
        return tomllib.load(source)["sets"]


@cache
def _forms() -> Mapping[tuple[str, Purpose], Form]:
    return {
        (code, Purpose(purpose)): _read(code, entry, Purpose(purpose), record)
        for code, entry in _sets().items()
        for purpose, record in entry["forms"].items()
    }


def _read(code: str, entry: Mapping[str, Any], purpose: Purpose, record: Mapping[str, str]) -> Form:
    citation = entry["citation"] if record.get("number") else ""
    return Form(purpose=purpose, form_set=code, citation=citation, **record)
