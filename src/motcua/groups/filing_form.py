"""One form for a whole group: the owner once, the papers of all procedures united, a unit and the fees for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _

from motcua.base.errors import MotcuaError
from motcua.base.text import fold
from motcua.catalogue.queries import ComponentFacts, TariffFacts, VersionFacts
from motcua.dossiers import words
from motcua.dossiers.intake import ComponentInput, FeeInput, Submitter
from motcua.dossiers.office.intake_form import LARGEST_FEE, OWNER, SUBMITTER, owner_fields
from motcua.dossiers.rules.state import Channel
from motcua.groups.queries import MemberFacts
from motcua.groups.services import Filing, Part
from motcua.kit.forms import Form
from motcua.people.queries import PersonFacts
from motcua.people.services import checked_person


@dataclass(frozen=True, slots=True)
class Offer:
    """A member with what its procedure asks today and the units that settle it."""

    member: MemberFacts
    version: VersionFacts
    units: Sequence[tuple[int, str]]


@dataclass(slots=True)
class SharedPaper:
    """A paper handed in once for every procedure that asks for it."""

    name: str
    required: bool = False
    asked: dict[int, ComponentFacts] = field(default_factory=dict)


class FilingForm(Form):
    """`offers`: the members in their order."""

    def __init__(self, *args: Any, offers: Sequence[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers, self.papers = offers, united(offers)
        self.fields["ticket"] = forms.CharField(max_length=40, widget=forms.HiddenInput, initial=lambda: uuid4().hex)
        self.fields["channel"] = forms.ChoiceField(
            label=_("Hình thức nộp"), choices=words.pairs(words.CHANNELS), initial=Channel.DIRECT.value, widget=forms.RadioSelect
        )
        self.fields.update(owner_fields())
        for offer in offers:
            self.fields.update(_member_fields(offer))
        for number, paper in enumerate(self.papers):
            self.fields[f"p{number}"] = forms.BooleanField(label=paper.name, required=False)

    @property
    def owner_rows(self) -> list[forms.BoundField]:
        return [self[name] for name in OWNER]

    @property
    def submitter_rows(self) -> list[forms.BoundField]:
        return [self[name] for name in SUBMITTER]

    @property
    def member_rows(self) -> list[dict[str, Any]]:
        """Each procedure with its controls."""
        return [
            {
                "member": offer.member,
                "unit": self[f"u{offer.member.position}"],
                "take": self[f"t{offer.member.position}"] if offer.member.optional else None,
                "fees": [_fee_row(self, tariff) for tariff in _fees_of(offer)],
            }
            for offer in self.offers
        ]

    @property
    def paper_rows(self) -> list[dict[str, Any]]:
        """Each paper with its tick and the procedures that ask for it."""
        return [
            {"bound": self[f"p{number}"], "paper": paper, "for": ", ".join(map(str, sorted(paper.asked)))}
            for number, paper in enumerate(self.papers)
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        try:
            checked_person(self._owner())
        except MotcuaError as error:
            self.add_error("owner_number", words.sentence_of(error))
        first = {offer.member.position for offer in self.offers if self._taken(offer) and not offer.member.after}
        for number, paper in enumerate(self.papers):
            needed = any(position in first and asked.required for position, asked in paper.asked.items())
            if needed and not data.get(f"p{number}"):
                self.add_error(f"p{number}", _("Thiếu giấy tờ bắt buộc: %(name)s.") % {"name": paper.name})
        return data

    def filing(self, *, version_id: int, counter: int) -> Filing:
        """The answers as the verb takes them."""
        data = self.cleaned_data
        parts = {offer.member.position: self._part(offer) for offer in self.offers if self._taken(offer)}
        return Filing(
            version_id, counter, Channel(data["channel"]), self._owner(), parts,
            submitter=Submitter(*(data[name] for name in SUBMITTER)),
        )  # fmt: skip

    def _taken(self, offer: Offer) -> bool:
        return not offer.member.optional or bool(self.cleaned_data.get(f"t{offer.member.position}"))

    def _owner(self) -> PersonFacts:
        data = self.cleaned_data
        names = ("kind", "number", "name", "born", "sex", "phone", "email", "address")
        return PersonFacts(*(data.get(f"owner_{name}") or (None if name == "born" else "") for name in names))

    def _part(self, offer: Offer) -> Part:
        data, position = self.cleaned_data, offer.member.position
        papers = tuple(
            ComponentInput(paper.asked[position].id, True, paper.asked[position].originals, paper.asked[position].copies)
            for number, paper in enumerate(self.papers)
            if data.get(f"p{number}") and position in paper.asked
        )
        fees = tuple(
            FeeInput(t.kind, t.name, data[f"f{t.id}_amount"], self._owner().name, bool(data.get(f"f{t.id}_paid")))
            for t in _fees_of(offer)
            if data.get(f"f{t.id}_amount") is not None
        )
        return Part(int(data[f"u{position}"]), papers, fees)


def united(offers: Sequence[Offer]) -> list[SharedPaper]:
    """The papers of all procedures, those of one name once, in the order in which they are asked for."""
    found: dict[str, SharedPaper] = {}
    for offer in offers:
        if offer.member.source:
            continue  # the ministry's system asks for its own
        for asked in _papers_of(offer.version):
            paper = found.setdefault(fold(asked.name), SharedPaper(asked.name))
            paper.asked.setdefault(offer.member.position, asked)
            paper.required = paper.required or asked.required
    return list(found.values())


def _papers_of(version: VersionFacts) -> list[ComponentFacts]:
    """What the usual case asks for; mere notes of the record are not papers."""
    case = next((c.id for c in version.cases if c.is_default), version.cases[0].id if version.cases else None)
    return [paper for paper in version.components if paper.kind != "note" and paper.case_id in (None, case)]


def _fees_of(offer: Offer) -> list[TariffFacts]:
    """What may be asked for the usual case; "miễn phí" is no fee, and a ministry's system takes its own."""
    return [] if offer.member.source else [t for t in offer.version.tariffs if t.case_id is None and t.amount != 0]


def _member_fields(offer: Offer) -> Mapping[str, forms.Field]:
    member, fields = offer.member, {}
    label = _("Cơ quan giải quyết: %(name)s") % {"name": member.name}
    fields[f"u{member.position}"] = forms.ChoiceField(label=label, choices=offer.units)
    if member.optional:
        fields[f"t{member.position}"] = forms.BooleanField(label=_("Đề nghị làm thủ tục này"), required=False)
    for tariff in _fees_of(offer):
        fields[f"f{tariff.id}_amount"] = forms.IntegerField(
            label=_("%(name)s (đồng)") % {"name": tariff.name}, min_value=0, max_value=LARGEST_FEE, required=False,
            initial=tariff.amount,
        )  # fmt: skip
        fields[f"f{tariff.id}_paid"] = forms.BooleanField(label=_("Đã thu"), required=False)
    return fields


def _fee_row(form: FilingForm, tariff: TariffFacts) -> dict[str, Any]:
    return {"amount": form[f"f{tariff.id}_amount"], "paid": form[f"f{tariff.id}_paid"]}
