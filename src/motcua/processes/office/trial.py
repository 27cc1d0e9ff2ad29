"""A dry run: a sample dossier goes through a version before it is published. Nothing is written."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from motcua.base.time import at, local, local_date
from motcua.deadlines import queries as deadlines
from motcua.deadlines.rules import Term, due
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import REFUSED
from motcua.kit.forms import DateField, Form
from motcua.organisation import queries as organisation
from motcua.processes import queries
from motcua.processes.drawing import draw
from motcua.processes.office.pages import address, keepers
from motcua.processes.ports import ProcedureTold, procedures
from motcua.processes.rules import Fact, FactValue, Passage, Place, PlaceKind, StepPlan, dry_run
from motcua.processes.words import VALUE_WORDS, condition_words, place_of, role_of


class Sample(Form):
    """What a dossier may be like."""

    case = forms.ChoiceField(label=lazy("Trường hợp"), required=False)
    channel = forms.ChoiceField(label=lazy("Cách thức nộp"))
    level = forms.ChoiceField(label=lazy("Cấp giải quyết"))
    unit = forms.TypedChoiceField(label=lazy("Cơ quan có thẩm quyền"), required=False, coerce=int, empty_value=None)
    owner_kind = forms.ChoiceField(label=lazy("Loại chủ hồ sơ"))
    fee_due = forms.BooleanField(label=lazy("Còn phí, lệ phí phải thu"), required=False)
    components_missing = forms.IntegerField(label=lazy("Số giấy tờ bắt buộc còn thiếu"), min_value=0, initial=0)
    components_received = forms.IntegerField(label=lazy("Số giấy tờ đã nhận"), min_value=0, initial=1)
    opinions_agreed = forms.IntegerField(label=lazy("Số ý kiến đồng ý"), min_value=0, initial=0)
    opinions_disagreed = forms.IntegerField(label=lazy("Số ý kiến không đồng ý"), min_value=0, initial=0)
    day = DateField(label=lazy("Ngày nhận hồ sơ"))
    hour = forms.TimeField(label=lazy("Giờ nhận"), initial=time(8))

    def __init__(self, *args: Any, procedure: ProcedureTold | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = local_date(clock.now())
        cases = [(case.name, case.name) for case in procedure.cases] if procedure else []
        settled = procedures().settled_by(procedure.code, on=today) if procedure else frozenset()
        units = [(u.id, u.name) for _depth, u in organisation.outline(today) if u.id in settled]
        self._choose("case", cases or [("", _("Không có"))])
        self._choose("unit", units or [("", _("Chưa có cơ quan nào"))])
        levels = VALUE_WORDS[Fact.LEVEL].items()
        self._choose("level", [p for p in levels if procedure is None or p[0] in procedure.levels] or list(levels))
        self._choose("channel", VALUE_WORDS[Fact.CHANNEL].items())
        self._choose("owner_kind", VALUE_WORDS[Fact.OWNER_KIND].items())
        for name in ("case", "unit"):
            self.fields[name].show_as_required = True  # type: ignore[attr-defined]

    def _choose(self, name: str, choices: Any) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


@require_safe
@requires(keepers)
def show(request: HttpRequest, version_id: int) -> HttpResponse:
    """Step by step: who, where, when due, which branch and why."""
    version, steps = queries.version(version_id), queries.steps_of(version_id)
    today = local_date(clock.now())
    procedure = procedures().told(version.procedure_code, on=today) if version.procedure_code else None
    asked = "channel" in request.GET
    form = Sample(request.GET if asked else None, procedure=procedure, initial={"day": f"{today:%d/%m/%Y}"})
    context: dict[str, Any] = {"version": version, "form": form, "back": address(version_id), "asked": asked}
    if asked and form.is_valid():
        context |= _run(steps, form.cleaned_data, procedure)
        context["drawing"] = draw(steps, title=version.name, done=context["positions"])
    return render(request, "processes/trial.html", context, status=REFUSED if form.errors else 200)


def _run(steps: tuple[StepPlan, ...], sample: dict[str, Any], procedure: ProcedureTold | None) -> dict[str, Any]:
    start = at(sample["day"], sample["hour"])
    case = next((c for c in procedure.cases if c.name == sample["case"]), None) if procedure else None
    due_at = _due(case.term, start) if case and case.term else None
    passages = dry_run(steps, _facts(sample, procedure), start=start, due=due_at, calendar=deadlines.work_calendar())
    units = organisation.tree(local_date(clock.now()))
    competent = units.get(sample["unit"])
    rows = [_row(passage, steps, competent, units) for passage in passages]
    finished = bool(passages) and passages[-1].step is steps[-1]
    return {
        "rows": rows, "due": _moment(due_at), "finished": finished, "positions": {p.step.position for p in passages},
    }  # fmt: skip


def _due(term: Term, start: datetime) -> datetime:
    """The due moment the rule set of that day gives this term, without pauses."""
    rules = deadlines.ruleset_on(start.date())
    counted = due(
        start=start, term=term, calendar=deadlines.work_calendar(), pauses=[], count=rules.day_count,
        same_day_cutoff=rules.same_day_cutoff, now=start,
    )  # fmt: skip
    return counted.moment


def _facts(sample: dict[str, Any], procedure: ProcedureTold | None) -> dict[Fact, FactValue]:
    told: dict[Fact, FactValue] = {fact: sample[fact.value] for fact in Fact if fact.value in sample}
    case = next((c for c in procedure.cases if c.name == sample["case"]), None) if procedure else None
    return told | {
        Fact.PROCEDURE: procedure.code if procedure else "",
        Fact.FIELD: procedure.field_code if procedure else "",
        Fact.AFTER_15H: bool(case and case.after_15h),
    }


def _row(passage: Passage, steps: tuple[StepPlan, ...], competent: Any, units: Any) -> dict[str, Any]:
    step, branch = passage.step, passage.branch
    names = {plan.position: plan.name for plan in steps}
    return {
        "step": step, "role": role_of(step.role), "place": _where(step.place, step in (steps[0], steps[-1]), competent, units),
        "entered": _moment(passage.entered), "due": _moment(passage.due),
        "opinions": [(name, _moment(when)) for name, when in passage.opinions],
        "branch": (condition_words(branch.when), branch.to, names.get(branch.to, "")) if branch else None,
    }  # fmt: skip


def _where(place: Place, at_counter: bool, competent: Any, units: Any) -> str:
    if at_counter:
        return place_of(Place(PlaceKind.COUNTER))
    if competent is not None and place.kind is PlaceKind.COMPETENT:
        return str(competent.name)
    if competent is not None and place.kind is PlaceKind.ABOVE:
        return str(units[competent.parent_id or competent.id].name)
    return place_of(place)


def _moment(moment: datetime | None) -> str:
    return f"{local(moment):%H:%M ngày %d/%m/%Y}" if moment else _("không tính được (không có thời hạn)")
