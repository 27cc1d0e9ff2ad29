"""The statutory forms, one file each; a further form is a further file and a line here."""

from __future__ import annotations

from datetime import date

from motcua.reports.definitions import FormDefinition, form_in_force
from motcua.reports.forms.ii_06a import FORM as II_06A

FORMS: tuple[FormDefinition, ...] = (II_06A,)


def form(code: str, *, on: date) -> FormDefinition:
    """The form with this code as it is on `on`. Raises FormUnknown."""
    return form_in_force(code, on=on, forms=FORMS)
