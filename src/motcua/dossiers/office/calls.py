"""From a clean form to the verb: what each act of the office hands over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.base.actor import Actor
from motcua.base.time import day_end, local_date
from motcua.deadlines.rules import PauseKind
from motcua.dossiers import services, step_services
from motcua.dossiers.held_data import Lookup
from motcua.dossiers.office.uploads import kept_name, number_of
from motcua.dossiers.rules.state import EndKind, LateCause, ResultRecord
from motcua.processes.queries import version_for


@dataclass(frozen=True)
class Call:
    """One sending of a form: the dossier's number, the clean form, and who acts when on which revision."""

    id: int
    form: Any
    actor: Actor
    now: datetime

    @property
    def data(self) -> dict[str, Any]:
        return self.form.cleaned_data

    @property
    def who(self) -> dict[str, Any]:
        return {"actor": self.actor, "now": self.now, "revision": self.data["revision"]}


def grounds(call: Call) -> dict[str, Any]:
    return {"reason": call.data["reason"], "ground": call.data["ground"]}


def lookup(call: Call) -> Lookup | None:
    """The failed look-up as told, or None."""
    data = call.data
    if not data.get("lookup"):
        return None
    return Lookup(data["lookup"], data["looked_up_at"] or call.now, number_of(data["lookup_file_kept"], actor=call.actor))


def ask_at_intake(call: Call) -> None:
    services.ask_supplement_at_intake(
        call.id, items=call.form.items(), lookup=lookup(call), **grounds(call), **call.who
    )


def ask(call: Call) -> None:
    reply_by = call.data["reply_by"]
    services.ask_supplement(
        call.id,
        items=call.form.items(),
        override=call.data["override"],
        lookup=lookup(call),
        **grounds(call),
        **call.who,
        reply_by=day_end(reply_by) if reply_by else None,
    )


def answer_intake(call: Call) -> None:
    received = [int(number) for number in call.data["received"]]
    services.answer_intake_supplement(
        call.id, answer=call.data["answer"], received_components=received, **call.who
    )


def advance(call: Call) -> None:
    holder = call.data["holder"]
    services.advance(
        call.id,
        position=call.data["position"],
        note=call.data["note"],
        holder_id=int(holder) if holder else None,
        **call.who,
    )


def send_back(call: Call) -> None:
    services.send_back(
        call.id,
        position=call.data["position"],
        to=int(call.data["to"]),
        reason=call.data["reason"],
        **call.who,
    )


def digitise(call: Call) -> None:
    files = {paper: number_of(call.data[kept_name(name)], actor=call.actor) for name, paper in call.form.lines.items()}
    given = {paper: file_id for paper, file_id in files.items() if file_id is not None}
    step_services.digitise(call.id, files=given, **call.who)


def take_fees(call: Call) -> None:
    step_services.take_fees(call.id, fees=[int(number) for number in call.data["fees"]], **call.who)


def move_process(call: Call) -> None:
    version_id = version_for(call.form.dossier.procedure_code, on=local_date(call.now))
    step_services.move_to_process_version(call.id, version_id=version_id, reason=call.data["reason"], **call.who)


def pause(call: Call) -> None:
    services.pause(call.id, kind=PauseKind(call.data["kind"]), **grounds(call), **call.who)


def decide(call: Call) -> None:
    data, granted = call.data, call.data["outcome"] == "granted"
    file_id = number_of(data["file_kept"], actor=call.actor)
    result = (
        ResultRecord(data["number"], data["title"], file_id, data["signed_by"], call.now) if granted else None
    )
    cause = data.get("cause")
    services.decide(
        call.id,
        granted=granted,
        result=result,
        late_cause=LateCause(cause) if cause else None,
        late_note=data.get("late_note", ""),
        **grounds(call),
        **call.who,
    )


def late_cause(call: Call) -> None:
    services.give_late_cause(
        call.id, cause=LateCause(call.data["cause"]), note=call.data["late_note"], **call.who
    )


def give_back(call: Call) -> None:
    data = call.data
    services.give_back(
        call.id,
        receiver=data["receiver"],
        receiver_number=data["receiver_number"],
        method=data["method"],
        **call.who,
    )


def withdraw(call: Call) -> None:
    data = call.data
    services.withdraw(
        call.id,
        evidence=data["evidence"],
        file_id=number_of(data["file_kept"], actor=call.actor),
        request=data["request"],
        reason=data["reason"],
        **call.who,
    )


def stop(call: Call) -> None:
    services.stop(call.id, kind=EndKind(call.data["kind"]), **grounds(call), **call.who)
