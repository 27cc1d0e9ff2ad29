"""The forms of the acts. Each carries the revision the officer saw; the verb judges, the form only asks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.actor import Actor
from motcua.base.text import fold
from motcua.base.time import local_date
from motcua.deadlines.rules import PauseKind
from motcua.dossiers import words
from motcua.dossiers.held_data import held_by
from motcua.dossiers.office.uploads import kept_name
from motcua.dossiers.page_queries import Papers
from motcua.dossiers.routing import route_of
from motcua.dossiers.rules import way
from motcua.dossiers.rules.clock import Clock
from motcua.dossiers.rules.lateness import Timing, timing
from motcua.dossiers.rules.state import Dossier, EndKind
from motcua.kit.forms import DateField, Form
from motcua.people.queries import colleagues

METHODS = {
    "trực tiếp": lazy("Trực tiếp tại quầy"),
    "bưu chính công ích": lazy("Qua dịch vụ bưu chính công ích"),
    "trực tuyến": lazy("Trực tuyến (bản điện tử)"),
}


def area(label: Any, *, required: bool = True, help_text: Any = "", most: int = 4000) -> forms.CharField:
    """A few lines of text."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def line(
    label: Any, *, required: bool = True, most: int = 300, help_text: Any = "", initial: str = ""
) -> forms.CharField:
    """One line of text."""
    return forms.CharField(
        label=label, required=required, max_length=most, help_text=help_text, initial=initial
    )


def plain_labels(form: Form, *names: str) -> None:
    """Fields whose need depends on other answers are not called optional."""
    for name in names:
        form.fields[name].show_as_required = True  # type: ignore[attr-defined]


