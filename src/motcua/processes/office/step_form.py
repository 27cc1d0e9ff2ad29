"""The form of one step: its own fields, the opinions it waits for, the branches that lead on. Reads and gives a StepPlan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import MotcuaError
from motcua.base.text import fold
from motcua.base.time import local_date
from motcua.kit import clock
from motcua.kit.forms import Form
from motcua.organisation import queries as organisation
from motcua.processes.office.forms import STAGE_CHOICES, TIME_HELP, HoursField, TimeField, role_choices
from motcua.processes.rules import (
    Branch,
    Condition,
    Fact,
    Operator,
    OpinionPlan,
    Place,
    PlaceKind,
    RequiredAct,
    Stage,
    StepPlan,
    check_condition,
    hours_text,
    time_text,
)
from motcua.processes.words import FACT_WORDS, OPERATOR_WORDS, PLACE_WORDS, REQUIRED_WORDS, VALUE_WORDS

_MORE_OPINIONS, _MORE_BRANCHES = 2, 3


def _pairs(words: dict[Any, Any]) -> list[tuple[str, Any]]:
    return [(str(value), label) for value, label in words.items()]


def unit_choices() -> list[tuple[str, str]]:
    """Every unit of today, indented as in the tree."""
    units = organisation.outline(local_date(clock.now()))
    return [("", _("Không chỉ định")), *((str(u.id), "\u2003" * depth + u.name) for depth, u in units)]


class Placed(Form):
    """A place: told by its kind, a fixed one by its unit."""

    place = forms.ChoiceField(label=lazy("Nơi thực hiện"), choices=lambda: _pairs(PLACE_WORDS))
    unit = forms.TypedChoiceField(
        label=lazy("Cơ quan được chỉ định"), required=False, coerce=int, empty_value=None, choices=unit_choices
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_as_required = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("place") == PlaceKind.FIXED and not data.get("unit") and "unit" not in self.errors:
            self.add_error("unit", _("Hãy chọn cơ quan được chỉ định."))
        return data

    def told_place(self) -> Place:
        kind = PlaceKind(self.cleaned_data["place"])
        return Place(kind, self.cleaned_data["unit"] if kind is PlaceKind.FIXED else None)


class StepHead(Placed):
    name = forms.CharField(label=lazy("Tên bước"), max_length=300)
    stage = forms.ChoiceField(label=lazy("Giai đoạn"), choices=STAGE_CHOICES)
    role = forms.ChoiceField(label=lazy("Người thực hiện"), choices=role_choices)
    time = TimeField(label=lazy("Thời gian"), help_text=TIME_HELP)
    result = forms.CharField(label=lazy("Kết quả của bước"), max_length=300, required=False)
    forms_made = forms.CharField(
        label=lazy("Biểu mẫu, giấy tờ lập ở bước này"), required=False, max_length=3000,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=lazy("Mỗi dòng một loại."),
    )  # fmt: skip
    requires = forms.MultipleChoiceField(
        label=lazy("Việc phải xong trước khi rời bước"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=lambda: _pairs(REQUIRED_WORDS),
    )  # fmt: skip
    back_to = forms.TypedMultipleChoiceField(
        label=lazy("Được chuyển trả về bước"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    otherwise = forms.TypedChoiceField(
        label=lazy("Sau bước này, trường hợp còn lại chuyển đến"), required=False, coerce=int, empty_value=None
    )
    field_order = ["name", "stage", "role", "time", "place", "unit", "result", "forms_made", "requires", "back_to"]

    def clean_forms_made(self) -> tuple[str, ...]:
        return tuple(line.strip()[:300] for line in self.cleaned_data["forms_made"].splitlines() if line.strip())


class OpinionRow(Placed):
    """One opinion; a row without a name is left out."""

    name = forms.CharField(label=lazy("Nội dung xin ý kiến"), max_length=300, required=False)
    role = forms.ChoiceField(label=lazy("Người cho ý kiến"), choices=role_choices, required=False)
    time = HoursField(label=lazy("Thời gian cho ý kiến"), required=False)
    field_order = ["name", "role", "time", "place", "unit"]

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("name"):
            self.errors.clear()
            return self.cleaned_data
        data = super().clean()
        for name in ("role", "time"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("Hãy nhập: %(label)s.") % {"label": self.fields[name].label})
        return data


class BranchRow(Form):
    """One branch; a row without a fact is left out."""

    fact = forms.ChoiceField(
        label=lazy("Nếu"), required=False, choices=lambda: [("", _("Không rẽ nhánh")), *_pairs(FACT_WORDS)]
    )
    operator = forms.ChoiceField(label=lazy("So sánh"), required=False, choices=lambda: _pairs(OPERATOR_WORDS))
    value = forms.CharField(label=lazy("Giá trị"), max_length=300, required=False)
    to = forms.TypedChoiceField(label=lazy("thì chuyển đến bước"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].widget.attrs["list"] = "known-values"
        for field in self.fields.values():
            field.show_as_required = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("fact"):
            return data
        if not data.get("to"):
            self.add_error("to", _("Hãy chọn bước chuyển đến."))
        condition = Condition(Fact(data["fact"]), Operator(data["operator"]), _coded(Fact(data["fact"]), data["value"]))
        try:
            check_condition(condition)
        except MotcuaError as error:
            self.add_error("value", error.render(_(error.sentence)))
        data["condition"] = condition
        return data


def _coded(fact: Fact, written: str) -> str:
    """Values written in the words of the page as they are kept; anything else stays as written."""
    known = {fold(str(words)): value for value, words in VALUE_WORDS.get(fact, {}).items()}
    parts = [part.strip() for part in written.split(";")]
    return "; ".join(known.get(fold(part), part) for part in parts if part)


def known_values() -> list[str]:
    """Words a value may be chosen from."""
    return sorted({str(words) for values in VALUE_WORDS.values() for words in values.values()})


OpinionRows = forms.formset_factory(OpinionRow, extra=0, max_num=20)
BranchRows = forms.formset_factory(BranchRow, extra=0, max_num=20)


class StepForm:
    """The step at hand with all its parts; `steps` are those of the draft, `step` the one to be edited."""

    def __init__(self, request: HttpRequest, steps: tuple[StepPlan, ...], step: StepPlan) -> None:
        data = request.POST if request.method == "POST" else None
        self.steps, self.step = steps, step
        self.head = StepHead(data, initial=_head(step))
        self.opinions = OpinionRows(data, prefix="o", initial=_opinions(step))
        self.branches = BranchRows(data, prefix="b", initial=_branches(step))
        self._name_steps()

    def _name_steps(self) -> None:
        named = [(str(step.position), f"{step.position}. {step.name}") for step in self.steps]
        others = [choice for choice in named if choice[0] != str(self.step.position)]
        before = [choice for choice in named if int(choice[0]) < self.step.position]
        self.head.fields["back_to"].choices = before  # type: ignore[attr-defined]
        self.head.fields["otherwise"].choices = [("", _("Bước tiếp theo")), *others]  # type: ignore[attr-defined]
        self.head.fields["otherwise"].show_as_required = True  # type: ignore[attr-defined]
        for row in self.branches:
            row.fields["to"].choices = [("", _("Hãy chọn")), *others]

    @cached_property
    def valid(self) -> bool:
        return all([self.head.is_valid(), self.opinions.is_valid(), self.branches.is_valid()])

    @property
    def errors(self) -> list[dict[str, str]]:
        """Every refused field with the place to jump to."""
        bound = [field for form in (self.head, *self.opinions, *self.branches) for field in form]
        return [{"text": text, "field_id": field.id_for_label or field.auto_id} for field in bound for text in field.errors]

    def told(self) -> StepPlan:
        """The step as filled in."""
        data = self.head.cleaned_data
        hours, share = data["time"]
        return StepPlan(
            self.step.position, Stage(data["stage"]), data["name"], data["role"], hours, share, data["result"],
            place=self.head.told_place(),
            opinions=tuple(
                OpinionPlan(row.cleaned_data["name"], row.cleaned_data["role"], row.cleaned_data["time"], row.told_place())
                for row in self.opinions if row.cleaned_data.get("name")
            ),
            requires=frozenset(RequiredAct(act) for act in data["requires"]),
            forms=data["forms_made"],
            branches=self._told_branches(),
            back_to=tuple(sorted(data["back_to"])),
        )  # fmt: skip

    def _told_branches(self) -> tuple[Branch, ...]:
        rows = [row.cleaned_data for row in self.branches if row.cleaned_data.get("fact")]
        onward = [step.position for step in self.steps if step.position > self.step.position]
        otherwise = self.head.cleaned_data["otherwise"] or (onward[0] if onward else None)
        told = tuple(Branch(row["to"], row["condition"]) for row in rows)
        return (*told, Branch(otherwise)) if otherwise and (told or self.head.cleaned_data["otherwise"]) else told


def _head(step: StepPlan) -> dict[str, Any]:
    otherwise = step.branches[-1].to if step.branches and step.branches[-1].when is None else None
    return {
        "name": step.name, "stage": step.stage.value, "role": step.role, "time": time_text(step), "result": step.result,
        "place": step.place.kind.value, "unit": step.place.unit_id, "forms_made": "\n".join(step.forms),
        "requires": [act.value for act in step.requires], "back_to": list(step.back_to), "otherwise": otherwise,
    }  # fmt: skip


def _opinions(step: StepPlan) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = [
        {
            "name": o.name, "role": o.role, "time": hours_text(o.hours), "place": o.place.kind.value,
            "unit": o.place.unit_id,
        }
        for o in step.opinions
    ]  # fmt: skip
    return told + [{"place": PlaceKind.FIXED.value}] * _MORE_OPINIONS


def _branches(step: StepPlan) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []
    for branch in step.branches:
        if branch.when is not None:
            known = VALUE_WORDS.get(branch.when.fact, {})
            words = "; ".join(str(known.get(value, value)) for value in branch.when.values)
            told.append(
                {"fact": branch.when.fact, "operator": branch.when.operator, "value": words, "to": branch.to}
            )
    return told + [{}] * _MORE_BRANCHES
