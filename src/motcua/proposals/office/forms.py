"""What a proposal asks: the form of the act itself, with the class of its reason. Deciding asks for a note or a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.time import day_end, local_date
from motcua.dossiers import words
from motcua.dossiers.office import forms as acts
from motcua.dossiers.office.uploads import number_of
from motcua.dossiers.rules.lateness import Timing, timing
from motcua.kit.forms import Form
from motcua.proposals import queries
from motcua.proposals.rules import Draft, Kind


class Proposed(acts.ActForm):
    """Base: the class of the reason; below it what the act of `kind` needs."""

    proposes: Kind
    reason_class = forms.ChoiceField(label=lazy("Nhóm lý do"))

    def prepare(self) -> None:
        super().prepare()
        classes = queries.reason_classes(self.proposes, on=local_date(self.now))
        self.fields["reason_class"].choices = [("", _("Hãy chọn")), *((c.code, c.name) for c in classes)]

    def draft(self) -> Draft:
        """What was filled in."""
        data = self.cleaned_data
        told = {name: data[name] for name in ("reason_class", "reason", "ground", "override") if name in data}
        return Draft(self.proposes, **told, **self.more())

    def more(self) -> dict[str, Any]:
        return {}


class Supplement(Proposed, acts.LaterSupplement):
    proposes = Kind.SUPPLEMENT
    field_order = ["reason_class", *acts.Supplement.field_order]

    def more(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "items": tuple(self.items()),
            "reply_by": day_end(data["reply_by"]) if data["reply_by"] else None,
            "lookup": data.get("lookup", ""),
            "looked_up_at": (data.get("looked_up_at") or self.now) if data.get("lookup") else None,
            "lookup_file_id": number_of(data.get("lookup_file_kept", ""), actor=self.actor),
        }


class Refuse(Proposed, acts.Grounded):
    proposes = Kind.REFUSE
    field_order = ["reason_class", "reason", "ground"]


class Pause(Proposed, acts.Pause):
    proposes = Kind.PAUSE
    field_order = ["reason_class", "kind", "reason", "ground"]

    def more(self) -> dict[str, Any]:
        return {"pause_kind": self.cleaned_data["kind"]}


class Stop(Proposed, acts.Stop):
    proposes = Kind.STOP
    field_order = ["reason_class", "kind", "reason", "ground"]

    def more(self) -> dict[str, Any]:
        return {"end_kind": self.cleaned_data["kind"]}


class Apology(Proposed, acts.Apologise):
    proposes = Kind.APOLOGY
    field_order = ["reason_class", "reason", "new_date"]

    def more(self) -> dict[str, Any]:
        return {"new_date": self.moment()}


class Approve(acts.ActForm):
    """The head agrees. `proposal_revision`: what the head has read; a late dossier that is refused names its cause."""

    proposal_revision = forms.IntegerField(widget=forms.HiddenInput)
    cause = forms.ChoiceField(label=lazy("Nguyên nhân quá hạn"), required=False)
    late_note = acts.line(lazy("Giải thích quá hạn"), required=False, most=500)
    note = acts.area(lazy("Ý kiến của lãnh đạo"), required=False, most=1000)

    def __init__(self, *args: Any, proposal_kind: str, **kwargs: Any) -> None:
        self.proposal_kind = proposal_kind
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        late = timing(self.now, self.dossier.due_at) is Timing.LATE and not self.dossier.late_cause
        if self.proposal_kind == Kind.REFUSE and late:
            self.fields["cause"].choices = [("", _("Hãy chọn")), *words.pairs(words.LATE_CAUSES)]
            acts.plain_labels(self, "cause")
        else:
            del self.fields["cause"], self.fields["late_note"]


class Reject(Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = acts.area(lazy("Lý do không đồng ý"), help_text=lazy("Nêu rõ để người đề xuất biết phải làm gì tiếp."))


class TakeBack(Form):
    note = acts.area(lazy("Ghi chú"), required=False, most=1000)
