"""The bar above a report: period, unit and structure, read from the address and written back to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from motcua.base.actor import Actor
from motcua.kit.forms import DateField, Form
from motcua.organisation import queries as organisation
from motcua.reports.access import READERS, may_see_unit, require_unit
from motcua.reports.periods import latest_closed_half, presets
from motcua.reports.queries import Question, unit_asked
from motcua.reports.rules import Structure

WHOLE = ""
"""The whole province in the unit field."""


class AskForm(Form):
    """Everything has a default, so that an address without a query is an answer too."""

    from_ = DateField(label=_("Từ ngày"), help_text="")
    to = DateField(label=_("Đến ngày"), help_text="")
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    structure = forms.ChoiceField(
        label=_("Xếp theo"),
        choices=[
            (Structure.THEN, _("Đơn vị khi tiếp nhận")),
            (Structure.NOW, _("Đơn vị phụ trách hiện nay")),
        ],
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("from_") and cleaned.get("to") and cleaned["from_"] > cleaned["to"]:
            self.add_error("to", _("Ngày cuối kỳ phải sau ngày đầu kỳ."))
        return cleaned


@dataclass(frozen=True, slots=True)
class Asked:
    """The bar with its question (None while the bar has errors) and the name of the unit it asks for."""

    form: AskForm
    question: Question | None
    unit_code: str
    unit_name: str

    @property
    def address(self) -> str:
        """The query string of this question."""
        assert self.question
        return query_of(self.question.from_, self.question.to, self.unit_code, self.question.structure)


def query_of(from_: date, to: date, unit: str, structure: str) -> str:
    """A question as a query string."""
    return urlencode(
        {"from_": from_.isoformat(), "to": to.isoformat(), "unit": unit, "structure": str(structure)}
    )


def read(params: Mapping[str, Any], *, actor: Actor, today: date) -> Asked:
    """The question of an address. Raises NotAllowed for a unit outside the actor's reach, UnitClosed, UnitUnknown."""
    choices = unit_choices(actor, today)
    half = latest_closed_half(today)
    usual: dict[str, str] = {
        "from_": f"{half.from_:%d/%m/%Y}",
        "to": f"{half.to:%d/%m/%Y}",
        "unit": choices[0][0],
        "structure": "then",
    }
    given = {name: _day_first(params[name]) for name in usual if name in params}
    form = AskForm(usual | given, auto_id="ask-%s")
    form.fields[
        "unit"
    ].show_as_required = True  # there is always a unit; nobody needs to be told it may be left
    form.fields["unit"].choices = _with_asked(choices, given.get("unit", WHOLE))
    if not form.is_valid():
        return Asked(form, None, WHOLE, "")
    return _question(form, actor, today)


def unit_choices(actor: Actor, today: date) -> list[tuple[str, str]]:
    """Today's units within the actor's reach, the actor's own first; the whole province for those who oversee it all."""
    tree, reach = organisation.tree(today), actor.units(*READERS)
    own = [duty.unit_id for duty in actor.duties if duty.role in READERS]
    order = sorted((u for u in tree.values() if u.id in reach), key=lambda u: (u.id not in own, u.code))
    listed = [(u.code, u.name) for u in order if u.code != settings.PROVINCE_CODE]
    whole = [(WHOLE, str(_("Toàn tỉnh")))] if may_see_unit(actor, None, on=today) else []
    return whole + listed or [("-", "")]


def period_links(asked: Asked, today: date) -> list[dict[str, Any]]:
    """The law's periods as addresses that keep unit and structure."""
    assert asked.question
    now = (asked.question.from_, asked.question.to)
    return [
        {
            "name": p.name,
            "query": query_of(p.from_, p.to, asked.unit_code, asked.question.structure),
            "current": (p.from_, p.to) == now,
        }
        for p in presets(today)
    ]


def _day_first(text: str) -> str:
    """Addresses carry ISO dates; the bar shows them as people write them."""
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return text


def _with_asked(choices: list[tuple[str, str]], code: str) -> list[tuple[str, str]]:
    """A closed unit is not offered but may be asked for by its address."""
    return choices if code in dict(choices) else [*choices, (code, code)]


def _question(form: AskForm, actor: Actor, today: date) -> Asked:
    cleaned = form.cleaned_data
    question = Question(cleaned["from_"], cleaned["to"], today, None, Structure(cleaned["structure"]))
    code = cleaned["unit"]
    if code in (WHOLE, settings.PROVINCE_CODE):
        require_unit(actor, None, on=today)
        return Asked(form, question, WHOLE, str(_("Toàn tỉnh")))
    unit = unit_asked(code, question)
    require_unit(actor, unit.id, on=today)
    return Asked(form, question.of_unit(unit.id), code, unit.name)
