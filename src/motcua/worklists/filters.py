"""What else narrows the worklist: who has it in hand, and what is to be digitised."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from motcua.kit.columns import Column, Filter
from motcua.worklists.models import ToDigitise


def more() -> list[Column]:
    """Filters of this room, beside those of the dossiers."""
    return [
        _filter(
            "assigned", _("Phân công"), {"no": _("Chưa phân công"), "yes": _("Đã phân công")}, _by_assignment
        ),
        _filter("digitise", _("Số hóa"), {"later": _("Cần số hóa sau")}, _by_digitising),
    ]


def _filter(key: str, label: str, choices: dict[str, str], narrow: Any) -> Column:
    field = lambda: forms.ChoiceField(choices=[("", _("Tất cả")), *choices.items()])  # noqa: E731
    return Column(key, label, lambda row: None, filter=Filter(field, narrow, lambda value: choices[value]))


def _by_assignment(rows: Any, value: str) -> Any:
    return rows.filter(holder_id__isnull=value == "no")


def _by_digitising(rows: Any, value: str) -> Any:
    return rows.filter(pk__in=ToDigitise.objects.filter(done_at=None).values("dossier_id"))
