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
from motcua.proposals.queries import proposals_of, reason_classes
from motcua.proposals.rules import Kind, State


class LetterForm(Form):
    reason = forms.CharField(
        label=lazy("Lý do chậm"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=lazy("In trên thư gửi chủ hồ sơ. Ghi đúng nguyên nhân, dễ hiểu với người dân."),
    )  # fmt: skip
    new_date = DateField(
        label=lazy("Hẹn lại trước ngày"), required=False,
        help_text=lazy("Ngày/tháng/năm. Chỉ được hẹn lại một lần; hạn dùng để tính quá hạn không đổi."),
    )  # fmt: skip

    reason_class = forms.ChoiceField(
        label=lazy("Nhóm lý do"), required=False, help_text=lazy("Cần khi trình lãnh đạo; dùng cho thống kê.")
    )

    def __init__(self, *args: Any, may_appoint: bool, may_send: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_appoint:
            del self.fields["new_date"]
        classes = [] if may_send else reason_classes(Kind.APOLOGY, on=local_date(clock.now()))
        self.fields["reason_class"].choices = [("", _("Chưa chọn")), *((c.code, c.name) for c in classes)]  # type: ignore[attr-defined]
        if may_send:
            del self.fields["reason_class"]

    def moment(self) -> datetime | None:
        """Closing of the chosen day, or of the next working day."""
        day, calendar = self.cleaned_data.get("new_date"), work_calendar()
        return calendar.closing(calendar.on_or_after(day)) if day else None


@requires(sees_the_dossier)
def letter(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """Shows the draft; saves it, or sends it when the head presses the other button."""
    dossier, actor, now = dossier_of(request), actor_of(request), clock.now()
    draft = letters.draft_of(dossier_id, now=now)
    may_send = access.may(actor, "apologise", dossier)
    form = _form(request, draft, may_send=may_send)
    back = reverse("dossiers:page", args=[dossier_id])
    if request.method == "POST" and form.is_valid() and _done(request, form, dossier):
        return redirect(request.path if "save" in request.POST else back)
    context = {
        "form": form, "back": back, "draft": draft, "code": dossier.code, "facts": _facts(draft),
        "may_edit": access.may(actor, "draft_apology", dossier), "may_send": may_send,
        "may_propose": access.may(actor, "propose", dossier), "pending": _pending(dossier_id),
    }  # fmt: skip
    return render(request, "alerts/letter.html", context, status=REFUSED if form.errors else 200)


def _form(request: HttpRequest, draft: Draft, *, may_send: bool) -> LetterForm:
    if request.method == "POST":
        return LetterForm(request.POST, may_appoint=draft.may_appoint, may_send=may_send)
    day = local_date(draft.new_date) if draft.new_date else None
    initial = {"reason": draft.reason, "new_date": day}
    return LetterForm(initial=initial, may_appoint=draft.may_appoint, may_send=may_send)


def _pending(dossier_id: int) -> Any:
    """The proposal of a letter that waits for the head, if any."""
    waiting = (p for p in proposals_of(dossier_id) if p.kind == Kind.APOLOGY and p.state == State.PENDING)
    return next(waiting, None)


def _done(request: HttpRequest, form: LetterForm, dossier: Any) -> bool:
    told: dict[str, Any] = {"reason": form.cleaned_data["reason"], "new_date": form.moment()}
    who: dict[str, Any] = {"actor": actor_of(request), "now": clock.now()}
    try:
        if "send" in request.POST:
            services.send_letter(dossier.id, **told, **who, revision=_revision(request))
            messages.success(request, _("Đã gửi thư xin lỗi; thư nằm trong mục In phiếu của hồ sơ."))
        elif "propose" in request.POST:
            told["reason_class"] = form.cleaned_data.get("reason_class", "")
            services.lay_before_head(dossier.id, **told, **who, revision=_revision(request))
            messages.success(request, _("Đã trình lãnh đạo thư xin lỗi. Thư được gửi khi lãnh đạo đồng ý."))
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
