"""Django forms in the house's hand.

`{{ form }}` gives the error summary and the fields with the same words.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class Renderer(TemplatesSetting):
    """FORM_RENDERER of the project."""

    form_template_name = "kit/forms/form.html"
    field_template_name = "kit/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Lists to choose from are drawn in Python: units and fields are hundreds, and each would be two templates."""
        if template_name == forms.Select.template_name:
            return _select(context["widget"])
        return super().render(template_name, context, request)


def _select(widget: dict[str, Any]) -> SafeString:
    groups = (_group(name, options) for name, options, _place in widget["optgroups"])
    return format_html('<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), _joined(groups))


def _group(name: str | None, options: list[dict[str, Any]]) -> SafeString:
    lines = _joined(
        format_html('<option value="{}"{}>{}</option>', option["value"], flatatt(option["attrs"]), option["label"])
        for option in options
    )
    return format_html('<optgroup label="{}">{}</optgroup>', name, lines) if name else lines


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # each part is safe already


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
