"""Which classes a control carries."""

from __future__ import annotations

from django import forms

_SHORT = (forms.NumberInput, forms.TimeInput)


def classes_of(widget: forms.Widget) -> dict[str, str]:
    """The class attribute for `widget`, joined with what the widget already asks for.

    Nothing for boxes and groups.
    """
    if isinstance(widget, (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return {}
    names = ["mc-input"]
    if isinstance(widget, forms.DateInput):
        names.append("mc-input--date")
    elif isinstance(widget, _SHORT):
        names.append("mc-input--short")
    own = widget.attrs.get("class", "")
    return {"class": " ".join([*names, *own.split()])}
