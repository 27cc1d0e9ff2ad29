"""The administrators' pages: how each unit is warned, a new plan from a day on, ending one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from motcua.alerts import plans, services, words
from motcua.alerts.rules import Level, Plan, Recipient, shipped_plan
from motcua.base.time import local_date
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import Page, ask
from motcua.kit.forms import DateField, Form
from motcua.organisation import queries as units
from motcua.people.access import actor, roles
from motcua.people.rules import Role

administrators = roles(Role.ADMIN)
_ROWS = 4


class PlanForm(Form):
    """The levels row by row; an empty percentage leaves the row out."""

    unit = forms.ChoiceField(
        label=lazy("Đơn vị"), help_text=lazy("Áp dụng cho đơn vị này và mọi đơn vị trực thuộc.")
    )
    since = DateField(label=lazy("Áp dụng từ ngày"))
    idle_hours = forms.IntegerField(label=lazy("Coi là vướng sau bao nhiêu giờ làm việc không có thao tác"))
    escalate_hours = forms.IntegerField(
        label=lazy("Thiếu thư xin lỗi bao nhiêu giờ làm việc thì báo cáo lãnh đạo đơn vị")
    )
    escalate_again_hours = forms.IntegerField(label=lazy("… thì báo cáo giám đốc Trung tâm và Chủ tịch"))
    extension_days = forms.IntegerField(label=lazy("Số ngày làm việc dự thảo đề nghị hẹn lại"))
    digest_at = forms.TimeField(label=lazy("Giờ gửi thư buổi sáng"), help_text=lazy("Ví dụ 07:00."))
    citation = forms.CharField(label=lazy("Căn cứ"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = unit_choices()  # type: ignore[attr-defined]
        for row in range(1, _ROWS + 1):
            self.fields[f"percent_{row}"] = _percent(row)
            self.fields[f"to_{row}"] = _recipients(row)
        for name, field in self.fields.items():
            field.show_as_required = True
            if isinstance(field, forms.IntegerField):
                field.error_messages["invalid"] = _("Hãy nhập bằng chữ số.")
            if name == "digest_at":
                field.error_messages["invalid"] = _("Giờ không đúng. Hãy nhập giờ và phút, ví dụ 07:00.")

    def plan(self) -> Plan:
        """What was typed, as a plan; the verb checks it."""
        told = self.cleaned_data
        rows = [(told[f"percent_{n}"], told[f"to_{n}"]) for n in range(1, _ROWS + 1)]
        levels = tuple(Level(p, tuple(Recipient(who) for who in to)) for p, to in rows if p is not None)
        names = (
            "idle_hours",
            "escalate_hours",
            "escalate_again_hours",
            "extension_days",
            "digest_at",
            "citation",
        )
        return Plan(levels, *(told[name] for name in names))

    @property
    def unit_id(self) -> int | None:
        return int(self.cleaned_data["unit"]) or None

    @property
    def plain(self) -> list[Any]:
        """The fields that stand alone."""
        return [bound for bound in self if not bound.name.startswith(("percent_", "to_"))]

    @property
    def level_rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"percent_{n}"], self[f"to_{n}"]) for n in range(1, _ROWS + 1)]


def _percent(row: int) -> forms.IntegerField:
    return forms.IntegerField(label=_("Mức %(n)s, %% thời hạn") % {"n": row}, required=False)


def _recipients(row: int) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Mức %(n)s báo cho") % {"n": row}, required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(who.value, words.RECIPIENTS[who]) for who in Recipient],
    )  # fmt: skip


def unit_choices() -> list[tuple[str, str]]:
    """The province, then the units of today's tree, indented."""
    tree = units.outline(local_date(clock.now()))
    return [("0", _("Cả tỉnh (mặc định)"))] + [(str(u.id), "\u2003" * depth + u.name) for depth, u in tree]


@require_safe
@requires(administrators)
def listing(request: HttpRequest) -> HttpResponse:
    """Plans in force and to come, the province's first."""
    today = local_date(clock.now())
    found = [
        {
            "span": span,
            "name": _name(span.unit_id),
            "levels": words.to_words(span.plan),
            "begun": span.since <= today,
        }
        for span in plans.spans(on=today)
    ]
    own = any(row["span"].unit_id is None and row["begun"] for row in found)
    context = {
        "rows": found,
        "shipped": None if own else shipped_plan(),
        "levels": words.to_words(shipped_plan()),
    }
    return render(request, "alerts/plans.html", context)


@requires(administrators)
def edit(request: HttpRequest) -> HttpResponse:
    """A plan for a unit from a day on; starts from what holds there today."""
    page = Page(
        _("Đặt mức cảnh báo"), _("Áp dụng"), reverse("alerts_office:plans"), template="alerts/plan.html",
        note=_("Các mức phải tăng dần, từ 1 đến 100. Cấu hình trước của đơn vị kết thúc vào ngày này."),
    )  # fmt: skip
    form = PlanForm(request.POST) if request.method == "POST" else PlanForm(initial=_initial(request))

    def do(data: dict[str, Any]) -> str:
        services.set_plan(
            unit_id=form.unit_id, plan=form.plan(), since=data["since"], actor=actor(request), now=clock.now()
        )
        return reverse("alerts_office:plans")

    return ask(request, page, form, do=do, done=_("Đã đặt mức cảnh báo."))


def _initial(request: HttpRequest) -> dict[str, Any]:
    today = local_date(clock.now())
    asked = request.GET.get("unit", "")
    unit = int(asked) if asked in dict(unit_choices()) else 0
    plan = plans.plan_for(unit, on=today) if unit else plans.plans_on(today)[None]
    names = ("idle_hours", "escalate_hours", "escalate_again_hours", "extension_days", "digest_at")
    told: dict[str, Any] = {"unit": str(unit), "since": today} | {name: getattr(plan, name) for name in names}
    for number, level in enumerate(plan.levels[:_ROWS], 1):
        told |= {f"percent_{number}": level.percent, f"to_{number}": list(level.to)}
    return told


@requires(administrators)
def end(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Ends a unit's own plan (0: the province's)."""
    caption = _name(unit_id or None)
    page = Page(
        _("Bỏ mức cảnh báo riêng"), _("Bỏ cấu hình riêng"), reverse("alerts_office:plans"), caption=caption,
        note=_("Từ hôm nay đơn vị theo cấu hình của cấp trên gần nhất."),
    )  # fmt: skip
    form = Form(request.POST) if request.method == "POST" else Form()

    def do(data: dict[str, Any]) -> str:
        services.end_plan(unit_id=unit_id or None, actor=actor(request), now=clock.now())
        return reverse("alerts_office:plans")

    return ask(request, page, form, do=do, done=_("Đã bỏ cấu hình riêng."))


def _name(unit_id: int | None) -> str:
    return units.latest(unit_id).name if unit_id else _("Cả tỉnh")