class ActForm(Form):
    """Base: nothing is asked. `papers` the dossier with its surroundings; `clock` its calendar and rules."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    uploads: tuple[str, ...] = ()

    def __init__(
        self, *args: Any, papers: Papers, clock: Clock, actor: Actor, now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.papers, self.clock, self.actor, self.now = papers, clock, actor, now
        self.fields["revision"].initial = self.dossier.revision
        self.prepare()

    @property
    def dossier(self) -> Dossier:
        return self.papers.dossier

    def prepare(self) -> None:
        """Fills choices from the dossier."""


class Noted(ActForm):
    note = area(lazy("Ghi chú"), required=False, most=1000)


class Reasoned(ActForm):
    reason = area(lazy("Lý do"))


class Grounded(Reasoned):
    ground = area(lazy("Căn cứ pháp lý"), help_text=lazy("Điều, khoản của văn bản; được in trên phiếu."))


class Supplement(Grounded):
    papers_asked = forms.MultipleChoiceField(
        label=lazy("Giấy tờ phải nộp thêm hoặc nộp lại"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = area(
        lazy("Nội dung khác phải hoàn thiện"),
        required=False,
        help_text=lazy("Mỗi dòng một nội dung. Nêu đầy đủ, một lần."),
    )
    ground = area(lazy("Căn cứ pháp lý"), required=False)
    lookup = area(
        lazy("Kết quả tra cứu không thành công"),
        required=False,
        help_text=lazy("Đã tra cứu gì, ở đâu và hệ thống trả lời thế nào."),
    )
    looked_up_at = forms.DateTimeField(
        label=lazy("Thời điểm tra cứu"),
        required=False,
        input_formats=["%H:%M %d/%m/%Y", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M"],
        help_text=lazy("Ví dụ 09:30 31/01/2026. Để trống nếu vừa tra cứu."),
        error_messages={"invalid": lazy("Thời điểm không đúng. Hãy nhập giờ và ngày, ví dụ 09:30 31/01/2026.")},
    )
    lookup_file = forms.FileField(label=lazy("Ảnh chụp hoặc tệp kết quả tra cứu"), required=False)
    lookup_file_kept = forms.CharField(required=False, widget=forms.HiddenInput)
    uploads = ("lookup_file",)
    field_order = [
        "papers_asked", "others", "lookup", "looked_up_at", "lookup_file", "reason", "ground", "reply_by", "override",
    ]  # fmt: skip

    def prepare(self) -> None:
        held = held_by(self.dossier.version_id)
        named = [(c, held.get(fold(c.name), "")) for c in self.papers.components]
        self.fields["papers_asked"].choices = [
            (str(c.pk), _("%(paper)s (đã có trong %(database)s)") % {"paper": c.name, "database": base} if base else c.name)
            for c, base in named
        ]
        plain_labels(self, "papers_asked", "others", "lookup")
        if not held:
            for name in ("lookup", "looked_up_at", "lookup_file", "lookup_file_kept"):
                del self.fields[name]
            self.uploads = ()

    def items(self) -> list[dict[str, str]]:
        """Everything asked, as the slip lists it."""
        names = {str(c.pk): c.name for c in self.papers.components}
        asked = [names[number] for number in self.cleaned_data["papers_asked"]]
        more = [row.strip() for row in self.cleaned_data["others"].splitlines() if row.strip()]
        return [{"name": name} for name in [*asked, *more]]


class LaterSupplement(Supplement):
    ground = area(lazy("Căn cứ pháp lý"))
    reply_by = DateField(label=lazy("Nộp bổ sung trước ngày"), required=False)
    override = line(
        lazy("Lý do phải yêu cầu bổ sung thêm lần nữa"),
        required=False,
        help_text=lazy("Hồ sơ đã được yêu cầu bổ sung đủ số lần cho phép; lãnh đạo quyết định cho phép thêm."),
    )

    def prepare(self) -> None:
        super().prepare()
        rule = self.clock.rules.pause_rules[PauseKind.SUPPLEMENT]
        asked = sum(not supplement.at_intake for supplement in self.dossier.supplements)
        if rule.max_times is None or asked < rule.max_times:
            self.fields["override"].widget = forms.HiddenInput()
        else:
            plain_labels(self, "override")


class IntakeAnswer(ActForm):
    received = forms.MultipleChoiceField(
        label=lazy("Giấy tờ đã đủ"), required=False, widget=forms.CheckboxSelectMultiple
    )
    answer = area(lazy("Nội dung đã hoàn thiện"), required=False)

    def prepare(self) -> None:
        self.fields["received"].choices = [
            (str(c.pk), c.name) for c in self.papers.components if not c.received
        ]


class Answer(ActForm):
    answer = area(lazy("Giấy tờ, nội dung đã bổ sung"))


class Assign(ActForm):
    holder = forms.ChoiceField(label=lazy("Cán bộ thụ lý"))

    def prepare(self) -> None:
        self.fields["holder"].choices = _colleagues(
            self.dossier.holder_unit_id, self.dossier.holder_role, self.now
        )


class Advance(ActForm):
    position = forms.IntegerField(widget=forms.HiddenInput)
    holder = forms.ChoiceField(label=lazy("Người thực hiện bước tiếp theo"), required=False)
    note = area(lazy("Ý kiến xử lý"), required=False, most=1000)

    def prepare(self) -> None:
        dossier = self.dossier
        self.fields["position"].initial = dossier.step_position
        route = route_of(dossier)
        ahead = way.following(dossier, route)
        people = _colleagues(way.unit_for(dossier, ahead, route), ahead.role, self.now) if ahead else []
        self.fields["holder"].choices = [("", _("Chưa chỉ định (cả nhóm thấy)")), *people]


class SendBack(Reasoned):
    position = forms.IntegerField(widget=forms.HiddenInput)
    to = forms.ChoiceField(label=lazy("Chuyển trả về bước"))
    field_order = ["to", "reason"]

    def prepare(self) -> None:
        self.fields["position"].initial = self.dossier.step_position
        earlier = way.may_go_back(self.dossier)
        self.fields["to"].choices = [(str(plan.position), f"{plan.position}. {plan.name}") for plan in earlier]


class Digitise(ActForm):
    """One file for each paper that came in; those that have one already may get a better copy."""

    uploads = tuple(f"paper_{position}" for position in range(1, 101))

    def prepare(self) -> None:
        papers = [paper for paper in self.papers.components if paper.received and paper.position <= len(self.uploads)]
        self.lines = {f"paper_{paper.position}": paper.pk for paper in papers}
        for paper in papers:
            known = _(" (đã có tệp, tải lên để thay)") if paper.file_id else ""
            self.fields[f"paper_{paper.position}"] = forms.FileField(label=paper.name + known, required=False)
            self.fields[kept_name(f"paper_{paper.position}")] = forms.CharField(
                required=False, widget=forms.HiddenInput
            )
        self.uploads = tuple(self.lines)
        plain_labels(self, *self.lines)


class TakeFees(ActForm):
    fees = forms.MultipleChoiceField(label=lazy("Khoản đã thu"), widget=forms.CheckboxSelectMultiple)

    def prepare(self) -> None:
        due = [fee for fee in self.papers.fees if not fee.paid and fee.amount]
        self.fields["fees"].choices = [
            (str(fee.pk), f"{fee.name}: {fee.amount:,} đồng".replace(",", ".")) for fee in due
        ]
        self.fields["fees"].initial = [str(fee.pk) for fee in due]


class MoveProcess(Reasoned):
    """Only the reason is asked: the target is the version in force."""


class Pause(Grounded):
    kind = forms.ChoiceField(label=lazy("Lý do được dừng tính thời hạn"))
    field_order = ["kind", "reason", "ground"]

    def prepare(self) -> None:
        allowed = {kind.value for kind, rule in self.clock.rules.pause_rules.items() if rule.stops} - {
            "supplement"
        }
        self.fields["kind"].choices = [
            (k.value, label) for k, label in words.PAUSE_KINDS.items() if k.value in allowed
        ]


class Apologise(Reasoned):
    new_date = DateField(label=lazy("Hẹn lại trước ngày"), required=False)

    def moment(self) -> datetime | None:
        """Closing of the chosen day, or of the next working day."""
        day = self.cleaned_data["new_date"]
        return self.clock.calendar.closing(self.clock.calendar.on_or_after(day)) if day else None


class LateCause(ActForm):
    cause = forms.ChoiceField(label=lazy("Nguyên nhân quá hạn"), choices=words.pairs(words.LATE_CAUSES))
    late_note = line(lazy("Giải thích"), required=False, most=500)


class Decide(ActForm):
    outcome = forms.ChoiceField(
        label=lazy("Kết quả"),
        widget=forms.RadioSelect,
        choices=[("granted", lazy("Giải quyết theo đề nghị")), ("refused", lazy("Từ chối giải quyết"))],
        initial="granted",
    )
    number = line(lazy("Số, ký hiệu văn bản kết quả"), required=False, most=100)
    title = line(lazy("Tên kết quả"), required=False, most=500)
    signed_by = line(lazy("Người ký"), required=False, most=200)
    file = forms.FileField(label=lazy("Tệp kết quả"), required=False)
    file_kept = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = area(
        lazy("Lý do từ chối"), required=False, help_text=lazy("Chỉ ghi khi từ chối; được in trên phiếu.")
    )
    ground = area(lazy("Căn cứ từ chối"), required=False, help_text=lazy("Điều, khoản của văn bản."))
    cause = forms.ChoiceField(label=lazy("Nguyên nhân quá hạn"), required=False)
    late_note = line(lazy("Giải thích quá hạn"), required=False, most=500)
    uploads = ("file",)

    def prepare(self) -> None:
        results = self.papers.version.results
        self.fields["title"].initial = results[0].name if results else ""
        plain_labels(
            self, "title", "reason", "ground", *(["file"] if self.dossier.result_is_document else [])
        )
        late = timing(self.now, self.dossier.due_at) is Timing.LATE and not self.dossier.late_cause
        if late:
            self.fields["cause"].choices = [("", _("Hãy chọn")), *words.pairs(words.LATE_CAUSES)]
            plain_labels(self, "cause")
        else:
            del self.fields["cause"], self.fields["late_note"]


class GiveBack(ActForm):
    receiver = line(lazy("Họ và tên người nhận"))
    receiver_number = line(lazy("Số định danh của người nhận"), required=False, most=20)
    method = forms.ChoiceField(label=lazy("Hình thức trả"), choices=words.pairs(METHODS))

    def prepare(self) -> None:
        self.fields["receiver"].initial = self.papers.applicant.submitter_name or self.papers.applicant.name
        number = self.papers.applicant.submitter_number or self.papers.applicant.number
        self.fields["receiver_number"].initial = number


class Stop(Grounded):
    kind = forms.ChoiceField(
        label=lazy("Hình thức"),
        widget=forms.RadioSelect,
        initial=EndKind.STOPPED.value,
        choices=[
            (EndKind.STOPPED.value, lazy("Dừng giải quyết hẳn")),
            (EndKind.SENT_BACK.value, lazy("Trả lại hồ sơ cho chủ hồ sơ")),
        ],
    )
    field_order = ["kind", "reason", "ground"]


class Withdraw(ActForm):
    file = forms.FileField(
        label=lazy("Đơn đề nghị rút hồ sơ của chủ hồ sơ"),
        required=False,
        help_text=lazy("Bản chụp đơn có chữ ký. Không cần nếu chủ hồ sơ đã gửi yêu cầu trực tuyến."),
    )
    file_kept = forms.CharField(required=False, widget=forms.HiddenInput)
    evidence = line(lazy("Số, ngày của đơn"), required=False)
    request = line(lazy("Mã yêu cầu rút hồ sơ đã gửi trực tuyến"), required=False, most=100)
    reason = area(lazy("Lý do chủ hồ sơ nêu"), required=False)
    uploads = ("file",)

    def prepare(self) -> None:
        plain_labels(self, "file", "request")


def _colleagues(unit_id: int | None, role: str, now: datetime) -> list[tuple[str, str]]:
    if unit_id is None:
        return []
    return [(str(number), name) for number, name in colleagues(unit_id, role=role, on=local_date(now))]
