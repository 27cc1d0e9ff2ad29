"""What goes in and out of the operations on dossiers.

Plain pydantic models: ninja's own base looks every field up through a getter made for tables, a tenth of an intake's time.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from motcua.api.words import Amount, Area, Code, Id, Line, Moment, Number, Pieces, Short
from motcua.dossiers.intake import ComponentInput, FeeInput, Intake, Submitter
from motcua.dossiers.queries import DossierFacts
from motcua.dossiers.rules.state import Channel, State
from motcua.organisation import queries as organisation
from motcua.people.queries import PersonFacts
from motcua.people.rules import PersonKind


class Strict(BaseModel):
    """A body whose unknown fields are refused: a misspelt field must not be lost silently."""

    model_config = ConfigDict(extra="forbid")


class OwnerIn(Strict):
    """Chủ hồ sơ: CCCD of a citizen, MST of an enterprise; other owners may have no number."""

    kind: PersonKind
    number: Number = ""
    name: Annotated[Line, Field(min_length=1)]
    born: date | None = None
    sex: Literal["", "Nam", "Nữ"] = ""
    phone: Short = ""
    email: Annotated[Line, Field(max_length=254)] = ""
    address: Line = ""

    def facts(self) -> PersonFacts:
        return PersonFacts(self.kind, self.number, self.name, self.born, self.sex, self.phone, self.email, self.address)


class SubmitterIn(Strict):
    """Who brings the dossier for the owner."""

    name: Line = ""
    number: Number = ""
    phone: Short = ""


class ComponentIn(Strict):
    """A paper handed in; `component` is its `id` in `GET /procedures/{code}`."""

    component: Id
    received: bool = True
    originals: Pieces = 0
    copies: Pieces = 0


class FeeIn(Strict):
    """A fee told at intake and who pays it."""

    kind: Literal["phi", "le_phi", "chua_ro"]
    name: Line
    amount: Amount
    payer: Line
    paid: bool = False


class NewDossier(Strict):
    """A dossier as it is handed in. Units by identification code; `case` is an `id` of the procedure's cases."""

    procedure: Code
    case: Id | None = None
    unit: Code
    intake_unit: Code
    channel: Channel
    owner: OwnerIn
    submitter: SubmitterIn = SubmitterIn()
    components: Annotated[list[ComponentIn], Field(max_length=200)] = []
    fees: Annotated[list[FeeIn], Field(max_length=50)] = []

    def intake(self) -> Intake:
        """For the verbs of the dossiers. Raises UnitUnknown."""
        return Intake(
            procedure_code=self.procedure, unit_id=organisation.by_code(self.unit),
            intake_unit_id=organisation.by_code(self.intake_unit), channel=self.channel, owner=self.owner.facts(),
            case_id=self.case, submitter=Submitter(self.submitter.name, self.submitter.number, self.submitter.phone),
            components=tuple(ComponentInput(c.component, c.received, c.originals, c.copies) for c in self.components),
            fees=tuple(FeeInput(f.kind, f.name, f.amount, f.payer, f.paid) for f in self.fees),
        )  # fmt: skip


class DossierOut(BaseModel):
    """Where a dossier stands."""

    id: int
    code: str | None
    provisional_code: str
    state: State
    channel: Channel
    procedure: str
    unit: str
    intake_unit: str
    submitted_at: Moment
    accepted_at: Moment | None
    received_at: Moment | None
    promised_at: Moment | None
    due_at: Moment | None
    due_provisional: bool
    ended_at: Moment | None
    timing: str
    returned_at: Moment | None
    revision: int


class ReceivedOut(DossierOut):
    """With the secret that is printed on the slip: it opens the owner's progress page."""

    secret: str


class DossierList(BaseModel):
    """One page; `next` goes into `after` for the next one, null at the end."""

    items: list[DossierOut]
    next: int | None


class StepOut(BaseModel):
    position: int
    name: str
    role: str
    unit: str
    entered_at: Moment
    due_at: Moment | None
    left_at: Moment | None


class LineOut(BaseModel):
    """One line of the explanation of the due date."""

    kind: str
    text: str
    moment: Moment | None


class PauseOut(BaseModel):
    kind: str
    start: Moment
    end: Moment | None
    reason: Area


class DossierPage(DossierOut):
    """The dossier with its steps, its pauses, and how its due date came about line by line."""

    steps: list[StepOut]
    pauses: list[PauseOut]
    due_explained: list[LineOut]


def told(facts: DossierFacts) -> dict[str, object]:
    """The common fields of every answer about a dossier."""
    return {
        "id": facts.id, "code": facts.code, "provisional_code": facts.provisional_code, "state": facts.state,
        "channel": facts.channel, "procedure": facts.procedure_code, "unit": organisation.latest(facts.unit_id).code,
        "intake_unit": organisation.latest(facts.intake_unit_id).code, "submitted_at": facts.submitted_at,
        "accepted_at": facts.accepted_at, "received_at": facts.received_at, "promised_at": facts.promised_at,
        "due_at": facts.due_at, "due_provisional": facts.due_provisional, "ended_at": facts.ended_at,
        "timing": facts.timing, "returned_at": facts.returned_at, "revision": facts.revision,
    }  # fmt: skip
