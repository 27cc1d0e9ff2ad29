"""The draft of one letter: the officer saves reason and date, the head of the agency sends it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.alerts import letters, services
from motcua.alerts.letters import Draft
from motcua.base.errors import MotcuaError
from motcua.base.time import local_date
from motcua.deadlines.queries import work_calendar
from motcua.dossiers import access
from motcua.dossiers.office.guard import dossier_of, sees_the_dossier
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import REFUSED
from motcua.kit.columns import shown
from motcua.kit.forms import DateField, Form
from motcua.people.access import actor as actor_of


class LetterForm(Form):
    reason = forms.CharField(
        label=lazy("Lý do chậm"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=lazy("In trên thư gửi chủ hồ sơ. Ghi đúng nguyên nhân, không đổ cho hệ thống."),
    )  # fmt: skip
    new_date = DateField(
        label=lazy("Hẹn lại trước ngày"), required=False,
        help_text=lazy("Ngày/tháng/năm. Chỉ được hẹn lại một lần; hạn dùng để tính quá hạn không đổi."),
    )  # fmt: skip

    def __init__(self, *args: Any, may_appoint: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_appoint:
            del self.fields["new_date"]

    def moment(self) -> datetime | None:
        """Closing of the chosen day, or of the next working day."""
        day, calendar = self.cleaned_data.get("new_date"), work_calendar()
        return calendar.closing(calendar.on_or_after(day)) if day else None


@requires(sees_the_dossier)
def letter(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """Shows the draft; saves it, or sends it when the head presses the other button."""
    dossier, actor, now = dossier_of(request), actor_of(request), clock.now()
    draft = letters.draft_of(dossier_id, now=now)
    form = _form(request, draft)
    back = reverse("dossiers:page", args=[dossier_id])
    if request.method == "POST" and form.is_valid() and _done(request, form, dossier):
        return redirect(back if "send" in request.POST else request.path)
    context = {
        "form": form, "back": back, "draft": draft, "code": dossier.code, "facts": _facts(draft),
        "may_edit": access.may(actor, "draft_apology", dossier), "may_send": access.may(actor, "apologise", dossier),
    }  # fmt: skip
    return render(request, "alerts/letter.html", context, status=REFUSED if form.errors else 200)


def _form(request: HttpRequest, draft: Draft) -> LetterForm:
    if request.method == "POST":
        return LetterForm(request.POST, may_appoint=draft.may_appoint)
    day = local_date(draft.new_date) if draft.new_date else None
    return LetterForm(initial={"reason": draft.reason, "new_date": day}, may_appoint=draft.may_appoint)


def _done(request: HttpRequest, form: LetterForm, dossier: Any) -> bool:
    told: dict[str, Any] = {"reason": form.cleaned_data["reason"], "new_date": form.moment()}
    who: dict[str, Any] = {"actor": actor_of(request), "now": clock.now()}
    try:
        if "send" in request.POST:
            services.send_letter(dossier.id, **told, **who, revision=_revision(request))
            messages.success(request, _("Đã gửi thư xin lỗi; thư nằm trong mục In phiếu của hồ sơ."))
        else:
            services.edit_draft(dossier.id, **told, **who)
            messages.success(request, _("Đã lưu dự thảo. Thư được gửi khi lãnh đạo duyệt."))
    except MotcuaError as error:
        form.add_error(None, error.render(_(error.sentence)))
        return False
    return True


def _revision(request: HttpRequest) -> int | None:
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _facts(draft: Draft) -> list[dict[str, Any]]:
    by = draft.edited_by or _("hệ thống lập")
    rows = (
        (_("Hạn trả kết quả"), shown(draft.due_at)),
        (_("Dự thảo"), f"{shown(draft.edited_at or draft.made_at)}, {by}"),
        (_("Thư đã gửi trước đây"), str(draft.letters_sent)),
        (
            _("Hẹn lại"),
            _("được hẹn lại một lần") if draft.may_appoint else _("đã hết số lần hẹn lại; thư vẫn bắt buộc"),
        ),
    )
    return [{"label": label, "value": value} for label, value in rows]
