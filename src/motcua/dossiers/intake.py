"""What a counter brings in, checked against the published version, turned into the rules' dossier. No tables."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from motcua.base.time import local
from motcua.catalogue.queries import CaseFacts, ComponentFacts, VersionFacts
from motcua.dossiers.rules.refusals import ComponentMissing, NotCompetent, TermWithoutDays
from motcua.dossiers.rules.state import Channel, Dossier
from motcua.organisation.queries import UnitFacts
from motcua.people.queries import PersonFacts
from motcua.processes.rules import StepPlan

SECRET_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
SECRET_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Submitter:
    """Who brings the dossier for the owner."""

    name: str = ""
    number: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class ComponentInput:
    """One paper of the checklist: ticked or not, how many originals and copies, a scan."""

    component_id: int
    received: bool
    originals: int = 0
    copies: int = 0
    file_id: int | None = None


@dataclass(frozen=True, slots=True)
class FeeInput:
    """One fee in VND and who pays it."""

    kind: str
    name: str
    amount: int
    payer: str
    paid: bool = False


@dataclass(frozen=True, slots=True)
class Intake:
    """A dossier as it is handed in."""

    procedure_code: str
    unit_id: int
    intake_unit_id: int
    channel: Channel
    owner: PersonFacts
    case_id: int | None = None
    submitter: Submitter = Submitter()
    components: tuple[ComponentInput, ...] = ()
    fees: tuple[FeeInput, ...] = field(default=())


def case_of(version: VersionFacts, intake: Intake) -> CaseFacts | None:
    """The chosen case, or the first one of the channel, or the first."""
    chosen = [case for case in version.cases if case.id == intake.case_id]
    for_channel = [case for case in version.cases if intake.channel.value in case.channels]
    return next(iter(chosen or for_channel or version.cases), None)


def check_components(version: VersionFacts, case: CaseFacts | None, intake: Intake) -> None:
    """Refuses acceptance while a required paper of the case is not ticked as received."""
    received = {line.component_id for line in intake.components if line.received}
    missing = [c.name for c in required_components(version, case) if c.id not in received]
    if missing:
        raise ComponentMissing(names="; ".join(missing))


def required_components(version: VersionFacts, case: CaseFacts | None) -> list[ComponentFacts]:
    """The papers without which the case cannot be accepted."""
    return [
        c for c in version.components if c.required and c.case_id in (None, case.id if case else None)
    ]


def new_dossier(
    intake: Intake, version: VersionFacts, *, unit: UnitFacts, own_counter: bool, process_version_id: int,
    plan: tuple[StepPlan, ...], now: datetime,
) -> Dossier:  # fmt: skip
    """The dossier at submission, with the promises of the version and case pinned."""
    if unit.level not in version.levels:
        raise NotCompetent(unit=unit.name, code=version.code)
    case = case_of(version, intake)
    if case and case.term is None and case.term_text.strip() and any(c.isdigit() for c in case.term_text):
        raise TermWithoutDays(text=case.term_text, code=version.code)
    return Dossier(
        provisional_code=f"TN{local(now):%y%m%d}-{secrets.randbelow(10**10):010d}",
        secret="".join(secrets.choice(SECRET_LETTERS) for _ in range(SECRET_LENGTH)),
        channel=intake.channel.value,
        procedure_id=version.procedure_id,
        procedure_code=version.code,
        version_id=version.version_id,
        case_id=case.id if case else None,
        field_id=version.field_id,
        level=unit.level,
        unit_id=unit.id,
        intake_unit_id=intake.intake_unit_id,
        own_counter=own_counter,
        submitted_at=now,
        recorded_at=now,
        process_version_id=process_version_id,
        term_amount=case.term.amount if case and case.term else None,
        term_unit=case.term.unit.value if case and case.term else "",
        after_15h=bool(case and case.after_15h),
        result_is_document=any(result.is_document for result in version.results),
        plan=plan,
    )
