"""What a statutory form is: code, title, legal basis, validity, columns. Each form is one file in `forms/`. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from motcua.base.errors import MotcuaError


class FormUnknown(MotcuaError):
    code = "form_unknown"
    sentence = "Không có biểu mẫu báo cáo mang mã “{code}”. Các biểu hiện có: {known}."
    status = 404


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A counted column: its key in figures, the path of words in the printed head, its printed number."""

    key: str
    labels: tuple[str, ...]
    number: str


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """One form as one legal text has it. A new text is a new definition with a later `valid_from`."""

    code: str
    printed_code: str
    title: str
    basis: str
    valid_from: date
    unit_words: str
    columns: tuple[FormColumn, ...]
    notes: tuple[str, ...] = ()


def form_in_force(code: str, *, on: date, forms: Iterable[FormDefinition]) -> FormDefinition:
    """The definition of form `code` in force on `on`, or its first one for earlier periods."""
    known = sorted(forms, key=lambda form: form.valid_from)
    named = [form for form in known if form.code == code]
    if not named:
        raise FormUnknown(code=code, known=", ".join(dict.fromkeys(form.code for form in known)))
    return next((form for form in reversed(named) if form.valid_from <= on), named[0])
