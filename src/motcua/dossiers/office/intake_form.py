"""The one dense page of the counter as a form: owner, submitter, papers, fees. Its fields follow the procedure's version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError
from motcua.catalogue.queries import ComponentFacts, TariffFacts, VersionFacts
from motcua.dossiers import words
from motcua.dossiers.intake import ComponentInput, FeeInput, Intake, Submitter
from motcua.dossiers.office.uploads import kept_name, number_of
from motcua.dossiers.rules.state import Channel
from motcua.kit.forms import DateField, Form
from motcua.people.queries import PersonFacts
from motcua.people.rules import NameMissing
from motcua.people.services import checked_person

OWNER = (
    "owner_kind",
    "owner_number",
    "owner_name",
    "owner_born",
    "owner_sex",
    "owner_phone",
    "owner_email",
    "owner_address",
)
SUBMITTER = ("submitter_name", "submitter_number", "submitter_phone")
_JUDGED_LATER = ("qr", "owner_number")  # whether a number is needed depends on the kind of owner
SEXES = [("", ""), ("Nam", lazy("Nam")), ("Nữ", lazy("Nữ"))]
MOST_COPIES, LARGEST_FEE = 999, 10**12


class IntakeForm(Form):
    """`units`: number and name of the units that may settle it; `accepting`: required papers must be ticked."""

    def __init__(
        self,
        *args: Any,
        version: VersionFacts,
        units: Sequence[tuple[int, str]],
        accepting: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.version, self.accepting = version, accepting
        self.fields.update(_case_fields(version, units))
        self.fields.update(owner_fields())
        for name in _JUDGED_LATER:
            self.fields[name].show_as_required = True  # type: ignore[attr-defined]
        for paper in self.papers:
            self.fields.update(_paper_fields(paper))
        for tariff in version.tariffs:
            self.fields.update(_fee_fields(tariff))

    @property
    def papers(self) -> list[ComponentFacts]:
        """The papers that can be ticked; mere notes of the record are not among them."""
        return [paper for paper in self.version.components if paper.kind != "note"]

    @property
    def owner_rows(self) -> list[forms.BoundField]:
        return [self[name] for name in OWNER]

    @property
    def submitter_rows(self) -> list[forms.BoundField]:
        return [self[name] for name in SUBMITTER]

    @property
    def paper_rows(self) -> list[dict[str, Any]]:
        """Each paper with its controls, for the checklist."""
        cases = {case.id: case.name for case in self.version.cases}
        return [
            {
                "paper": p,
                "case": cases.get(p.case_id or 0, ""),
                **self._bound(f"c{p.id}", ("received", "originals", "copies", "file", "file_kept")),
            }
            for p in self.papers
        ]

    @property
    def fee_rows(self) -> list[dict[str, Any]]:
        """Each tariff with its controls."""
        return [
            {
                "tariff": t,
                "kind": words.FEE_KINDS.get(t.kind, ""),
                **self._bound(f"f{t.id}", ("due", "amount", "payer", "paid")),
            }
            for t in self.version.tariffs
        ]

    @property
    def upload_names(self) -> list[str]:
        return [f"c{paper.id}_file" for paper in self.papers]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._check_owner()
        if self.accepting:
            self._check_papers()
        for tariff in self.version.tariffs:
            if data.get(f"f{tariff.id}_due") and data.get(f"f{tariff.id}_amount") is None:
                self.add_error(
                    f"f{tariff.id}_amount", _("Hãy nhập số tiền của “%(name)s”.") % {"name": tariff.name}
                )
        return data

    def intake(self, *, counter: int, actor: Actor) -> Intake:
        """The answers as the verb takes them."""
        data = self.cleaned_data
        return Intake(
            self.version.code,
            int(data["unit"]),
            counter,
            Channel(data["channel"]),
            self.owner(),
            case_id=self.case_id,
            submitter=Submitter(*(data[name] for name in SUBMITTER)),
            components=tuple(self._component(paper, actor) for paper in self._asked()),
            fees=tuple(self._fees()),
        )

    def owner(self) -> PersonFacts:
        """The owner as typed."""
        data = self.cleaned_data
        names = ("kind", "number", "name", "born", "sex", "phone", "email", "address")
        return PersonFacts(*(data.get(f"owner_{name}") or (None if name == "born" else "") for name in names))

    @property
    def case_id(self) -> int | None:
        chosen = self.cleaned_data.get("case")
        return int(chosen) if chosen else None

    def _bound(self, prefix: str, names: Sequence[str]) -> dict[str, forms.BoundField]:
        return {name: self[f"{prefix}_{name}"] for name in names if f"{prefix}_{name}" in self.fields}

    def _asked(self) -> list[ComponentFacts]:
        return [paper for paper in self.papers if paper.case_id in (None, self.case_id)]

    def _check_owner(self) -> None:
        if "owner_kind" not in self.cleaned_data:
            return
        try:
            checked_person(self.owner())
        except NameMissing as error:
            self.add_error("owner_name", words.sentence_of(error))
        except MotcuaError as error:
            self.add_error("owner_number", words.sentence_of(error))

    def _check_papers(self) -> None:
        for paper in self._asked():
            if paper.required and not self.cleaned_data.get(f"c{paper.id}_received"):
                self.add_error(
                    f"c{paper.id}_received", _("Thiếu giấy tờ bắt buộc: %(name)s.") % {"name": paper.name}
                )

    def _component(self, paper: ComponentFacts, actor: Actor) -> ComponentInput:
        data, prefix = self.cleaned_data, f"c{paper.id}"
        return ComponentInput(
            paper.id,
            bool(data[f"{prefix}_received"]),
            data[f"{prefix}_originals"] or 0,
            data[f"{prefix}_copies"] or 0,
            number_of(data[kept_name(f"{prefix}_file")], actor=actor),
        )

    def _fees(self) -> list[FeeInput]:
        data = self.cleaned_data
        due = [t for t in self.version.tariffs if data[f"f{t.id}_due"] and t.case_id in (None, self.case_id)]
        return [
            FeeInput(
                t.kind,
                t.name,
                data[f"f{t.id}_amount"],
                data[f"f{t.id}_payer"] or self.owner().name,
                data[f"f{t.id}_paid"],
            )
            for t in due
        ]


def _case_fields(version: VersionFacts, units: Sequence[tuple[int, str]]) -> dict[str, forms.Field]:
    cases = [(str(case.id), _case_words(case)) for case in version.cases]
    fields: dict[str, forms.Field] = {
        "ticket": forms.CharField(max_length=40, widget=forms.HiddenInput, initial=lambda: uuid4().hex),
        "channel": forms.ChoiceField(
            label=_("Hình thức nộp"),
            choices=words.pairs(words.CHANNELS),
            initial=Channel.DIRECT.value,
            widget=forms.RadioSelect,
        ),
        "unit": forms.ChoiceField(
            label=_("Cơ quan có thẩm quyền giải quyết"),
            choices=units,
            error_messages={
                "invalid_choice": _(
                    "Đơn vị này không hoạt động hoặc không có thẩm quyền giải quyết thủ tục. Hãy chọn trong danh sách."
                )
            },
        ),
    }
    if len(cases) > 1:
        default = next((str(case.id) for case in version.cases if case.is_default), cases[0][0])
        fields["case"] = forms.ChoiceField(label=_("Trường hợp"), choices=cases, initial=default)
    else:
        fields["case"] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=cases[0][0] if cases else ""
        )
    return fields


def _case_words(case: Any) -> str:
    return f"{case.name} – {case.term.words()}" if case.term else case.name


def owner_fields() -> dict[str, forms.Field]:
    """Owner and submitter, for every page that takes something in."""
    text = lambda label, most, **more: forms.CharField(label=label, max_length=most, required=False, **more)  # noqa: E731
    return {
        "qr": text(_("Dữ liệu mã QR trên thẻ căn cước"), 500),
        "owner_kind": forms.ChoiceField(label=_("Loại chủ hồ sơ"), choices=words.pairs(words.PERSON_KINDS)),
        "owner_number": text(_("Số định danh (CCCD) hoặc mã số thuế"), 20),
        "owner_name": forms.CharField(label=_("Họ và tên, hoặc tên tổ chức"), max_length=300),
        "owner_born": DateField(label=_("Ngày sinh"), required=False, help_text=""),
        "owner_sex": forms.ChoiceField(label=_("Giới tính"), choices=SEXES, required=False),
        "owner_phone": text(_("Điện thoại"), 30),
        "owner_email": forms.EmailField(
            label=_("Thư điện tử"),
            max_length=254,
            required=False,
            error_messages={"invalid": _("Địa chỉ thư điện tử không đúng. Ví dụ: ten@example.vn.")},
        ),
        "owner_address": text(_("Địa chỉ"), 300),
        "submitter_name": text(_("Họ và tên người nộp thay"), 300),
        "submitter_number": text(_("Số định danh của người nộp thay"), 20),
        "submitter_phone": text(_("Điện thoại của người nộp thay"), 30),
    }


def _paper_fields(paper: ComponentFacts) -> dict[str, forms.Field]:
    prefix = f"c{paper.id}"
    return {
        f"{prefix}_received": _tick(paper.name),
        f"{prefix}_originals": _count(_("Số bản chính: %(name)s"), paper.name, paper.originals),
        f"{prefix}_copies": _count(_("Số bản sao: %(name)s"), paper.name, paper.copies),
        f"{prefix}_file": forms.FileField(
            label=_("Tệp: %(name)s") % {"name": paper.name},
            required=False,
            widget=forms.FileInput(attrs={"aria-label": _("Tệp: %(name)s") % {"name": paper.name}}),
        ),
        f"{prefix}_file_kept": forms.CharField(required=False, widget=forms.HiddenInput),
    }


def _fee_fields(tariff: TariffFacts) -> dict[str, forms.Field]:
    prefix, named = f"f{tariff.id}", {"name": tariff.name}
    payer = {"aria-label": _("Người trả: %(name)s") % named}
    usual = (
        tariff.amount is not None and tariff.channel in ("", Channel.DIRECT.value) and tariff.case_id is None
    )
    return {
        f"{prefix}_due": _tick(tariff.name, initial=usual),
        f"{prefix}_amount": _count(
            _("Số tiền (đồng): %(name)s"), tariff.name, tariff.amount, most=LARGEST_FEE
        ),
        f"{prefix}_payer": forms.CharField(
            label=_("Người trả"), max_length=300, required=False, widget=forms.TextInput(attrs=payer)
        ),
        f"{prefix}_paid": _tick(_("Đã thu")),
    }


def _tick(label: str, *, initial: bool = False) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, initial=initial)


def _count(label: str, name: str, initial: int | None, *, most: int = MOST_COPIES) -> forms.IntegerField:
    words_of_label = label % {"name": name}
    return forms.IntegerField(
        label=words_of_label,
        required=False,
        min_value=0,
        max_value=most,
        initial=initial,
        widget=forms.NumberInput(attrs={"aria-label": words_of_label}),
        error_messages={"invalid": _("%(label)s: hãy nhập số nguyên.") % {"label": words_of_label}},
    )


def answers_of(data: Mapping[str, Any], form: IntakeForm) -> dict[str, Any]:
    """What was typed so far, as initial values of a fresh form (nothing of it judged yet)."""
    ticks = (name for name, field in form.fields.items() if isinstance(field, forms.BooleanField))
    return {name: data[name] for name in data} | {name: name in data for name in ticks}
