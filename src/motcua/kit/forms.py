"""Django forms in the house's hand.

`{{ form }}` gives the error summary and the fields with the same words.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class Renderer(TemplatesSetting):
    """FORM_RENDERER of the project."""

    form_template_name = "kit/forms/form.html"
    field_template_name = "kit/forms/field.html"


class SaysWhatIsMissing:
    """Mixin of forms.

    An empty required field says what to enter or choose, by name, instead of "this field is required".
    """

    fields: dict[str, forms.Field]

    def full_clean(self) -> None:
        # Not in __init__: a form may still rename its fields after the mixin's turn.
        for name, field in self.fields.items():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _missing(field, name)
        super().full_clean()  # type: ignore[misc]


def _missing(field: forms.Field, name: str) -> Any:
    label = field.label or name.replace("_", " ")
    if isinstance(field, forms.FileField):
        return format_lazy(_("Hãy chọn tệp: {label}."), label=label)
    if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField, forms.BooleanField)):
        return format_lazy(_("Hãy chọn: {label}."), label=label)
    return format_lazy(_("Hãy nhập: {label}."), label=label)


class Form(SaysWhatIsMissing, forms.Form):
    """Base of the project's forms."""

    label_suffix = ""


class ModelForm(SaysWhatIsMissing, forms.ModelForm):
    """Base of the project's forms over a table."""


class DateField(forms.DateField):
    """A date written as in Vietnam, typed with digits: 31/01/2026.

    31-1-2026 and 2026-01-31 are understood too.
    """

    widget = forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Ngày không đúng. Hãy nhập ngày/tháng/năm, ví dụ 31/01/2026.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"])
        kwargs.setdefault("help_text", _("Ngày/tháng/năm, ví dụ 31/01/2026"))
        super().__init__(**kwargs)
